"""Everything the stand-in knows. Touched only from the server's own event loop."""

import itertools
import time
from typing import Any

from telegram_standin.bell import Bell
from telegram_standin.entities import found_in
from telegram_standin.faults import Faults
from telegram_standin.limits import Meter
from telegram_standin.queries import Caching, GuestQuery, InlineAnswer, InlineQuery, Press
from telegram_standin.rules import Limits, Rules
from telegram_standin.transcript import Entry
from telegram_standin.updates import Updates
from telegram_standin.world import Chat, ChatType, Json, Message, User

# Larger than 32 bits hold, as Telegram's are: a bot must not keep them in less.
_FIRST_PERSON = 5_000_000_001
_FIRST_GROUP = 4_000_000_001
_FIRST_SUPERGROUP = 1_000_002_000_000_001  # -100 in front, as in the API


class State:
    """The world, the bot's settings, and what has happened so far."""

    def __init__(
        self, token: str, username: str, rules: Rules, limits: Limits | None, faults: Faults
    ) -> None:
        self.token = token
        self.rules = rules
        self.faults = faults
        self.bot = User(int(token.partition(":")[0]), "Signpost", username, is_bot=True)
        self.bell = Bell()
        self.updates = Updates(rules, faults)
        self.meter = Meter(limits, self.now)
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.inline_cache: dict[Caching, tuple[float, InlineAnswer]] = {}
        self.guest_queries: dict[str, GuestQuery] = {}
        self.settings: dict[tuple[str, ...], Any] = {}  # commands, descriptions, menu buttons
        self.entries: list[Entry] = []
        self.complaints: list[str] = []
        self.offline: set[int] = set()  # people whom no ephemeral message reaches
        self.said_at: dict[Message, float] = {}  # when an ephemeral command came
        self.calls: list[tuple[str, dict[str, Any]]] = []  # every call that was carried out
        self._started = time.monotonic()
        self._people = itertools.count(_FIRST_PERSON)
        self._groups = itertools.count(_FIRST_GROUP)
        self._supergroups = itertools.count(_FIRST_SUPERGROUP)
        self._ids = itertools.count(1)  # of messages in private chats and groups, bot-wide
        self._own_ids: dict[int, itertools.count[int]] = {}  # of a supergroup or channel
        self._query_ids = itertools.count(4_000_000_000_000_000_001)

    def now(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    def complain(self, fault: str) -> None:
        """Note what Telegram would let pass, or what nobody foresaw: the test fails at its end."""
        self.complaints.append(fault)

    def note(self, who: str, did: str, where: str, text: str = "", **more: Any) -> None:
        self.entries.append(Entry(self.now(), who, did, where, text, **more))
        self.bell.ring()

    def person(self, first_name: str, username: str | None, language: str | None) -> User:
        user = User(next(self._people), first_name, username, language)
        self.users[user.id] = user
        private = Chat(user.id, "private", first_name, owner=user)
        self.chats[user.id] = private
        return user

    def chat(self, kind: ChatType, title: str, **more: Any) -> Chat:
        number = next(self._groups if kind == "group" else self._supergroups)
        chat = Chat(-number, kind, title, **more)
        self.chats[chat.id] = chat
        return chat

    def query_id(self) -> str:
        return str(next(self._query_ids))

    def post(self, chat: Chat, sender: User | None, text: str = "", **more: Any) -> Message:
        """A new message in a chat, with Telegram's next number there."""
        if chat.type in {"supergroup", "channel"}:
            numbers = self._own_ids.setdefault(chat.id, itertools.count(1))
        else:
            numbers = self._ids
        more.setdefault("entities", found_in(text))
        message = Message(next(numbers), chat, sender, int(time.time()), text, **more)
        chat.messages.append(message)
        return message

    def ephemeral(self, chat: Chat, sender: User, receiver: User | None, **more: Any) -> Message:
        """A message only one person sees, or (receiver None) only the bot."""
        number = int(self.query_id()) % 10**9
        message = Message(
            0, chat, sender, int(time.time()), receiver=receiver, ephemeral_id=number, **more
        )
        chat.messages.append(message)
        return message

    def by_inline_id(self, inline_id: str) -> Message | None:
        everywhere = (message for chat in self.chats.values() for message in chat.messages)
        return next((m for m in everywhere if m.inline_id == inline_id and not m.deleted), None)

    def tell(self, kind: str, body: Json, lane: int) -> None:
        self.updates.add(kind, body, lane)
        self.bell.ring()
