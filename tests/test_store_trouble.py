"""A database that is missing, locked, full, damaged or away: one sentence, soon; then it mends."""

# ruff: noqa: ASYNC221  # nobody else waits while these look at a file

from __future__ import annotations

import asyncio
import gc
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy.engine import make_url

from signpost_bot.errors import StoreError
from signpost_bot.model import Tally, Waiting
from signpost_bot.store import Store

if TYPE_CHECKING:
    from databases import PostgresServer

pytest_plugins = ["databases"]

DAY = date(2026, 11, 16)
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
BOUND = 12  # seconds: two waits of five, and a slow machine


def waiting(text: str = "who feeds the cat") -> Waiting:
    return Waiting(os.urandom(8).hex(), "unanswered", text, DAY, "web")


async def all_texts(store: Store) -> list[str]:
    return [one.text async for one in store.waiting()]


# Everything that can be asked of a store.
CALLS: dict[str, Callable[[Store], Awaitable[Any]]] = {
    "open": lambda store: store.open(),
    "ping": lambda store: store.ping(),
    "keep": lambda store: store.keep([waiting()], [Tally(DAY, "outcome", "answer")]),
    "waiting": all_texts,
    "tallies": lambda store: store.tallies(),
    "forget": lambda store: store.forget(DAY),
    "remove": lambda store: store.remove("id"),
    "remember": lambda store: store.remember("a" * 64, "settings", {}),
    "recall": lambda store: store.recall("a" * 64, "settings", NOON),
    "drop": lambda store: store.drop("a" * 64),
    "sweep": lambda store: store.sweep(NOON),
    "lease": lambda store: store.lease("daily", "me", NOON, 60),
    "release": lambda store: store.release("daily", "me"),
    "last_done": lambda store: store.last_done("daily"),
    "claim": lambda store: store.claim([1, 2], "me", NOON, 60),
    "finish": lambda store: store.finish([1], NOON),
    "let_go": lambda store: store.let_go([2], "me"),
}
WRITING = {
    "ping", "keep", "forget", "remove", "remember", "drop", "sweep", "lease", "release",
    "claim", "finish", "let_go",
}  # fmt: skip


async def fails(call: Awaitable[Any], says: str, bound: float = BOUND) -> None:
    """It raises one sentence that says this, in time."""
    start = time.monotonic()
    with pytest.raises(StoreError, match=says) as raised:
        await call
    assert time.monotonic() - start < bound
    sentence = str(raised.value)
    assert re.fullmatch(r"[^\n]{30,300}[.?]", sentence), sentence
    assert "Error" not in sentence and "sqlalche" not in sentence and "[SQL" not in sentence
    assert raised.value.__context__ is None


async def all_fail(store: Store, says: str, *, but: str | None = None) -> None:
    """Each by itself, then all together."""
    calls = [call for name, call in CALLS.items() if name != but]
    for call in calls:
        await fails(call(store), says)
    await asyncio.gather(*(fails(call(store), says) for call in calls))


async def works(store: Store) -> None:
    for name, call in CALLS.items():
        if name != "open":
            await call(store)


@pytest.fixture
def nothing_collected() -> Iterator[None]:
    """What is held by nothing but itself stays: nobody may count on its going."""
    gc.disable()
    yield
    gc.enable()


@pytest_asyncio.fixture
async def sqlite(sqlite_place: Path) -> AsyncIterator[Store]:
    async with Store(sqlite_place) as store:
        yield store


@pytest_asyncio.fixture
async def postgresql(postgres_place: str) -> AsyncIterator[Store]:
    async with Store(postgres_place) as store:
        yield store


# --- a file that is not as it should be ---------------------------------------------------


