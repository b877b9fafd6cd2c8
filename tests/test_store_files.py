"""What the store leaves on the disk, in logs and in errors: what was kept, and nothing else."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import sqlite3
import stat
import subprocess
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from signpost_bot.errors import StoreError
from signpost_bot.model import Suggestion, Tally, Waiting
from signpost_bot.store import Store, migrating, schema

if TYPE_CHECKING:
    from databases import Place, PostgresServer

pytest_plugins = ["databases"]

OLD, NEW = date(2026, 1, 1), date(2026, 11, 16)
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
WORD = "oldwords"  # stands in all that is to be forgotten
KEPT = "newwords"


# --- forgotten is gone from the files -----------------------------------------------------


async def fill(store: Store, seed: int) -> None:
    """Rows of all sizes, those to forget among those to keep, and chats written again and again."""
    rng = random.Random(seed)
    for _ in range(100):
        batch = []
        for _ in range(10):
            days = rng.randrange(28)
            word = WORD if days < 14 else KEPT
            words = f"{word} " * rng.randint(1, 100)
            batch.append(
                Waiting(
                    id=f"{rng.getrandbits(128):032x}",
                    kind="suggestion",
                    text=words,
                    day=OLD + timedelta(days),
                    channel="web",
                    community=rng.choice([None, word]),
                    place=rng.choice([None, word]),
                    suggestion=rng.choice([None, Suggestion(word)]),
                    vector=rng.choice([None, None, None, word.encode() * 96]),
                )
            )
        await store.keep(batch)
        data = {"said": f"{WORD} " * rng.randint(1, 60)}
        await store.remember(f"{rng.randrange(40):064}", "conversation", data, NOON)
    await store.remember("e" * 64, "settings", {"place": KEPT})


async def forget_all(store: Store) -> None:
    assert await store.sweep(NOON) > 30
    assert await store.forget(OLD + timedelta(14)) > 400


@pytest.mark.parametrize("seed", [4, 8, 23])  # where secure_delete alone leaves some behind
async def test_forgotten_words_are_gone_from_the_sqlite_files(
    sqlite_place: Path, seed: int
) -> None:
    async with Store(sqlite_place) as store:
        await fill(store, seed)
        assert occurrences(WORD, sqlite_place.parent.iterdir()) > 1_000
        await forget_all(store)

        assert {path.name for path in sqlite_place.parent.iterdir()} == {
            "signpost.db", "signpost.db-wal", "signpost.db-shm"
        }  # fmt: skip
        assert occurrences(WORD, sqlite_place.parent.iterdir()) == 0
        assert occurrences(KEPT, sqlite_place.parent.iterdir()) > 1_000
    assert occurrences(WORD, sqlite_place.parent.iterdir()) == 0


async def test_what_was_dropped_is_gone_when_next_we_forget(sqlite_place: Path) -> None:
    async with Store(sqlite_place) as store:
        for number in range(100):
            said = {"said": WORD * (number % 9 + 1) * 20}
            await store.remember(f"{number % 5:064}", "settings", said)
        for number in range(5):
            assert await store.drop(f"{number:064}") == 1
        assert await store.forget(OLD) == 0

        assert occurrences(WORD, sqlite_place.parent.iterdir()) == 0


async def test_forgotten_words_are_gone_from_the_postgresql_files(
    postgres: PostgresServer, postgres_place: str
) -> None:
    name = str(make_url(postgres_place).database)
    async with Store(postgres_place) as store:
        await fill(store, 1)
        postgres.run("ANALYZE", name)  # the server does so by itself after a while
        postgres.run("CHECKPOINT")  # to the disk with it
        assert occurrences(WORD, files_of(postgres)) > 1_000
        await forget_all(store)
        postgres.run("CHECKPOINT")

        assert occurrences(WORD, files_of(postgres)) == 0
        assert occurrences(KEPT, files_of(postgres)) > 1_000


def files_of(server: PostgresServer) -> Iterator[Path]:
    """All but the write-ahead log: Store's scrub says why that is another matter."""
    for path in server.files.rglob("*"):
        if path.is_file() and "pg_wal" not in path.parts:
            yield path


