"""The tables as the newest migration leaves them, for a person with any database tool to read.

Days only: no time of day, no asker and no chat stands in `waiting` and `tallies`. `chats` holds
what a chat told us to remember, under a key that cannot be turned back into the chat. `updates`
holds running numbers of Telegram's for a day or two.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

HEAD = "0002"  # the newest in migrations/versions; written here so that a start need not look


class Moment(TypeDecorator[datetime]):
    """A point in time, the same in both databases: UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and dialect.name == "sqlite" else value


_JSON = JSON(none_as_null=True)

tables = MetaData()

waiting = Table(
    "waiting",
    tables,
    Column("id", Text, primary_key=True, comment="random"),
    Column("kind", Text, nullable=False, comment="unanswered, unhelpful or suggestion"),
    Column("text", Text, nullable=False, comment="personal details taken out"),
    Column("day", Date, nullable=False),
    Column("channel", Text, nullable=False),
    Column("community", Text),
    Column("place", Text, comment="as people call it; of a postcode only the first half"),
    Column("area", Text, comment="id of the council"),
    Column("reason", Text, comment="why an answer did not help"),
    Column("services", _JSON, nullable=False, comment="ids of what was shown"),
    Column("topics", _JSON, nullable=False, comment="our guesses: [id, score], best first"),
    Column("suggestion", _JSON, comment="public contact details of a service"),
    Column("vector", LargeBinary, comment="what the text means: 384 numbers of 16 bits"),
    Index("waiting_by_day", "day", "id"),
    comment="What waits for a maintainer",
    sqlite_with_rowid=False,  # row numbers would tell who asked before whom
)

tallies = Table(
    "tallies",
    tables,
    Column("day", Date, primary_key=True),
    Column("about", Text, primary_key=True, comment="outcome, topic, service, area, ..."),
    Column("name", Text, primary_key=True),
    Column("channel", Text, primary_key=True, comment="empty for danger"),
    Column("community", Text, primary_key=True, comment="empty for danger"),
    Column("number", BigInteger, nullable=False),
    comment="How often something came up on one day",
    sqlite_with_rowid=False,
)

chats = Table(
    "chats",
    tables,
    Column("key", Text, primary_key=True, comment="an HMAC: leads nowhere without the secret"),
    Column("what", Text, primary_key=True, comment="conversation, settings or promise"),
    Column("data", _JSON, nullable=False),
    Column("until", Moment, comment="forgotten after; empty: kept until it is dropped"),
    Index("chats_by_until", "until"),
    comment="What a chat wants remembered",
)

leases = Table(
    "leases",
    tables,
    Column("name", Text, primary_key=True),
    Column("holder", Text, comment="the copy that does this work now; empty: nobody"),
    Column("until", Moment),
    Column("done", Date, comment="the last day this work was done for"),
    comment="Work that is done once, however many copies run",
)

updates = Table(
    "updates",
    tables,
    Column("id", BigInteger, primary_key=True, autoincrement=False, comment="Telegram's number"),
    Column("holder", Text, comment="the copy that works on it; empty: it is finished"),
    Column("until", Moment, nullable=False, comment="when it is forgotten, or may be taken over"),
    Column("done", Boolean, nullable=False),
    Index("updates_by_until", "until"),
    comment="Which updates of Telegram are finished, so that none is answered twice",
)
