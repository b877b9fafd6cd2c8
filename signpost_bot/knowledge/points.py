"""Spots on the map: which councils one may lie in, by the places that we know around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

EARTH = 6371.0  # km, its mean radius
REACH = 30.0  # km: villages in the Highlands are that far apart
MOST = 3  # councils that are offered

# A council is offered where its nearest place is at most this much farther than the nearest of
# all. Chosen by leaving out one place after another: tests/test_points.py.
_TIMES, _PLUS = 1.25, 3.0  # km

# One or two places may stand for a whole city. Such a place counts as nearer by half the way to
# the nearest one of another council, so that a city does not end where its neighbours' villages
# are closer than its centre.
_FEW = 2
_WIDEST = 4.0  # km


class Points:
    """Places on the map whose council is known.

    Args:
        at: latitude and longitude of each, in degrees.
        councils: the id of each one's council; "" for one in another country.
    """

    def __init__(self, at: Sequence[tuple[float, float]], councils: Sequence[str]) -> None:
        self._at: NDArray[np.float64] = np.array(at, np.float64).reshape(-1, 2)
        self._councils = np.array(councils, str)

    def around(self, latitude: float, longitude: float) -> tuple[str, ...]:
        """The ids of the councils that a spot may lie in, likeliest first, at most three.

        Returns:
            () where no place is within 30 km, or the nearest is in another country.

        What cannot be told: borders, of which nothing is known here, so that close to one the
        first is often wrong, and beyond one to a country over land the nearest village decides;
        the sea within 30 km of a coast, which is taken for the coast; the far ends of a city
        that we know by its centre alone, and of islands and glens without a village on the list.
        """
        away = distances(self._at, latitude, longitude)
        nearest = int(away.argmin()) if away.size else -1
        # Put so that it holds, too, for what is no number.
        if nearest < 0 or not away[nearest] <= REACH or not self._councils[nearest]:
            return ()
        felt = np.maximum(away - self._spread, 0)
        ours = np.flatnonzero((self._councils != "") & (away <= REACH))
        limit = felt[ours].min() * _TIMES + _PLUS
        close = ours[felt[ours] <= limit]
        in_order = close[np.lexsort((away[close], felt[close]))]
        return tuple(dict.fromkeys(str(self._councils[i]) for i in in_order))[:MOST]

    @cached_property
    def _spread(self) -> NDArray[np.float64]:
        """How far each place is taken to reach, in kilometres."""
        count = Counter(self._councils.tolist())
        spread = np.zeros(len(self._councils))
        for i, council in enumerate(self._councils.tolist()):
            if council and count[council] <= _FEW:
                others = self._at[self._councils != council]
                if len(others):
                    to_next = distances(others, self._at[i, 0], self._at[i, 1]).min()
                    spread[i] = min(_WIDEST, to_next / 2)
        return spread


def distances(
    at: NDArray[np.float64], latitude: float, longitude: float
) -> NDArray[np.float64]:
    """How many kilometres over the ground each point of ``at`` is away, by the haversine formula.

    https://en.wikipedia.org/wiki/Haversine_formula
    """
    there = np.radians(at)
    here = np.radians(np.array((latitude, longitude)))
    half = np.sin((there - here) / 2) ** 2
    chord = half[:, 0] + np.cos(here[0]) * np.cos(there[:, 0]) * half[:, 1]
    return np.asarray(2 * EARTH * np.arcsin(np.sqrt(np.clip(chord, 0, 1))))
