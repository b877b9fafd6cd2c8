"""Mending typing errors towards the words that our own knowledge uses."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SHORTEST = 4  # letters: shorter words are too near to each other
_LONG = 8  # letters from which two slips are believed


class Speller:
    """Knows the words of some texts, and takes a slip of the finger for the nearest of them."""

    def __init__(self, texts: Iterable[str], known: Callable[[str], bool]) -> None:
        """``known`` says whether a word is English; such words are never touched."""
        self._frequency = Counter(
            word for text in texts for word in _WORD.findall(text.lower()) if len(word) >= _SHORTEST
        )
        # A word seen once that is not English may itself be a slip, kept as people wrote it.
        self._targets = [w for w, n in self._frequency.items() if known(w) or n > 2]
        self._known = known

    def mend(self, text: str) -> str:
        """The text with every unknown word set right where one is near enough."""
        return _WORD.sub(lambda found: self._mended(found.group()), text)

    def _mended(self, word: str) -> str:
        lower = word.lower()
        if len(lower) < _SHORTEST or lower in self._frequency or self._known(lower):
            return word
        slips = 2 if len(lower) >= _LONG else 1
        near = process.extract(
            lower, self._targets, scorer=OSA.distance, score_cutoff=slips, limit=None
        )
        if not near:
            return word
        best = min(near, key=lambda n: (n[1], n[0][0] != lower[0], -self._frequency[n[0]]))
        return str(best[0])
