"""Handing what is kept to the keeper, so that no person waits for a database.

An answer never does. Only who tells us something, and reads whether it arrived, waits for it,
and for a few seconds at most.
"""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

import anyio.to_thread
from starlette.background import BackgroundTask

from signpost_bot.channels.metrics import Metrics
from signpost_bot.model import Answer, Question
from signpost_bot.questions import daily
from signpost_bot.questions.keeper import Keeper
from signpost_bot.questions.records import Record, of_answer, today, went_unanswered
from signpost_bot.replies import wording

PATIENCE = 3.0  # seconds that somebody waits to read whether it was passed on
_STOPPING = 2.0  # seconds for the daily work to end

NOT_KEPT = "What people ask cannot be kept for now. It is still answered."

log = logging.getLogger(__name__)


class PassingOn:
    """Hands records over.

    Args:
        keeper: writes them; None where nothing is kept.
        metrics: counts what becomes of questions.
    """

    def __init__(self, keeper: Keeper | None, metrics: Metrics | None = None) -> None:
        self.keeper = keeper
        self.metrics = metrics or Metrics()
        self._handed: set[asyncio.Task[bool]] = set()  # the loop itself holds tasks but weakly

    @property
    def ready(self) -> bool:
        """Whether what is handed over now is passed on, as far as one can know."""
        return self.keeper is not None and self.keeper.ready

    @asynccontextmanager
    async def running(self, retention_days: int) -> AsyncIterator[None]:
        """The keeper at work, and the daily work beside it."""
        if self.keeper is None:
            yield
            return
        async with self.keeper:
            work = asyncio.create_task(
                daily.every_day(self.keeper.store, secrets.token_hex(8), retention_days)
            )
            try:
                yield
            finally:
                work.cancel()
                await asyncio.wait([work], timeout=_STOPPING)

    def told(self, answer: Answer) -> Answer:
        """The answer, with the news that a maintainer will read the question where that is so."""
        if not went_unanswered(answer) or not self.ready:
            return answer
        return replace(answer, reply=wording.passed_on(answer.reply))

    def afterwards(self, question: Question, answer: Answer) -> BackgroundTask:
        """What is to be done with an exchange once the person has their answer."""
        return BackgroundTask(self.later, partial(of_answer, question, answer, today()))

    async def later(self, make: Callable[[], Record]) -> None:
        """Make a record and hand it over; for when the person has their answer. Never raises.

        Args:
            make: pure; it runs in a thread, so that others are answered meanwhile.
        """
        try:
            self._hand_over(await anyio.to_thread.run_sync(make))
        except Exception as fault:
            # Not its message: that may hold what somebody asked.
            log.error("Something that was asked could not be kept: %s", type(fault).__name__)

    async def now(self, make: Callable[[], Record]) -> bool:
        """Make a record and hand it over; True once it is in the database.

        What is not there in time is still tried for as long as the program runs.
        """
        record = await anyio.to_thread.run_sync(make)
        task = self._hand_over(record)
        if task is None:
            return False
        await asyncio.wait([task], timeout=PATIENCE)
        return task.done() and task.result()

    async def trouble(self) -> str | None:
        """What is wrong, in a sentence without paths or addresses; None when all is well."""
        if self.keeper is None:
            return None
        try:
            await asyncio.wait_for(self.keeper.store.ping(), PATIENCE)
        except Exception:  # whatever it is, it must not be told here: it may hold a path
            return NOT_KEPT
        return None if self.keeper.ready else NOT_KEPT

    def _hand_over(self, record: Record) -> asyncio.Task[bool] | None:
        self.metrics.asked(record)
        if self.keeper is None:
            return None
        task = asyncio.create_task(self.keeper.keep(record))
        self._handed.add(task)
        task.add_done_callback(self._handed.discard)
        return task
