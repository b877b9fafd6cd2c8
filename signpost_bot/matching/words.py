"""How alike two texts are by their words and letters: TF-IDF over both.

It sees what a sentence vector blurs: names, acronyms, misspelt words. Features are hashed, so
there is no vocabulary to keep, and a text of any script or length has a vector.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float32]

_BUCKETS = 1 << 18  # a knowledge base has some 60,000 features: few share a bucket
_WORD = re.compile(r"\w+")
_LONGEST = 4_000  # characters that count: the longest message that Telegram takes
_BLOCK = 1_024  # rows at a time, so that memory stays flat


@dataclass(frozen=True, slots=True)
class WordIndex:
    """Texts to compare others with."""

    _idf: Floats
    _by_feature: csr_array  # (features, texts): a question touches only the features it has

    @classmethod
    def of(cls, texts: Sequence[str]) -> WordIndex:
        counts = _counts(texts)
        seen_in = np.bincount(counts.indices, minlength=_BUCKETS)
        idf = (np.log((1 + len(texts)) / (1 + seen_in)) + 1).astype(np.float32)
        return cls(idf, csr_array(_weighed(counts, idf).T))

    def likeness(self, text: str) -> Floats:
        """How alike each text is: shape (n,), 0 (no letters shared) to 1 (the same)."""
        found = Counter(_buckets(text))
        buckets = np.fromiter(found, np.intp, len(found))
        weights = 1 + np.log(np.fromiter(found.values(), np.float32, len(found)))
        weights *= self._idf[buckets]
        weights /= max(float(np.sqrt(weights @ weights)), 1e-9)
        found_in: Floats = self._by_feature[buckets].T @ weights
        return found_in

    def among_themselves(self) -> Floats:
        """How alike the texts are to each other: shape (n, n)."""
        size = self._by_feature.shape[1]
        towards, found = self.towards(), np.empty((size, size), dtype=np.float32)
        for start in range(0, size, _BLOCK):
            rows = np.arange(start, min(start + _BLOCK, size))
            found[rows] = towards(rows)
        return found

    def towards(self, some: NDArray[np.intp] | None = None) -> Callable[[NDArray[np.intp]], Floats]:
        """What says of texts how alike they are to some (all): rows -> shape (rows, some)."""
        by_text = csr_array(self._by_feature.T)
        others = self._by_feature if some is None else csr_array(by_text[some].T)

        def found(rows: NDArray[np.intp]) -> Floats:
            likeness: Floats = (by_text[rows] @ others).toarray()
            return likeness

        return found

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """All that :meth:`from_arrays` needs to make the same index again."""
        by = self._by_feature
        used = np.flatnonzero(np.diff(by.indptr))
        return {
            "word_idf": self._idf[used],
            "word_used": used.astype(np.int32),
            "word_counts": np.diff(by.indptr)[used].astype(np.int32),
            "word_texts": by.indices.astype(np.int32),
            "word_weights": by.data,
            "word_size": np.array(by.shape[1]),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> WordIndex:
        size, used = int(arrays["word_size"].item()), arrays["word_used"].astype(np.int64)
        counts = np.zeros(_BUCKETS + 1, dtype=np.int32)
        counts[used + 1] = arrays["word_counts"]
        # a feature that no example has is as rare as can be
        idf = np.full(_BUCKETS, np.log(1 + size) + 1, dtype=np.float32)
        idf[used] = arrays["word_idf"]
        weights = arrays["word_weights"].astype(np.float32)
        texts = arrays["word_texts"].astype(np.int32)
        rows = csr_array(
            (weights, texts, np.cumsum(counts, dtype=np.int32)),
            shape=(_BUCKETS, size),
        )
        return cls(idf, rows)


def features(text: str) -> Iterator[str]:
    """Words, pairs of words, and every run of 3 to 5 letters within a word and its edges."""
    words = _WORD.findall(text[:_LONGEST].lower())
    yield from words
    yield from (f"{a} {b}" for a, b in pairwise(words))
    for word in words:
        padded = f"<{word}>"
        for n in (3, 4, 5):
            yield from (padded[i : i + n] for i in range(len(padded) - n + 1))


def _buckets(text: str) -> Iterator[int]:
    """The bucket of each of :func:`features`, in no order that matters."""
    words = _WORD.findall(text[:_LONGEST].lower())
    yield from (_bucket(f"{a} {b}") for a, b in pairwise(words))
    for word in words:
        yield from _buckets_of_word(word)


@lru_cache(maxsize=20_000)
def _buckets_of_word(word: str) -> tuple[int, ...]:
    return tuple(map(_bucket, features(word)))


def _bucket(feature: str) -> int:
    return crc32(feature.encode("utf-8", "replace")) % _BUCKETS


def _counts(texts: Sequence[str]) -> csr_array:
    starts: list[int] = [0]
    buckets: list[int] = []
    values: list[int] = []
    for text in texts:
        found = Counter(_buckets(text))
        buckets += found.keys()
        values += found.values()
        starts.append(len(buckets))
    return csr_array(
        (
            np.array(values, dtype=np.float32),
            np.array(buckets, dtype=np.int32),
            np.array(starts, dtype=np.int32),
        ),
        shape=(len(texts), _BUCKETS),
    )


def _weighed(counts: csr_array, idf: Floats) -> csr_array:
    """Each row: 1 + log of the count, times the rarity of the feature, brought to length 1."""
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    counts.data = (1 + np.log(counts.data)) * idf[counts.indices]
    lengths = np.sqrt(np.bincount(rows, counts.data**2, counts.shape[0])).astype(np.float32)
    counts.data /= np.maximum(lengths, 1e-9)[rows]
    return counts
