"""Which updates are finished, here and in other copies, so that none is answered twice.

The store knows it for all copies. It is told of many updates in one transaction, and nobody
waits for it long: where it does not answer, this copy goes by what it knows itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta

from signpost_bot.errors import StoreError
from signpost_bot.store import Store
from signpost_bot.store.store import Claim

_PATIENCE = 5.0  # seconds that an update waits to know whose it is
_AT_FIRST = 15.0  # the same until the store has caught up once: opening it may take a while, and
# much of what Telegram tells after a restart may have been answered
_LEASE = 30.0  # seconds after which another copy may take an update over
_RENEW = 10.0  # seconds between renewals of what is under way
_PAUSE = 2.0  # seconds until a store that failed is asked again
_BETWEEN = 0.02  # seconds from one asking to the next, so that in a rush many share one
_LAST_TRY = 1.0  # seconds for the store when we stop
_REMEMBERED = 20_000  # updates that this copy knows to be finished

log = logging.getLogger(__name__)


class Seen:
    """Remembers updates by their numbers.

    Args:
        store: what all copies share; None: there is but one copy, and a restart forgets.
        holder: what tells this copy from others. Whoever comes after it under the same name
            takes over at once what it left.
    """

    def __init__(self, store: Store | None, holder: str) -> None:
        self._store = store
        self._holder = holder
        self._finished: OrderedDict[int, None] = OrderedDict()
        self._asked: dict[int, asyncio.Future[Claim]] = {}
        self._held: set[int] = set()  # ours, and not finished
        self._to_finish: set[int] = set()
        self._to_let_go: set[int] = set()
        self._well = True  # whether the store answered the last time
        self._caught_up = False  # whether it ever told of all that was asked, or failed
        self._woken = asyncio.Event()
        self._worker: asyncio.Task[None] | None = None

    def knows(self, number: int) -> bool:
        """Whether this copy has finished it."""
        return number in self._finished

    @property
    def patience(self) -> float:
        """Seconds that an update should wait to know whose it is."""
        return _PATIENCE if self._caught_up else _AT_FIRST

    def ask(self, number: int) -> asyncio.Future[Claim]:
        """Take an update, if it is free. What comes back tells whose it is, sooner or later."""
        future: asyncio.Future[Claim] = asyncio.get_running_loop().create_future()
        self._held.add(number)
        if self._store is None or not self._well:
            future.set_result("ours")
        else:
            self._asked[number] = future
            self._wake()
        return future

    def finish(self, number: int, *, for_all: bool = True) -> None:
        """It is finished: for all copies, or as far as this one is concerned."""
        self._held.discard(number)
        self._finished[number] = None
        if len(self._finished) > _REMEMBERED:
            self._finished.popitem(last=False)
        if self._store and for_all:
            self._to_finish.add(number)
            if len(self._to_finish) > _REMEMBERED:
                self._to_finish.pop()
            self._wake()

    def let_go(self, number: int) -> None:
        """It was not finished: any copy may take it."""
        if number in self._held:
            self._held.discard(number)
            if self._store:
                self._to_let_go.add(number)
                self._wake()

    async def close(self) -> None:
        """Tell the store what it does not know yet, if it answers at once."""
        if self._worker:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)
        if self._store:
            self._to_let_go |= self._held
            with suppress(StoreError, TimeoutError):
                await asyncio.wait_for(self._write(), _LAST_TRY)

    # --- the one task that talks to the store ---------------------------------------------

    def _wake(self) -> None:
        self._woken.set()
        if self._worker is None:
            self._worker = asyncio.create_task(self._work())

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        renewed = loop.time()
        while True:
            with suppress(TimeoutError):
                # Not wait_for: before Python 3.12 it may swallow that we are to stop.
                async with asyncio.timeout(_RENEW):
                    await self._woken.wait()
            self._woken.clear()
            asked = loop.time()
            due = loop.time() - renewed >= _RENEW or not self._well
            if due:
                renewed = loop.time()
            try:
                await self._claim(renew=due)
                await self._write()
                self._well = True
                self._caught_up = self._caught_up or not self._asked
            except StoreError as wrong:
                self._failed(str(wrong))
            except Exception as fault:  # whatever it is, it must not end the only task
                self._failed(type(fault).__name__)
            if not self._well:
                await asyncio.sleep(_PAUSE)
                self._woken.set()
            elif (early := asked + _BETWEEN - loop.time()) > 0:
                await asyncio.sleep(early)

    async def _claim(self, *, renew: bool) -> None:
        asked = dict(self._asked)  # more may come while we wait
        numbers = set(asked) | (self._held if renew else set())
        if not numbers or self._store is None:
            return
        claims = await self._store.claim(numbers, self._holder, datetime.now(UTC), _LEASE)
        for number, future in asked.items():
            if claims[number] != "ours":
                self._held.discard(number)
            if not future.done():
                future.set_result(claims[number])
        self._asked = {n: future for n, future in self._asked.items() if n not in claims}

    async def _write(self) -> None:
        if self._store is None:
            return
        if done := set(self._to_finish):
            await self._store.finish(done, _forgotten_after(datetime.now(UTC)))
            self._to_finish -= done
        if free := self._to_let_go - self._held:
            await self._store.let_go(free, self._holder)
            self._to_let_go -= free

    def _failed(self, why: str) -> None:
        if self._well:
            log.warning("Which updates are finished is known to this copy alone for now: %s", why)
        self._well, self._caught_up = False, True
        asked, self._asked = self._asked, {}
        for future in asked.values():
            if not future.done():
                future.set_result("ours")


async def whose(asked: asyncio.Future[Claim], patience: float) -> Claim:
    """Whose an update is; ours where the store does not say so in time."""
    await asyncio.wait([asked], timeout=patience)
    return asked.result() if asked.done() else "ours"


def _forgotten_after(now: datetime) -> datetime:
    """A midnight: no time of day is kept. Telegram itself tells no update after a day."""
    return datetime.combine(now.date() + timedelta(days=2), time(), UTC)
