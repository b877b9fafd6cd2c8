"""Brings the tables up to date, once, however many copies start together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from signpost_bot.errors import StoreError
from signpost_bot.store.schema import HEAD

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from signpost_bot.store.database import Database

_STEPS = Path(__file__).parent / "migrations"


async def bring_up_to_date(engine: AsyncEngine, writing: AsyncEngine, database: Database) -> None:
    """Apply the steps that are missing, all of them or none.

    Raises:
        StoreError: the tables were made by a newer version than this.
    """
    async with engine.connect() as connection:
        await database.prepare(connection)
        if await connection.run_sync(_step) == HEAD:
            return
    async with writing.begin() as connection:
        await database.alone(connection)
        step = await connection.run_sync(_step)  # another copy may have been first
        if step == HEAD:
            return
        if step is not None and step not in _known():
            raise StoreError(
                f"{database.name} was made by a newer version of Signpost (its tables are at "
                f"{step}, this version knows them up to {HEAD}): install the newer version."
            )
        await connection.run_sync(_climb)


def _step(connection: Connection) -> str | None:
    """The step the tables are at; None: there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _known() -> set[str]:
    return {file.name.split("_")[0] for file in (_STEPS / "versions").glob("[0-9]*.py")}


def _climb(connection: Connection) -> None:
    # Not at the top: starting with tables that are up to date should not wait for Alembic.
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, HEAD)
