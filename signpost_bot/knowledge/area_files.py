"""The CSV files of a folder of areas -> what stands in them; its README says what that is.

Whoever keeps such a folder by hand is told the file, the line and the mend.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from signpost_bot.errors import KnowledgeError
from signpost_bot.knowledge.mentions import NEEDS, Needs
from signpost_bot.knowledge.places import name_key
from signpost_bot.model import NATIONS, Area

FIND_COUNCIL = "https://www.gov.uk/find-local-council"


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
class Meaning:
    """One place that a name stands for."""

    name: str
    shares: Mapping[str, float]  # council id -> share of its homes
    told_apart: str = ""  # what to add where the name has other meanings


def read_councils(path: Path) -> tuple[dict[str, Area], dict[str, list[Meaning]]]:
    areas: dict[str, Area] = {}
    called: dict[str, list[Meaning]] = {}
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
        meaning = Meaning(name, {id: 1.0})
        called.setdefault(name_key(name), []).insert(0, meaning)
        for other in (official, id):
            _add(called, other, meaning)
        for alias in filter(None, aliases.split(";")):
            _add(called, alias, Meaning(alias, {id: 1.0}))
    return areas, called


def _add(called: dict[str, list[Meaning]], name: str, meaning: Meaning) -> None:
    meanings = called.setdefault(name_key(name), [])
    if all(meaning.shares != other.shares for other in meanings):
        meanings.append(meaning)


def read_towns(
    paths: Iterable[Path], areas: Mapping[str, Area]
) -> dict[str, list[Meaning]]:
    grouped: dict[tuple[str, str], tuple[str, dict[str, float]]] = {}
    for path in paths:
        for line, (town, id, share, told_apart) in _rows(path, "town area_id share told_apart"):
            of = grouped.setdefault((name_key(town), told_apart), (town, {}))
            of[1][id] = _share(path, line, id, share, areas)
    towns: dict[str, list[Meaning]] = defaultdict(list)
    for (key, told_apart), (town, shares) in grouped.items():
        towns[key].append(Meaning(town, shares, told_apart))
    return dict(towns)


def read_postcodes(
    path: Path, areas: Mapping[str, Area]
) -> dict[str, dict[str, dict[str, float]]]:
    outwards: dict[str, dict[str, dict[str, float]]] = {}
    for line, (outward, sector, id, share) in _rows(path, "outward sector area_id share"):
        shares = outwards.setdefault(outward, {}).setdefault(sector, {})
        shares[id] = _share(path, line, id, share, areas)
    return outwards


def read_trusts(path: Path, areas: Mapping[str, Area]) -> dict[str, list[Trust]]:
    shared: dict[str, list[tuple[float, Trust]]] = defaultdict(list)
    for line, (id, trust, url, share) in _rows(path, "area_id trust url share"):
        shared[id].append((-_share(path, line, id, share, areas), Trust(trust, url)))
    return {id: [trust for _, trust in sorted(trusts)] for id, trusts in shared.items()}


def read_wary(path: Path) -> dict[str, Needs]:
    wary: dict[str, Needs] = {}
    for line, (name, needs) in _rows(path, "name needs"):
        known = next((one for one in NEEDS if one == needs), None)
        if known is None:
            raise AreasError(path, line, f"unknown {needs!r}. Use {', '.join(NEEDS)}.")
        wary[name_key(name)] = known
    return wary


def read_points(
    path: Path, areas: Mapping[str, Area]
) -> tuple[list[tuple[float, float]], list[str]]:
    """Latitude and longitude of each place, and its council; none where there is no such file."""
    at: list[tuple[float, float]] = []
    councils: list[str] = []
    if not path.is_file():
        return at, councils
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