def occurrences(word: str, paths: Iterator[Path]) -> int:
    return sum(path.read_bytes().count(word.encode()) for path in paths)


async def test_while_somebody_reads_the_file_forgetting_says_that_words_may_be_left(
    sqlite_place: Path,
) -> None:
    async with Store(sqlite_place) as store:
        await fill(store, 7)
        reader = sqlite3.connect(sqlite_place, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM waiting").fetchone()
        with pytest.raises(StoreError, match=r"locked by another program.* may still be in"):
            await store.forget(OLD + timedelta(14))
        reader.close()

        await store.sweep(NOON)
        assert await store.forget(OLD + timedelta(14)) == 0  # they were deleted
        assert occurrences(WORD, sqlite_place.parent.iterdir()) == 0


# --- nothing about people in logs and errors ----------------------------------------------


async def test_words_come_into_no_log(
    store: Store, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    loggers = [None, "aiosqlite", "asyncpg", "alembic", "sqlalchemy", "sqlalchemy.engine"]
    for name in [*loggers, "sqlalchemy.engine.Engine", "sqlalchemy.pool"]:
        caplog.set_level(logging.DEBUG, logger=name)
    await store.keep([waiting()], [Tally(NEW, "topic", WORD)])
    await store.remember("a" * 64, "settings", {"said": WORD})
    assert [one.text async for one in store.waiting()] == [WORD]
    assert await store.recall("a" * 64, "settings", NOON) == {"said": WORD}
    assert len(await store.tallies()) == 1
    with pytest.raises(StoreError):
        await provoke(store)

    assert "sqlalchemy" in caplog.text or "aiosqlite" in caplog.text  # something was logged
    assert WORD not in caplog.text
    printed = capfd.readouterr()
    assert WORD not in printed.out + printed.err


async def test_words_come_into_no_error(store: Store) -> None:
    with pytest.raises(StoreError) as raised:
        await provoke(store)

    error: BaseException | None = raised.value
    assert WORD not in "".join(traceback.format_exception(error))
    assert error.__cause__ is None and error.__context__ is None
    assert str(error).count("\n") == 0 and str(error).endswith(".")


async def provoke(store: Store) -> None:
    """Keep something in a table that has lost a column."""
    async with store._engine.begin() as connection:
        await connection.execute(text("ALTER TABLE waiting RENAME COLUMN vector TO other"))
    await store.keep([waiting()])


def waiting() -> Waiting:
    return Waiting(id=os.urandom(8).hex(), kind="unanswered", text=WORD, day=NEW, channel="web")


SECRET = "pa55wort"


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://me:{SECRET}@localhost:1/signpost",
        f"postgresql://me:{SECRET}@localhost:1/signpost?sslmode=sometimes",
        f"postgresql://me:{SECRET}@localhost:1/signpost?sslrootcert=/nowhere&sslmode=verify-ca",
        f"postgresql://me@localhost:1/signpost?password={SECRET}",
        f"postgresql://me:@{SECRET}@localhost:1/signpost",
        f"postgresql://me:x@{SECRET}/@localhost:1/signpost",
        f"postgresql://me:x?@y/{SECRET}@localhost:1/signpost",
        f"postgresql://me:x#{SECRET}@localhost:1/signpost?port=",
        f"postgresql://me:{SECRET}@localhost:port/signpost",
        f"mysql://me:{SECRET}@localhost/signpost",
        f"sqlite://me:{SECRET}@localhost/signpost.db",
        f"me:{SECRET}@localhost",
    ],
)
async def test_the_password_comes_out_nowhere(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(StoreError) as raised:
        await open_it(address)

    assert SECRET not in "".join(traceback.format_exception(raised.value))
    assert raised.value.__cause__ is None and raised.value.__context__ is None
    assert SECRET not in caplog.text


async def open_it(address: str) -> None:
    store = Store(address)
    assert SECRET not in repr(store) + repr(store._engine) + repr(vars(store))
    await store.open()


# --- the files ----------------------------------------------------------------------------


async def test_nobody_else_may_read_the_files(sqlite_place: Path) -> None:
    async with Store(sqlite_place) as store:
        await store.keep([waiting()])
        found = {p.name: mode(p) for p in [sqlite_place.parent, *sqlite_place.parent.iterdir()]}

    assert found == {
        "data": 0o700, "signpost.db": 0o600, "signpost.db-wal": 0o600, "signpost.db-shm": 0o600
    }  # fmt: skip


async def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    os.mkdir(folder, 0o750)
    async with Store(folder / "signpost.db"):
        assert mode(folder) == 0o750


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_sqlite_is_set_to_keep_what_it_confirmed(sqlite_place: Path) -> None:
    async with Store(sqlite_place) as store, store._engine.connect() as connection:
        found = {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
        timeout = (await connection.exec_driver_sql("PRAGMA busy_timeout")).scalar_one()

    assert found == {
        "journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1
    }  # fmt: skip
    assert timeout == 5_000


# --- the tables -----------------------------------------------------------------------------


async def test_the_steps_lead_to_the_tables_that_we_use(store: Store) -> None:
    async with store._engine.connect() as connection:
        assert await connection.run_sync(differences) == []


def differences(connection: Connection) -> list[object]:
    options = {"compare_server_default": True, "include_object": _not_alembics}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, schema.tables))


