"""The stand-in as a test holds it."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from types import TracebackType
from typing import Any, TypeVar

from telegram_standin.faults import Faults
from telegram_standin.methods.profile import commands_key
from telegram_standin.people import Person
from telegram_standin.places import Place
from telegram_standin.rules import Limits, Rules
from telegram_standin.server import Server
from telegram_standin.state import State
from telegram_standin.transcript import Entry, readable
from telegram_standin.world import ChatType, Json, Message

T = TypeVar("T")

TOKEN = "123456789:AAstandin_token_for_tests_only_00000"


class Telegram:
    """A Bot API server with one bot, and the people around it.

    Args:
        rules: the bot's switches and Telegram's patience.
        limits: what may be sent; None leaves the limits off.
        seed: for the faults' randomness.
        patience: seconds ``hears`` and the like wait before they fail the test.

    Used as ``with Telegram() as telegram``. Leaving it fails the test when there are complaints:
    things Telegram would let pass but no bot can have meant.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "signpost_bot",
        rules: Rules | None = None,
        limits: Limits | None = None,
        seed: int = 0,
        patience: float = 5.0,
    ) -> None:
        self.token = token
        self.patience = patience
        self.faults = Faults(seed)
        self.state = State(token, username, rules or Rules(), limits, self.faults)
        self._server = Server(self.state)

    def __enter__(self) -> "Telegram":
        self._server.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.stop()
        if error is None:
            assert not self.complaints, self.failure("\n".join(self.complaints))

    @property
    def url(self) -> str:
        """For ``base_url(f"{telegram.url}/bot")``."""
        return self._server.url

    @property
    def username(self) -> str:
        return self.state.bot.username or ""

    @property
    def complaints(self) -> list[str]:
        """What fails the test at its end; a test that means it clears the list."""
        return self.state.complaints

    @property
    def entries(self) -> list[Entry]:
        return list(self.state.entries)

    @property
    def calls(self) -> list[tuple[str, dict[str, Any]]]:
        """The calls that were carried out, in order: method and parameters as they came."""
        return list(self.state.calls)

    def transcript(self) -> str:
        return readable(self.entries)

    def failure(self, what: str) -> str:
        return f"{what}\n\nWhat happened:\n{self.transcript()}"

    def person(
        self, first_name: str, *, language: str | None = "en", username: str | None = None
    ) -> Person:
        return Person(self, self.do(lambda: self.state.person(first_name, username, language)))

    def private_messages(self, person: Person) -> list[Message]:
        """What the bot wrote to somebody in private, oldest first."""
        there = list(self.state.chats[person.id].messages)
        return [m for m in there if m.sender is self.state.bot and not m.deleted]

    def group(
        self, title: str, *people: Person, kind: ChatType = "supergroup", forum: bool = False
    ) -> Place:
        """A group without the bot; the first of the people owns it."""
        place = Place(self, self.do(lambda: self.state.chat(kind, title, is_forum=forum)))
        place.admits(*people)
        if people:
            place.admits(people[0], status="creator")
        return place

    async def group_with_bot(
        self, title: str, *people: Person, kind: ChatType = "supergroup", forum: bool = False
    ) -> Place:
        """A group the bot has been added to by its owner."""
        place = self.group(title, *people, kind=kind, forum=forum)
        await place.adds_bot(people[0])
        return place

    def channel(self, title: str, *people: Person, username: str | None = None) -> Place:
        place = self.group(title, *people, kind="channel")
        place.chat.username = username
        return place

    def change(self, **rules: Any) -> None:
        """Switch rules while the bot runs: ``change(privacy=False)``."""

        def changed() -> None:
            self.state.rules = self.state.updates.rules = replace(self.state.rules, **rules)

        self.do(changed)

    def limit(self, limits: Limits | None) -> None:
        """Other limits from now on; None for none."""
        self.state.meter.limits = limits

    def commands(self, scope: Json | None = None, language: str = "") -> list[str]:
        """The names of the commands registered for a scope ("default" without one)."""
        key = commands_key(self.state, scope or {"type": "default"}, language)
        return [command["command"] for command in self.state.settings.get(key, [])]

    async def settles(self, *, within: float | None = None) -> None:
        """Waits until the bot has confirmed every update."""
        waited = within or self.patience
        done = await self.until(lambda: not self.state.updates.pending, within=waited)
        assert done, self.failure(f"{len(self.state.updates.pending)} updates wait to be confirmed")

    async def until(self, look: Callable[[], T], *, within: float | None = None) -> T:
        """What ``look`` returns once that is true, or what it returns at the end."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + (within or self.patience)
        # A test looks at anything, also at what rings no bell.
        while not (seen := look()) and loop.time() < ends:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        return seen

    def do(self, act: Callable[[], T]) -> T:
        return self._server.do(act)

    async def wait(self, waiting: Coroutine[Any, Any, T]) -> T:
        return await self._server.wait(waiting)
