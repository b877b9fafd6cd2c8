"""Waiting inside one event loop until something is so."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Bell:
    """Whoever waits looks again each time it rings."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()

    async def until(self, look: Callable[[], T], timeout: float) -> T:  # noqa: ASYNC109
        """What ``look`` returns once that is true, or what it returns after ``timeout`` seconds."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + timeout
        while not (seen := look()) and loop.time() < ends:
            waiter: asyncio.Future[None] = loop.create_future()
            self._waiting.add(waiter)
            await asyncio.wait({waiter}, timeout=max(0.0, ends - loop.time()))
            self._waiting.discard(waiter)
        return seen
