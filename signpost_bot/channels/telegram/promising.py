""" "Tell me when you can answer": by a link that the person keeps, or by a message here."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from telegram import Message
from telegram.error import Forbidden

from signpost_bot.channels.telegram import rendering
from signpost_bot.channels.telegram.buttons import Button, Press, start_link
from signpost_bot.channels.telegram.memory import CHANNEL, PATIENCE
from signpost_bot.channels.telegram.speaking import NO_PREVIEW, Speaker
from signpost_bot.errors import StoreError
from signpost_bot.model import Paragraph, Place, Question, Reply, Waiting
from signpost_bot.questions.promises import Promises
from signpost_bot.replies import chat
from signpost_bot.signposter import Signposter

PARAMETER = "p_"  # in front of the code, behind /start
_RECORD = re.compile(r"[0-9a-f]{32}")
_UNWELL = (StoreError, TimeoutError)


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
        if self._promises is None:
            await self._says(message, chat.NO_SUCH_LINK)
            return None
        try:
            async with asyncio.timeout(PATIENCE):
                found = await self._promises.opened(code, datetime.now(UTC))
        except _UNWELL:
            await self._says(message, chat.NOT_LOOKED_UP)
            return None
        if found and found.answer is not None:
            await self._speaker.say(message, _answer(found.answer))
            return None
        if found is None or found.waiting is None:
            await self._says(message, chat.NO_SUCH_LINK)
            return None
        return Question(found.waiting.text, place=self._place(found.waiting), channel=CHANNEL)

    async def answered(self, record: str, text: str) -> bool:
        """Tell whoever asked this: a maintainer has answered it.

        Args:
            record: the id of what waited.
            text: the answer, in plain words.

        Returns:
            Whether somebody was written to. Links lead to the answer in any case.

        Raises:
            StoreError: it could not be noted; do it again.
            TelegramError: it could not be sent; do it again.
        """
        if self._promises is None:
            return False
        where = await self._promises.answered(record, text, datetime.now(UTC))
        if where is None:
            return False
        try:
            await self._write(int(where), rendering.messages(_answer(text)))
        except Forbidden:
            where = None  # they have blocked the bot
        await self._promises.told(record)
        return where is not None

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

    async def _write(self, chat_id: int, texts: Sequence[str]) -> None:
        for html in texts:
            await self._speaker.bot.send_message(
                chat_id, html, "HTML", link_preview_options=NO_PREVIEW
            )

    def _place(self, waiting: Waiting) -> Place | None:
        found = self._signposter.place(waiting.place) if waiting.place else ()
        return found[0] if found else None


def _answer(text: str) -> Reply:
    return Reply((Paragraph(chat.CAN_ANSWER), Paragraph(text)))
