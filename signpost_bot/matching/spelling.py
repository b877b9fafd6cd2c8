"""Mending typing errors towards the words that our own knowledge uses."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SHORTEST = 4  # letters: shorter words are too near to each other
_LONG = 8  # letters from which two slips are believed
_OFTEN = 5  # times: a name or a word of ours that stands so often is no slip


class Speller:
    """Knows the words of some texts, and takes a slip of the finger for the nearest of them."""

    def __init__(self, texts: Iterable[str], known: Callable[[str], bool]) -> None:
        """``known`` says of more words that they are right, beside those of any dictionary."""
        self._known = known
        self._frequency = Counter(
            word for text in texts for word in _WORD.findall(text.lower()) if len(word) >= _SHORTEST
        )
        # People's slips stand in our texts too; nothing is mended towards those.
        self._targets = [
            word for word, n in self._frequency.items() if n >= _OFTEN or self._is_word(word)
        ]
        self._right = frozenset(self._targets)

    def mend(self, text: str) -> str:
        """The text with every unknown word set right where one is near enough."""
        return _WORD.sub(lambda found: self._mended(found.group()), text)

    def _mended(self, word: str) -> str:
        lower = word.lower()
        if len(lower) < _SHORTEST or lower in self._right or self._is_word(lower):
            return word
        slips = 2 if len(lower) >= _LONG else 1
        near = process.extract(
            lower, self._targets, scorer=OSA.distance, score_cutoff=slips, limit=None
        )
        if not near:
            return word
        best = min(near, key=lambda n: (n[1], n[0][0] != lower[0], -self._frequency[n[0]]))
        return str(best[0])

    def _is_word(self, word: str) -> bool:
        return self._known(word) or word.removesuffix("'s") in _dictionary()


@cache
def _dictionary() -> frozenset[str]:
    """160,000 English words. Without them "dentures" would be mended to "centres"."""
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language="en").word_frequency.keys())
