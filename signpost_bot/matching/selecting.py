"""Which of a need's services a person reads: those that fit their place and words best."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from signpost_bot.knowledge.loading import Knowledge
from signpost_bot.matching.kept import kept
from signpost_bot.matching.learning import SentenceEncoder, encode_all
from signpost_bot.matching.matcher import Reading, fold
from signpost_bot.matching.words import features
from signpost_bot.model import NATIONS, Place, Service

MOST_SERVICES = 3
_MAIN_TOPICS = 3  # the topics, most important first, that a service is really for
_ENOUGH = 0.5  # of the likeness of the service that fits best
_SETBACK = 0.1  # of likeness, for each topic that matters more to it, and for never being seen
_FORMAT = 1

_Nearness = Callable[[tuple[str, ...]], int | None]  # of a service's areas; None: elsewhere


class Fit:
    """How well each service's own asks fit a question."""

    def __init__(
        self,
        services: Iterable[Service],
        encoder: SentenceEncoder | None,
        folders: Sequence[Path] = (),
    ) -> None:
        texts: list[str] = []
        bounds = [0]
        self._place: dict[str, int] = {}
        for place, service in enumerate(services):
            texts += [fold(text) for text in (f"{service.name}. {service.what}", *service.asks)]
            bounds.append(len(texts))
            self._place[service.id] = place
        self._texts = texts
        self._bounds = np.array(bounds)
        self._vectors: NDArray[np.float16] | None = None
        if encoder and texts:
            self._vectors = kept(
                [_FORMAT, encoder.fingerprint, texts],
                folders,
                # half the digits are plenty to rank by, and halve the memory
                lambda: {"vectors": encode_all(encoder, texts, np.float16)},
                lambda arrays: arrays["vectors"].astype(np.float16, copy=False),
            )

    def of(self, services: Sequence[Service], reading: Reading) -> list[float]:
        """0 (nothing alike) to 1 for each service: the likeness of its text that fits best."""
        if not services:
            return []
        places = np.array([self._place[service.id] for service in services])
        sizes = self._bounds[places + 1] - self._bounds[places]
        starts = np.cumsum(sizes) - sizes
        rows = np.repeat(self._bounds[places] - starts, sizes) + np.arange(sizes.sum())
        if self._vectors is not None:
            likeness = self._vectors[rows].astype(np.float32) @ reading.vector
        else:
            asked = set(features(reading.text))
            likeness = np.array([_overlap(asked, self._texts[row]) for row in rows])
        found: list[float] = np.maximum.reduceat(likeness, starts).tolist()
        return found


def select(
    needs: Sequence[str],
    reading: Reading,
    knowledge: Knowledge,
    fit: Fit,
    *,
    place: Place | None = None,
    wants_phone: bool = False,
    first: Sequence[Service] = (),
    page: int = 0,
) -> list[Service]:
    """The services to show, best first, at most three, never two doors of one organisation.

    Args:
        needs: ids of the topics to answer. Each gets its share of the places.
        first: services asked for by name; they come before all others.
        page: how many times three were shown before; these are then left out.
    """
    most = MOST_SERVICES * (page + 1)
    # many services name the same areas, so each is looked up once
    nearness: _Nearness = cache(
        lambda areas: knowledge.areas.nearness(areas, place) if place else None
    )
    chosen = [s for s in first if s.is_open and _serves(s, place, nearness)][:most]
    named = len(chosen)
    ranked = {
        need: _ranked(need, reading, knowledge, fit, place, nearness, wants_phone)
        for need in needs
    }
    while len(chosen) < most and any(ranked.values()):
        for need in needs:
            left = [s for s in ranked[need] if not _doubles(s, chosen)]
            chosen += left[:1]
            ranked[need] = left[1:]
            if len(chosen) == most:
                break
    chosen, named = chosen[most - MOST_SERVICES :], max(named - most + MOST_SERVICES, 0)
    others = sorted(chosen[named:], key=_never_seen)
    by_name = {service.id for service in chosen[:named]}

    def order(service: Service) -> tuple[bool, bool]:
        # Asked for by name or not, what is round the corner comes before what is for everyone.
        no_voice = wants_phone and not service.phone and service.id not in by_name
        return no_voice, not service.areas

    return sorted([*chosen[:named], *others], key=order)


def _ranked(
    need: str,
    reading: Reading,
    knowledge: Knowledge,
    fit: Fit,
    place: Place | None,
    nearness: _Nearness,
    wants_phone: bool,
) -> list[Service]:
    def rank(service: Service, likeness: float) -> tuple[object, ...]:
        return (
            # Five in six people live in England: when we do not know where somebody is,
            # what is only for another nation seldom fits.
            place is None and "england" not in service.nations,
            wants_phone and not service.phone,
            not service.areas,  # their council's own
            service.topics.index(need) >= _MAIN_TOPICS,
            _distance(service, place, nearness),
            _SETBACK * (service.topics.index(need) + _never_seen(service)) - likeness,
        )

    fitting = [
        s for s in knowledge.services_for(need) if s.is_open and _serves(s, place, nearness)
    ]
    pairs = list(zip(fitting, fit.of(fitting, reading), strict=True))
    enough = _ENOUGH * max((likeness for _, likeness in pairs), default=0)
    # What a council offers is worth a look whatever its words; else two that fit are better
    # than two and one that does not.
    near = [(s, likeness) for s, likeness in pairs if s.areas or likeness >= enough]
    return [service for service, _ in sorted(near, key=lambda pair: rank(*pair))]


def _serves(service: Service, place: Place | None, nearness: _Nearness) -> bool:
    if place is None:
        return not service.areas  # a far-off council's service helps nobody
    return place.nation in service.nations and nearness(service.areas) is not None


def _never_seen(service: Service) -> bool:
    """No page spoke of it, and nobody confirmed it: shown last of those that fit."""
    return service.seen is None and service.checked is None


def _distance(service: Service, place: Place | None, nearness: _Nearness) -> int:
    """How near a service is: their council, then their nation, then everywhere."""
    if place is None:
        return 0
    whole_kingdom = not service.areas and len(service.nations) == len(NATIONS)
    return (nearness(service.areas) or 0) + whole_kingdom


def _doubles(service: Service, chosen: Iterable[Service]) -> bool:
    return any(
        service.id == other.id or service.organisation == other.organisation for other in chosen
    )


def _overlap(asked: set[str], text: str) -> float:
    found = set(features(text))
    return len(asked & found) / max(len(asked | found), 1)


