"""Which updates of Telegram are finished."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "updates",
        sa.Column(
            "id",
            sa.BigInteger,
            primary_key=True,
            autoincrement=False,
            comment="Telegram's number",
        ),
        sa.Column("holder", sa.Text, comment="the copy that works on it; empty: it is finished"),
        sa.Column(
            "until",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it is forgotten, or may be taken over",
        ),
        sa.Column("done", sa.Boolean, nullable=False),
        comment="Which updates of Telegram are finished, so that none is answered twice",
    )
    op.create_index("updates_by_until", "updates", ["until"])
