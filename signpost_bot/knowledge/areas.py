"""Places: from a postcode, a town or a council's name to the council that gives social care.

A place may be given as one ("SE6 4AB", "leicester"), which :meth:`Areas.find` reads, or stand
inside a question ("carers groups in leicester"), which :meth:`Areas.in_question` reads with
the help of ``mentions.py``. A spot on the map leads to the councils :meth:`Areas.around` it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from signpost_bot.knowledge.area_files import (
    FIND_COUNCIL,
    Meaning,
    Trust,
    read_councils,
    read_points,
    read_postcodes,
    read_towns,
    read_trusts,
    read_wary,
)
from signpost_bot.knowledge.mentions import Mention, Needs, mentioned
from signpost_bot.knowledge.places import FEW, NATION_NAMES, WORD, name_key, within
from signpost_bot.model import NATIONS, Area, Nation, Place

if TYPE_CHECKING:
    from signpost_bot.knowledge.points import Points

CLEAR_SHARE = 0.9  # of a postcode's or town's homes: then we speak of one council only
MISSPELT_FROM = 6  # letters: in shorter names one wrong letter makes another word


@dataclass(frozen=True)
class Areas:
    """Every council with social care duties, and the postcodes and names that lead to them."""

    areas: Mapping[str, Area]
    _called: Mapping[str, Sequence[Meaning]]  # a council's names, aliases; its parts
    _towns: Mapping[str, Sequence[Meaning]]
    _outwards: Mapping[str, Mapping[str, Mapping[str, float]]]  # outward, sector -> shares
    _trusts: Mapping[str, Sequence[Trust]]
    wary: Mapping[str, Needs]
    _spots: tuple[Sequence[tuple[float, float]], Sequence[str]] = ((), ())

    @classmethod
    def load(cls, folder: Path) -> Areas:
        """Read a folder of CSV files; its README says what stands in them.

        Raises:
            AreasError: a file is missing or a row cannot be used.
        """
        areas, called = read_councils(folder / "councils.csv")
        return cls(
            areas=areas,
            _called=called,
            _towns=read_towns([folder / "towns.csv", folder / "more-towns.csv"], areas),
            _outwards=read_postcodes(folder / "postcodes.csv", areas),
            _trusts=read_trusts(folder / "ni-trusts.csv", areas),
            wary=read_wary(folder / "wary.csv"),
            _spots=read_points(folder / "points.csv", areas),
        )

    @cached_property
    def ids(self) -> frozenset[str]:
        """What a service may name in its ``areas``: councils and regions."""
        return frozenset(self.areas) | frozenset(self.regions)

    @cached_property
    def regions(self) -> Mapping[str, tuple[str, ...]]:
        """Region id -> its councils' ids, by name."""
        found = defaultdict(list)
        for area in self.areas.values():
            found[area.region].append(area.id)
        return {region: tuple(ids) for region, ids in found.items()}

    def area(self, area_id: str) -> Area:
        """The council with this id.

        Raises:
            KeyError: there is none.
        """
        return self.areas[area_id]

    # --- what serves a place ------------------------------------------------------------

    def covers(self, service_areas: Sequence[str], place: Place) -> bool | None:
        """Whether a service for these councils and regions serves a place.

        True: whichever of its councils the place turns out to lie in. None: some of them, so
        perhaps. False: none. A service that names no areas serves its nations as a whole,
        which is not asked here.
        """
        possible = place.areas or self._councils_of(place.nation)
        served = [self._serves(service_areas, id) for id in possible]
        return True if served and all(served) else None if any(served) else False

    def nearness(self, service_areas: Sequence[str], place: Place) -> int | None:
        """A sort key, smaller is nearer: 0 for the likeliest council, 1 for the next ...

        Services without areas get ``len(self.areas)``: after all local ones. None means that
        the service is for somewhere else. A whole region or nation is too wide to say that a
        council's own service is near, so there only ones for all of it count as local.
        """
        if not service_areas:
            return len(self.areas)
        if self.covers(service_areas, place):
            return 0
        if not place.areas or len(place.areas) > FEW:
            return None
        return next(
            (i for i, id in enumerate(place.areas) if self._serves(service_areas, id)), None
        )

    def _serves(self, service_areas: Sequence[str], area_id: str) -> bool:
        return area_id in service_areas or self.areas[area_id].region in service_areas

    def _councils_of(self, nation: Nation) -> Sequence[str]:
        return [area.id for area in self.areas.values() if area.nation == nation]

    # --- who gives social care there ----------------------------------------------------

    def trusts(self, area_id: str) -> tuple[Trust, ...]:
        """The Health and Social Care Trusts of a district, the largest share first."""
        return tuple(self._trusts.get(area_id, ()))

    def doors(self, place: Place) -> tuple[tuple[str, str], ...]:
        """(name, web address) of whoever gives social care there, the likeliest first.

        Where that is not known, the one page that asks for a postcode.
        """
        if place.nation == "northern-ireland":
            areas = place.areas or self.regions.get("northern-ireland", ())
            return tuple(dict.fromkeys(t for id in areas for t in self.trusts(id)))
        if place.areas and len(place.areas) <= FEW:
            return tuple((self.areas[id].name, self.areas[id].url) for id in place.areas)
        return (("Find your council", FIND_COUNCIL),)

    # --- words given as a place ---------------------------------------------------------

    def find(self, words: str) -> tuple[Place, ...]:
        """The places that words mean which are given as a place: "SE6", "stoke on trent", "NI".

        Returns:
            () when we do not know it, one place when it is clear, several when the name means
            several; then each ``name`` tells a person which is which ("Newport, Wales"). One
            place whose homes lie in several councils holds all of them, likeliest first.
        """
        if len(words) > 200:
            return self.in_question(words).places
        return (
            self._postcode(words)
            or self.by_name(name_key(words))
            or self._by_parts(words)
            or self.by_name(name_key(_WRAPPING.sub("", _FILLER.sub("", words))))
            or self.in_question(words).places
            or self._misspelt(name_key(_WRAPPING.sub("", _FILLER.sub("", words))))
        )

    def _postcode(self, words: str) -> tuple[Place, ...]:
        code = re.sub(r"[\s.\-]+", "", words).upper()
        if found := re.fullmatch(r"(\w+)(\d)[A-Z]{2}", code):
            return self.in_sector(found[1], found[2])
        if code in self._outwards:
            return self.in_sector(code, "")
        if found := re.fullmatch(r"(\w+)(\d)", code):
            return self.in_sector(found[1], found[2])
        return ()

    def in_sector(self, outward: str, sector: str) -> tuple[Place, ...]:
        sectors = self._outwards.get(outward)
        if sectors is None:
            return ()
        # Sectors opened since the data was made are as their neighbours are.
        known = sectors.get(sector) or sectors.get("")
        shares = known or _average(sectors.values())
        return (self._place(outward, shares),)

    def _place(self, name: str, shares: Mapping[str, float]) -> Place:
        ids = sorted(shares, key=lambda id: (-shares[id], id))
        if shares[ids[0]] >= CLEAR_SHARE * sum(shares.values()):
            ids = ids[:1]
        return Place(name, self.areas[ids[0]].nation, tuple(ids))

    def by_name(self, key: str) -> tuple[Place, ...]:
        key = key if key in self.names else self.squashed.get(key.replace(" ", ""), key)
        if key in NATION_NAMES:
            nation = NATION_NAMES[key]
            return (Place(NATIONS[nation], nation),)
        if key in self.region_names:
            region = self.region_names[key]
            ids = self.regions[region]
            return (Place(_REGION_TITLES.get(region, region), self.areas[ids[0]].nation, ids),)
        return self._by_meaning(key)

    def _by_meaning(self, key: str) -> tuple[Place, ...]:
        """Towns and councils share names: a town inside the council of its name is that one."""
        meanings = list(self._called.get(key, ()))
        for town in self._towns.get(key, ()):
            if not any(town.shares.keys() & council.shares.keys() for council in meanings):
                meanings.append(town)
        if len(meanings) == 1:
            return (self._place(meanings[0].name, meanings[0].shares),)
        places = [self._place(meaning.name, meaning.shares) for meaning in meanings]
        apart = [
            meaning.told_apart or self._apart(place, places)
            for place, meaning in zip(places, meanings, strict=True)
        ]
        return tuple(
            replace(place, name=_telling(place.name, words))
            for place, words in zip(places, apart, strict=True)
        )

    def _apart(self, place: Place, places: Sequence[Place]) -> str:
        """What tells a council from others of its name: its nation, or else its region."""
        if place.nation != "england":
            return NATIONS[place.nation]
        area = self.areas[place.areas[0]]
        if area.name != place.name:
            return area.name
        return _REGION_TITLES.get(area.region, area.region)

    def _by_parts(self, words: str) -> tuple[Place, ...]:
        """ "Newport, Isle of Wight" and "richmond london": a name, and what tells it apart."""
        parts = [word[0] for word in WORD.finditer(words)]
        for cut in range(len(parts) - 1, 0, -1):
            near = self.by_name(name_key(" ".join(parts[:cut])))
            wide = self.by_name(name_key(" ".join(parts[cut:]))) or self._postcode(
                " ".join(parts[cut:])
            )
            exact = [place for place in near if name_key(place.name) == name_key(words)]
            if both := exact or (within(near, wide) if near and wide else ()):
                return tuple(both)
        return ()

    def _misspelt(self, key: str) -> tuple[Place, ...]:
        squashed = key.replace(" ", "")
        if not MISSPELT_FROM <= len(squashed) <= 40 or re.search(r"\d", squashed):
            return ()
        allowed = 1 if len(squashed) < 9 else 2
        near: dict[float, list[str]] = defaultdict(list)
        for name, its_key in self.squashed.items():
            if len(name) >= MISSPELT_FROM and abs(len(name) - len(squashed)) <= allowed:
                distance = OSA.distance(squashed, name, score_cutoff=allowed)
                if distance <= allowed:
                    # People seldom get the first letter wrong.
                    near[distance + (name[0] != squashed[0]) / 2].append(its_key)
        if not near:
            return ()
        found = dict.fromkeys(p for its_key in near[min(near)] for p in self.by_name(its_key))
        return tuple(found) if len(found) <= 6 else ()

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name we know, as keys."""
        return frozenset(chain(self._called, self._towns, NATION_NAMES, self.region_names))

    @cached_property
    def squashed(self) -> Mapping[str, str]:
        """Names without their spaces -> the key: "miltonkeynes" is one of them."""
        return {key.replace(" ", ""): key for key in sorted(self.names)}

    @cached_property
    def region_names(self) -> Mapping[str, str]:
        return {name_key(id): id for id in self.regions if id not in NATIONS} | {
            key: id for key, id in _REGION_NAMES.items() if id in self.regions
        }

    # --- a spot on the map --------------------------------------------------------------

    def around(self, latitude: float, longitude: float) -> tuple[Place, ...]:
        """The councils that a spot may lie in, likeliest first, at most three.

        Each is what its name would have led to, so that nothing else need be kept. What cannot
        be told from a spot is said in ``points.py``.

        Args:
            latitude: in degrees, as is ``longitude``.

        Returns:
            () at sea, abroad, far from every place we know, and where the folder that was
            loaded has no ``points.csv``.
        """
        return tuple(self._council(id) for id in self._points.around(latitude, longitude))

    @cached_property
    def _points(self) -> Points:
        # Most people never share where they are: a command that needs no numpy loads none.
        from signpost_bot.knowledge.points import Points

        return Points(*self._spots)

    def _council(self, area_id: str) -> Place:
        """A council as its name is read when it is clear which one is meant: "Newport, Wales"."""
        area = self.areas[area_id]
        named = self.by_name(name_key(area.name))
        alone = Place(area.name, area.nation, (area_id,))
        return next((place for place in named if place.areas == alone.areas), alone)

    # --- a place inside a question ------------------------------------------------------

    def in_question(self, text: str) -> Mention:
        """The place a question speaks of, and the question without the words for it."""
        return mentioned(text, self)

    @cached_property
    def own_names(self) -> frozenset[str]:
        """The names of councils as such, without those of their parts."""
        return frozenset(name_key(area.name) for area in self.areas.values())


# --- telling names apart ----------------------------------------------------------------


def _telling(name: str, told_apart: str) -> str:
    """"Newport, Wales"; but "Newcastle upon Tyne", which needs no more."""
    return told_apart if told_apart.startswith(name) else f"{name}, {told_apart}"


def _average(sectors: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = defaultdict(float)
    for shares in sectors:
        for id, share in shares.items():
            total[id] += share
    return total


_REGION_NAMES = {
    "greater london": "london", "yorkshire and humber": "yorkshire-and-the-humber",
    "yorkshire and the humber": "yorkshire-and-the-humber", "the midlands": "west-midlands",
    "north east england": "north-east", "north west england": "north-west",
    "south east england": "south-east", "south west england": "south-west",
}
_REGION_TITLES: dict[str, str] = {
    "london": "London", "north-east": "North East", "north-west": "North West",
    "south-east": "South East", "south-west": "South West", "east-midlands": "East Midlands",
    "west-midlands": "West Midlands", "east-of-england": "East of England",
    "yorkshire-and-the-humber": "Yorkshire and the Humber",
    "scotland": "Scotland", "wales": "Wales", "northern-ireland": "Northern Ireland",
}

# What people put around a place that they give as one.
_FILLER = re.compile(
    r"^\W*((hi|hello|yes|its|it's|it is|i|we|im|i'm|i am|we are|we're|live|living|based|my|our|"
    r"mum|dad|council|area|town|postcode|is|in|near|nr|from|at|around|the|city of|royal borough of|"
    r"london borough of|borough of|county of|district of)\W+)+",
    re.IGNORECASE,
)
_WRAPPING = re.compile(
    r"(\W+((metropolitan |county )?(borough|district|city|county)( council)?|council|area|region|"
    r"uk|u\.k\.?|please|thanks|thank you|way|somewhere))+\W*$",
    re.IGNORECASE,
)
