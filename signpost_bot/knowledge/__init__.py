"""Packs of YAML -> checked Knowledge."""

from signpost_bot.knowledge.loading import NATIONAL_PACK, Knowledge, load_knowledge, try_knowledge

__all__ = ["NATIONAL_PACK", "Knowledge", "load_knowledge", "try_knowledge"]
