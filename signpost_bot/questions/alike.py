"""Putting alike words together, so that a maintainer reads a need once and sees how often."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import token_set_ratio

from signpost_bot.model import Waiting

# Cosine to the middle of a group from which a question belongs to it. On 1,500 questions of
# CLINC150 four in five pairs put together so do ask the same; at 0.5 it is three in five.
ALIKE = 0.6
_BLOCK = 256  # questions compared with all groups at a time
_SAME_WORDS = 80  # of 100, where there is no meaning to compare
Vectors = NDArray[np.float32]


def group(waiting: Sequence[Waiting]) -> list[list[Waiting]]:
    """Those that ask the same, together; the largest group first, the oldest of each first.

    Each question joins the group whose middle is nearest to it, if that is near enough, so one
    odd question cannot chain two needs together.
    """
    with_meaning = [w for w in waiting if w.vector]
    groups = _by_meaning(with_meaning) + _by_words([w for w in waiting if not w.vector])
    return sorted(groups, key=lambda its: (-len(its), its[0].day, its[0].text))


def _by_meaning(waiting: Sequence[Waiting]) -> list[list[Waiting]]:
    vectors = _unit(np.array([np.frombuffer(w.vector or b"", np.float16) for w in waiting]))
    return _gathered(waiting, labels(vectors)) if waiting else []


def labels(vectors: Vectors) -> NDArray[np.intp]:
    """Which group each belongs to.

    Args:
        vectors: shape (n, d), each of length 1.

    Returns:
        Shape (n,): numbers from 0, those of one group the same.
    """
    sums = np.empty_like(vectors)  # of the vectors in each group
    groups = 0
    for start in range(0, len(vectors), _BLOCK):
        block = vectors[start : start + _BLOCK]
        before = groups
        nearest, likeness = _nearest(block, sums[:before])
        for row, vector in enumerate(block):
            best = int(nearest[row]) if likeness[row] >= ALIKE else -1
            if best < 0 and groups > before:
                newer, how_near = _nearest(vector[None], sums[before:groups])
                best = before + int(newer[0]) if how_near[0] >= ALIKE else -1
            if best < 0:
                best, groups = groups, groups + 1
                sums[best] = 0
            sums[best] += vector
    # Once more, now that all middles are known: who came early may have a nearer one.
    found = [
        _nearest(vectors[start : start + _BLOCK], sums[:groups])[0]
        for start in range(0, len(vectors), _BLOCK)
    ]
    return np.concatenate(found) if found else np.empty(0, dtype=np.intp)


def _nearest(vectors: Vectors, sums: Vectors) -> tuple[NDArray[np.intp], Vectors]:
    """The group whose middle is nearest to each, and how near it is."""
    if not len(sums):
        return np.zeros(len(vectors), dtype=np.intp), np.full(len(vectors), -1, np.float32)
    likeness = vectors @ _unit(sums).T
    nearest = likeness.argmax(axis=1)
    return nearest, likeness[np.arange(len(vectors)), nearest]


def _by_words(waiting: Sequence[Waiting]) -> list[list[Waiting]]:
    groups: list[list[Waiting]] = []
    for one in waiting:
        for its in groups:
            if token_set_ratio(one.text, its[0].text) >= _SAME_WORDS:
                its.append(one)
                break
        else:
            groups.append([one])
    return groups


def _gathered(
    waiting: Sequence[Waiting], of: NDArray[np.intp]
) -> list[list[Waiting]]:
    groups: dict[int, list[Waiting]] = {}
    for one, label in zip(waiting, of, strict=True):
        groups.setdefault(int(label), []).append(one)
    return list(groups.values())


def _unit(vectors: NDArray[np.floating]) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
