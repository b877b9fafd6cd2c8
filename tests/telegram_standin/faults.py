"""Failing on purpose: calls that break and updates that come twice or in the wrong order."""

from collections import deque
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ServerError:
    """500 or 502, before anything was done. 502 is a proxy's page, no JSON."""

    status: int = 500


@dataclass(frozen=True, slots=True)
class Dropped:
    """The connection breaks: before the call is accepted, or after it was carried out."""

    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Flooded:
    """429, whatever the limits say."""

    retry_after: int = 1


@dataclass(frozen=True, slots=True)
class Slow:
    """The answer comes late: the call is carried out after the pause."""

    seconds: float = 0.5


Fault = ServerError | Dropped | Flooded | Slow

QUIET = frozenset({"getMe", "getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo"})


@dataclass
class Faults:
    """Which faults come. The same seed gives the same ones, call for call."""

    seed: int = 0
    double: float = 0.0  # the share of updates that come twice
    disorder: float = 0.0  # the share that change places with the one after them
    _planned: list[tuple[Fault, str | None]] = field(default_factory=list)
    _often: list[tuple[Fault, str | None, float]] = field(default_factory=list)
    drawn: deque[tuple[str, Fault]] = field(default_factory=deque)  # what struck, in order

    def __post_init__(self) -> None:
        self._random = Random(self.seed)

    def next(self, fault: Fault, method: str | None = None, *, times: int = 1) -> None:
        """Strike the next calls of a method; without one, of any but ``QUIET``."""
        self._planned += [(fault, method)] * times

    def often(self, fault: Fault, share: float, method: str | None = None) -> None:
        """Strike a share of the calls (0 to 1) of a method; without one, of any but ``QUIET``."""
        self._often.append((fault, method, share))

    def clear(self) -> None:
        """From now on nothing fails."""
        self._planned.clear()
        self._often.clear()
        self.double = self.disorder = 0.0

    def for_call(self, method: str) -> Fault | None:
        fault = self._fault(method)
        if fault:
            self.drawn.append((method, fault))
        return fault

    def _fault(self, method: str) -> Fault | None:
        for planned in self._planned:
            if _meant(planned[1], method):
                self._planned.remove(planned)
                return planned[0]
        # One throw for all shares together: three of 0.2 make 0.6, never two at once.
        thrown = self._random.random()
        for fault, meant, share in self._often:
            if _meant(meant, method):
                if thrown < share:
                    return fault
                thrown -= share
        return None

    def comes_twice(self) -> bool:
        return bool(self.double) and self._random.random() < self.double

    def disordered(self, items: list[T]) -> list[T]:
        """The same items, a share of them swapped with their neighbour."""
        items = list(items)
        if self.disorder:
            for i in range(len(items) - 1):
                if self._random.random() < self.disorder:
                    items[i], items[i + 1] = items[i + 1], items[i]
        return items


def _meant(meant: str | None, method: str) -> bool:
    return method not in QUIET if meant is None else meant == method
