"""Examples -> all that matching needs to know of them, worked out once and kept."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from signpost_bot.matching import fitting
from signpost_bot.matching.fitting import Floats, Labels
from signpost_bot.matching.kept import Arrays, kept
from signpost_bot.matching.words import WordIndex

# How likeness is made up of meaning and of words, and a class's score of the regression and
# its nearest examples. Measured on carers' questions and on public sets; see benchmarks/.
MEANING = 0.8
REGRESSION = 0.6

# Past this many examples the regression, whose cost grows with their cube, gives way to the
# middle of each class.
MOST_SOLVED = 12_000

_FORMAT = 1  # to be raised when what is kept, or how it is worked out, changes
_SAMPLE = 2_000  # examples that thresholds are fitted on where all would be too many
_RIGHT_WHEN_SURE = 0.8  # the share of sure answers that should be right
_ODD_ONES_OUT = 0.005  # the share of examples that may be less like their own than the floor


class SentenceEncoder(Protocol):
    """What turns texts into vectors: the model, or one handed in."""

    @property
    def fingerprint(self) -> str: ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]: ...

    def known_word(self, word: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """Where certainty ends, fitted on the examples themselves."""

    inside: float  # confidence from which a question is one of ours
    floor: float  # likeness to the nearest examples below which nothing is
    temperature: float  # what makes a softmax of scores say how often they are right
    sure: float  # probability from which the first label is the answer


@dataclass(frozen=True, slots=True)
class Learned:
    """What the examples taught. Class ``labels`` (one past the last) is what is not for us."""

    of: Labels  # (n,) the class of each example
    labels: int
    has_outside: bool
    vectors: Floats  # (n, 384); (n, 0) without a model
    words: WordIndex
    weights: Floats  # of the regression, (n, classes); or the middle of each class, (classes, 384)
    solved: bool  # which of the two
    limits: Limits
    found: Labels  # (n,) the class that each example leads to, asked as a question

    def likeness(self, vector: Floats, text: str) -> Floats:
        """How alike every example is to a question, by meaning and words: shape (1, n)."""
        words = self.words.likeness(text)
        if not self.vectors.shape[1]:
            return words[None]
        found: Floats = MEANING * (self.vectors @ vector) + (1 - MEANING) * words
        return found[None]

    def scores(self, likeness: Floats, vectors: Floats) -> tuple[Floats, Floats]:
        """What the regression (or the middle of a class) says of each class, and the nearest."""
        classes = self.labels + self.has_outside
        if self.solved:
            general = fitting.kernel(likeness) @ self.weights
        else:
            general = vectors @ self.weights.T
        return general, fitting.nearest(likeness, self.of, classes)

    def arrays(self) -> Arrays:
        """All that :meth:`from_arrays` needs to make the same again."""
        return {
            "of": self.of,
            "kind": np.array([self.labels, self.has_outside, self.solved]),
            "vectors": self.vectors,
            "weights": self.weights,
            "limits": np.array(list(asdict(self.limits).values())),
            "found": self.found,
            **self.words.arrays(),
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Learned:
        labels, has_outside, solved = (int(x) for x in arrays["kind"])
        return cls(
            of=arrays["of"].astype(np.intp),
            labels=labels,
            has_outside=bool(has_outside),
            vectors=arrays["vectors"].astype(np.float32),
            words=WordIndex.from_arrays(arrays),
            weights=arrays["weights"].astype(np.float32),
            solved=bool(solved),
            limits=Limits(*(float(x) for x in arrays["limits"])),
            found=arrays["found"].astype(np.intp),
        )


def together(general: Floats, near: Floats) -> Floats:
    found: Floats = REGRESSION * general + (1 - REGRESSION) * near
    return found


def confidence(general: Floats, near: Floats, labels: int, has_outside: bool) -> Floats:
    """How surely each question is one of ours: shape (questions,)."""
    scores = together(general, near)
    best = scores[:, :labels].argmax(axis=1)
    rows = np.arange(len(scores))
    if has_outside:
        return scores[rows, best] - scores[:, labels]
    found: Floats = general[rows, best] + near[rows, best]
    return found


def learn(
    examples: Sequence[str],
    of: Sequence[int],
    labels: int,
    encoder: SentenceEncoder | None,
    folders: Sequence[Path] = (),
    *,
    only_kept: bool = False,
) -> Learned:
    """Work out what the examples teach, or read it where it was kept.

    Args:
        examples: texts as they are to be compared.
        of: the class of each; ``labels`` stands for what is not for us.
        labels: how many classes are ours.
        encoder: None compares words and letters alone.
        folders: where earlier work is kept; see :func:`kept.kept`.
        only_kept: only look.

    Raises:
        NotKeptError: ``only_kept``, and nothing is.
    """
    settings = [_FORMAT, MEANING, REGRESSION, MOST_SOLVED, labels, encoder and encoder.fingerprint]
    arrays = kept(
        [settings, list(of), list(examples)],
        folders,
        None if only_kept else lambda: _learn(examples, np.array(of), labels, encoder).arrays(),
    )
    return Learned.from_arrays(arrays)


def encode_all(encoder: SentenceEncoder, texts: Sequence[str]) -> Floats:
    """Vectors of many texts, on all processors (the model works on one text at a time)."""
    parts = max(1, min(os.cpu_count() or 1, len(texts) // 64))
    bounds = np.linspace(0, len(texts), parts + 1).astype(int)
    with ThreadPoolExecutor(parts) as pool:
        found = pool.map(
            lambda i: encoder.encode(texts[bounds[i] : bounds[i + 1]]), range(parts)
        )
        return np.concatenate(list(found))


def _learn(
    examples: Sequence[str], of: Labels, labels: int, encoder: SentenceEncoder | None
) -> Learned:
    has_outside = bool((of == labels).any())
    classes = labels + has_outside
    words = WordIndex.of(examples)
    vectors = (
        encode_all(encoder, examples)
        if encoder and examples
        else np.zeros((len(examples), 0), dtype=np.float32)
    )
    if len(examples) > MOST_SOLVED and encoder:
        middles, rows, general, near = _middles(vectors, words, examples, of, classes)
        limits = _limits(general, near, of[rows], labels, has_outside, None)
        found = (vectors @ middles.T).argmax(axis=1)
        return Learned(of, labels, has_outside, vectors, words, middles, False, limits, found)
    likeness = words.among_themselves()
    if vectors.shape[1]:
        likeness *= 1 - MEANING
        likeness += MEANING * (vectors @ vectors.T)
    solved = fitting.solve(likeness, of, classes, whole_classes=not has_outside)
    found = together(solved.shown, fitting.nearest(likeness, of, classes)).argmax(axis=1)
    np.fill_diagonal(likeness, -1)  # an example must not vouch for itself
    near = fitting.nearest(likeness, of, classes)
    limits = _limits(solved.without_one, near, of, labels, has_outside, solved.without_class)
    return Learned(of, labels, has_outside, vectors, words, solved.weights, True, limits, found)


def _middles(
    vectors: Floats, words: WordIndex, examples: Sequence[str], of: Labels, classes: int
) -> tuple[Floats, Labels, Floats, Floats]:
    """The middle of each class, and what a sample of examples scores when left out."""
    sums = np.zeros((classes, vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, of, vectors)
    sizes = np.bincount(of, minlength=classes)[:, None]
    middles = sums / np.maximum(sizes, 1)
    rows = np.linspace(0, len(of) - 1, min(_SAMPLE, len(of))).astype(np.intp)
    general = vectors[rows] @ middles.T
    own = of[rows]
    without = (sums[own] - vectors[rows]) / np.maximum(sizes[own] - 1, 1)
    general[np.arange(len(rows)), own] = np.einsum("ij,ij->i", vectors[rows], without)
    near = np.empty((len(rows), classes), dtype=np.float32)
    for i, row in enumerate(rows):
        likeness = MEANING * (vectors @ vectors[row])
        likeness += (1 - MEANING) * words.likeness(examples[row])
        likeness[row] = -1
        near[i] = fitting.nearest(likeness[None], of, classes)[0]
    return middles, rows, general, near


def _limits(
    general: Floats,
    near: Floats,
    of: Labels,
    labels: int,
    has_outside: bool,
    without_class: Floats | None,
) -> Limits:
    """Fit the thresholds on scores of examples that were left out when they were scored."""
    ours = of < labels
    if not ours.any():
        return Limits(0, 0, 1, 1)
    scores = together(general, near)
    sure_of = confidence(general, near, labels, has_outside)
    if has_outside:
        strangers = sure_of[~ours]
    elif without_class is not None and labels > 1:
        # an example whose class is taken away is a question that nobody prepared for
        elsewhere = near.copy()
        elsewhere[np.arange(len(of)), of] = -1
        strangers = confidence(without_class, elsewhere, labels, False)
    else:
        strangers = sure_of[:0]
    inside = fitting.dividing_line(sure_of[ours], strangers)
    nearest_own = near[:, :labels].max(axis=1)[ours]
    heat = fitting.temperature(scores, of)
    chances = fitting.softmax(scores / heat)[ours]
    return Limits(
        inside=inside,
        floor=float(np.quantile(nearest_own, _ODD_ONES_OUT)),
        temperature=heat,
        sure=_sure(chances[:, :labels].max(axis=1), chances.argmax(axis=1) == of[ours]),
    )


def _sure(chances: Floats, right: NDArray[np.bool_]) -> float:
    """The lowest probability from which enough first labels are right."""
    order = np.argsort(-chances)
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= _RIGHT_WHEN_SURE)
    return float(chances[order[enough[-1]]]) if len(enough) else 1.0
