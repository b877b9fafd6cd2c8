"""Alembic runs this; `migrating.py` hands it a connection that is alone with the database.

To write the next step, copy the newest file in versions/, count one up, and set HEAD in
schema.py; a test compares what the steps lead to with the tables there.
"""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
