"""Spots on the map: which councils they may lie in, and how often that is right."""

import csv
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from scripts.build_points import council_names, councils
from signpost_bot.errors import KnowledgeError
from signpost_bot.knowledge.areas import Areas
from signpost_bot.knowledge.points import MOST, Points, distances
from signpost_bot.model import Nation

FOLDER = Path(__file__).resolve().parent.parent / "knowledge" / "areas"
EVERY = 8  # of the places are left out in turn; all of them take half a minute


@pytest.fixture(scope="module")
def areas() -> Areas:
    return Areas.load(FOLDER)


@pytest.fixture(scope="module")
def rows() -> list[tuple[float, float, str]]:
    with (FOLDER / "points.csv").open(encoding="utf-8", newline="") as file:
        return [
            (float(row["latitude"]), float(row["longitude"]), row["area_id"])
            for row in csv.DictReader(file)
        ]


def ids(areas: Areas, latitude: float, longitude: float) -> list[str]:
    return [id for place in areas.around(latitude, longitude) for id in place.areas]


# --- where spots lie --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [
        (51.445, -0.021, "lewisham"),  # Catford
        (53.800, -1.549, "leeds"),
        (51.482, -3.179, "cardiff"),
        (51.588, -2.998, "newport"),  # the Welsh one
        (55.861, -4.251, "glasgow-city"),
        (54.597, -5.930, "belfast"),
        (54.997, -7.319, "derry-city-and-strabane"),
        (54.895, -2.934, "cumberland"),  # a council since 2023
        (52.241, -0.903, "west-northamptonshire"),  # one since 2021
        (49.915, -6.315, "isles-of-scilly"),
        (58.209, -6.387, "eilean-siar"),
        (60.155, -1.145, "shetland-islands"),
        # close to borders
        (55.770, -2.005, "northumberland"),  # Berwick
        (54.827, -7.463, "derry-city-and-strabane"),  # Strabane
        (54.179, -6.337, "newry-mourne-and-down"),  # Newry
        # abroad, and nobody's
        (54.832, -7.483, ""),  # Lifford, across the river from Strabane
        (54.003, -6.404, ""),  # Dundalk
        (54.249, -6.968, ""),  # Monaghan
        (54.950, -7.730, ""),  # Letterkenny
        (53.350, -6.260, ""),  # Dublin
        (50.951, 1.859, ""),  # Calais
        (54.150, -4.480, ""),  # the Isle of Man
        (54.416, -4.368, ""),  # its northern tip, closer to Scotland than to its capital
        (49.187, -2.107, ""),  # Jersey
        (49.455, -2.536, ""),  # Guernsey
        (34.600, 32.950, ""),  # Akrotiri, which is British and in no nation of the UK
        (56.500, 1.000, ""),  # the North Sea
        (40.700, -74.000, ""),
        (0.0, 0.0, ""),
        (90.0, 180.0, ""),
        (float("nan"), 0.0, ""),
    ],
)
def test_a_spot_leads_to_its_council(
    latitude: float, longitude: float, expected: str, areas: Areas
) -> None:
    assert ids(areas, latitude, longitude)[:1] == expected.split()


def test_where_councils_meet_all_are_offered(areas: Areas) -> None:
    st_pauls = ids(areas, 51.5136, -0.0984)
    assert st_pauls[0] == "city-of-london" and 2 <= len(st_pauls) <= MOST
    assert len(ids(areas, 53.800, -1.549)) == 1, "in the middle of Leeds it is clear"


def test_a_city_known_by_its_centre_reaches_beyond_it() -> None:
    city, village = (51.45, -2.60), (51.39, -2.52)
    points = Points([city, village, (51.30, -2.50), (51.32, -2.40)], ["city", *["county"] * 3])
    halfway = (51.415, -2.555)
    away = distances(np.array([city, village]), *halfway)
    assert away[1] < away[0], "the village is closer"
    assert points.around(*halfway)[0] == "city"


@pytest.mark.parametrize("council", sorted(Areas.load(FOLDER).areas))
def test_every_council_has_a_place_and_is_found_again_by_its_name(
    council: str, areas: Areas, rows: list[tuple[float, float, str]]
) -> None:
    spots = [row[:2] for row in rows if row[2] == council]
    assert spots
    (place,) = [p for p in areas.around(*spots[0]) if p.areas == (council,)]
    # This is all that is kept of a location.
    assert areas.find(place.name) == (place,)


