"""Which database an address means."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from signpost_bot.errors import StoreError
from signpost_bot.store.database import Database, keep_values_out_of_logs
from signpost_bot.store.sqlite import SQLite

_FORMS = "sqlite:////full/path/signpost.db or postgresql://user:password@host/database"


def database_at(place: str | Path) -> Database:
    """The database that an address or the path of a SQLite file means.

    Raises:
        StoreError: it means none that we can use.
    """
    keep_values_out_of_logs()
    if isinstance(place, Path):
        return SQLite(place)
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
    return SQLite(Path(url.database))


def _postgresql_of(url: URL) -> Database:
    try:
        from signpost_bot.store.postgresql import PostgreSQL
    except ModuleNotFoundError:
        pass
    else:
        return PostgreSQL(url)
    raise StoreError("PostgreSQL needs one more part: pip install 'signpost-bot[postgres]'.")
