"""Kernel ridge regression on examples, and what it says of examples it has not seen.

One linear system gives the weights. The same factors give, in closed form and exactly, what
the regression would have said of each example had it been left out (of one, and of its whole
class), so thresholds come from honest scores without solving n times over.

Rifkin and Lippert, "Notes on Regularized Least Squares", MIT-CSAIL-TR-2007-025, has the
formulas.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_solve, cholesky, solve_triangular
from scipy.linalg.lapack import strtri

Floats = NDArray[np.float32]
Labels = NDArray[np.intp]
Likenesses = Callable[[Labels], Floats]

_RIDGE = 0.3  # how much less an example counts than it would by itself; measured on public sets
_SAME = 1e-5  # of the system's mean diagonal: far above the noise of its last digits
_BLOCK = 2_048  # examples at a time, so that memory stays flat
_LARGEST_LEFT_OUT = 4_000  # examples: a class with more of them is never taken away
NEIGHBOURS = 3  # examples of a class that speak for it: one alone may be a fluke


@dataclass(frozen=True, slots=True)
class Solved:
    """The regression's weights, and its scores of examples it was not shown."""

    weights: Floats  # (n, classes); (m, classes) where only m examples got weights
    shown: Floats  # (n, classes): each example's scores as a question
    without_one: Floats  # (n, classes): each example scored without itself
    without_class: Floats | None  # (n, classes): each scored without all of its class


def kernel(likeness: Floats) -> Floats:
    """Likeness (0 to 1) as the regression sees it: near examples count more than their share."""
    found: Floats = likeness - 1
    return np.exp(found, out=found)  # in place: of very many examples it is large


def solve(likeness: Floats, of: Labels, classes: int, *, whole_classes: bool) -> Solved:
    """Fit one score a class to examples.

    Args:
        likeness: shape (n, n), of the examples among themselves. It is used up: at this size
            a copy would be felt.
        of: the class of each example, 0 to classes - 1.
        classes: how many there are.
        whole_classes: also score every example without its class (needs the full inverse).

    Large classes get a stronger ridge (by the root of their size), so that a need with many
    wordings does not draw every question to itself.
    """
    ridge = _ridge(of, classes)
    system = np.exp(np.subtract(likeness, 1, out=likeness), out=likeness)  # as kernel() does
    system[np.diag_indices_from(system)] += ridge
    targets = np.eye(classes, dtype=np.float32)[of]

    # turned, it is the same matrix in the order of memory that needs no copy
    factor = cholesky(system.T, lower=True, overwrite_a=True, check_finite=False)
    weights: Floats = cho_solve((factor, True), targets, check_finite=False).astype(np.float32)
    root, _ = strtri(factor, lower=1, overwrite_c=1)  # inverse = root.T @ root
    diagonal = np.einsum("ij,ij->j", root, root)
    without_one = targets - weights / diagonal[:, None]
    without_class = _without_class(root, weights, targets, of) if whole_classes else None
    shown = targets - ridge[:, None] * weights
    return Solved(weights, shown, without_one, without_class)


def _without_class(root: Floats, weights: Floats, targets: Floats, of: Labels) -> Floats:
    found = np.empty_like(weights)
    for one in np.unique(of):
        rows = np.flatnonzero(of == one)
        block = root[:, rows].T @ root[:, rows]
        found[rows] = targets[rows] - np.linalg.solve(block, weights[rows])
        found[rows, one] = -np.inf  # it is not there to be chosen
    return found


