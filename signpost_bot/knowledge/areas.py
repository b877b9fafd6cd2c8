"""Places: from a postcode, a town or a council's name to the council that gives social care.

A place may be given as one ("SE6 4AB", "leicester"), which :meth:`Areas.find` reads, or stand
inside a question ("carers groups in leicester"), which :meth:`Areas.in_question` reads with
the help of ``mentions.py``. A spot on the map leads to the councils :meth:`Areas.around` it.
"""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA

from signpost_bot.errors import KnowledgeError
from signpost_bot.knowledge.mentions import NEEDS, Mention, Needs, mentioned
from signpost_bot.knowledge.places import FEW, NATION_NAMES, WORD, name_key, within
from signpost_bot.model import NATIONS, Area, Nation, Place

if TYPE_CHECKING:
    from signpost_bot.knowledge.points import Points

FIND_COUNCIL = "https://www.gov.uk/find-local-council"
CLEAR_SHARE = 0.9  # of a postcode's or town's homes: then we speak of one council only
MISSPELT_FROM = 6  # letters: in shorter names one wrong letter makes another word


class AreasError(KnowledgeError):
    """A file of areas that cannot be used."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        """``line`` counts from 1; 0 means the file as a whole."""
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")
        self.file = path.name
        self.line = line or 1
        self.message = message


class Trust(NamedTuple):
    """A Health and Social Care Trust: in Northern Ireland these give social care."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class _Meaning:
    """One place that a name stands for."""

    name: str
    shares: Mapping[str, float]  # council id -> share of its homes
    told_apart: str = ""  # what to add where the name has other meanings


