"""What is found in a text: where it stands, and the mark it becomes.

Every finder takes a folded text and yields spans. What one finder found is masked before the next
one looks, so they run from the surest to the most general; ``redact.py`` has the order. Patterns
start at the edge of a word and repeat possessively where they could otherwise be tried again from
every letter: time grows with the length of the text, never with its square.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

FOUND = "\ue000"  # stands for each character that was found, so that places stay the same
NAME = "\ue001"  # the same for a name, which says something of the words beside it
KEPT = "\ue002"  # looked at and left: a helpline, a sum of money, an appointment


class Span(NamedTuple):
    """A stretch of a folded text, and the mark it becomes; None: it stays, whatever it holds."""

    start: int
    end: int
    mark: str | None

    @property
    def sign(self) -> str:
        """What masks it."""
        return KEPT if self.mark is None else NAME if self.mark == "name" else FOUND


Finder = Callable[[str], Iterator[Span]]


def pattern(verbose: str) -> re.Pattern[str]:
    """A pattern for small letters and capitals, in which white space says nothing."""
    return re.compile(verbose, re.IGNORECASE | re.VERBOSE)


def any_of(words: str) -> str:
    """ "a b c" as one of several."""
    return "|".join(words.split())


def without_stops(found: re.Match[str]) -> tuple[int, int]:
    """Where it stands without the marks that end a sentence."""
    return found.start(), found.start() + len(found[0].rstrip(".,;:!?)]}>'\""))
