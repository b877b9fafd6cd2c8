"""Answer quality on labelled questions, with intervals, so that a change can be judged."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from signpost_bot.errors import InputError
from signpost_bot.model import Answer, Danger, Question

_SERVED = ("answer", "choose", "where", "urgent", "jargon")
_REFUSED = ("unanswered", "smalltalk")
_WIDTH = 30  # of the names, so that the figures stand below each other


class Row(BaseModel):
    """One labelled question."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: str
    # Every topic that would be right; empty when out of scope. A row may leave out both this and
    # the next, and then speaks of danger alone.
    topics: tuple[str, ...] = ()
    answerable: bool | None = None
    urgent: Danger | None
    near_urgent: bool = False  # sounds like danger and is not
    borderline: bool = False  # urgent or not can both be defended


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, with the 95 % interval that Wilson gives."""

    name: str
    count: int
    of: int

    @property
    def value(self) -> float | None:
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        if not self.of:
            return None
        from scipy.stats import binomtest  # slow to import, and only wanted here

        found = binomtest(self.count, self.of).proportion_ci(method="wilson")
        return float(found.low), float(found.high)

    def __str__(self) -> str:
        if self.value is None or self.interval is None:
            return f"{self.name:<{_WIDTH}} no such questions"
        low, high = self.interval
        counted = f"({self.count} of {self.of}; {low:.3f}-{high:.3f})"
        return f"{self.name:<{_WIDTH}} {self.value:.3f}  {counted}"


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that was not treated as its label says."""

    row: Row
    answer: Answer
    what: str


@dataclass(frozen=True, slots=True)
class Report:
    shares: tuple[Share, ...]
    outcomes: Counter[str]
    milliseconds: tuple[float, float]  # p50, p99
    misses: tuple[Miss, ...]

    def as_json(self) -> dict[str, Any]:
        shares = {
            s.name: {"count": s.count, "of": s.of, "value": s.value, "interval": s.interval}
            for s in self.shares
        }
        p50, p99 = self.milliseconds
        return {"shares": shares, "outcomes": dict(self.outcomes), "ms": {"p50": p50, "p99": p99}}


def read_rows(paths: Iterable[Path]) -> Iterator[Row]:
    """The labelled questions of some files.

    Raises:
        InputError: a file cannot be read or a line is not as it should be; names both.
    """
    for path in paths:
        try:
            lines = path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as wrong:
            raise InputError(f"{path} cannot be read ({wrong}).") from None
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _row(line, f"{path}:{number}")


def _row(line: str, where: str) -> Row:
    try:
        return Row.model_validate(json.loads(line))
    except (json.JSONDecodeError, RecursionError) as wrong:
        why = getattr(wrong, "msg", "too deep")
        raise InputError(f"{where}: this line is not JSON ({why}).") from None
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        name = repr(first["loc"][0]) if first["loc"] else "this line"
        why = first["msg"].removesuffix(" or instance of Row").lower()
        raise InputError(
            f"{where}: {name} cannot be used ({why}). A line looks like "
            '{"text": "...", "topics": ["..."], "answerable": true, "urgent": null}.'
        ) from None


def evaluate(rows: Sequence[Row], answer: Callable[[Question], Answer]) -> Report:
    """Ask every question and compare with its label."""
    answers, times = [], []
    for row in rows:
        start = time.perf_counter()
        answers.append(answer(Question(row.text)))
        times.append((time.perf_counter() - start) * 1000)
    pairs = list(zip(rows, answers, strict=True))
    inside = [pair for pair in pairs if pair[0].answerable]
    outside = [pair for pair in pairs if pair[0].answerable is False]
    clear = [pair for pair in pairs if not pair[0].borderline]
    urgent = [pair for pair in clear if pair[0].urgent]
    calm = [pair for pair in clear if not pair[0].urgent]
    near = [pair for pair in calm if pair[0].near_urgent]
    shares = (
        _share("at 1", inside, lambda row, a: _among(row, a, 1)),
        _share("at 3", inside, lambda row, a: _among(row, a, 3)),
        _share("served", inside, lambda row, a: a.outcome in _SERVED),
        _share("refused", outside, lambda row, a: a.outcome in _REFUSED),
        _share("danger found", urgent, lambda row, a: a.urgent is not None),
        _share("kind right", urgent, lambda row, a: a.urgent == row.urgent),
        _share("false alarms", calm, lambda row, a: a.urgent is not None),
        _share("near false alarms", near, lambda row, a: a.urgent is not None),
    )
    by_kind = [
        share
        for kind in get_args(Danger)
        if (its := [pair for pair in urgent if pair[0].urgent == kind])
        for share in (
            _share(f"{kind}: found", its, lambda row, a: a.urgent is not None),
            _share(f"{kind}: kind right", its, lambda row, a: a.urgent == row.urgent),
        )
    ]
    p50, p99 = np.percentile(times, [50, 99]) if times else (0.0, 0.0)
    return Report(
        (*shares, *by_kind),
        Counter(a.outcome for a in answers),
        (round(float(p50), 2), round(float(p99), 2)),
        tuple(_misses(pairs)),
    )


def _share(
    name: str, pairs: Sequence[tuple[Row, Answer]], right: Callable[[Row, Answer], bool]
) -> Share:
    return Share(name, sum(right(row, answer) for row, answer in pairs), len(pairs))


def _among(row: Row, answer: Answer, first: int) -> bool:
    return any(match.label in row.topics for match in answer.topics[:first])


def _misses(pairs: Iterable[tuple[Row, Answer]]) -> Iterator[Miss]:
    for row, answer in pairs:
        if row.answerable and answer.outcome not in _SERVED:
            yield Miss(row, answer, "not served")
        elif row.answerable and not _among(row, answer, 1):
            yield Miss(row, answer, "not at 3" if not _among(row, answer, 3) else "not at 1")
        elif row.answerable is False and answer.outcome not in _REFUSED:
            yield Miss(row, answer, "not refused")
        if not row.borderline and row.urgent != answer.urgent:
            yield Miss(row, answer, "danger")