@dataclass(frozen=True)
class Areas:
    """Every council with social care duties, and the postcodes and names that lead to them."""

    areas: Mapping[str, Area]
    _called: Mapping[str, Sequence[_Meaning]]  # a council's names, aliases; its parts
    _towns: Mapping[str, Sequence[_Meaning]]
    _outwards: Mapping[str, Mapping[str, Mapping[str, float]]]  # outward, sector -> shares
    _trusts: Mapping[str, Sequence[Trust]]
    wary: Mapping[str, Needs]
    _points_file: Path | None = None

    @classmethod
    def load(cls, folder: Path) -> Areas:
        """Read a folder of CSV files; its README says what stands in them.

        Raises:
            AreasError: a file is missing or a row cannot be used.
        """
        areas, called = _read_councils(folder / "councils.csv")
        return cls(
            areas=areas,
            _called=called,
            _towns=_read_towns([folder / "towns.csv", folder / "more-towns.csv"], areas),
            _outwards=_read_postcodes(folder / "postcodes.csv", areas),
            _trusts=_read_trusts(folder / "ni-trusts.csv", areas),
            wary=_read_wary(folder / "wary.csv"),
            _points_file=folder / "points.csv",
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

        Raises:
            AreasError: a row of ``points.csv`` cannot be used; the file is read here first.
        """
        return tuple(self._council(id) for id in self._points.around(latitude, longitude))

    @cached_property
    def _points(self) -> Points:
        # Most people never share where they are: what needs neither this nor numpy loads neither.
        from signpost_bot.knowledge.points import Points

        path = self._points_file
        return Points(*_read_points(path, self.areas) if path and path.is_file() else ((), ()))

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


# --- reading the files ------------------------------------------------------------------


def _read_councils(path: Path) -> tuple[dict[str, Area], dict[str, list[_Meaning]]]:
    areas: dict[str, Area] = {}
    called: dict[str, list[_Meaning]] = {}
    nations = {name: id for id, name in NATIONS.items()}
    columns = "area_id name official_name gss_code nation region gov_uk_slug aliases"
    for line, row in _rows(path, columns):
        id, name, official, _, nation, region, slug, aliases = row
        if nation not in nations:
            raise AreasError(
                path, line, f"unknown nation {nation!r}. Use {', '.join(NATIONS.values())}."
            )
        if id in areas or not id or not name or not region:
            raise AreasError(path, line, "a council needs its own area_id, a name and a region.")
        url = f"{FIND_COUNCIL}/{slug}" if slug else FIND_COUNCIL
        areas[id] = Area(id, name, nations[nation], name_key(region).replace(" ", "-"), url)
        meaning = _Meaning(name, {id: 1.0})
        called.setdefault(name_key(name), []).insert(0, meaning)
        for other in (official, id):
            _add(called, other, meaning)
        for alias in filter(None, aliases.split(";")):
            _add(called, alias, _Meaning(alias, {id: 1.0}))
    return areas, called


def _add(called: dict[str, list[_Meaning]], name: str, meaning: _Meaning) -> None:
    meanings = called.setdefault(name_key(name), [])
    if all(meaning.shares != other.shares for other in meanings):
        meanings.append(meaning)


def _read_towns(
    paths: Iterable[Path], areas: Mapping[str, Area]
) -> dict[str, list[_Meaning]]:
    grouped: dict[tuple[str, str], tuple[str, dict[str, float]]] = {}
    for path in paths:
        for line, (town, id, share, told_apart) in _rows(path, "town area_id share told_apart"):
            of = grouped.setdefault((name_key(town), told_apart), (town, {}))
            of[1][id] = _share(path, line, id, share, areas)
    towns: dict[str, list[_Meaning]] = defaultdict(list)
    for (key, told_apart), (town, shares) in grouped.items():
        towns[key].append(_Meaning(town, shares, told_apart))
    return dict(towns)


def _read_postcodes(
    path: Path, areas: Mapping[str, Area]
) -> dict[str, dict[str, dict[str, float]]]:
    outwards: dict[str, dict[str, dict[str, float]]] = {}
    for line, (outward, sector, id, share) in _rows(path, "outward sector area_id share"):
        shares = outwards.setdefault(outward, {}).setdefault(sector, {})
        shares[id] = _share(path, line, id, share, areas)
    return outwards


def _read_trusts(path: Path, areas: Mapping[str, Area]) -> dict[str, list[Trust]]:
    shared: dict[str, list[tuple[float, Trust]]] = defaultdict(list)
    for line, (id, trust, url, share) in _rows(path, "area_id trust url share"):
        shared[id].append((-_share(path, line, id, share, areas), Trust(trust, url)))
    return {id: [trust for _, trust in sorted(trusts)] for id, trusts in shared.items()}


def _read_wary(path: Path) -> dict[str, Needs]:
    wary: dict[str, Needs] = {}
    for line, (name, needs) in _rows(path, "name needs"):
        known = next((one for one in NEEDS if one == needs), None)
        if known is None:
            raise AreasError(path, line, f"unknown {needs!r}. Use {', '.join(NEEDS)}.")
        wary[name_key(name)] = known
    return wary


def _read_points(
    path: Path, areas: Mapping[str, Area]
) -> tuple[list[tuple[float, float]], list[str]]:
    at, councils = [], []
    for line, (latitude, longitude, id) in _rows(path, "latitude longitude area_id"):
        if id and id not in areas:
            raise AreasError(
                path, line, f"unknown area {id!r}. All areas are listed in councils.csv."
            )
        try:
            spot = float(latitude), float(longitude)
        except ValueError:
            spot = (math.nan, math.nan)
        if not (abs(spot[0]) <= 90 and abs(spot[1]) <= 180):
            raise AreasError(
                path, line, f"{latitude!r}, {longitude!r} is no latitude and longitude in degrees."
            )
        at.append(spot)
        councils.append(id)
    return at, councils


def _rows(path: Path, columns: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every row.

    Raises:
        AreasError: the file is missing, is not UTF-8 or has other columns.
    """
    expected = columns.split()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            if next(reader, None) != expected:
                raise AreasError(path, 1, f"the columns must be {','.join(expected)}.")
            for row in reader:
                if len(row) == len(expected):
                    yield reader.line_num, row
                elif row:
                    raise AreasError(
                        path, reader.line_num,
                        f"found {len(row)} values where {len(expected)} belong "
                        f"({','.join(expected)}). "
                        "A value with a comma in it wants quotation marks around it.",
                    )
    except FileNotFoundError:
        raise AreasError(
            path, 0,
            "the file is missing. A folder of areas holds councils.csv, postcodes.csv, "
            "towns.csv, more-towns.csv, wary.csv and ni-trusts.csv.",
        ) from None
    except (UnicodeDecodeError, csv.Error):
        raise AreasError(path, 0, "the file is not UTF-8 text. Save it as UTF-8.") from None


def _share(path: Path, line: int, area: str, share: str, areas: Mapping[str, Area]) -> float:
    if area not in areas:
        raise AreasError(
            path, line, f"unknown area {area!r}. All areas are listed in councils.csv."
        )
    try:
        value = float(share)
    except ValueError:
        value = 0.0
    if not 0 < value <= 1:
        raise AreasError(
            path, line, f"the share {share!r} must be a number above 0, up to 1."
        )
    return value


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
