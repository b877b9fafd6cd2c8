"""SQLite: one file, written to by one at a time and read by any number."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, event
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from signpost_bot.errors import StoreError
from signpost_bot.store.database import COMMON, WAIT, Database

# For every connection. FULL: what was confirmed is on the disk, whatever happens to the power.
# Nobody's words go into a temporary file somewhere else.
_PRAGMAS = (
    "synchronous=FULL",
    "secure_delete=ON",
    "foreign_keys=ON",
    "temp_store=MEMORY",
)

_BEGIN = "signpost_begin"  # the option that says how a connection begins what it does
READS, WRITES, NONE = "BEGIN", "BEGIN IMMEDIATE", ""

# What is wrong with the file, not with what we asked: the next call opens it afresh.
_OF_THE_FILE = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}


class SQLite(Database):
    one_writer = True
    insert = staticmethod(insert)

    def __init__(self, file: Path) -> None:
        self.file = file.absolute()
        self.name = f"The database {file}"

    def __repr__(self) -> str:
        return f"SQLite({str(self.file)!r})"

    @staticmethod
    def as_day(day: date) -> str:
        return day.isoformat()

    def engine(self) -> AsyncEngine:
        # mode=rw: a file that is gone is told of, never quietly replaced by an empty one.
        url = URL.create(
            "sqlite+aiosqlite", database=self.file.as_uri(), query={"mode": "rw", "uri": "true"}
        )
        engine = create_async_engine(
            url,
            pool_size=4,
            max_overflow=0,
            pool_reset_on_return=None,  # each of our transactions is ended where it began
            connect_args={"timeout": WAIT, "isolation_level": None},
            execution_options={_BEGIN: READS},
            **COMMON,
        )
        event.listen(engine.sync_engine, "connect", self._on_connect)
        event.listen(engine.sync_engine, "checkout", self._on_checkout)
        event.listen(engine.sync_engine, "invalidate", _on_invalidate)
        event.listen(engine.sync_engine, "begin", _on_begin)
        event.listen(engine.sync_engine, "handle_error", _on_error)
        return engine

    def writing(self, engine: AsyncEngine) -> AsyncEngine:
        """Transactions that take the right to write at their start.

        Else one that has read would have to wait for it with its view of the data already
        fixed, and SQLite refuses at once where two do so.
        """
        return engine.execution_options(**{_BEGIN: WRITES})

    def make(self) -> None:
        """The folder and the file, for nobody else's eyes; what is there stays as it is."""
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self.file, os.O_CREAT | os.O_RDWR, 0o600))

    def mark(self) -> object:
        if (found := self._found()) is None:
            raise StoreError(self._missing())
        return found

    async def prepare(self, connection: AsyncConnection) -> None:
        """Write-ahead logging, so that who reads never waits for who writes.

        SQLite does not wait its turn for this one change, so we do.
        """
        connection = await connection.execution_options(**{_BEGIN: NONE})
        give_up = time.monotonic() + WAIT
        while True:
            try:
                await connection.exec_driver_sql("PRAGMA journal_mode=WAL")
                return
            except OperationalError as error:
                if not _is(error.orig, sqlite3.SQLITE_BUSY) or time.monotonic() > give_up:
                    raise
            await asyncio.sleep(0.02)

    async def alone(self, connection: AsyncConnection) -> None:
        """BEGIN IMMEDIATE has seen to it."""

    async def scrub(self, engine: AsyncEngine, tables: Sequence[Table]) -> None:
        """Write the whole file anew, then empty the log beside it.

        `secure_delete` alone is not enough: where SQLite has moved a row from one page to
        another, a copy may stay in the gap it left. A new file has no such gaps.
        """
        async with engine.connect() as connection:
            connection = await connection.execution_options(**{_BEGIN: NONE})
            await connection.exec_driver_sql("VACUUM")
            emptied = await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = emptied.scalar_one()
        if busy:
            raise StoreError(self._locked())

    def explain_driver(self, error: BaseException) -> str:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if isinstance(error, TimeoutError):
            return (
                f"{self.name} took too long: close what else has it open, and see whether its "
                "disk is well."
            )
        if isinstance(error, OSError):
            return (
                f"{self.name} cannot be made ({error.strerror}): its folder must be one that "
                "this program may write to."
            )
        if code == sqlite3.SQLITE_CANTOPEN and self._found() is None:
            return self._missing()
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return self._locked()
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return (
                f"{self.name} is damaged, or is no database at all: move it away and put back "
                "a copy, or start again without it to begin with an empty one."
            )
        if code == sqlite3.SQLITE_FULL:
            return f"The disk that holds {self._it} is full: make room on it."
        if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY):
            return (
                f"{self.name} cannot be opened or written to: the file and its folder must "
                "belong to whoever runs this program."
            )
        if code == sqlite3.SQLITE_IOERR:
            return (
                f"{self.name} cannot be read or written: the disk may be full, failing or gone."
            )
        if code == sqlite3.SQLITE_ERROR and "no such " in str(error):
            return (
                f"{self.name} lacks a table or a column: put back a copy of it, or move it "
                "away to begin with an empty one."
            )
        if code == sqlite3.SQLITE_ERROR and "already exists" in str(error):
            return (
                f"{self.name} holds a table of the same name that is not ours: give another file."
            )
        told = getattr(error, "sqlite_errorname", type(error).__name__)
        return f"{self.name} failed ({told}): look at its disk, then start again."

    @property
    def _it(self) -> str:
        return self.name[0].lower() + self.name[1:]

    def _missing(self) -> str:
        return (
            f"{self.name} is missing: put the file back, or start again to begin with an empty "
            "one."
        )

    def _locked(self) -> str:
        return (
            f"{self.name} is locked by another program: close what has it open, such as a "
            "database tool or a backup."
        )

    def _found(self) -> tuple[int, int] | None:
        try:
            found = self.file.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _on_connect(self, connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["file"] = self._found()
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def _on_checkout(self, connection: Any, record: ConnectionPoolEntry, proxy: Any) -> None:
        # An open connection goes on writing to a file that was moved away or deleted: what it
        # confirms would be lost.
        if record.info["file"] != self._found():
            raise DisconnectionError


def _on_invalidate(
    connection: Any, record: ConnectionPoolEntry, error: BaseException | None
) -> None:
    # Closing alone does not end what it had begun to read while anything still holds one of its
    # cursors, as the error itself may: nobody could empty the log until that is collected.
    if isinstance(error, sqlite3.Error):
        with suppress(sqlite3.Error):
            connection.rollback()


def _on_begin(connection: Connection) -> None:
    if begin := connection.get_execution_options()[_BEGIN]:
        connection.exec_driver_sql(begin)


def _on_error(context: ExceptionContext) -> None:
    if any(_is(context.original_exception, code) for code in _OF_THE_FILE):
        context.is_disconnect = True


def _is(error: BaseException | None, code: int) -> bool:
    found: int = getattr(error, "sqlite_errorcode", 0)
    return found & 0xFF == code