def _not_alembics(thing: object, name: str | None, *rest: object) -> bool:
    return name != "alembic_version"


def test_the_newest_step_is_the_one_we_wait_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrating._STEPS))
    config.set_main_option("path_separator", "os")
    steps = ScriptDirectory.from_config(config)

    assert steps.get_heads() == [schema.HEAD]
    assert migrating._known() == {step.revision for step in steps.walk_revisions()}


async def test_dates_and_lists_can_be_read_with_any_tool(sqlite_place: Path) -> None:
    async with Store(sqlite_place) as store:
        kept = Waiting(
            "1", "unanswered", "Wer füttert die Katze?", NEW, "web", services=("turn2us",),
            topics=(("blue-badge", 0.5),), suggestion=Suggestion("Café"),
        )  # fmt: skip
        await store.keep([kept], [Tally(NEW, "outcome", "answer")])
    database = sqlite3.connect(sqlite_place)
    found = database.execute("SELECT text, day, services, topics, suggestion FROM waiting")

    assert found.fetchall() == [
        (
            "Wer füttert die Katze?", "2026-11-16", '["turn2us"]', '[["blue-badge", 0.5]]',
            '{"name": "Café"}',
        )
    ]  # fmt: skip
    assert database.execute("SELECT day, number FROM tallies").fetchall() == [("2026-11-16", 1)]
    database.close()


async def test_days_are_found_by_an_index(sqlite_place: Path) -> None:
    async with Store(sqlite_place):
        pass
    database = sqlite3.connect(sqlite_place)
    for query, index in [
        ("DELETE FROM waiting WHERE day < '2026-01-01'", "waiting_by_day"),
        ("SELECT * FROM waiting WHERE (day, id) > ('2026-01-01', '1') ORDER BY day, id", "by_day"),
        ("SELECT * FROM tallies WHERE day >= '2026-01-01'", "PRIMARY KEY"),
        ("DELETE FROM chats WHERE until <= '2026-01-01'", "chats_by_until"),
    ]:
        plan = str(database.execute(f"EXPLAIN QUERY PLAN {query}").fetchall())
        assert "SEARCH" in plan and index in plan and "TEMP B-TREE" not in plan
    database.close()


# --- starting -------------------------------------------------------------------------------


async def test_tables_that_are_up_to_date_need_no_alembic(sqlite_place: Path) -> None:
    async with Store(sqlite_place):
        pass
    script = (
        "import asyncio, sys; from pathlib import Path; from signpost_bot.store import Store\n"
        "async def start():\n"
        f"    async with Store(Path({str(sqlite_place)!r})): pass\n"
        "asyncio.run(start()); print('alembic' in sys.modules, 'asyncpg' in sys.modules)"
    )
    ran = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert ran.stdout == "False False\n"


async def test_a_database_of_a_newer_version_is_left_alone(place: Place) -> None:
    store = Store(place)
    async with store, store._engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(StoreError, match=r"newer version of Signpost \(its tables are at 0999"):
        await store.open()
    with pytest.raises(StoreError, match="install the newer version"):
        await store.keep([waiting()])
    await store.close()
