"""What waits for a maintainer, the needs that most people asked about first."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from signpost_bot.model import Waiting
from signpost_bot.questions.alike import group
from signpost_bot.store import Store

MOST_READ = 20_000  # the newest; more would take longer to put together than anyone waits
_SHOWN = 3


@dataclass(frozen=True)
class Need:
    """Questions that ask the same, as far as their meaning tells."""

    waiting: tuple[Waiting, ...]  # the one that speaks for all first, then the oldest first

    @property
    def text(self) -> str:
        return self.waiting[0].text

    @property
    def count(self) -> int:
        return len(self.waiting)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day on which it was asked."""
        days = [w.day for w in self.waiting]
        return min(days), max(days)

    @property
    def wordings(self) -> list[str]:
        """Other ways in which it was put, each once."""
        others = dict.fromkeys(w.text for w in self.waiting)
        others.pop(self.text)
        return list(others)

    @property
    def places(self) -> list[tuple[str, int]]:
        return _counted(w.area or w.place for w in self.waiting)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why answers did not help, where somebody said so."""
        return _counted(w.reason for w in self.waiting)

    @property
    def services(self) -> list[tuple[str, int]]:
        """What was shown and did not help: ids."""
        return _counted(s for w in self.waiting for s in w.services)

    @property
    def topics(self) -> list[tuple[str, float]]:
        """The nearest topics: ids, and how near they are on average, 0 to 1."""
        sums: defaultdict[str, float] = defaultdict(float)
        for one in self.waiting:
            for topic, score in one.topics:
                sums[topic] += score
        best = sorted(sums.items(), key=lambda pair: -pair[1])[:_SHOWN]
        return [(topic, round(total / self.count, 3)) for topic, total in best]


@dataclass(frozen=True)
class Queue:
    """All that waits."""

    needs: tuple[Need, ...]  # most asked first
    suggestions: tuple[Waiting, ...]  # oldest first
    left_out: int  # older questions than could be put together


async def queue(store: Store, most: int = MOST_READ) -> Queue:
    """Read what waits and put alike questions together.

    Args:
        most: how many questions to read, the newest.

    Raises:
        StoreError: the database cannot be read.
    """
    questions: deque[Waiting] = deque(maxlen=most)
    suggestions: list[Waiting] = []
    asked = 0
    async for one in store.waiting():
        if one.kind == "suggestion":
            suggestions.append(one)
        else:
            questions.append(one)
            asked += 1
    needs = tuple(Need(_speaker_first(its)) for its in group(list(questions)))
    return Queue(needs, tuple(suggestions), left_out=asked - len(questions))


def _speaker_first(its: Sequence[Waiting]) -> tuple[Waiting, ...]:
    """The one nearest to the middle of a group speaks for it."""
    if len(its) < 3 or not all(w.vector for w in its):
        return tuple(its)
    vectors = np.array([np.frombuffer(w.vector or b"", np.float16) for w in its], np.float32)
    speaker = its[int((vectors @ vectors.mean(axis=0)).argmax())]
    return (speaker, *(w for w in its if w is not speaker))


def _counted(values: Iterable[str | None]) -> list[tuple[str, int]]:
    return Counter(v for v in values if v).most_common()
