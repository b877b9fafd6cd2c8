"""Taking turns, and doing for many at once what many ask for at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar, cast

from signpost_bot.errors import StoreError
from signpost_bot.store.database import WAIT

T = TypeVar("T")
R = TypeVar("R")

_MOST = 500  # done at once


class Turn:
    """One at a time, first come, first served; a TimeoutError for whom it takes too long.

    SQLite itself wakes those who wait for it at random, so that one of many may never be next.
    """

    def __init__(self) -> None:
        self._lock = asyncio.Lock()

    async def __aenter__(self) -> None:
        async with asyncio.timeout(WAIT):
            await self._lock.acquire()

    async def __aexit__(self, *raised: object) -> None:
        self._lock.release()


@dataclass(slots=True, eq=False)
class _Asked(Generic[T, R]):
    value: T
    done: bool = False
    result: R | None = None


class Together(Generic[T, R]):
    """Asks a database for many things in one go.

    One statement costs the database and us about as much for fifty chats as for one. Nobody
    waits for others to come: whoever's turn it is asks for all who wait by then. Where that
    fails, each asks again in their own turn.

    Args:
        ask: gets what was asked for, in order, and returns the result of each.
    """

    def __init__(self, ask: Callable[[Sequence[T]], Awaitable[Sequence[R]]]) -> None:
        self._ask = ask
        self._turn = Turn()
        self._waiting: dict[_Asked[T, R], None] = {}

    async def ask(self, value: T) -> R:
        """What was asked for. Raises what ``ask`` raises, or a TimeoutError."""
        mine = _Asked[T, R](value)
        self._waiting[mine] = None
        try:
            async with self._turn:
                if not mine.done:
                    await self._ask_for(mine)
        finally:
            self._waiting.pop(mine, None)
        return cast(R, mine.result)

    async def _ask_for(self, mine: _Asked[T, R]) -> None:
        some = list(islice(self._waiting, _MOST))
        results: Sequence[R] = ()
        if len(some) > 1:
            with suppress(StoreError):  # what is wrong may be wrong with another's
                results = await self._ask([one.value for one in some])
        if not results:
            some, results = [mine], await self._ask([mine.value])
        for one, result in zip(some, results, strict=True):
            one.done, one.result = True, result
            self._waiting.pop(one, None)
