"""How alike two texts are by their words and letters: TF-IDF over both.

It sees what a sentence vector blurs: names, acronyms, misspelt words. Features are hashed, so
there is no vocabulary to keep, and a text of any script or length has a vector.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
        row = _weighed(_counts([text]), self._idf)
        starts, by = self._by_feature.indptr, self._by_feature
        found = np.zeros(by.shape[1], dtype=np.float32)
        for bucket, weight in zip(row.indices, row.data, strict=True):
            here = slice(starts[bucket], starts[bucket + 1])
            found[by.indices[here]] += weight * by.data[here]
        return found

    def among_themselves(self) -> Floats:
        """How alike the texts are to each other: shape (n, n)."""
        by_text = csr_array(self._by_feature.T)
        size = by_text.shape[0]
        found = np.empty((size, size), dtype=np.float32)
        for start in range(0, size, _BLOCK):
            block = by_text[start : start + _BLOCK] @ self._by_feature
            found[start : start + _BLOCK] = block.toarray()
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
        counts = np.zeros(_BUCKETS + 1, dtype=np.int64)
        counts[used + 1] = arrays["word_counts"]
        # a feature that no example has is as rare as can be
        idf = np.full(_BUCKETS, np.log(1 + size) + 1, dtype=np.float32)
        idf[used] = arrays["word_idf"]
        rows = csr_array(
            (arrays["word_weights"], arrays["word_texts"], np.cumsum(counts)),
            shape=(_BUCKETS, size),
        )
        return cls(idf, rows)


def features(text: str) -> Iterator[str]:
    """Words, pairs of words, and every run of 3 to 5 letters within a word and its edges."""
    words = _WORD.findall(text[:_LONGEST].lower())
    yield from words
    yield from (f"{a} {b}" for a, b in zip(words, words[1:], strict=False))
    for word in words:
        padded = f"<{word}>"
        for n in (3, 4, 5):
            yield from (padded[i : i + n] for i in range(len(padded) - n + 1))


def _counts(texts: Sequence[str]) -> csr_array:
    starts: list[int] = [0]
    buckets: list[int] = []
    values: list[int] = []
    for text in texts:
        found = Counter(crc32(f.encode("utf-8", "replace")) % _BUCKETS for f in features(text))
        buckets += found.keys()
        values += found.values()
        starts.append(len(buckets))
    return csr_array(
        (np.array(values, dtype=np.float32), np.array(buckets, dtype=np.int32), starts),
        shape=(len(texts), _BUCKETS),
    )


def _weighed(counts: csr_array, idf: Floats) -> csr_array:
    """Each row: 1 + log of the count, times the rarity of the feature, brought to length 1."""
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    counts.data = (1 + np.log(counts.data)) * idf[counts.indices]
    lengths = np.sqrt(np.bincount(rows, counts.data**2, counts.shape[0])).astype(np.float32)
    counts.data /= np.maximum(lengths, 1e-9)[rows]
    return counts
