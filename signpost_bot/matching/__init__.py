"""Which need a person's words are about. Plain functions and values: no files, no clock."""

from signpost_bot.matching.matcher import Matcher

__all__ = ["Matcher"]
