"""Keeping what a maintainer needs, after the person has read their answer.

A slow store delays nobody and a dead one stops nothing: what cannot be written waits in memory
and is tried again. Trouble is logged when it begins and when it ends, not each time.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import TracebackType

from signpost_bot.errors import StoreError
from signpost_bot.model import Tally, Waiting
from signpost_bot.questions.records import Record
from signpost_bot.store import Store

MOST_AT_ONCE = 200  # records written in one transaction
MOST_WAITING = 10_000  # records held in memory while the store is down: some 15 MB
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0  # seconds until the next try
_LAST_TRY = 3.0  # seconds for what is left when we are told to stop

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Waits:
    record: Record
    told: asyncio.Future[bool]  # whether it is in the database, as soon as we know


class Keeper:
    """Writes records in the order they come, many in one transaction when they come fast.

    Use it as an asynchronous context manager. Going in waits for nothing: the store is opened
    by the same task that writes.

    Args:
        store: where records go.
        encode: text -> what it means, as bytes; None keeps none.
    """

    def __init__(self, store: Store, encode: Callable[[str], bytes | None] | None = None) -> None:
        self.store = store
        self.trouble: str | None = None  # what is wrong with the store, for people to read
        self._encode = encode
        self._opened = False
        self._lost = 0
        self._at_once = MOST_AT_ONCE
        self._backlog: deque[_Waits] = deque()
        self._woken = asyncio.Event()
        self._stopping = False
        self._writer: asyncio.Task[None] | None = None

    @property
    def ready(self) -> bool:
        """Whether the store took the last thing that it was given."""
        return self._opened and self.trouble is None

    async def __aenter__(self) -> Keeper:
        self._writer = asyncio.create_task(self._write_on())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """One more try for what still waits, then close."""
        self._stopping = True
        self._woken.set()
        if self._writer:
            try:
                await asyncio.wait_for(self._writer, _LAST_TRY)
            except TimeoutError:
                self._trouble_is("it did not answer while we were stopping")
        if lost := self._lost + len(self._backlog):
            log.error("Lost, because it could never be kept: %d of what was asked.", lost)
        for waits in self._backlog:
            _tell(waits, False)
        await self.store.close()

    async def keep(self, record: Record) -> bool:
        """Write a record. To be called once the person has their answer.

        Returns:
            True once it is in the database; False when it could not be written at the first
            try. It is then tried again for as long as we run.
        """
        if record == Record():
            return True
        waits = _Waits(record, asyncio.get_running_loop().create_future())
        self._backlog.append(waits)
        if len(self._backlog) > MOST_WAITING:
            _tell(self._backlog.popleft(), False)
            self._lost += 1
        self._woken.set()
        return await waits.told

    # --- the one task that writes -------------------------------------------------------

    async def _write_on(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            if await self._write_some():
                pause = _FIRST_PAUSE
                if self._backlog:
                    continue
                if self._stopping:
                    return
                self._woken.clear()
                await self._woken.wait()
            elif self._stopping:
                return
            else:
                await self._rest(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    async def _rest(self, seconds: float) -> None:
        """Leave the store alone for a while. Nobody who hands us a record is kept waiting."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while not self._stopping and (left := until - loop.time()) > 0:
            for waits in self._backlog:
                _tell(waits, False)
            self._woken.clear()
            try:
                await asyncio.wait_for(self._woken.wait(), left)
            except TimeoutError:
                return

    async def _write_some(self) -> bool:
        """Open the store if need be and write the oldest of what waits."""
        some = [self._backlog.popleft() for _ in range(min(self._at_once, len(self._backlog)))]
        written = False
        try:
            if not self._opened:
                await self.store.open()
                self._opened = True
            if some:
                await self._write(some)
            written = True
            self._trouble_is(None)
        except StoreError as wrong:
            self._trouble_is(str(wrong))
        except Exception as fault:
            # Whatever it is, it must not end the only task that keeps anything.
            self._trouble_is(f"this is a fault in Signpost itself ({type(fault).__name__})")
        finally:
            if not written:
                self._backlog.extendleft(reversed(some))
            for waits in some:
                _tell(waits, written)
        if written:
            self._at_once = min(2 * self._at_once, MOST_AT_ONCE)
        elif len(some) == 1 and await self._store_is_well():
            self._backlog.popleft()  # one that no store will ever take must not stop the others
            self._lost += 1
        else:
            self._at_once = 1
        return written

    async def _write(self, some: Sequence[_Waits]) -> None:
        waiting: list[Waiting] = []
        if any(waits.record.waiting for waits in some):
            waiting = await asyncio.to_thread(self._with_meaning, some)
        tallies = [tally for waits in some for tally in waits.record.tallies]
        await self.store.keep(waiting, _added_up(tallies))

    async def _store_is_well(self) -> bool:
        try:
            await self.store.ping()
        except StoreError:
            return False
        return self._opened

    def _with_meaning(self, some: Sequence[_Waits]) -> list[Waiting]:
        """The words to keep, each with its vector: made once, of what is kept and no more."""
        return [
            replace(waiting, vector=self._vector(waiting.text))
            for waits in some
            if (waiting := waits.record.waiting)
        ]

    def _vector(self, text: str) -> bytes | None:
        try:
            return self._encode(text) if self._encode else None
        except Exception as fault:  # words without their meaning are better than none
            log.debug("no vector: %s", type(fault).__name__)
            return None

    def _trouble_is(self, trouble: str | None) -> None:
        if trouble and not self.trouble:
            log.error("What people ask cannot be kept for now, and is held in memory: %s", trouble)
        elif self.trouble and not trouble:
            log.warning("The database is back: what waited has been kept.")
        self.trouble = trouble


def _added_up(tallies: Sequence[Tally]) -> list[Tally]:
    """The same with equal ones together, in one order, so that no two copies wait in a ring."""
    numbers = Counter[Tally]()
    for tally in tallies:
        numbers[replace(tally, number=0)] += tally.number
    found = [replace(tally, number=number) for tally, number in numbers.items()]
    return sorted(found, key=lambda t: (t.day, t.about, t.name, t.channel, t.community))


def _tell(waits: _Waits, kept: bool) -> None:
    if not waits.told.done():
        waits.told.set_result(kept)
