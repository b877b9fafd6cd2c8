"""The store: what waits for a maintainer, what is counted, and what chats want remembered."""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Collection,
    Coroutine,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager, nullcontext, suppress
from datetime import date, datetime, timedelta
from functools import wraps
from operator import attrgetter
from pathlib import Path
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar, overload

from sqlalchemy import Delete, Row, delete, false, or_, select, tuple_, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from signpost_bot.errors import StoreError
from signpost_bot.model import Tally, Waiting
from signpost_bot.store import schema
from signpost_bot.store.addresses import database_at
from signpost_bot.store.database import WAIT
from signpost_bot.store.migrating import bring_up_to_date
from signpost_bot.store.rows import (
    clean_json,
    read,
    tally_of,
    tally_rows,
    waiting_of,
    waiting_row,
)
from signpost_bot.store.together import Together, Turn

What = Literal["conversation", "settings", "promise"]
Claim = Literal["ours", "done", "theirs"]

P = ParamSpec("P")
R = TypeVar("R")

_PAGE = 500  # rows in memory at a time

# Seconds before we give up, whatever the database and the network do. The limits that the
# database is told are shorter; these are for one that does not answer at all.
_USUAL, _OPEN, _SCRUB = 15, 75, 330


def _within(
    seconds: float,
) -> Callable[
    [Callable[Concatenate[Store, P], Awaitable[R]]],
    Callable[Concatenate[Store, P], Coroutine[Any, Any, R]],
]:
    """Whatever goes wrong becomes a StoreError of one sentence, within bounded time."""

    def around(
        method: Callable[Concatenate[Store, P], Awaitable[R]],
    ) -> Callable[Concatenate[Store, P], Coroutine[Any, Any, R]]:
        @wraps(method)
        async def guarded(self: Store, /, *args: P.args, **kwargs: P.kwargs) -> R:
            try:
                async with asyncio.timeout(seconds):
                    return await method(self, *args, **kwargs)
            except StoreError:
                self._seen = None
                raise
            except (SQLAlchemyError, OSError) as error:
                sentence = self._database.explain(error)
            # Out here, or the error would carry the database's own along, with its values.
            self._seen = None
            raise StoreError(sentence)

        return guarded

    return around


