"""PostgreSQL: for several copies of the program on several machines."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from datetime import date
from typing import Any

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import Table, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from signpost_bot.errors import StoreError
from signpost_bot.store.database import COMMON, WAIT, Database

_STATEMENT = 10  # seconds
_SCRUB = 300  # seconds
_SETTINGS = {
    "application_name": "signpost-bot",
    "statement_timeout": f"{_STATEMENT}s",
    "lock_timeout": f"{WAIT}s",
    "idle_in_transaction_session_timeout": "60s",
}
_MIGRATIONS = 7_165_402_883_041  # the advisory lock under which tables change; any number

# What hosted databases put into the address they hand out, and asyncpg does not know.
_UNKNOWN = ("channel_binding", "connect_timeout", "gssencmode")

_SENTENCES = {
    "25006": "can only be read: it is a standby, or was set so. Give the address of the one "
    "that can be written to.",
    "28000": "does not let this user in: check user, password and encryption in the address.",
    "28P01": "does not let this user in: check user and password in the address.",
    "3D000": "does not exist: create it, or mend its name in the address.",
    "40P01": "was held up by another program. Try again.",
    "42501": "does not allow this user what is needed: make it the owner of the database.",
    "42703": "lacks a column: put back a copy of it, or give the address of an empty one.",
    "42704": "does not know an option in the address: take away what stands after the ?.",
    "42P01": "lacks a table: put back a copy of it, or give the address of an empty one.",
    "42P07": "holds a table of the same name that is not ours: give the address of an empty one.",
    "53100": "has no room left on its disk: make room there.",
    "53300": "has no connection left for us: raise its max_connections, or run fewer copies.",
    "55P03": "is locked by another program: close what has it open, such as a migration or a "
    "database tool.",
    "57014": "did not finish in time: see what keeps it busy.",
    "57P03": "is starting or stopping: try again in a moment.",
    "22P05": "cannot keep all letters: create it anew with the encoding UTF8.",
}
_CLASSES = {
    "08": "ended the connection: see whether it runs.",
    "53": "has run out of something it needs: see its log.",
    "57": "ended the connection: see whether it runs.",
    "58": "cannot read or write its files: see its log.",
    "XX": "is damaged: see its log, and put back a copy.",
}


class PostgreSQL(Database):
    one_writer = False
    insert = staticmethod(insert)

    def __init__(self, url: URL) -> None:
        query: dict[str, Any] = {k: v for k, v in url.query.items() if k not in _UNKNOWN}
        if "ssl" in query:  # as SQLAlchemy calls it
            query["sslmode"] = query.pop("ssl")
        url = url.set(drivername="postgresql", query=query)
        self._address = url.render_as_string(hide_password=False)
        host = url.host or query.get("host") or "this machine"
        port = f", port {url.port}" if url.port else ""
        self.name = f"The PostgreSQL database {url.database or ''!r} on {host}{port}"

    def __repr__(self) -> str:
        return f"PostgreSQL({self.name!r})"

    @staticmethod
    def as_day(day: date) -> date:
        return day

    def engine(self) -> AsyncEngine:
        return create_async_engine(
            "postgresql+asyncpg://",
            async_creator=self._connect,
            pool_size=4,
            max_overflow=0,
            pool_pre_ping=True,
            pool_recycle=1800,
            **COMMON,
        )

    async def _connect(self) -> Any:
        """The driver reads the address by itself, so that it means what it means to psql."""
        try:
            return await asyncpg.connect(self._address, timeout=WAIT, server_settings=_SETTINGS)
        except ValueError:
            pass
        raise StoreError(
            f"{self.name} has an option in its address that cannot be used: check what stands "
            "after the ?."
        )

    def writing(self, engine: AsyncEngine) -> AsyncEngine:
        return engine

    def make(self) -> None:
        """Whoever runs the server makes the database."""

    def mark(self) -> object:
        return self._address

    async def prepare(self, connection: AsyncConnection) -> None:
        """Nothing to set."""

    async def alone(self, connection: AsyncConnection) -> None:
        await connection.execute(text("SET LOCAL lock_timeout = '30s'"))
        await connection.execute(text("SET LOCAL statement_timeout = '60s'"))
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATIONS})"))

    async def scrub(self, engine: AsyncEngine, tables: Sequence[Table]) -> None:
        """Write the tables anew and let go of their old files.

        A plain VACUUM leaves deleted words where they stood until something is written over
        them. The write-ahead log (pg_wal) still holds what was written, until the server has
        used its files again or archived them: how long is set there, not here.
        """
        async with engine.connect() as connection:
            connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text(f"SET statement_timeout = '{_SCRUB}s'"))
            try:
                for table in tables:
                    files = text(f"SELECT pg_relation_filenode('{table.name}')")
                    before = await connection.scalar(files)
                    await connection.execute(text(f"VACUUM (FULL) {table.name}"))
                    # To who is not the owner, the server gives no more than a warning.
                    if before == await connection.scalar(files):
                        raise StoreError(f"{self.name} {_SENTENCES['42501']}")
            finally:
                await connection.invalidate()  # nobody else should have that much time

    def explain_driver(self, error: BaseException) -> str:
        state = getattr(error, "sqlstate", None) or ""
        if told := _SENTENCES.get(state) or _CLASSES.get(state[:2]):
            return f"{self.name} {told}"
        if isinstance(error, TimeoutError):
            return f"{self.name} does not answer: see whether it runs and can be reached."
        if isinstance(error, ssl.SSLError):
            return f"{self.name} cannot be reached safely: check sslmode and its certificate."
        if isinstance(error, OSError):
            return f"{self.name} cannot be reached: see whether it runs, and check the address."
        told = state or type(error).__name__
        return f"{self.name} failed ({told}): see its log, and check the address."