async def test_a_file_that_is_gone_is_missed_and_not_made_anew(
    sqlite: Store, sqlite_place: Path
) -> None:
    await sqlite.keep([waiting("before")])
    sqlite_place.rename(sqlite_place.with_name("away.db"))
    await all_fail(sqlite, "signpost.db is missing: put the file back", but="open")
    assert not sqlite_place.exists()

    sqlite_place.with_name("away.db").rename(sqlite_place)
    await sqlite.keep([waiting("after")])
    assert sorted(await all_texts(sqlite)) == ["after", "before"]


async def test_a_folder_that_is_gone_is_missed(sqlite: Store, sqlite_place: Path) -> None:
    sqlite_place.parent.rename(sqlite_place.parent.with_name("away"))
    await all_fail(sqlite, "signpost.db is missing", but="open")
    assert not sqlite_place.parent.exists()

    await sqlite.open()  # whoever opens it once more wants it made
    await works(sqlite)


async def test_a_copy_that_was_put_in_its_place_is_used(sqlite: Store, sqlite_place: Path) -> None:
    await sqlite.keep([waiting("before")])
    copy = sqlite3.connect(sqlite_place.with_name("copy.db"))
    with sqlite3.connect(sqlite_place) as original:
        original.backup(copy)
    original.close()
    copy.close()
    await sqlite.keep([waiting("lost with the old file")])
    sqlite_place.with_name("copy.db").rename(sqlite_place)
    for leftover in ("signpost.db-wal", "signpost.db-shm"):
        sqlite_place.with_name(leftover).unlink()

    await sqlite.keep([waiting("after")])
    assert sorted(await all_texts(sqlite)) == ["after", "before"]
    await sqlite.close()
    with sqlite3.connect(sqlite_place) as database:
        assert database.execute("SELECT count(*) FROM waiting").fetchone() == (2,)
    database.close()


async def test_an_older_copy_in_its_place_is_brought_up_to_date(
    sqlite: Store, sqlite_place: Path
) -> None:
    await sqlite.keep([waiting("before")])
    older = sqlite_place.with_name("older.db")
    sqlite3.connect(older).close()
    older.touch()
    older.rename(sqlite_place)

    await sqlite.keep([waiting("after")])
    assert await all_texts(sqlite) == ["after"]


@pytest.mark.parametrize(
    "content", [b"not a database " * 1_000, b"SQLite format 3\0" + b"\1" * 9_000]
)
async def test_a_file_that_is_no_database_is_told_of(content: bytes, sqlite_place: Path) -> None:
    sqlite_place.parent.mkdir()
    sqlite_place.write_bytes(content)
    store = Store(sqlite_place)
    await all_fail(store, "signpost.db is damaged, or is no database at all")
    assert sqlite_place.read_bytes() == content

    sqlite_place.unlink()
    await works(store)
    await store.close()


async def test_a_file_that_is_damaged_under_way_is_told_of(
    sqlite: Store, sqlite_place: Path
) -> None:
    await sqlite.keep([waiting("before")])
    shutil.copytree(sqlite_place.parent, sqlite_place.parent.with_name("copy"))
    await sqlite.keep([waiting(f"{i} " * 200) for i in range(200)])
    await sqlite.close()  # so that all is in the file and nothing in memory
    with sqlite_place.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(sqlite_place.stat().st_size - 4096))
    for name in ("waiting", "keep", "forget"):
        await fails(CALLS[name](sqlite), "signpost.db is damaged")

    shutil.rmtree(sqlite_place.parent)
    sqlite_place.parent.with_name("copy").rename(sqlite_place.parent)
    await works(sqlite)
    assert "before" in await all_texts(sqlite)