class Store:
    """One database, opened when it is first needed.

    It belongs to the event loop it is first used in, and serves any number of tasks there.
    After a failure the next call tries afresh, so whoever holds a Store may keep it. Every
    method raises StoreError, a sentence that says what is wrong and how to mend it, when the
    database is missing, locked, full, damaged or does not answer. Moments (`now`, `until`)
    carry their time zone; a ValueError says so where one does not.

    Args:
        place: the file of a SQLite database, or an address: `sqlite:///...`, `postgresql://...`.

    Raises:
        StoreError: the address means no database that we can use.
    """

    def __init__(self, place: str | Path) -> None:
        self._database = database_at(place)
        self._engine = self._database.engine()
        self._writes = self._database.writing(self._engine)
        self._insert = self._database.insert
        self._keep_waiting, self._add_up = self._compile()
        self._opening = asyncio.Lock()
        self._turn = Turn() if self._database.one_writer else nullcontext()
        self._remembered = Together(self._remember)
        self._recalled = Together(self._recall)
        self._seen: object = None  # the database whose tables we know to be up to date
        self._was_open = False

    @classmethod
    def at(cls, database_url: str | None, data: Path) -> Store:
        """The store at this address; without one, a file in the folder `data`."""
        return cls(database_url or data / "signpost.db")

    def __repr__(self) -> str:
        return f"Store({self._database!r})"

    async def __aenter__(self) -> Store:
        await self.open()
        return self

    async def __aexit__(self, *raised: object) -> None:
        await self.close()

    @_within(_OPEN)
    async def open(self) -> None:
        """Make what is missing and bring the tables up to date. May be called again."""
        await self._bring_up_to_date(make=True)

    async def close(self) -> None:
        """Let go of every connection, within bounded time whatever the database does."""
        self._seen = None
        with suppress(SQLAlchemyError, OSError):  # nothing is lost: each call has ended its work
            async with asyncio.timeout(WAIT):
                await self._engine.dispose()

    @_within(_USUAL)
    async def ping(self) -> None:
        """Find out whether records could be kept just now, without keeping any."""
        async with self._writing() as connection:
            for table in schema.tables.sorted_tables:
                # FOR UPDATE: a PostgreSQL that can only be read says so
                await connection.execute(select(table).where(false()).with_for_update())

    # --- records ------------------------------------------------------------------------

    @_within(_USUAL)
    async def keep(self, waiting: Sequence[Waiting] = (), tallies: Sequence[Tally] = ()) -> None:
        """Keep all of these or, when it fails, none. When this returns they are on the disk.

        What waits already under the same id is left alone; tallies add up. Of a text, NULs and
        halves of characters become U+FFFD; of a tally's names, 200 characters are kept.
        """
        # Sorted, so that nothing tells who asked after whom, and see tally_rows.
        as_day = self._database.as_day
        new = [waiting_row(one, as_day) for one in sorted(waiting, key=attrgetter("id"))]
        counted = tally_rows(tallies, as_day)
        if not new and not counted:
            return
        async with self._writing() as connection:
            if new:
                await connection.exec_driver_sql(self._keep_waiting, new)
            if counted:
                await connection.exec_driver_sql(self._add_up, counted)

    async def waiting(self) -> AsyncIterator[Waiting]:
        """All that waits, the oldest day first; a few hundred in memory at a time.

        Each page is read by itself, so a slow reader holds nobody up. What is kept meanwhile
        may or may not be among them.
        """
        page = await self._waiting_after(None)
        while page:
            for one in page:
                yield one
            page = await self._waiting_after(page[-1])

    @_within(_USUAL)
    async def one_waiting(self, record: str) -> Waiting | None:
        """What waits under this id; None when there is nothing."""
        table = schema.waiting
        async with self._reading() as connection:
            rows = await connection.execute(select(table).where(table.c.id == record))
            found = read(rows, waiting_of, table.name)
        return found[0] if found else None

    @_within(_USUAL)
    async def _waiting_after(self, last: Waiting | None) -> list[Waiting]:
        table = schema.waiting
        place = tuple_(table.c.day, table.c.id)
        page = select(table).order_by(table.c.day, table.c.id).limit(_PAGE)
        if last is not None:
            page = page.where(place > (last.day, last.id))
        async with self._reading() as connection:
            return read(await connection.execute(page), waiting_of, table.name)

    @_within(_USUAL)
    async def tallies(self, since: date | None = None) -> list[Tally]:
        """What was counted, by day and name; `since` is the first day."""
        table = schema.tallies
        wanted = select(table).order_by(*table.primary_key.columns)
        if since is not None:
            wanted = wanted.where(table.c.day >= since)
        async with self._reading() as connection:
            return read(await connection.execute(wanted), tally_of, table.name)

    @_within(_SCRUB)
    async def forget(self, before: date) -> int:
        """Delete what waits from days before this one, out of the database's files too.

        What was deleted of chats since the last time leaves the files with it.

        Returns how many. Where only the second half failed, the error says so, and the next
        call makes up for it.
        """
        table = schema.waiting
        return await self._forget(delete(table).where(table.c.day < before))

    @_within(_SCRUB)
    async def remove(self, record: str) -> int:
        """Delete what waits under this id, as in forget; returns how many there were."""
        table = schema.waiting
        return await self._forget(delete(table).where(table.c.id == record))

    # --- chats --------------------------------------------------------------------------

    @_within(_USUAL)
    async def remember(
        self, key: str, what: What, data: Mapping[str, Any], until: datetime | None = None
    ) -> None:
        """Keep this of one chat, in place of what was kept before.

        Args:
            key: 64 hex letters that stand for the chat and cannot be turned back into it.
            data: what JSON can hold.
            until: when it is over; None: never.
        """
        row = {"key": key, "what": what, "data": clean_json(data), "until": _zoned(until)}
        await self._remembered.ask(row)

    @_within(_USUAL)
    async def recall(self, key: str, what: What, now: datetime) -> Mapping[str, Any] | None:
        """What was kept of one chat; None when there is nothing, or it is over."""
        now = _zoned(now)
        found = await self._recalled.ask((key, what))
        if found is None or (found.until is not None and found.until <= now):
            return None
        data: Mapping[str, Any] = found.data
        return data

    @_within(_USUAL)
    async def drop(self, key: str) -> int:
        """Delete everything of one chat; returns how many entries that were.

        SQLite writes zeros over it. Only the next forget takes a last copy that may be left.
        """
        async with self._writing() as connection:
            gone = await connection.execute(delete(schema.chats).where(schema.chats.c.key == key))
            return gone.rowcount

    @_within(_USUAL)
    async def sweep(self, now: datetime) -> int:
        """Delete what is over of all chats, as in drop, and of updates; returns how many."""
        now, gone = _zoned(now), 0
        async with self._writing() as connection:
            for table in (schema.chats, schema.updates):
                over = delete(table).where(table.c.until <= now)
                gone += (await connection.execute(over)).rowcount
        return gone

    # --- work that is done once -----------------------------------------------------------

    @_within(_USUAL)
    async def lease(self, name: str, holder: str, now: datetime, seconds: float) -> bool:
        """Take the work of this name for so long, or hold on to it; False: another has it."""
        table = schema.leases
        until = now + timedelta(seconds=seconds)
        taken = self._insert(table)
        taken = taken.on_conflict_do_update(
            index_elements=["name"],
            set_={"holder": taken.excluded.holder, "until": taken.excluded.until},
            where=or_(
                table.c.holder.is_(None), table.c.holder == holder, table.c.until <= _zoned(now)
            ),
        ).returning(table.c.name)
        async with self._writing() as connection:
            row = {"name": name, "holder": holder, "until": until}
            return (await connection.execute(taken, row)).first() is not None

    @_within(_USUAL)
    async def release(self, name: str, holder: str, done: date | None = None) -> None:
        """Let others have it; `done` is the day the work was done for.

        Does nothing when somebody else has it by now: the work is theirs to finish.
        """
        table = schema.leases
        free: dict[str, Any] = {"holder": None, "until": None}
        if done is not None:
            free["done"] = done
        ours = (table.c.name == name) & (table.c.holder == holder)
        async with self._writing() as connection:
            await connection.execute(update(table).where(ours).values(free))

    @_within(_USUAL)
    async def last_done(self, name: str) -> date | None:
        """The day this work was last done for."""
        table = schema.leases
        wanted = select(table.c.done).where(table.c.name == name)
        async with self._reading() as connection:
            found = read(await connection.execute(wanted), lambda row: row.done, table.name)
        return found[0] if found else None

    # --- updates of Telegram ----------------------------------------------------------------

    @_within(_USUAL)
    async def claim(
        self, updates: Collection[int], holder: str, now: datetime, seconds: float
    ) -> Mapping[int, Claim]:
        """Take these updates for so long, or hold on to them; tells of each whose it is.

        "done" is one that was finished, by whichever copy; "theirs" one that another copy works
        on. What runs out without having been finished can be taken by all.
        """
        table = schema.updates
        now = _zoned(now)
        until = now + timedelta(seconds=seconds)
        # In one order, so that no two copies wait for each other in a ring.
        wanted = sorted(set(updates))
        if not wanted:
            return {}
        rows = [{"id": one, "holder": holder, "until": until, "done": False} for one in wanted]
        taken = self._insert(table)
        taken = taken.on_conflict_do_update(
            index_elements=["id"],
            set_={"holder": taken.excluded.holder, "until": taken.excluded.until},
            where=~table.c.done & ((table.c.holder == holder) | (table.c.until <= now)),
        ).returning(table.c.id)
        async with self._writing() as connection:
            ours = set((await connection.execute(taken, rows)).scalars())
            rest = [one for one in wanted if one not in ours]
            found = {}
            if rest:
                asked = select(table.c.id, table.c.done).where(table.c.id.in_(rest))
                found = {row.id: row.done for row in await connection.execute(asked)}
        whose: dict[int, Claim] = dict.fromkeys(ours, "ours")
        return whose | {one: "done" if found.get(one) else "theirs" for one in rest}

    @_within(_USUAL)
    async def finish(self, updates: Collection[int], until: datetime) -> None:
        """These are finished, for all copies; `until` is when that may be forgotten."""
        table = schema.updates
        until = _zoned(until)
        rows = [
            {"id": one, "holder": None, "until": until, "done": True} for one in sorted(updates)
        ]
        if not rows:
            return
        new = self._insert(table)
        new = new.on_conflict_do_update(
            index_elements=["id"],
            set_={"holder": None, "until": new.excluded.until, "done": True},
        )
        async with self._writing() as connection:
            await connection.execute(new, rows)

    @_within(_USUAL)
    async def let_go(self, updates: Collection[int], holder: str) -> None:
        """Leave these to other copies, as far as they are ours and not finished."""
        table = schema.updates
        ours = table.c.id.in_(sorted(updates)) & (table.c.holder == holder) & ~table.c.done
        async with self._writing() as connection:
            await connection.execute(delete(table).where(ours))

    # --- within ---------------------------------------------------------------------------

    async def _remember(self, rows: Sequence[dict[str, Any]]) -> Sequence[None]:
        new = self._insert(schema.chats)
        new = new.on_conflict_do_update(
            index_elements=["key", "what"],
            set_={"data": new.excluded.data, "until": new.excluded.until},
        )
        # What came last holds. In one order, so that no two copies wait for each other in a ring.
        last = {(row["key"], row["what"]): row for row in rows}
        async with self._writing() as connection:
            await connection.execute(new, [last[one] for one in sorted(last)])
        return [None] * len(rows)

    async def _recall(self, wanted: Sequence[tuple[str, What]]) -> Sequence[Row[Any] | None]:
        table = schema.chats
        of_chats = select(table).where(table.c.key.in_({key for key, _ in wanted}))
        async with self._reading() as connection:
            rows = read(await connection.execute(of_chats), lambda row: row, table.name)
        found = {(row.key, row.what): row for row in rows}
        return [found.get(one) for one in wanted]

    def _compile(self) -> tuple[str, str]:
        """What `keep` runs for many rows; SQLAlchemy would look at every value of each again."""
        new = self._insert(schema.waiting).on_conflict_do_nothing(index_elements=["id"])
        added = self._insert(schema.tallies)
        added = added.on_conflict_do_update(
            index_elements=["day", "about", "name", "channel", "community"],
            set_={"number": schema.tallies.c.number + added.excluded.number},
        )
        dialect = self._engine.dialect
        return str(new.compile(dialect=dialect)), str(added.compile(dialect=dialect))

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[AsyncConnection]:
        await self._ready()
        async with self._engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: all of it or, when something goes wrong within, nothing."""
        await self._ready()
        async with self._turn, self._writes.begin() as connection:
            yield connection

    async def _ready(self) -> None:
        if self._seen is None or self._seen != self._database.mark():
            # A file that was there before is never made anew behind anyone's back: its folder
            # may be on a disk that is away for a moment.
            await self._bring_up_to_date(make=not self._was_open)

    async def _bring_up_to_date(self, *, make: bool) -> None:
        async with self._opening:
            if make:
                self._database.make()
            seen = self._database.mark()
            await bring_up_to_date(self._engine, self._writes, self._database)
            self._seen, self._was_open = seen, True

    async def _forget(self, deleting: Delete) -> int:
        async with self._writing() as connection:
            gone = (await connection.execute(deleting)).rowcount
        try:
            async with self._turn:
                await self._database.scrub(self._engine, [schema.waiting, schema.chats])
            return gone
        except StoreError as error:
            sentence = str(error)
        except (SQLAlchemyError, OSError) as error:
            sentence = self._database.explain(error)
        raise StoreError(
            f"{sentence} What had to be forgotten is deleted, but its words may still be in the "
            "database's files until this is done again."
        )


@overload
def _zoned(moment: datetime) -> datetime: ...
@overload
def _zoned(moment: None) -> None: ...
def _zoned(moment: datetime | None) -> datetime | None:
    if moment is not None and moment.tzinfo is None:
        raise ValueError("A moment needs its time zone: datetime.now(UTC), not datetime.now().")
    return moment
