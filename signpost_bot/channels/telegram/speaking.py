"""How the bot speaks in a chat: replies become messages, or take the place of earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from telegram import (
    CallbackQuery,
    ForceReply,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated
from telegram.ext import ExtBot

from signpost_bot.channels.telegram import buttons, rendering
from signpost_bot.channels.telegram.buttons import Keyboard
from signpost_bot.channels.telegram.sending import Urgency
from signpost_bot.model import Reply

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_TOAST, _PLACEHOLDER = 200, 64  # characters


class Messenger:
    """Changes messages of the bot, and what stands under them, in any chat."""

    def __init__(self, bot: ExtBot[Urgency]) -> None:
        self.bot = bot

    async def change(
        self,
        chat_id: int,
        number: int,
        html: str,
        markup: InlineKeyboardMarkup | None,
        urgency: Urgency | None,
    ) -> bool:
        """Whether that message now says this; False where it can no longer be changed."""
        try:
            await self.bot.edit_message_text(
                html,
                chat_id,
                number,
                parse_mode="HTML",
                link_preview_options=NO_PREVIEW,
                reply_markup=markup,
                rate_limit_args=urgency,
            )
        except BadRequest as refused:
            return "not modified" in refused.message  # pressed twice: it says so already
        except ChatMigrated:
            return False
        return True

    async def put_under(self, message: Message, keyboard: Keyboard) -> bool:
        """Put other buttons under a message of ours.

        Returns:
            Whether it made a difference; it makes none where they stand there already, or the
            message is gone.
        """
        try:
            await self.bot.edit_message_reply_markup(
                message.chat_id, message.message_id, reply_markup=buttons.markup(keyboard)
            )
        except (BadRequest, ChatMigrated):
            return False
        return True


class Speaker(Messenger):
    """Says things in private chats, in as many messages as they need."""

    async def say(
        self,
        message: Message,
        reply: Reply,
        keyboard: Keyboard = (),
        *,
        short: bool = False,
        in_place_of: Sequence[int] = (),
        asks: str | None = None,
        urgency: Urgency | None = None,
    ) -> tuple[int, ...]:
        """Say this; buttons stand under the last message.

        Args:
            message: what it is a reply to. For one of ours, what that is a reply to.
            in_place_of: the numbers of our messages that change instead, oldest first.
            asks: what stands in the field for the answer; the person's next message then is a
                reply to ours. There can be no buttons.

        Returns:
            The numbers of the messages in which it stands.
        """
        return await self.write(
            message,
            rendering.messages(reply, short=short),
            keyboard,
            in_place_of=in_place_of,
            asks=asks,
            urgency=urgency,
        )

    async def write(
        self,
        message: Message,
        texts: Sequence[str],
        keyboard: Keyboard = (),
        *,
        in_place_of: Sequence[int] = (),
        asks: str | None = None,
        urgency: Urgency | None = None,
    ) -> tuple[int, ...]:
        """The same with texts in Telegram's HTML."""
        markup = buttons.markup(keyboard)
        asking = ForceReply(input_field_placeholder=asks[:_PLACEHOLDER]) if asks else None
        said: list[int] = []
        for i, html in enumerate(texts):
            is_last = i == len(texts) - 1
            under = markup if is_last else None
            if i < len(in_place_of) and await self.change(
                message.chat_id, in_place_of[i], html, under, urgency
            ):
                said.append(in_place_of[i])
                continue
            sent = await self.bot.send_message(
                message.chat_id,
                html,
                "HTML",
                reply_markup=asking if asking and is_last else under,
                link_preview_options=NO_PREVIEW,
                message_thread_id=thread_of(message),
                reply_parameters=reply_to(message),
                rate_limit_args=urgency,
            )
            said.append(sent.message_id)
        for number in in_place_of[len(texts) :]:
            with suppress(BadRequest):  # it is gone, or too old to be deleted
                await self.bot.delete_message(message.chat_id, number)
        return tuple(said)


async def acknowledge(
    query: CallbackQuery, words: str | None = None, *, alert: bool = False
) -> None:
    """Let the button rest; one that was pressed too long ago no longer minds.

    Args:
        words: what appears for a moment.
        alert: it stays until the person has read it.
    """
    with suppress(BadRequest):
        await query.answer(words[:_TOAST] if words else None, show_alert=alert or None)


def is_ours(message: Message) -> bool:
    """Whether the bot wrote it."""
    return message.from_user is not None and message.from_user.id == message.get_bot().id


def reply_to(message: Message) -> ReplyParameters:
    """What is replied to: the question, though a button under our answer was pressed."""
    asked = message.reply_to_message
    number = asked.message_id if asked and is_ours(message) else message.message_id
    return ReplyParameters(number, allow_sending_without_reply=True)


def thread_of(message: Message) -> int | None:
    """The topic of a forum in which a message stands."""
    return message.message_thread_id if message.is_topic_message else None
