""" "Tell me when you can answer": by a link that the person keeps, or by a message here."""

from __future__ import annotations

import asyncio
import logging
import re
from datetime import UTC, date, datetime
from functools import partial

from telegram import Message
from telegram.error import BadRequest, Forbidden, TelegramError

from signpost_bot.channels.telegram import rendering
from signpost_bot.channels.telegram.answering import in_thread
from signpost_bot.channels.telegram.buttons import Button, Press, start_link
from signpost_bot.channels.telegram.memory import CHANNEL, PATIENCE
from signpost_bot.channels.telegram.speaking import NO_PREVIEW, Speaker
from signpost_bot.errors import StoreError
from signpost_bot.model import Answer, Paragraph, Question, Reply, Waiting
from signpost_bot.questions.daily import is_daytime
from signpost_bot.questions.promises import Promises
from signpost_bot.replies import chat
from signpost_bot.signposter import Signposter

PARAMETER = "p_"  # in front of the code, behind /start
_RECORD = re.compile(r"[0-9a-f]{32}")
_UNWELL = (StoreError, TimeoutError)

log = logging.getLogger(__name__)


class Promising:
    """Makes promises and keeps them.

    Args:
        promises: None where nothing is kept: then none is offered.
        days: how long a link is good for.
    """

    def __init__(
        self, speaker: Speaker, signposter: Signposter, promises: Promises | None, days: int
    ) -> None:
        self._speaker = speaker
        self._signposter = signposter
        self._promises = promises
        self._days = days
        self._kept: date | None = None  # the last day on which all was kept that could be

    @property
    def can(self) -> bool:
        """Whether there is anything a promise can be kept in."""
        return self._promises is not None

    async def pressed(self, message: Message, value: str) -> None:
        """Somebody wants to be told: how, or done."""
        how, _, record = value.rpartition(":")
        if not _RECORD.fullmatch(record) or self._promises is None:
            await self._speaker.say(message, chat.said(chat.TOO_OLD))
        elif how == "link":
            await self._link(self._promises, message, record)
        elif how == "here":
            await self._here(self._promises, message, record)
        else:
            rows = [
                [Button(words, Press("tell", f"{way}:{record}"))]
                for way, words in chat.TELL_BUTTONS.items()
            ]
            await self._speaker.say(message, chat.said(*chat.TELL_HOW), rows)

    async def question_of(self, message: Message, code: str) -> Question | None:
        """The question behind a link, to be asked again; None where all is said already.

        Args:
            message: the one that opened the link.
        """
        waiting = None
        if self._promises:
            try:
                async with asyncio.timeout(PATIENCE):
                    waiting = await self._promises.opened(code, datetime.now(UTC))
            except _UNWELL:
                await self._says(message, chat.NOT_LOOKED_UP)
                return None
        if waiting is None:
            await self._says(message, chat.NO_SUCH_LINK)
            return None
        return self._asked(waiting)

    async def keep_daily(self, now: datetime) -> None:
        """Keep what can be kept: once a day and after a start, when nobody is woken.

        Raises:
            StoreError: it could not be looked up, or noted; do it again.
        """
        if self._kept != now.date() and is_daytime(now):
            await self.keep(now)
            self._kept = now.date()

    async def keep(self, now: datetime) -> int:
        """Write to all whose questions we can answer by now; returns to how many.

        Raises:
            StoreError: it could not be looked up, or noted; do it again.
        """
        told = 0
        if self._promises:
            async for waiting, where in self._promises.to_chats(now):
                question = self._asked(waiting)
                answer = await in_thread(partial(self._signposter.answer, question))
                if can_tell(answer) and await self._write(int(where), waiting, answer):
                    await self._promises.told(waiting.id)
                    told += 1
        return told

    async def forget(self, chat_id: int) -> bool:
        """Take back all promises to a chat; False when that could not be done."""
        if self._promises is None:
            return True
        try:
            async with asyncio.timeout(PATIENCE):
                await self._promises.forget(CHANNEL, str(chat_id), datetime.now(UTC))
        except _UNWELL:
            return False
        return True

    async def _link(self, promises: Promises, message: Message, record: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                code = await promises.code(record, datetime.now(UTC))
        except _UNWELL:
            await self._says(message, chat.NOT_TOLD)
            return
        address = start_link(self._speaker.bot, f"{PARAMETER}{code}")
        await self._speaker.say(
            message, chat.tell_link(address, self._days), in_place_of=(message.message_id,)
        )

    async def _here(self, promises: Promises, message: Message, record: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                chat_id = str(message.chat_id)
                await promises.tell(CHANNEL, chat_id, record, datetime.now(UTC))
        except _UNWELL:
            await self._says(message, chat.NOT_TOLD)
            return
        ours = (message.message_id,)
        await self._speaker.say(message, chat.said(chat.TELL_HERE), in_place_of=ours)

    async def _says(self, message: Message, words: str) -> None:
        await self._speaker.say(message, chat.said(words))

    async def _write(self, chat_id: int, waiting: Waiting, answer: Answer) -> bool:
        """Whether there is nothing more to tell there."""
        about = (Paragraph(chat.CAN_ANSWER), Paragraph(chat.you_asked(waiting.text)))
        try:
            for html in rendering.messages(Reply((*about, *answer.reply.parts))):
                await self._speaker.bot.send_message(
                    chat_id, html, "HTML", link_preview_options=NO_PREVIEW
                )
        except (Forbidden, BadRequest):
            return True  # they have blocked the bot, or are gone
        except TelegramError as error:
            log.warning("What was promised will be tried again: %s", type(error).__name__)
            return False
        return True

    def _asked(self, waiting: Waiting) -> Question:
        found = self._signposter.place(waiting.place) if waiting.place else ()
        return Question(waiting.text, place=found[0] if found else None, channel=CHANNEL)


def can_tell(answer: Answer) -> bool:
    """Whether it is worth coming back for."""
    return answer.outcome in ("answer", "jargon") and not answer.nobody_there
