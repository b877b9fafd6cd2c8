"""Keeping records for a channel that waits for nothing itself: the terminal."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooSlow
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anyio.from_thread import BlockingPortal

    from signpost_bot.questions.keeper import Keeper
    from signpost_bot.questions.records import Record

_MOST_AHEAD = 1_000  # records handed over and not yet written, before we wait for the oldest
_PATIENCE = 6.0  # seconds: a little longer than the store waits for a lock


class Keeping:
    """Hands records to a keeper that works in a thread of its own.

    Use it as a context manager. Nothing is opened before the first record comes, so that
    whoever asks has read by then.

    Args:
        keeper: makes the keeper.
    """

    def __init__(self, keeper: Callable[[], Keeper]) -> None:
        self._make = keeper
        self._stack = ExitStack()
        self._started: tuple[BlockingPortal, Keeper] | None = None
        self._ahead: deque[Future[bool]] = deque()

    def __enter__(self) -> Keeping:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()  # the keeper writes what still waits

    def keep(self, record: Record) -> Future[bool]:
        """Hand a record over. What comes back tells once it is in the database, or is not."""
        portal, keeper = self._started or self._start()
        told = portal.start_task_soon(keeper.keep, record)
        self._ahead.append(told)
        if len(self._ahead) > _MOST_AHEAD:
            self._ahead.popleft().result()
        return told

    def kept(self, record: Record) -> bool:
        """Hand a record over and wait until it is in the database, for a few seconds at most."""
        try:
            return self.keep(record).result(_PATIENCE)
        except TooSlow:
            return False

    def _start(self) -> tuple[BlockingPortal, Keeper]:
        from anyio.from_thread import start_blocking_portal

        portal = self._stack.enter_context(start_blocking_portal())
        keeper = portal.call(_made_in_the_loop, self._make)
        self._stack.enter_context(portal.wrap_async_context_manager(keeper))
        self._started = portal, keeper
        return self._started


async def _made_in_the_loop(make: Callable[[], Keeper]) -> Keeper:
    return make()
