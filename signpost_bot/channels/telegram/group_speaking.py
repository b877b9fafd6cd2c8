"""How the bot speaks in groups: one message for a question, in its thread, or to one person."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any

from telegram import CallbackQuery, ForceReply, InlineKeyboardMarkup, Message, User
from telegram.error import BadRequest, ChatMigrated, Forbidden
from telegram.ext import ExtBot

from signpost_bot.channels.telegram import buttons
from signpost_bot.channels.telegram.buttons import Keyboard
from signpost_bot.channels.telegram.rendering import one_message
from signpost_bot.channels.telegram.sending import Urgency
from signpost_bot.channels.telegram.speaking import NO_PREVIEW, Messenger, reply_to, thread_of
from signpost_bot.model import Reply
from signpost_bot.replies import groups

_NUMBER = "ephemeral_message_id"
_PARAMETERS = "ephemeral_message_parameters"

log = logging.getLogger(__name__)


class GroupSpeaker(Messenger):
    """Says things in groups."""

    def __init__(self, bot: ExtBot[Urgency]) -> None:
        super().__init__(bot)
        # Whether this server knows messages for one person. One that does not would take no
        # notice and show them to all, so it is tried with words that everybody may read.
        self._knows_ephemeral: bool | None = None

    async def say(
        self,
        message: Message,
        reply: Reply,
        keyboard: Keyboard = (),
        *,
        in_place_of: int | None = None,
        asks: bool = False,
        silently: bool = False,
        urgency: Urgency | None = None,
    ) -> int:
        """Say this to all in the group, in one message; returns its number.

        Args:
            message: what it is a reply to. For one of ours, what that is a reply to.
            in_place_of: the number of the message of ours that changes instead.
            asks: the person's next message is to be a reply to this one.
        """
        html, markup = one_message(reply), buttons.markup(keyboard)
        chat_id = message.chat_id
        if in_place_of and await self.change(chat_id, in_place_of, html, markup, urgency):
            return in_place_of
        if self.is_ephemeral(message) and message.from_user:
            shown = await self.show(message, message.from_user, reply, keyboard, urgency=urgency)
            if shown:
                return 0
        send: dict[str, Any] = {
            "parse_mode": "HTML",
            "reply_markup": ForceReply(selective=True) if asks else markup,
            "link_preview_options": NO_PREVIEW,
            "disable_notification": silently or None,
            "rate_limit_args": urgency,
        }
        thread, to = thread_of(message), reply_to(message)
        try:
            sent = await self.bot.send_message(
                chat_id, html, message_thread_id=thread, reply_parameters=to, **send
            )
        except ChatMigrated as moved:
            sent = await self.bot.send_message(moved.new_chat_id, html, **send)
        return sent.message_id

    async def show(
        self,
        message: Message,
        person: User | None,
        reply: Reply,
        keyboard: Keyboard = (),
        *,
        query: CallbackQuery | None = None,
        urgency: Urgency | None = None,
    ) -> bool:
        """Show this to one person in the group; False where Telegram does not let us.

        Args:
            message: what it answers.
            query: the press that asked for it, if one did.
        """
        if person is None or person.is_bot or self._knows_ephemeral is False:
            return False
        only: dict[str, Any] = {_PARAMETERS: {"receiver_user_id": person.id}}
        if query:
            only[_PARAMETERS]["callback_query_id"] = query.id
        if self.is_ephemeral(message):
            only["reply_parameters"] = {_NUMBER: message.api_kwargs[_NUMBER]}
        send: dict[str, Any] = {
            "message_thread_id": thread_of(message),
            "link_preview_options": NO_PREVIEW,
            "rate_limit_args": urgency,
            "api_kwargs": only,
        }
        html, markup = one_message(reply), buttons.markup(keyboard)
        try:
            if self._knows_ephemeral is None:
                return await self._try(message, person, html, markup, send)
            await self.bot.send_message(
                message.chat_id, html, "HTML", reply_markup=markup, **send
            )
        except (BadRequest, Forbidden, ChatMigrated):
            return False
        return True

    async def greet(self, chat_id: int, reply: Reply) -> None:
        """Say something that answers nothing."""
        with suppress(ChatMigrated):
            await self.bot.send_message(
                chat_id, one_message(reply), "HTML", link_preview_options=NO_PREVIEW
            )

    async def lead(self, query: CallbackQuery, link: str) -> None:
        """Take whoever pressed a button to a chat with us."""
        with suppress(BadRequest):  # pressed too long ago
            await query.answer(url=link)

    @staticmethod
    def is_ephemeral(message: Message) -> bool:
        """Whether only we see what somebody wrote."""
        return _NUMBER in message.api_kwargs

    async def _try(
        self,
        message: Message,
        person: User,
        html: str,
        markup: InlineKeyboardMarkup | None,
        send: dict[str, Any],
    ) -> bool:
        """Show it, once it is known that messages for one person reach that person alone."""
        sent = await self.bot.send_message(message.chat_id, groups.HERE_IT_IS, **send)
        number = sent.api_kwargs.get(_NUMBER)
        self._knows_ephemeral = number is not None
        if number is None:
            log.warning(
                "This Bot API server does not know messages for one person. Answers to "
                "sensitive questions in groups go to the private chat alone."
            )
            await self.bot.delete_message(message.chat_id, sent.message_id)
            return False
        changed = {
            "chat_id": message.chat_id,
            "receiver_user_id": person.id,
            _NUMBER: number,
            "text": html,
            "parse_mode": "HTML",
            "link_preview_options": NO_PREVIEW,
        }
        under = {"reply_markup": markup} if markup else {}
        await self.bot.do_api_request("editEphemeralMessageText", changed | under)
        return True
