"""What a chat wants remembered. Where it cannot be kept or read, the bot goes on without."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from signpost_bot.errors import StoreError
from signpost_bot.model import Place
from signpost_bot.questions.conversations import Conversation, Conversations
from signpost_bot.questions.promises import Promises
from signpost_bot.signposter import Signposter

CHANNEL = "telegram"
PATIENCE = 3.0  # seconds that an answer waits for what was remembered


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person set, or what we take when they set nothing."""

    place: Place | None = None
    by_phone: bool = False
    short: bool = False


class Memory:
    """Reads and writes what stands under a chat.

    Args:
        conversations: None remembers nothing.
    """

    def __init__(self, conversations: Conversations | None, signposter: Signposter) -> None:
        self._conversations = conversations
        self._signposter = signposter

    def promises(self, retention_days: int) -> Promises | None:
        """Where promises are kept; None where nothing is."""
        if self._conversations is None:
            return None
        return Promises(self._conversations, retention_days)

    async def conversation(self, chat_id: int) -> Conversation:
        """What the next message may refer to."""
        if self._conversations is None:
            return Conversation()
        return await recalled(self._conversations, self._key(self._conversations, chat_id))

    async def of(self, chat_id: int) -> tuple[Settings, Conversation]:
        """What was set, and what was said; asked for at the same time."""
        return await asyncio.gather(self.settings(chat_id), self.conversation(chat_id))

    async def remember(self, chat_id: int, conversation: Conversation) -> None:
        """Keep it for half an hour."""
        if self._conversations:
            key = self._key(self._conversations, chat_id)
            await remembered(self._conversations, key, conversation)

    async def settings(self, chat_id: int, *, within: float = PATIENCE) -> Settings:
        """What was set in this chat; nothing where that cannot be found out in time."""
        found: Mapping[str, Any] = {}
        if self._conversations:
            with _whatever_is_wrong():
                async with asyncio.timeout(within):
                    found = await self._found(self._conversations, chat_id)
        places = self._signposter.place(str(found["place"])) if found.get("place") else ()
        return Settings(
            places[0] if places else None, bool(found.get("by_phone")), bool(found.get("short"))
        )

    async def change(self, chat_id: int, **settings: Any) -> bool:
        """Keep what a person set; False when it could not be."""
        if self._conversations is None:
            return False
        with _whatever_is_wrong():
            async with asyncio.timeout(PATIENCE):
                # What cannot be read must not be written over.
                found = await self._found(self._conversations, chat_id)
                key = self._key(self._conversations, chat_id)
                await self._conversations.set(key, {**found, **settings})
                return True
        return False

    async def forget(self, chat_id: int) -> bool:
        """Let go of all of it; False when that could not be done."""
        if self._conversations is None:
            return True
        with _whatever_is_wrong():
            async with asyncio.timeout(PATIENCE):
                await self._conversations.forget(self._key(self._conversations, chat_id))
                return True
        return False

    async def _found(self, conversations: Conversations, chat_id: int) -> Mapping[str, Any]:
        return await conversations.settings(self._key(conversations, chat_id), datetime.now(UTC))

    @staticmethod
    def _key(conversations: Conversations, chat_id: int) -> str:
        return conversations.key(CHANNEL, str(chat_id))


async def recalled(conversations: Conversations, key: str) -> Conversation:
    """What was said under a key; nothing where that cannot be found out in time."""
    with _whatever_is_wrong():
        async with asyncio.timeout(PATIENCE):
            return await conversations.recall(key, datetime.now(UTC))
    return Conversation()


async def remembered(conversations: Conversations, key: str, conversation: Conversation) -> None:
    """Keep what was said under a key, where that can be done in time."""
    with _whatever_is_wrong():
        async with asyncio.timeout(PATIENCE):
            await conversations.remember(key, conversation, datetime.now(UTC))


def _whatever_is_wrong() -> suppress:
    """With the store; whoever keeps records says so, once."""
    return suppress(StoreError, TimeoutError)
