"""Examples -> all that matching needs to know of them, worked out once and kept."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from signpost_bot.matching import fitting
from signpost_bot.matching.fitting import Floats, Labels
from signpost_bot.matching.kept import Arrays, kept
from signpost_bot.matching.words import WordIndex

# How likeness is made up of meaning and of words, and a class's score of the regression and
# its nearest examples. Measured on carers' questions and on public sets; see benchmarks/.
MEANING = 0.8
REGRESSION = 0.5

# Past this many examples only some of them get weights in the regression, whose cost would grow
# with their cube.
MOST_SOLVED = 14_000
_BASIS = 4_000

_FORMAT = 8  # to be raised when what is kept, or how it is worked out, changes
_AXES = 256  # see _axes
_SAMPLE = 2_000  # examples that thresholds are fitted on where all would be too many
_BLOCK = 128  # of those at a time, so that memory stays flat
_ENCODED = 256  # texts that one thread encodes at a time
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


_UNFITTED = Limits(inside=0.0, floor=0.0, temperature=0.1)  # where there is too little to fit on


@dataclass(frozen=True)
class Learned:
    """What the examples taught. Class ``labels`` (one past the last) is what is not for us."""

    of: Labels  # (n,) the class of each example
    labels: int
    has_outside: bool
    axes: Floats  # (384, 256): the directions in which the examples differ most
    vectors: Floats  # (n, 256), along those; (n, 0) without a model
    words: WordIndex
    basis: Labels  # (m,) the examples that have weights
    weights: Floats  # of the regression, (m, classes)
    limits: Limits
    found: Labels  # (n,) the class that each example leads to, asked as a question

    def likeness(self, vector: Floats, text: str) -> Floats:
        """How alike every example is to a question, by meaning and words: shape (1, n)."""
        words = self.words.likeness(text)
        if not self.vectors.shape[1]:
            return words[None]
        found: Floats = MEANING * (self.vectors @ (vector @ self.axes)) + (1 - MEANING) * words
        return found[None]

    def scores(self, likeness: Floats) -> tuple[Floats, Floats]:
        """What the regression says of each class, and how near each is: shapes (1, classes)."""
        general = fitting.kernel(likeness[:, self.basis]) @ self.weights
        return general, self._classes.nearest(likeness[0])[None]

    @cached_property
    def _classes(self) -> fitting.Classes:
        return fitting.Classes.of_examples(self.of, self.labels + self.has_outside)

    def arrays(self) -> Arrays:
        """All that :meth:`from_arrays` needs to make the same again."""
        return {
            "of": self.of,
            "kind": np.array([self.labels, self.has_outside]),
            "axes": self.axes,
            "vectors": self.vectors,
            "basis": self.basis,
            "weights": self.weights,
            "limits": np.array(list(asdict(self.limits).values())),
            "found": self.found,
            **self.words.arrays(),
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Learned:
        labels, has_outside = (int(x) for x in arrays["kind"])
        return cls(
            of=arrays["of"].astype(np.intp),
            labels=labels,
            has_outside=bool(has_outside),
            axes=arrays["axes"].astype(np.float32),
            vectors=arrays["vectors"].astype(np.float32),
            words=WordIndex.from_arrays(arrays),
            basis=arrays["basis"].astype(np.intp),
            weights=arrays["weights"].astype(np.float32),
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
    found: Floats
    if has_outside:
        found = scores[rows, best] - scores[:, labels]
    else:
        found = general[rows, best] + near[rows, best]
    return found


def learn(
    examples: Sequence[str],
    of: Sequence[int],
    labels: int,
    encoder: SentenceEncoder | None,
    folders: Sequence[Path] = (),
    *,
    weighed: int | None = None,
    only_kept: bool = False,
) -> Learned:
    """Work out what the examples teach, or read it where it was kept.

    Args:
        examples: texts as they are to be compared.
        of: the class of each; ``labels`` stands for what is not for us.
        labels: how many classes are ours.
        encoder: None compares words and letters alone.
        folders: where earlier work is kept; see :func:`kept.kept`.
        weighed: how many of the examples, from the first, the regression weighs; the others
            are only there to be near.
        only_kept: only look.

    Raises:
        NotKeptError: ``only_kept``, and nothing is.
    """
    most = len(examples) if weighed is None else weighed
    return kept(
        [
            *(_FORMAT, MEANING, REGRESSION, MOST_SOLVED, encoder and encoder.fingerprint),
            *(labels, most, list(of), list(examples)),
        ],
        folders,
        None
        if only_kept
        else lambda: _learn(examples, np.array(of), labels, most, encoder).arrays(),
        Learned.from_arrays,
    )


def encode_all(
    encoder: SentenceEncoder, texts: Sequence[str], digits: type[np.floating[Any]] = np.float32
) -> NDArray[Any]:
    """Vectors of many texts, on all processors (the model works on one text at a time)."""
    starts = range(0, len(texts), _ENCODED)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(
            lambda start: encoder.encode(texts[start : start + _ENCODED]).astype(digits), starts
        )
        return np.concatenate(list(found))


def _learn(
    examples: Sequence[str],
    of: Labels,
    labels: int,
    weighed: int,
    encoder: SentenceEncoder | None,
) -> Learned:
    has_outside = bool((of[:weighed] == labels).any())
    classes = labels + has_outside
    words = WordIndex.of(examples)
    vectors = (
        encode_all(encoder, examples)
        if encoder and examples
        else np.zeros((len(examples), 0), dtype=np.float32)
    )
    rows = np.arange(weighed)
    if weighed > MOST_SOLVED:
        basis = _spread(rows, _BASIS)
        solved = fitting.solve_on(
            _likeness_to(basis, vectors, words),
            basis, of[rows], classes, whole_classes=not has_outside,
        )  # fmt: skip
        found = solved.shown.argmax(axis=1)
        rows = _spread(rows, _SAMPLE)
        near = _near_without_itself(rows, vectors, words, of, classes)
        near = _of_the_others(near, of[rows], np.bincount(of, minlength=classes))
    else:
        basis = rows
        likeness = _among(rows, vectors, words)
        itself_too = fitting.nearest(likeness, of[rows], classes)
        itself = likeness.diagonal().copy()
        np.fill_diagonal(likeness, -1)  # an example must not vouch for itself
        near = fitting.nearest(likeness, of[rows], classes)
        near = _of_the_others(near, of[rows], np.bincount(of[rows], minlength=classes))
        np.fill_diagonal(likeness, itself)
        solved = fitting.solve(likeness, of[rows], classes, whole_classes=not has_outside)
        del likeness
        found = together(solved.shown, itself_too).argmax(axis=1)
    strange = None if solved.without_class is None else solved.without_class[rows]
    alone = np.bincount(of[:weighed], minlength=classes)[of[rows]] == 1
    limits = _limits(solved.without_one[rows], near, of[rows], alone, labels, has_outside, strange)
    beside = np.arange(weighed, len(examples))
    to_all = _likeness_to(None, vectors, words)
    of_others = []
    for some in _blocks(beside):
        likeness = to_all(some)
        general = fitting.kernel(likeness[:, basis]) @ solved.weights
        near = fitting.nearest(likeness, of, classes)
        of_others.append(together(general, near).argmax(axis=1))
    axes = _axes(vectors)
    return Learned(
        of, labels, has_outside, axes, vectors @ axes, words, basis, solved.weights, limits,
        np.concatenate([found, *of_others]),
    )  # fmt: skip


def _axes(vectors: Floats) -> Floats:
    """The directions that hold most of what the vectors say: shape (384, 256).

    A question is compared with every example, which takes as long as reading their vectors
    from memory does. A third of them can be left out: likenesses move by less than 0.02, which
    is what another version of the model's runtime moves them by.
    """
    _, directions = np.linalg.eigh(vectors.T @ vectors)  # the weakest first
    return np.ascontiguousarray(directions[:, ::-1][:, :_AXES])


def _among(rows: Labels, vectors: Floats, words: WordIndex) -> Floats:
    """How alike these examples are to each other: shape (rows, rows)."""
    towards = _likeness_to(rows, vectors, words)
    found = np.empty((len(rows), len(rows)), dtype=np.float32)
    for some in _blocks(rows):
        found[some] = towards(some)
    return found


def _blocks(rows: Labels) -> list[Labels]:
    return [rows[start : start + _BLOCK] for start in range(0, len(rows), _BLOCK)]


def _spread(rows: Labels, most: int) -> Labels:
    """So many of the rows, evenly: each class gets its share, for they stand class by class."""
    return rows[np.linspace(0, len(rows) - 1, min(most, len(rows))).astype(np.intp)]


def _likeness_to(basis: Labels | None, vectors: Floats, words: WordIndex) -> fitting.Likenesses:
    """What says how alike examples are to those of the basis (to all): rows -> (rows, m)."""
    by_words = words.towards(basis)
    if not vectors.shape[1]:
        return by_words
    others = vectors.T if basis is None else vectors[basis].T

    def found(rows: Labels) -> Floats:
        likeness: Floats = MEANING * (vectors[rows] @ others) + (1 - MEANING) * by_words(rows)
        return likeness

    return found


def _near_without_itself(
    rows: Labels, vectors: Floats, words: WordIndex, of: Labels, classes: int
) -> Floats:
    """How near each class is to a few of the examples, none vouching for itself."""
    to_all = _likeness_to(None, vectors, words)
    near = np.empty((len(rows), classes), dtype=np.float32)
    for start, block in enumerate(_blocks(rows)):
        likeness = to_all(block)
        likeness[np.arange(len(block)), block] = -1
        near[start * _BLOCK : (start + 1) * _BLOCK] = fitting.nearest(likeness, of, classes)
    return near


def _of_the_others(near: Floats, of: Labels, sizes: Labels) -> Floats:
    """How near its own class is to each example by its fellows alone.

    In a small class the -1 that an example has to itself stands among the nearest few.
    """
    rows, size = np.arange(len(of)), sizes[of]
    own = near[rows, of]
    small = (size > 1) & (size <= fitting.NEIGHBOURS)
    near[rows, of] = np.where(small, (own * size + 1) / np.maximum(size - 1, 1), own)
    return near


def _limits(
    general: Floats,
    near: Floats,
    of: Labels,
    alone: NDArray[np.bool_],
    labels: int,
    has_outside: bool,
    without_class: Floats | None,
) -> Limits:
    """Fit the thresholds on scores of examples that were left out when they were scored.

    Args:
        alone: which examples are the only ones of their class. Left out they say nothing of it.
    """
    ours = (of < labels) & ~alone
    if not ours.any():
        return _UNFITTED
    scores = together(general, near)
    sure_of = confidence(general, near, labels, has_outside)
    if has_outside:
        strangers = sure_of[(of == labels) & ~alone]
    elif without_class is not None and labels > 1:
        # an example whose class is taken away is a question that nobody prepared for
        elsewhere = near.copy()
        elsewhere[np.arange(len(of)), of] = -1
        strangers = confidence(without_class, elsewhere, labels, False)
        strangers = strangers[np.isfinite(strangers)]
    else:
        strangers = sure_of[:0]
    if len(strangers):
        inside = fitting.dividing_line(sure_of[ours], strangers)
    else:  # with nobody to tell apart from, all of ours come in
        inside = 0.0 if has_outside else -np.inf
    nearest_own = near[:, :labels].max(axis=1)[ours]
    return Limits(
        inside=inside,
        floor=float(np.quantile(nearest_own, _ODD_ONES_OUT)),
        temperature=fitting.temperature(scores[~alone], of[~alone]),
    )
