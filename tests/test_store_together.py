"""Several processes and tasks on one database, some of them killed in the middle of their work."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import random
import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import store_children
from sqlalchemy import text
from sqlalchemy.engine import make_url
from store_children import DAY, text_of

from signpost_bot.model import Tally, Waiting
from signpost_bot.store import Store, schema

if TYPE_CHECKING:
    from databases import Place, PostgresServer

pytest_plugins = ["databases"]


@pytest.fixture(scope="module")
def processes() -> Iterator[ForkServerContext]:
    """Starts children from a process that has imported all they need."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["store_children"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), *sys.path]))
        Child(context, "only_open", ":", "first").kill()  # starts the server
        yield context


@dataclass
class Child:
    """A process at work, and the lines it says."""

    process: ForkServerProcess
    told: Connection

    def __init__(
        self, context: ForkServerContext, job: str, place: Place, name: str, go: object = None
    ) -> None:
        self.told, telling = context.Pipe(duplex=False)
        self.process = context.Process(
            target=store_children.work, args=(job, place, name, telling, go)
        )
        self.process.start()
        telling.close()

    def wait_for_a_line(self) -> None:
        assert self.told.poll(20)

    def kill(self) -> list[str]:
        """SIGKILL: no handler runs, nothing is closed. Returns what was said before."""
        self.process.kill()
        return self.end()

    def end(self) -> list[str]:
        said = b""
        while piece := os.read(self.told.fileno(), 1 << 16):
            said += piece
        self.process.join()
        self.process.close()
        self.told.close()
        whole, _, _ = said.decode().rpartition("\n")
        return whole.split("\n") if whole else []


def together(
    context: ForkServerContext, job: str, place: Place, names: list[str]
) -> dict[str, list[str]]:
    """What each says that starts at the same moment as the others."""
    go = context.Barrier(len(names))
    children = {name: Child(context, job, place, name, go) for name in names}
    return {name: child.end() for name, child in children.items()}


# --- killed in the middle -----------------------------------------------------------------


async def killed(
    context: ForkServerContext, place: Place, name: str, rng: random.Random
) -> set[tuple[str, ...]]:
    """One child that is killed at some moment while it keeps records; what it had said."""
    child = Child(context, "keep_on", place, name)
    child.wait_for_a_line()
    await asyncio.sleep(rng.uniform(0, 0.12))
    return {tuple(line.split()) for line in child.kill()}


async def all_is_as_it_was_confirmed(place: Place, said: dict[str, set[tuple[str, ...]]]) -> None:
    found: dict[str | None, set[str]] = {}
    async with Store(place) as store:
        async for one in store.waiting():
            assert one.text == text_of(one.id)  # nothing is half written
            found.setdefault(one.community, set()).add(one.id)
        tallies = {tally.name: tally.number for tally in await store.tallies()}
    confirmed = in_the_middle = 0
    for name, lines in said.items():
        begun = {each for what, each in lines if what == "begun"}
        kept = {each for what, each in lines if what == "kept"}
        there = found.get(name, set())
        assert kept <= there <= begun
        # kept together with the records, in one transaction: not one more, not one less
        assert tallies.get(name, 0) == len(there)
        confirmed += len(kept)
        in_the_middle += kept != begun
    assert found.keys() <= said.keys()
    assert confirmed > 100 and in_the_middle > 10  # else this has shown nothing


async def test_what_was_confirmed_survives_fifty_kills_on_sqlite(
    processes: ForkServerContext, sqlite_place: Path
) -> None:
    rng = random.Random(1)
    async with Store(sqlite_place):
        pass
    said = {}
    for number in range(50):
        name = f"child {number}"
        said[name] = await killed(processes, sqlite_place, name, rng)
        with contextlib.closing(sqlite3.connect(sqlite_place)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]

    await all_is_as_it_was_confirmed(sqlite_place, said)


async def test_what_was_confirmed_survives_fifty_kills_on_postgresql(
    processes: ForkServerContext, postgres: PostgresServer, postgres_place: str
) -> None:
    rng = random.Random(2)
    said = {}
    for number in range(50):
        name = f"child {number}"
        said[name] = await killed(processes, postgres_place, name, rng)
    wait_until_nobody_is_connected(postgres, postgres_place)

    await all_is_as_it_was_confirmed(postgres_place, said)


def wait_until_nobody_is_connected(server: PostgresServer, place: str) -> None:
    name = make_url(place).database
    for _ in range(200):
        if not server.run(f"SELECT 1 FROM pg_stat_activity WHERE datname = '{name}'"):
            return
        time.sleep(0.05)
    raise AssertionError("the server has not noticed that its clients are gone")


async def test_being_killed_while_it_makes_the_tables_leaves_all_or_nothing(
    processes: ForkServerContext, tmp_path: Path
) -> None:
    rng = random.Random(3)
    finished = 0
    for number in range(20):
        place = tmp_path / f"{number}" / "signpost.db"
        child = Child(processes, "only_open", place, "")
        child.wait_for_a_line()
        await asyncio.sleep(rng.uniform(0, 0.2))
        finished += "opened" in child.kill()
        async with Store(place) as store:
            await store.ping()
            assert await versions(store) == [schema.HEAD]

    assert finished < 20  # else the kills came too late to show anything


async def versions(store: Store) -> list[str]:
    async with store._engine.connect() as connection:
        found = await connection.execute(text("SELECT version_num FROM alembic_version"))
        return [row.version_num for row in found]


# --- at the same time ---------------------------------------------------------------------


@pytest.mark.parametrize("attempt", range(3))
async def test_copies_that_open_a_new_database_together(
    processes: ForkServerContext, new_place: Place, attempt: int
) -> None:
    names = [f"copy {number}" for number in range(6)]
    said = await asyncio.to_thread(together, processes, "open_and_keep", new_place, names)

    assert said == {name: ["kept"] for name in names}
    async with Store(new_place) as store:
        assert await versions(store) == [schema.HEAD]
        assert sorted([one.id async for one in store.waiting()]) == names


async def test_every_lease_has_one_winner(processes: ForkServerContext, place: Place) -> None:
    names = [f"copy {number}" for number in range(4)]
    said = await asyncio.to_thread(together, processes, "take_leases", place, names)

    won = [int(number) for numbers in said.values() for number in numbers]
    assert sorted(won) == list(range(40))


async def test_many_keep_while_others_read_and_forget(
    processes: ForkServerContext, place: Place
) -> None:
    names = [f"copy {number}" for number in range(4)]
    async with Store(place) as store:
        keeping = asyncio.create_task(
            asyncio.to_thread(together, processes, "keep_some", place, names)
        )
        rounds = forgotten = 0
        while not keeping.done():
            old = Waiting(f"old {rounds}", "unanswered", "?", DAY - timedelta(400), "web")
            await store.keep([old])
            async for _ in store.waiting():
                await store.tallies()
                break
            forgotten += await store.forget(DAY - timedelta(300))
            rounds += 1
        assert await keeping == {name: ["kept"] for name in names}
        left = [one async for one in store.waiting()]
        tallies = await store.tallies()

    assert forgotten == rounds > 1
    assert len(left) == 4 * 4 * 12
    assert [tally.number for tally in tallies] == [4 * 4 * 12] * 5
    assert tallies[0] == Tally(DAY, "topic", "topic 0", number=192)
