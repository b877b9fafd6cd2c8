"""One chat in order, different chats side by side."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Hashable
from typing import Any


class Lanes:
    """Runs what is put into it: within one lane one after another, the lanes side by side."""

    def __init__(self) -> None:
        self._last: dict[Hashable, asyncio.Task[None]] = {}
        self._waiting: Counter[Hashable] = Counter()
        self._running: set[asyncio.Task[Any] | None] = set()
        self._all: set[asyncio.Task[None]] = set()
        self._closed = False

    def put(self, lane: Hashable, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Do this when all that was put into the lane before is done.

        Returns:
            The task. It is cancelled when the lanes are closed before its turn has come.
        """
        self._waiting[lane] += 1
        task = asyncio.create_task(self._in_turn(lane, self._last.get(lane), work))
        self._last[lane] = task
        self._all.add(task)
        task.add_done_callback(lambda _: self._left(lane, task))
        return task

    def at_once(self, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Do this now, past everything that waits."""
        return self.put(object(), work)

    def waiting(self, lane: Hashable) -> int:
        """How much of this lane is not done yet."""
        return self._waiting[lane]

    async def close(self, seconds: float) -> None:
        """Let what is under way finish, for so long; what waits is cancelled."""
        self._closed = True
        running = [task for task in self._running if task]
        for task in set(self._all) - set(running):
            task.cancel()
        if running:
            await asyncio.wait(running, timeout=seconds)
        left = [task for task in running if not task.done()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _in_turn(
        self,
        lane: Hashable,
        before: asyncio.Task[None] | None,
        work: Callable[[], Awaitable[None]],
    ) -> None:
        if before:
            await asyncio.wait([before])
        if self._closed:
            raise asyncio.CancelledError
        self._running.add(asyncio.current_task())
        try:
            await work()
        finally:
            self._running.discard(asyncio.current_task())

    def _left(self, lane: Hashable, task: asyncio.Task[None]) -> None:
        self._all.discard(task)
        self._waiting[lane] -= 1
        if self._waiting[lane] <= 0:
            del self._waiting[lane]
        if self._last.get(lane) is task:
            del self._last[lane]
