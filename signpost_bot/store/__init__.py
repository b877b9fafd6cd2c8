"""Where records are kept: SQLite, or PostgreSQL where several copies run. Its door is `Store`."""

from signpost_bot.store.store import Store

__all__ = ["Store"]
