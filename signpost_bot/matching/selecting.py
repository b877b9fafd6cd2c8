"""Which of a need's services a person reads: those that fit their place and words best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from signpost_bot.knowledge.loading import Knowledge
from signpost_bot.matching.fitting import Floats
from signpost_bot.matching.kept import kept
from signpost_bot.matching.learning import SentenceEncoder, encode_all
from signpost_bot.matching.matcher import Reading, fold
from signpost_bot.matching.words import features
from signpost_bot.model import NATIONS, Place, Service

MOST_SERVICES = 3
_MAIN_TOPICS = 3  # the topics, most important first, that a service is really for
_FORMAT = 1


class Fit:
    """How well each service's own asks fit a question."""

    def __init__(
        self,
        services: Iterable[Service],
        encoder: SentenceEncoder | None,
        folders: Sequence[Path] = (),
    ) -> None:
        texts: list[str] = []
        self._rows: dict[str, slice] = {}
        for service in services:
            start = len(texts)
            texts += [fold(text) for text in (f"{service.name}. {service.what}", *service.asks)]
            self._rows[service.id] = slice(start, len(texts))
        self._texts = texts
        self._vectors: Floats | None = None
        if encoder and texts:
            arrays = kept(
                [_FORMAT, encoder.fingerprint, texts],
                folders,
                lambda: {"vectors": encode_all(encoder, texts).astype(np.float16)},
            )
            # half the digits are plenty to rank by, and halve the memory
            self._vectors = arrays["vectors"].astype(np.float16)

    def of(self, service: Service, reading: Reading) -> float:
        """0 (nothing alike) to 1: the likeness of the ask that fits best."""
        rows = self._rows[service.id]
        if self._vectors is not None:
            return float((self._vectors[rows].astype(np.float32) @ reading.vector).max())
        asked = set(features(reading.text))
        return max(_overlap(asked, text) for text in self._texts[rows])


def select(
    needs: Sequence[str],
    reading: Reading,
    knowledge: Knowledge,
    fit: Fit,
    *,
    place: Place | None = None,
    wants_phone: bool = False,
    first: Sequence[Service] = (),
) -> list[Service]:
    """The services to show, best first, at most three, never two doors of one organisation.

    Args:
        needs: ids of the topics to answer. Each gets its share of the places.
        first: services asked for by name; they come before all others.
    """
    chosen = [s for s in first if s.is_open and _serves(s, place, knowledge)][:MOST_SERVICES]
    ranked = {
        need: _ranked(need, reading, knowledge, fit, place, wants_phone) for need in needs
    }
    while len(chosen) < MOST_SERVICES and any(ranked.values()):
        for need in needs:
            left = [s for s in ranked[need] if not _doubles(s, chosen)]
            chosen += left[:1]
            ranked[need] = left[1:]
            if len(chosen) == MOST_SERVICES:
                break
    return chosen


def _ranked(
    need: str,
    reading: Reading,
    knowledge: Knowledge,
    fit: Fit,
    place: Place | None,
    wants_phone: bool,
) -> list[Service]:
    def rank(service: Service) -> tuple[object, ...]:
        return (
            # Five in six people live in England: when we do not know where somebody is,
            # what is only for another nation seldom fits.
            place is None and "england" not in service.nations,
            wants_phone and not service.phone,
            service.topics.index(need) >= _MAIN_TOPICS,
            service.seen is None and service.checked is None,  # never seen: last of its kind
            _distance(service, place, knowledge),
            -fit.of(service, reading),
        )

    fitting = [s for s in knowledge.services_for(need) if s.is_open and _serves(s, place, knowledge)]
    return sorted(fitting, key=rank)


def _serves(service: Service, place: Place | None, knowledge: Knowledge) -> bool:
    if place is None:
        return not service.areas  # a far-off council's service helps nobody
    return place.nation in service.nations and (
        knowledge.areas.nearness(service.areas, place) is not None
    )


def _distance(service: Service, place: Place | None, knowledge: Knowledge) -> int:
    """How near a service is: their council, then their nation, then everywhere."""
    if place is None:
        return 0
    if service.areas:
        return knowledge.areas.nearness(service.areas, place) or 0
    whole_kingdom = len(service.nations) == len(NATIONS)
    return len(knowledge.areas.areas) + whole_kingdom


def _doubles(service: Service, chosen: Iterable[Service]) -> bool:
    return any(
        service.id == other.id or service.organisation == other.organisation for other in chosen
    )


def _overlap(asked: set[str], text: str) -> float:
    found = set(features(text))
    return len(asked & found) / max(len(asked | found), 1)