async def test_a_file_that_was_damaged_can_be_mended_in_its_place(
    sqlite: Store, sqlite_place: Path, nothing_collected: None
) -> None:
    await sqlite.keep([waiting(f"{i} " * 200) for i in range(200)])
    await sqlite.forget(date(2000, 1, 1))  # so that all is in the file
    await sqlite.close()
    await sqlite.ping()  # connected, with nothing of what waits in its memory
    content = sqlite_place.read_bytes()
    with sqlite_place.open("r+b") as file:
        file.seek(4096)
        file.write(b"damaged " * (len(content) // 8 - 512))
    for name in ("waiting", "forget"):
        await fails(CALLS[name](sqlite), "signpost.db is damaged")
    with sqlite_place.open("r+b") as file:
        file.write(content)

    await works(sqlite)
    assert len(await all_texts(sqlite)) == 201


async def test_a_table_that_is_missing_is_told_of(sqlite: Store, sqlite_place: Path) -> None:
    with sqlite3.connect(sqlite_place) as database:
        wanted = "SELECT sql FROM sqlite_master WHERE name = 'waiting'"
        (made,) = database.execute(wanted).fetchone()
        database.execute("DROP TABLE waiting")
    for name in ("ping", "keep", "waiting", "forget"):
        await fails(CALLS[name](sqlite), "signpost.db lacks a table or a column")

    with database:
        database.execute(made)
    database.close()
    await works(sqlite)


async def test_a_row_that_was_changed_by_hand_is_told_of(
    sqlite: Store, sqlite_place: Path
) -> None:
    await sqlite.keep([waiting("secret words")])
    database = sqlite3.connect(sqlite_place, isolation_level=None)
    database.execute("UPDATE waiting SET services = '[secret words'")
    await fails(all_texts(sqlite), "A row of the table waiting cannot be read")
    database.execute("UPDATE waiting SET services = '[]', day = 'secret words'")
    await fails(all_texts(sqlite), "A row of the table waiting cannot be read")
    database.execute("UPDATE waiting SET day = ?", [str(DAY)])
    database.close()

    assert await all_texts(sqlite) == ["secret words"]


async def test_a_chat_that_was_changed_by_hand_troubles_no_other(
    sqlite: Store, sqlite_place: Path
) -> None:
    keys = [f"{i:064x}" for i in range(20)]
    for key in keys:
        await sqlite.remember(key, "settings", {"is": key})
    with sqlite3.connect(sqlite_place) as database:
        database.execute("UPDATE chats SET data = '[secret words' WHERE key = ?", [keys[7]])
    database.close()

    told = [asyncio.create_task(sqlite.recall(key, "settings", NOON)) for key in keys]
    await fails(told[7], "A row of the table chats cannot be read")
    others = await asyncio.gather(*told[:7], *told[8:])
    assert others == [{"is": key} for key in keys if key != keys[7]]


async def test_tables_of_somebody_else_are_left_alone(sqlite_place: Path) -> None:
    sqlite_place.parent.mkdir()
    with sqlite3.connect(sqlite_place) as database:
        database.execute("CREATE TABLE chats (mine TEXT)")
    store = Store(sqlite_place)
    await all_fail(store, "holds a table of the same name that is not ours")
    assert database.execute("SELECT name FROM sqlite_master").fetchall() == [("chats",)]
    database.execute("DROP TABLE chats")
    database.close()

    await works(store)
    await store.close()


@pytest.mark.parametrize("below", ["signpost.db", "data/signpost.db", "a/b/signpost.db"])
async def test_a_file_where_a_folder_should_be_is_told_of(tmp_path: Path, below: str) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    store = Store(in_the_way / below)
    await all_fail(store, r"signpost.db cannot be made \(.*\): its folder must be one")

    in_the_way.unlink()
    await works(store)
    await store.close()


async def test_a_folder_where_the_file_should_be_is_told_of(sqlite_place: Path) -> None:
    sqlite_place.mkdir(parents=True)
    store = Store(sqlite_place)
    await all_fail(store, r"signpost.db cannot be made \(Is a directory\)")

    sqlite_place.rmdir()
    await works(store)
    await store.close()


# --- a file that others hold --------------------------------------------------------------


async def test_a_locked_file_is_told_of_and_reading_goes_on(
    sqlite: Store, sqlite_place: Path
) -> None:
    other = sqlite3.connect(sqlite_place, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    for name in CALLS.keys() - WRITING:
        await CALLS[name](sqlite)
    says = r"signpost.db (is locked by another program|took too long): close what"
    await asyncio.gather(*(fails(CALLS[name](sqlite), says) for name in WRITING))
    other.execute("ROLLBACK")
    other.close()

    await works(sqlite)


async def test_a_short_lock_is_waited_for(sqlite: Store, sqlite_place: Path) -> None:
    other = sqlite3.connect(sqlite_place, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    keeping = asyncio.create_task(sqlite.keep([waiting()]))
    await asyncio.sleep(0.3)
    assert not keeping.done()
    other.execute("COMMIT")
    other.close()

    await keeping
    assert len(await all_texts(sqlite)) == 1


@pytest.mark.parametrize("lock", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE", "BEGIN; SELECT * FROM x"])
async def test_a_short_lock_is_waited_for_when_a_new_file_is_opened(
    sqlite_place: Path, lock: str
) -> None:
    sqlite_place.parent.mkdir()
    other = sqlite3.connect(sqlite_place, isolation_level=None)
    other.execute("CREATE TABLE x (y)")
    for statement in lock.split("; "):
        other.execute(statement)
    store = Store(sqlite_place)
    opening = asyncio.create_task(store.open())
    await asyncio.sleep(0.3)
    assert not opening.done()
    other.execute("COMMIT")
    other.close()

    await opening
    await works(store)
    await store.close()


async def test_whoever_stops_waiting_leaves_no_lock(sqlite: Store, sqlite_place: Path) -> None:
    other = sqlite3.connect(sqlite_place, isolation_level=None, timeout=0)
    other.execute("BEGIN EXCLUSIVE")
    keeping = [asyncio.create_task(sqlite.keep([waiting()])) for _ in range(3)]
    await asyncio.sleep(0.2)
    for task in keeping:
        task.cancel()
    other.execute("COMMIT")
    done = await asyncio.gather(*keeping, return_exceptions=True)
    assert all(isinstance(result, asyncio.CancelledError) for result in done)

    other.execute("BEGIN EXCLUSIVE")  # nobody holds it
    other.execute("COMMIT")
    other.close()
    await works(sqlite)
    assert len(await all_texts(sqlite)) == 1  # the one of works()


# --- a disk that is full ------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=1m", "signpost-test", str(folder)]
    try:
        subprocess.run(mounting, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a disk that is full needs the right to mount a small one: run as root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


async def test_a_full_disk_is_told_of_and_loses_nothing(small_disk: Path) -> None:
    async with Store(small_disk / "signpost.db") as store:
        kept: list[int] = []
        await fails(keep_until_it_fails(store, kept), "The disk that holds the database .* is full")
        assert len(kept) > 20
        await fails(CALLS["keep"](store), "is full: make room on it")
        assert {int(text.split()[0]) for text in await all_texts(store)} == set(kept)

        subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
        await works(store)
        found = {int(text.split()[0]) for text in await all_texts(store) if text[0].isdigit()}
        assert found == set(kept)


async def keep_until_it_fails(store: Store, kept: list[int]) -> None:
    for number in range(10_000):
        await store.keep([waiting(f"{number} " * 100)])
        kept.append(number)


_LIMITED = """
import asyncio, resource, signal, sys
from pathlib import Path
from signpost_bot.errors import StoreError
from signpost_bot.store import Store
from test_store_trouble import waiting, works

async def fill() -> None:
    async with Store(Path(sys.argv[1])) as store:
        unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, unlimited[1]))
        try:
            while True:
                await store.keep([waiting("words " * 1000)])
        except StoreError as error:
            print(error)
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
        await works(store)
        print("mended")

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
asyncio.run(fill())
"""


async def test_a_file_that_may_not_grow_is_told_of(sqlite_place: Path) -> None:
    ran = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", _LIMITED, str(sqlite_place)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )

    assert ran.stderr == ""
    assert ran.stdout == (
        f"The database {sqlite_place} cannot be read or written: the disk may be full, failing "
        "or gone.\nmended\n"
    )


# --- a server that is away ----------------------------------------------------------------


async def test_a_server_that_stops_is_missed_until_it_is_back(
    postgres: PostgresServer, postgresql: Store
) -> None:
    await postgresql.keep([waiting("before")])
    postgres.stop()
    try:
        await all_fail(postgresql, "The PostgreSQL database .* (cannot be reached|ended the conn)")
    finally:
        postgres.start()

    await postgresql.keep([waiting("after")])
    assert sorted(await all_texts(postgresql)) == ["after", "before"]
    await works(postgresql)


async def test_a_server_that_was_away_at_the_start_is_used_once_it_is_there(
    postgres: PostgresServer, postgres_place: str
) -> None:
    postgres.stop()
    store = Store(postgres_place)
    try:
        await fails(store.open(), "cannot be reached: see whether it runs, and check the address")
    finally:
        postgres.start()

    await works(store)
    await store.close()


async def test_a_connection_that_was_cut_is_made_anew(
    postgres: PostgresServer, postgresql: Store
) -> None:
    await works(postgresql)
    postgres.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE application_name = 'signpost-bot'"
    )

    await works(postgresql)


async def test_a_database_that_does_not_exist_is_told_of(
    postgres: PostgresServer, postgres_place: str
) -> None:
    store = Store(postgres.address("nowhere"))
    await all_fail(store, "'nowhere' on .* does not exist: create it, or mend its name")
    postgres.run("CREATE DATABASE nowhere")

    await works(store)
    await store.close()
    postgres.drop(postgres.address("nowhere"))


async def test_a_port_where_nobody_listens_is_told_of() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    store = Store(f"postgresql://me:secret@127.0.0.1:{port}/signpost")

    await all_fail(store, f"'signpost' on 127.0.0.1, port {port} cannot be reached")


async def test_a_server_that_never_answers_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        store = Store(f"postgresql://me@127.0.0.1:{server.getsockname()[1]}/signpost")
        await fails(store.keep([waiting()]), "does not answer: see whether it runs and can be rea")


async def test_a_name_that_no_server_has_is_told_of() -> None:
    store = Store("postgresql://me@nobody.invalid/signpost")

    await fails(store.open(), "on nobody.invalid cannot be reached")


async def test_what_a_user_may_not_do_is_told_of(
    postgres: PostgresServer, postgres_place: str
) -> None:
    name = str(make_url(postgres_place).database)
    postgres.run("CREATE ROLE visitor LOGIN")
    store = Store(postgres_place.replace("postgres:@", "visitor@"))
    try:
        await all_fail(store, "does not allow this user what is needed", but="open")
        rights = "SELECT, INSERT, UPDATE, DELETE"
        postgres.run(f"GRANT {rights} ON ALL TABLES IN SCHEMA public TO visitor", name)
        await store.ping()
        await fails(store.forget(DAY), "does not allow this user what is needed")
    finally:
        await store.close()
        postgres.run("DROP OWNED BY visitor", name)
        postgres.run("DROP ROLE visitor")


async def test_an_unknown_user_is_told_of(postgres_place: str) -> None:
    store = Store(postgres_place.replace("postgres:@", "stranger@"))

    await all_fail(store, "does not let this user in: check user")


async def test_a_server_that_can_only_be_read_is_told_of(
    postgres: PostgresServer, postgresql: Store, postgres_place: str
) -> None:
    name = make_url(postgres_place).database
    postgres.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    await postgresql.close()
    await asyncio.gather(
        *(fails(CALLS[name](postgresql), "can only be read") for name in sorted(WRITING))
    )
    postgres.run(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    await postgresql.close()

    await works(postgresql)


async def test_a_locked_table_is_told_of(postgresql: Store, postgres_place: str) -> None:
    other = await asyncpg.connect(postgres_place)
    async with other.transaction():
        await other.execute("LOCK TABLE waiting")
        names = ("ping", "keep", "waiting", "forget")
        await asyncio.gather(
            *(fails(CALLS[name](postgresql), "is locked by another program") for name in names)
        )
        await postgresql.tallies()
    await other.close()

    await works(postgresql)


async def test_whoever_stops_waiting_for_postgresql_leaves_no_lock(
    postgresql: Store, postgres_place: str
) -> None:
    other = await asyncpg.connect(postgres_place)
    async with other.transaction():
        await other.execute("LOCK TABLE waiting")
        keeping = [asyncio.create_task(postgresql.keep([waiting()])) for _ in range(3)]
        await asyncio.sleep(0.2)
        for task in keeping:
            task.cancel()
        done = await asyncio.gather(*keeping, return_exceptions=True)
    assert all(isinstance(result, asyncio.CancelledError) for result in done)
    await other.close()

    await works(postgresql)
    assert len(await all_texts(postgresql)) == 1  # the one of works()


async def test_a_table_that_postgresql_lacks_is_told_of(
    postgresql: Store, postgres_place: str
) -> None:
    other = await asyncpg.connect(postgres_place)
    await other.execute("ALTER TABLE waiting RENAME TO gone")
    for name in ("ping", "keep", "waiting", "forget"):
        await fails(CALLS[name](postgresql), "lacks a table: put back a copy")
    await other.execute("ALTER TABLE gone RENAME TO waiting")
    await other.close()

    await works(postgresql)


async def test_a_server_that_falls_silent_is_not_waited_for(
    postgres: PostgresServer, postgresql: Store, postgres_place: str
) -> None:
    await postgresql.keep([waiting("before")])
    other = Store(postgres_place)
    await other.open()
    ours = "SELECT pid FROM pg_stat_activity WHERE application_name = 'signpost-bot'"
    silent = [row["pid"] for row in postgres.run(ours)]
    for pid in silent:
        os.kill(pid, signal.SIGSTOP)
    try:
        lost = postgresql.keep([waiting("lost")])
        closed = asyncio.wait_for(other.close(), BOUND)
        await asyncio.gather(fails(lost, "does not answer", bound=20), closed)
        await postgresql.keep([waiting("after")])  # on a connection that answers
    finally:
        for pid in silent:
            os.kill(pid, signal.SIGCONT)

    assert {"before", "after"} <= set(await all_texts(postgresql))


# --- addresses ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://localhost/signpost", "SQLite or PostgreSQL, not in 'mysql'"),
        ("mssql+pyodbc://localhost/signpost", "not in 'mssql'"),
        ("oracle://x", "not in 'oracle'"),
        ("/data/signpost.db", "cannot be read: write sqlite:////full/path"),
        ("", "cannot be read"),
        ("postgresql://me:a@b@localhost/signpost", "%40 for @"),
        ("postgresql://localhost:port/signpost", "cannot be read"),
        ("sqlite://", "must name a file"),
        ("sqlite:///:memory:", "must name a file"),
        ("sqlite:///file:x.db?uri=true", "must name a file"),
        ("sqlite:///x.db?mode=ro", "must name a file and nothing else"),
        ("sqlite://host/x.db", "must name a file"),
    ],
)
def test_other_addresses_are_refused_at_once(address: str, says: str) -> None:
    with pytest.raises(StoreError, match=says) as raised:
        Store(address)
    assert str(raised.value).count(". ") == 0


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me@localhost/signpost?sslmode=sometimes",
        "postgresql://me@/signpost?host=localhost&port=x",
        "postgresql://me@/signpost?host=a,b&port=1,2,3",
    ],
)
async def test_an_option_that_cannot_be_used_is_told_of(address: str) -> None:
    says = r"has an option in its address that cannot be used.*after the \?"

    await fails(Store(address).open(), says)


async def test_an_option_that_postgresql_does_not_know_is_told_of(postgres_place: str) -> None:
    store = Store(f"{postgres_place}&pool_size=5")

    await fails(store.open(), r"does not know an option in the address")