def test_the_file_is_in_order(rows: list[tuple[float, float, str]], areas: Areas) -> None:
    text = (FOLDER / "points.csv").read_text("utf-8").splitlines()
    assert text[1:] == sorted(text[1:])
    assert len({row[:2] for row in rows}) == len(rows)
    assert {row[2] for row in rows} - {""} == areas.areas.keys()
    degrees = [number for line in text[1:] for number in line.split(",")[:2]]
    assert all(len(number.split(".")[1]) == 3 for number in degrees)


# --- how often it is right --------------------------------------------------------------


def test_a_place_left_out_is_mostly_found_by_those_around_it(
    rows: list[tuple[float, float, str]],
) -> None:
    offered = [
        (council, _without(rows, i).around(latitude, longitude))
        for i, (latitude, longitude, council) in enumerate(rows)
        if council and i % EVERY == 0
    ]
    first = sum(found[:1] == (council,) for council, found in offered) / len(offered)
    among = sum(council in found for council, found in offered) / len(offered)
    each = sum(len(found) for _, found in offered) / len(offered)
    assert first >= 0.83 and among >= 0.95 and each <= 1.7


def _without(rows: Sequence[tuple[float, float, str]], left_out: int) -> Points:
    others = [*rows[:left_out], *rows[left_out + 1 :]]
    return Points([row[:2] for row in others], [row[2] for row in others])


# --- the file ---------------------------------------------------------------------------


def test_nobody_waits_for_it_who_shares_no_location() -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from signpost_bot.knowledge.areas import Areas\n"
        f"areas = Areas.load(Path({str(FOLDER)!r}))\n"
        "areas.find('leeds')\n"
        "print('numpy' in sys.modules)\n"
        "areas.around(53.8, -1.55)\n"
        "print('numpy' in sys.modules)\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "True"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("53.800,-1.549,atlantis", "unknown area 'atlantis'"),
        ("53.800,north,leeds", "no latitude and longitude"),
        ("153.800,-1.549,leeds", "no latitude and longitude"),
        ("nan,-1.549,leeds", "no latitude and longitude"),
        ("53.800,-1.549", "found 2 values where 3 belong"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(line: str, says: str, tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "areas")
    content = (folder / "points.csv").read_text("utf-8")
    (folder / "points.csv").write_text(f"{content}{line}\n", "utf-8")
    at = len(content.splitlines()) + 1
    with pytest.raises(KnowledgeError) as wrong:
        Areas.load(folder)
    assert f"{folder / 'points.csv'}:{at}: " in str(wrong.value) and says in str(wrong.value)


def test_areas_without_it_know_no_spot(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "areas")
    (folder / "points.csv").unlink()
    areas = Areas.load(folder)
    assert areas.around(53.8, -1.55) == () and areas.find("leeds")


@pytest.mark.parametrize(
    ("named", "nation", "expected"),
    [
        ("City and Borough of Leeds", "england", "leeds"),
        ("Metropolitan Borough of Wirral", "england", "wirral"),
        ("Royal Borough of Windsor and Maidenhead", "england", "windsor-and-maidenhead"),
        ("District of Rutland", "england", "rutland"),
        ("City of Kingston upon Hull", "england", "kingston-upon-hull"),
        ("County Durham", "england", "county-durham"),
        ("St. Helens", "england", "st-helens"),
        ("Poole", "england", "bournemouth-christchurch-and-poole"),
        ("Cumbria", "england", "cumberland westmorland-and-furness"),
        ("Sir Powys", "wales", "powys"),
        ("City and County of Swansea", "wales", "swansea"),
        ("Torfaen County Borough", "wales", "torfaen"),
        ("Bridgend county borough", "wales", "bridgend"),
        ("Newport", "wales", "newport"),
        ("The Scottish Borders", "scotland", "the-scottish-borders"),
        ("Glasgow City", "scotland", "glasgow-city"),
        ("Moyle District", "northern-ireland", "causeway-coast-and-glens"),
        ("City of Derry", "northern-ireland", "derry-city-and-strabane"),
    ],
)
def test_councils_are_known_by_what_the_data_calls_them(
    named: str, nation: Nation, expected: str, areas: Areas
) -> None:
    assert councils(named, nation, council_names(areas), areas) == frozenset(expected.split())


@pytest.mark.parametrize("named", ["", "Lisburn District", "Down District"])
def test_what_became_of_a_district_may_be_open(named: str, areas: Areas) -> None:
    found = councils(named, "northern-ireland", council_names(areas), areas)
    assert found == frozenset(areas.regions["northern-ireland"])
