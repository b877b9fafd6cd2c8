"""What the two kinds of database have in common."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

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


def keep_values_out_of_logs() -> None:
    """The driver and SQLAlchemy write values and whole rows into their logs at DEBUG."""
    for name in ("aiosqlite", "sqlalchemy.engine.Engine"):
        logger = logging.getLogger(name)
        if _above_debug not in logger.filters:
            logger.addFilter(_above_debug)


def _above_debug(record: logging.LogRecord) -> bool:
    return record.levelno > logging.DEBUG