def solve_on(
    likeness: Likenesses,
    basis: Labels,
    of: Labels,
    classes: int,
    *,
    whole_classes: bool,
) -> Solved:
    """As :func:`solve`, with weights for a few of the examples only: cost grows with n, not n**3.

    Every example still counts; what can be said of a class is made up of likeness to the
    basis alone. Quinonero-Candela and Rasmussen, "A Unifying View of Sparse Approximate Gaussian
    Process Regression", 2005, call it the subset of regressors.

    Args:
        likeness: rows of examples -> their likeness to the basis, shape (rows, m).
        basis: the rows that get weights, shape (m,).
    """
    ridge = _ridge(of, classes)
    system = kernel(likeness(basis)).astype(np.float64)
    drawn = np.zeros((len(basis), classes))
    for rows in _blocks(len(of)):
        near = kernel(likeness(rows))
        scaled = near / ridge[rows, None]
        system += near.T @ scaled
        for one in np.unique(of[rows]):
            drawn[:, one] += scaled[of[rows] == one].sum(axis=0)
    # two examples of the basis may be the same
    system[np.diag_indices_from(system)] += _SAME * np.trace(system) / len(system)
    factor = cholesky(system, lower=True, overwrite_a=True, check_finite=False)
    weights = cho_solve((factor, True), drawn, check_finite=False).astype(np.float32)

    shown = np.empty((len(of), classes), dtype=np.float32)
    without_one = np.empty_like(shown)
    without_class = np.full_like(shown, -np.inf) if whole_classes else None
    for one in range(classes):
        members = np.flatnonzero(of == one)
        for rows in np.array_split(members, len(members) // _LARGEST_LEFT_OUT + 1):
            near = kernel(likeness(rows))
            halves = solve_triangular(factor, near.T, lower=True, check_finite=False)
            target = np.eye(classes, dtype=np.float32)[np.full(len(rows), one)]
            shown[rows] = near @ weights
            missed = target - shown[rows]
            own = (halves**2).sum(axis=0) / ridge[rows]
            without_one[rows] = target - missed / (1 - own)[:, None]
            if without_class is not None and len(rows) == len(members):
                rest = np.eye(len(rows)) - (halves.T @ halves) / ridge[rows]
                without_class[rows] = target - np.linalg.solve(rest, missed)
                without_class[rows, one] = -np.inf  # it is not there to be chosen
    return Solved(weights, shown, without_one, without_class)


def _ridge(of: Labels, classes: int) -> Floats:
    """How strong the ridge is at each example: shape (n,)."""
    sizes = np.bincount(of, minlength=classes)
    by_class = _RIDGE * np.sqrt(sizes / sizes[sizes > 0].mean())
    found: Floats = by_class[of].astype(np.float32)
    return found


def _blocks(size: int) -> Iterator[Labels]:
    for start in range(0, size, _BLOCK):
        yield np.arange(start, min(start + _BLOCK, size))


def nearest(likeness: Floats, of: Labels, classes: int) -> Floats:
    """How near each class is: the mean likeness of its nearest few examples.

    Args:
        likeness: shape (questions, n).

    Returns:
        Shape (questions, classes). A class with fewer examples than NEIGHBOURS is judged by
        those it has; one with none is at -1.
    """
    order = np.argsort(of, kind="stable")
    found = np.full((likeness.shape[0], classes), -1, dtype=np.float32)
    bounds = np.searchsorted(of[order], np.arange(classes + 1))
    for one in range(classes):
        rows = order[bounds[one] : bounds[one + 1]]
        few = min(NEIGHBOURS, len(rows))
        if few:
            part = likeness[:, rows]
            found[:, one] = np.partition(part, -few, axis=1)[:, -few:].mean(axis=1)
    return found


@dataclass(frozen=True, slots=True)
class Classes:
    """The examples in the order of their classes: what it takes to judge one question quickly."""

    order: Labels  # (n,) rows, class by class
    of: Labels  # (n,) the class of each of those
    present: Labels  # the classes that have an example
    starts: Labels  # where each of those begins
    sizes: Labels
    classes: int

    @classmethod
    def of_examples(cls, of: Labels, classes: int) -> "Classes":
        order = np.argsort(of, kind="stable")
        present, starts, sizes = np.unique(of[order], return_index=True, return_counts=True)
        places = np.repeat(np.arange(len(present)), sizes)
        return cls(order, places, present, starts, sizes, classes)

    def nearest(self, likeness: Floats) -> Floats:
        """As :func:`nearest`, of one question: shape (n,) -> (classes,)."""
        found = np.full(self.classes, -1, dtype=np.float32)
        if not len(self.present):
            return found
        left = likeness[self.order]
        sums = np.zeros(len(self.present), dtype=np.float32)
        for place in range(NEIGHBOURS):
            best = np.maximum.reduceat(left, self.starts)
            sums += np.where(self.sizes > place, best, 0)
            at = np.flatnonzero(left == best[self.of])
            first = np.searchsorted(self.of[at], np.arange(len(self.present)))
            left[at[first]] = -np.inf  # of several that are as near, one at a time
        found[self.present] = sums / np.minimum(self.sizes, NEIGHBOURS)
        return found


def dividing_line(inside: Floats, outside: Floats) -> float:
    """The threshold that keeps as many of ``inside`` above as of ``outside`` below it."""
    candidates = np.unique(np.concatenate([inside, outside]))
    kept = 1 - np.searchsorted(np.sort(inside), candidates) / max(len(inside), 1)
    refused = np.searchsorted(np.sort(outside), candidates) / max(len(outside), 1)
    return float(candidates[np.argmin(np.abs(kept - refused))])


def temperature(scores: Floats, of: Labels) -> float:
    """What to divide scores by so that their softmax says how often they are right.

    Guo and others, "On Calibration of Modern Neural Networks", 2017. Scores are shape
    (n, classes); the temperature with the least surprise at the true classes is taken.
    """
    tried = np.geomspace(0.005, 1.0, 40)
    rows = np.arange(len(of))
    return float(min(tried, key=lambda t: -_log_softmax(scores / t)[rows, of].mean()))


def softmax(scores: Floats) -> Floats:
    """Along the last axis."""
    found: Floats = np.exp(_log_softmax(scores))
    return found


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    found: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return found
