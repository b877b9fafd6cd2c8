"""What processes of their own do with a store, for test_store_together.py.

Each says by a line what it has done; `go` holds it back until all are ready.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

import alembic.command  # noqa: F401  # imported once, before each child is forked

from signpost_bot.errors import StoreError
from signpost_bot.model import Tally, Waiting
from signpost_bot.store import Store, postgresql, sqlite  # noqa: F401  # the same

DAY = date(2026, 11, 16)
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


def text_of(id: str) -> str:  # noqa: A002
    """A text that shows when a piece of it is missing."""
    return f"{id} " * 40


async def keep_on(store: Store, say: Callable[[str], None], name: str) -> None:
    """Keep one record after another, or several at once, for ever."""
    await store.open()
    number = 0

    async def keep(count: int) -> None:
        ids = [os.urandom(8).hex() for _ in range(count)]
        for each in ids:
            say(f"begun {each}")
        waiting = [Waiting(each, "unanswered", text_of(each), DAY, "web", name) for each in ids]
        await store.keep(waiting, [Tally(DAY, "outcome", name, number=1) for _ in ids])
        for each in ids:
            say(f"kept {each}")

    while True:
        number += 1
        if number % 3 == 0:
            await asyncio.gather(*(keep(1 + task % 3) for task in range(4)))
        else:
            await keep(1 if number % 2 else 5)


async def open_and_keep(store: Store, say: Callable[[str], None], name: str) -> None:
    await store.open()
    await store.keep([Waiting(name, "unanswered", text_of(name), DAY, "web")])
    say("kept")


async def only_open(store: Store, say: Callable[[str], None], name: str) -> None:
    say("opening")
    await store.open()
    say("opened")


async def take_leases(store: Store, say: Callable[[str], None], name: str) -> None:
    for number in range(40):
        if await store.lease(f"work {number}", name, NOON, 60):
            say(f"{number}")


async def keep_some(store: Store, say: Callable[[str], None], name: str) -> None:
    """Several tasks at once, which count the same things in different orders."""

    async def keep(task: int) -> None:
        for number in range(12):
            names = [f"topic {(task + number + step) % 5}" for step in range(5)]
            waiting = Waiting(f"{name} {task} {number}", "unanswered", "?", DAY, "web")
            await store.keep([waiting], [Tally(DAY, "topic", each) for each in names])

    await asyncio.gather(*(keep(task) for task in range(4)))
    say("kept")


JOBS: dict[str, Callable[[Store, Callable[[str], None], str], Awaitable[None]]] = {
    job.__name__: job for job in (keep_on, open_and_keep, only_open, take_leases, keep_some)
}


def work(job: str, place: object, name: str, told: Connection, go: Barrier | None) -> None:
    """What a child does from beginning to end."""

    def say(line: str) -> None:
        os.write(told.fileno(), f"{line}\n".encode())

    async def run() -> None:
        store = Store(place)  # type: ignore[arg-type]
        try:
            await JOBS[job](store, say, name)
        except StoreError as error:
            say(f"StoreError: {error}")
        finally:
            await store.close()

    if go is not None:
        go.wait(30)
    asyncio.run(run())
