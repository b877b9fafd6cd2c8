"""What the two kinds of database have in common, and which one an address means."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from signpost_bot.errors import StoreError
from signpost_bot.store.rows import as_json

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

WAIT = 5  # seconds for a lock, a connection, or a place in the pool

# For create_async_engine, whichever the database. Errors and logs never carry values.
COMMON: dict[str, Any] = {
    "hide_parameters": True,
    "pool_timeout": WAIT,
    "json_serializer": as_json,
}

_FORMS = "sqlite:////full/path/signpost.db or postgresql://user:password@host/database"


class Database(ABC):
    """One place to keep things: how to reach it, and what its errors mean to a person."""

    name: str  # as a sentence says it; never with a password
    insert: Any  # the dialect's own, which knows ON CONFLICT
    one_writer: bool  # whether writers take turns anyway

    @staticmethod
    @abstractmethod
    def as_day(day: date) -> object:
        """A day as the driver takes it."""

    @abstractmethod
    def engine(self) -> AsyncEngine:
        """A new engine; no I/O."""

    @abstractmethod
    def writing(self, engine: AsyncEngine) -> AsyncEngine:
        """The same engine for what writes."""

    @abstractmethod
    def make(self) -> None:
        """Make what can be made before connecting: a folder, an empty file."""

    @abstractmethod
    def mark(self) -> object:
        """What changes when another database is put in this one's place.

        Raises:
            StoreError: it is gone.
        """

    @abstractmethod
    async def prepare(self, connection: AsyncConnection) -> None:
        """Settings that the database remembers, on a connection outside any transaction."""

    @abstractmethod
    async def alone(self, connection: AsyncConnection) -> None:
        """Within a transaction that writes: wait until no other copy changes the tables."""

    @abstractmethod
    async def scrub(self, engine: AsyncEngine, tables: Sequence[Table]) -> None:
        """Take out of the files what was deleted from these tables."""

    @abstractmethod
    def explain_driver(self, error: BaseException) -> str:
        """What the driver's error means and how to mend it, in a sentence without its text."""

    def explain(self, error: BaseException) -> str:
        """What an error means to whoever runs this, never in the error's own words.

        Those can hold what somebody asked, or a password.
        """
        if isinstance(error, PoolTimeoutError):
            return f"{self.name} is too busy: try again in a moment."
        if isinstance(error, DBAPIError) and isinstance(error.orig, BaseException):
            return self.explain_driver(error.orig)
        return self.explain_driver(error)


def database_at(place: str | Path) -> Database:
    """The database that an address or the path of a SQLite file means.

    Raises:
        StoreError: it means none that we can use.
    """
    keep_values_out_of_logs()
    if isinstance(place, Path):
        return _sqlite(place)
    url = _read(place)
    kind = url.get_backend_name()
    if kind == "sqlite":
        return _sqlite_of(url)
    if kind in ("postgresql", "postgres"):
        return _postgresql_of(url)
    raise StoreError(
        f"Signpost keeps its records in SQLite or PostgreSQL, not in {kind!r}: write {_FORMS}."
    )


def _read(address: str) -> URL:
    try:
        url: URL | None = make_url(address.strip())
    except (ArgumentError, ValueError):
        url = None
    # After a second @ the rest of a password would pass for a host and come out in messages.
    if url is None or (url.get_backend_name() != "sqlite" and address.count("@") > 1):
        raise StoreError(
            f"The address of the database cannot be read: write {_FORMS}, and in a password "
            "%40 for @, %2F for /, %3A for : and %23 for #."
        )
    return url


def _sqlite_of(url: URL) -> Database:
    if url.host or url.query or not url.database or url.database.startswith((":", "file:")):
        raise StoreError(
            "The address of the SQLite database must name a file and nothing else, such as "
            "sqlite:////full/path/signpost.db."
        )
    return _sqlite(Path(url.database))


def _sqlite(file: Path) -> Database:
    from signpost_bot.store.sqlite import SQLite

    return SQLite(file)


def _postgresql_of(url: URL) -> Database:
    try:
        from signpost_bot.store.postgresql import PostgreSQL
    except ModuleNotFoundError:
        pass
    else:
        return PostgreSQL(url)
    raise StoreError("PostgreSQL needs one more part: pip install 'signpost-bot[postgres]'.")


def keep_values_out_of_logs() -> None:
    """The driver and SQLAlchemy write values and whole rows into their logs at DEBUG."""
    for name in ("aiosqlite", "sqlalchemy.engine.Engine"):
        logger = logging.getLogger(name)
        if _above_debug not in logger.filters:
            logger.addFilter(_above_debug)


def _above_debug(record: logging.LogRecord) -> bool:
    return record.levelno > logging.DEBUG
