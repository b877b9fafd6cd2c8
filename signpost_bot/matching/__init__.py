"""Which need a person's words are about. Plain functions and values: no files, no clock.

The matcher is loaded when somebody first asks for it, so that danger is heard even where the
numerical libraries are missing or broken.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from signpost_bot.matching.matcher import Matcher
else:  # out of the type checker's sight, or it would let every name through

    def __getattr__(name: str) -> object:
        if name == "Matcher":
            from signpost_bot.matching.matcher import Matcher

            return Matcher
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["Matcher"]
