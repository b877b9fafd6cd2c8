"""Promises to tell somebody when there is an answer, without knowing who they are.

Whoever asked keeps a random code, and only its HMAC is kept here; or the number of their chat is
kept, encrypted under our secret for that alone.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta

from signpost_bot.model import Waiting
from signpost_bot.questions.conversations import Conversations

CHAT_LASTS = timedelta(days=90)
_RANDOM = 16  # bytes in a code: nobody guesses one
_PAGE = 500  # questions looked at in one go
_MOST = 50  # promises to one chat that can be taken back


class Promises:
    """Keeps promises, and lets go of them when they are kept.

    Every method raises StoreError where the store does not do as asked.

    Args:
        retention_days: how long a question waits, and so how long its code is good for.
    """

    def __init__(self, conversations: Conversations, retention_days: int = 365) -> None:
        self._store = conversations.store
        self._conversations = conversations
        self._lock = conversations.lock("chats that are promised an answer")
        self._lasts = timedelta(days=retention_days)

    # --- a code that the person keeps -----------------------------------------------------

    async def code(self, record: str, now: datetime) -> str:
        """A code for whoever asked this; at most 30 letters that can stand in a link.

        Args:
            record: the id of what waits.
        """
        code = secrets.token_urlsafe(_RANDOM)
        await self._store.remember(
            self._key("code", code), "promise", {"record": record}, now + self._lasts
        )
        return code

    async def opened(self, code: str, now: datetime) -> Waiting | None:
        """The question; None when it or the code is not kept any more."""
        found = await self._store.recall(self._key("code", code), "promise", now)
        return await self._store.one_waiting(str(found["record"])) if found else None

    # --- a message in a chat --------------------------------------------------------------

    async def tell(self, channel: str, chat: str, record: str, now: datetime) -> None:
        """Promise to write to a chat when there is an answer, within 90 days.

        Args:
            chat: what the chat is reached by. It is encrypted at once.
            record: the id of what waits. It was asked in one chat, and only that one is told.
        """
        own = self._conversations.key(channel, chat)  # goes with all else of the chat
        others = [one for one in await self._records(own, now) if one != record]
        data = {"records": self._lock.locked(json.dumps([*others, record][-_MOST:]))}
        await self._store.remember(own, "promise", data, now + CHAT_LASTS)
        where = {"chat": self._lock.locked(chat)}
        await self._store.remember(self._key("chat", record), "promise", where, now + CHAT_LASTS)

    async def forget(self, channel: str, chat: str, now: datetime) -> None:
        """Take back every promise to a chat."""
        for record in await self._records(self._conversations.key(channel, chat), now):
            await self.told(record)

    async def to_chats(self, now: datetime) -> AsyncIterator[tuple[Waiting, str]]:
        """What waits for an answer that a chat was promised, and that chat.

        Call `told` when it was written to.
        """
        page: list[Waiting] = []
        async for waiting in self._store.waiting():
            page.append(waiting)
            if len(page) == _PAGE:
                for one in await self._of_chats(page, now):
                    yield one
                page = []
        for one in await self._of_chats(page, now):
            yield one

    async def told(self, record: str) -> None:
        """Delete the number of the chat that waited for this."""
        await self._store.drop(self._key("chat", record))

    # --- within ---------------------------------------------------------------------------

    async def _of_chats(
        self, page: Sequence[Waiting], now: datetime
    ) -> Sequence[tuple[Waiting, str]]:
        keys = (self._key("chat", waiting.id) for waiting in page)
        found = await asyncio.gather(*(self._store.recall(key, "promise", now) for key in keys))
        chats = [self._lock.unlocked(str(data["chat"])) if data else None for data in found]
        return [(one, chat) for one, chat in zip(page, chats, strict=True) if chat]

    async def _records(self, own: str, now: datetime) -> Sequence[str]:
        """The ids that a chat waits for; locked, so that no two can be seen to be one person's."""
        found = await self._store.recall(own, "promise", now)
        unlocked = self._lock.unlocked(str((found or {}).get("records", "")))
        return list(json.loads(unlocked)) if unlocked else []

    def _key(self, kind: str, of: str) -> str:
        return self._conversations.key(f"promise {kind}", of)
