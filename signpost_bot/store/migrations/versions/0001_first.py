"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# PostgreSQL copies samples of a column into its statistics, where no deletion reaches them.
PEOPLES_WORDS = {
    "waiting": ("text", "community", "place", "suggestion", "vector"),
    "chats": ("key", "data"),
}


def upgrade() -> None:
    op.create_table(
        "waiting",
        sa.Column("id", sa.Text, primary_key=True, comment="random"),
        sa.Column("kind", sa.Text, nullable=False, comment="unanswered, unhelpful or suggestion"),
        sa.Column("text", sa.Text, nullable=False, comment="personal details taken out"),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("community", sa.Text),
        sa.Column(
            "place", sa.Text, comment="as people call it; of a postcode only the first half"
        ),
        sa.Column("area", sa.Text, comment="id of the council"),
        sa.Column("reason", sa.Text, comment="why an answer did not help"),
        sa.Column("services", sa.JSON, nullable=False, comment="ids of what was shown"),
        sa.Column(
            "topics", sa.JSON, nullable=False, comment="our guesses: [id, score], best first"
        ),
        sa.Column("suggestion", sa.JSON, comment="public contact details of a service"),
        sa.Column(
            "vector", sa.LargeBinary, comment="what the text means: 384 numbers of 16 bits"
        ),
        comment="What waits for a maintainer",
        sqlite_with_rowid=False,
    )
    op.create_index("waiting_by_day", "waiting", ["day", "id"])
    op.create_table(
        "tallies",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column(
            "about", sa.Text, primary_key=True, comment="outcome, topic, service, area, ..."
        ),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("channel", sa.Text, primary_key=True, comment="empty for danger"),
        sa.Column("community", sa.Text, primary_key=True, comment="empty for danger"),
        sa.Column("number", sa.BigInteger, nullable=False),
        comment="How often something came up on one day",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "chats",
        sa.Column(
            "key", sa.Text, primary_key=True, comment="an HMAC: leads nowhere without the secret"
        ),
        sa.Column("what", sa.Text, primary_key=True, comment="conversation, settings or promise"),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column(
            "until",
            sa.DateTime(timezone=True),
            comment="forgotten after; empty: kept until it is dropped",
        ),
        comment="What a chat wants remembered",
    )
    op.create_index("chats_by_until", "chats", ["until"])
    op.create_table(
        "leases",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column(
            "holder", sa.Text, comment="the copy that does this work now; empty: nobody"
        ),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("done", sa.Date, comment="the last day this work was done for"),
        comment="Work that is done once, however many copies run",
    )
    if op.get_context().dialect.name == "postgresql":
        for table, columns in PEOPLES_WORDS.items():
            for column in columns:
                op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")
