"""What a conversation needs for a while, and what a person set, without knowing whose it is.

Both stand under a key that only the holder of the secret can make of a chat's id, and that
nobody can turn back into one.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from signpost_bot.model import Place
from signpost_bot.questions.locking import Lock
from signpost_bot.questions.redact import outward
from signpost_bot.store import Store

LASTS = timedelta(minutes=30)

Awaits = Literal["", "place", "nearer"]  # nearer: a place, and the last need again for there


@dataclass(frozen=True, slots=True)
class Conversation:
    """What "what about in scotland" refers to: never a word of what was typed."""

    topics: tuple[str, ...] = ()  # ids, the one that was answered last first
    place: Place | None = None
    answers: tuple[tuple[int, ...], ...] = ()  # number of a message, then of ours that answer it
    awaits: Awaits = ""  # what we asked for

    def answers_to(self, number: int) -> Sequence[int]:
        """Our messages that answered the one of this number."""
        return next((ours for asked, *ours in self.answers if asked == number), ())

    def parts(self, number: int) -> Sequence[int]:
        """The messages of the answer that this one of ours is part of."""
        return next((ours for _, *ours in self.answers if number in ours), [number])


class Conversations:
    """Reads and writes what stands under the key of one chat.

    Args:
        secret: the same for every copy of the program; with another one all is forgotten.
    """

    def __init__(self, store: Store, secret: bytes) -> None:
        self.store = store
        self._secret = secret

    def key(self, channel: str, chat: str) -> str:
        """64 letters that stand for a chat: HMAC-SHA256 under our secret."""
        name = f"{channel}\0{chat}".encode()
        return hmac.new(self._secret, name, hashlib.sha256).hexdigest()

    def lock(self, purpose: str) -> Lock:
        """What encrypts for this purpose, under our secret."""
        return Lock(bytes.fromhex(self.key("the key that locks", purpose)))

    async def remember(self, key: str, conversation: Conversation, now: datetime) -> None:
        """Keep what the next message may refer to, for 30 minutes.

        Raises:
            StoreError: it could not be kept.
        """
        place = conversation.place
        data = {
            "topics": list(conversation.topics),
            "answers": conversation.answers,
            "place": asdict(place) | {"name": outward(place.name)} if place else None,
            "awaits": conversation.awaits,
        }
        await self.store.remember(key, "conversation", data, now + LASTS)

    async def recall(self, key: str, now: datetime) -> Conversation:
        """What was said less than 30 minutes ago; nothing when it is longer.

        Raises:
            StoreError: it could not be read.
        """
        found = await self.store.recall(key, "conversation", now)
        if found is None:
            return Conversation()
        place = found["place"]
        return Conversation(
            tuple(found["topics"]),
            Place(place["name"], place["nation"], tuple(place["areas"])) if place else None,
            tuple(map(tuple, found.get("answers", ()))),
            found.get("awaits", ""),
        )

    async def set(self, key: str, settings: Mapping[str, Any]) -> None:
        """Keep what a person set, until they change or forget it."""
        await self.store.remember(key, "settings", settings)

    async def settings(self, key: str, now: datetime) -> Mapping[str, Any]:
        return await self.store.recall(key, "settings", now) or {}

    async def forget(self, key: str) -> int:
        """Let go of everything under a key; returns how many things that was."""
        return await self.store.drop(key)
