"""What is done once a day or so, by one copy of the program however many there are."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from signpost_bot.errors import StoreError
from signpost_bot.store import Store

HERE = ZoneInfo("Europe/London")  # the hours that people in the UK mean
EVERY = 10 * 60.0  # seconds between looks at whether anything is due
_DAYTIME = range(9, 19)  # hours
_WORK = "daily"
_LEASE = 15 * 60.0  # seconds after which another copy may take the work over

log = logging.getLogger(__name__)


async def every_day(store: Store, holder: str, retention_days: int) -> None:
    """Do the daily work as long as the program runs. Never raises; cancel it to stop.

    Args:
        holder: what tells this copy from others.
        retention_days: how long the words of a question are kept.
    """
    told = ""  # the last trouble, so that it is told once
    while True:
        try:
            await do_daily_work(store, holder, retention_days, datetime.now(UTC))
        except StoreError as wrong:
            if str(wrong) != told:
                log.warning("The daily work will be tried again: %s", wrong)
            told = str(wrong)
        except Exception as fault:
            # Not its message: that may hold what somebody asked.
            log.error("The daily work failed: %s", type(fault).__name__)
        await asyncio.sleep(EVERY)


async def do_daily_work(
    store: Store, holder: str, retention_days: int, now: datetime
) -> int | None:
    """Forget what is old, unless it was done today or another copy is at it.

    Returns:
        How many records were forgotten; None where there was nothing for us to do.
    """
    await store.sweep(now)  # what is over in a conversation goes as soon as anyone looks
    today = now.date()
    if await store.last_done(_WORK) == today:
        return None
    if not await store.lease(_WORK, holder, now, _LEASE):
        return None
    if await store.last_done(_WORK) == today:  # by another copy, since we looked
        await store.release(_WORK, holder)
        return None
    try:
        gone = await forget(store, retention_days, now)
    except BaseException:
        await store.release(_WORK, holder)
        raise
    await store.release(_WORK, holder, done=today)
    if gone:
        log.info("Forgot %d records older than %d days.", gone, retention_days)
    return gone


async def regularly(
    work: Callable[[datetime], Awaitable[object]],
    name: str,
    store: Store,
    holder: str,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Do this every few minutes, by one copy at a time, as long as the program runs.

    Never raises; cancel it to stop.

    Args:
        work: is told what time it is, and decides itself whether anything is due.
        name: what the work is called, for people to read.
        holder: what tells this copy from others.
    """
    told = False
    while True:
        now = clock()
        try:
            if await store.lease(name, holder, now, _LEASE):
                try:
                    await work(now)
                finally:
                    await store.release(name, holder)
            told = False
        except Exception as fault:
            # Not its message: that may hold what somebody asked, or what a group is called.
            if not told:
                log.warning("The %s will be tried again: %s", name, type(fault).__name__)
            told = True
        await asyncio.sleep(EVERY)


def is_daytime(now: datetime) -> bool:
    """Whether a message that nobody expects wakes nobody in the UK."""
    return now.astimezone(HERE).hour in _DAYTIME


async def forget(store: Store, retention_days: int, now: datetime) -> int:
    """Delete the words of questions from days before the retention time; returns how many."""
    return await store.forget(now.date() - timedelta(days=retention_days))
