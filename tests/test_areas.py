"""Places, as people write them: given as one, and inside a question."""

import shutil
import time
from pathlib import Path

import pytest

from signpost_bot.errors import KnowledgeError
from signpost_bot.knowledge.area_files import FIND_COUNCIL
from signpost_bot.knowledge.areas import Areas
from signpost_bot.model import Place

FOLDER = Path(__file__).resolve().parent.parent / "knowledge" / "areas"


@pytest.fixture(scope="module")
def areas() -> Areas:
    return Areas.load(FOLDER)


# --- words given as a place -------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "councils"),
    [
        # postcodes: whole, halves, sectors, however they are typed
        ("SE6 4AB", "lewisham"),
        ("se64ab", "lewisham"),
        (" se6  4ab ", "lewisham"),
        ("SE6", "lewisham"),
        ("se6", "lewisham"),
        ("SE6 4", "lewisham"),
        ("LS1 4AP", "leeds"),
        ("BT9 5AA", "belfast"),
        ("bt9", "belfast"),
        ("CF10", "cardiff"),
        ("AB10 1AB", "aberdeen-city"),
        ("AB12 3XX", "aberdeen-city"),  # 97 of 100 homes are Aberdeen's
        ("TD15 1AA", "northumberland the-scottish-borders"),  # the border runs through it
        ("BT99 9ZZ", ""),  # no such half
        ("JE2 3AB", ""),  # Jersey: no council of ours
        # councils by their names, official names, other names and ids
        ("Lewisham", "lewisham"),
        ("LEWISHAM", "lewisham"),
        ("London Borough of Lewisham", "lewisham"),
        ("lewisham council", "lewisham"),
        ("Leeds City Council", "leeds"),
        ("city of edinburgh", "city-of-edinburgh"),
        ("edinburgh", "city-of-edinburgh"),
        ("hull", "kingston-upon-hull"),
        ("stoke on trent", "stoke-on-trent"),
        ("Stoke-on-Trent", "stoke-on-trent"),
        ("stokeontrent", "stoke-on-trent"),
        ("st helens", "st-helens"),
        ("St. Helens", "st-helens"),
        ("saint helens", "st-helens"),
        ("st-helens", "st-helens"),
        ("Brighton & Hove", "brighton-and-hove"),
        ("barking and dagenham", "barking-and-dagenham"),
        ("Armagh City, Banbridge and Craigavon", "armagh-city-banbridge-and-craigavon"),
        ("Caerdydd", "cardiff"),
        ("Ynys Môn", "isle-of-anglesey"),
        ("ynys mon", "isle-of-anglesey"),
        ("western isles", "eilean-siar"),
        ("Telford & Wrekin", "telford-and-wrekin"),
        # a district of a county, a town, a part of a city
        ("taunton deane", "somerset"),
        ("Boston", "lincolnshire"),
        ("kings lynn", "norfolk"),
        ("King’s Lynn", "norfolk"),
        ("Aberystwyth", "ceredigion"),
        ("peckham", "southwark"),
        ("reading", "reading"),
        ("bath", "bath-and-north-east-somerset"),
        ("March", "cambridgeshire"),
        ("Street", "somerset"),
        ("miltonkeynes", "milton-keynes"),
        ("the wirral", "wirral"),
        # a name both of a town and of the council around it is one place
        ("Leicester", "leicester"),
        ("Cardiff", "cardiff"),
        ("Greenwich", "greenwich"),
        ("Durham", "county-durham"),
        # one place in several councils
        ("Cumbria", "cumberland westmorland-and-furness"),
        ("Bedfordshire", "central-bedfordshire bedford luton"),
        ("Llangollen", "denbighshire wrexham"),
        # with what people put around it
        ("im in leeds", "leeds"),
        ("I live in Leeds", "leeds"),
        ("leeds please", "leeds"),
        ("near Bolton", "bolton"),
        ("12 High St, Leeds LS1 4AP", "leeds"),
        ("Leeds, West Yorkshire", "leeds"),
        ("perth scotland", "perth-and-kinross"),
        ("Ashford, Surrey", "surrey"),
        # misspelt
        ("lewishum", "lewisham"),
        ("birmingam", "birmingham"),
        ("Edinburg", "city-of-edinburgh"),
        ("middlesborough", "middlesbrough"),
        ("wolverhamton", "wolverhampton"),
        ("carmarthanshire", "carmarthenshire"),
        # nothing we know
        ("", ""),
        ("home", ""),
        ("dont know", ""),
        ("i would rather not say", ""),
        ("Paris", ""),
        ("👋", ""),
        ("x" * 5000, ""),
    ],
)
def test_words_given_as_a_place(words: str, councils: str, areas: Areas) -> None:
    found = areas.find(words)
    assert " ".join(id for place in found for id in place.areas) == councils
    assert len(found) == (1 if councils else 0)


@pytest.mark.parametrize(
    ("words", "nation"),
    [
        ("scotland", "scotland"),
        ("Alba", "scotland"),
        ("WALES", "wales"),
        ("Cymru", "wales"),
        ("ni", "northern-ireland"),
        ("N.I.", "northern-ireland"),
        ("n ireland", "northern-ireland"),
        ("Northern Ireland", "northern-ireland"),
        ("england", "england"),
        ("im in wales", "wales"),
        ("scotlnd", "scotland"),
    ],
)
def test_a_nation_has_no_councils(words: str, nation: str, areas: Areas) -> None:
    (place,) = areas.find(words)
    assert (place.nation, place.areas) == (nation, ())


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("newport", {"Newport, Wales", "Newport, Isle of Wight", "Newport, Pembrokeshire",
                     "Newport, Essex", "Newport, Telford and Wrekin"}),
        ("Richmond", {"Richmond, London", "Richmond, North Yorkshire"}),
        ("hamilton", {"Hamilton, South Lanarkshire", "Hamilton, Leicester"}),
        ("Newcastle", {"Newcastle upon Tyne", "Newcastle, Staffordshire",
                       "Newcastle, County Down"}),
        ("ashford", {"Ashford, Kent", "Ashford, Surrey"}),
        ("bangor", {"Bangor, Wales", "Bangor, Northern Ireland"}),
        ("St Ives", {"St Ives, Cambridgeshire", "St Ives, Cornwall"}),
    ],
)
def test_a_name_of_several_places_is_asked_about(
    words: str, names: set[str], areas: Areas
) -> None:
    assert {place.name for place in areas.find(words)} == names


def test_what_tells_places_apart_leads_to_one_of_them(areas: Areas) -> None:
    """The names stand on buttons; pressing one must not ask again."""
    several = [places for key in areas.names if len(places := areas.find(key)) > 1]
    assert len(several) > 40
    for places in several:
        assert len({place.name for place in places}) == len(places)
        for place in places:
            assert areas.find(place.name) == (place,), place.name


def test_every_id_finds_its_council(areas: Areas) -> None:
    for id in areas.areas:
        if len(found := areas.find(id)) == 1:
            assert found[0].areas == (id,)
        else:
            assert id == "newport"


def test_london_is_a_region_with_all_its_boroughs(areas: Areas) -> None:
    (london,) = areas.find("london")
    assert (london.name, len(london.areas)) == ("London", 33)


# --- a place inside a question ----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("im in lewisham", "Lewisham", ""),
        ("anything near stoke on trent", "Stoke-on-Trent", "anything"),
        ("mum lives in st helens and keeps falling", "St Helens", "mum keeps falling"),
        ("Hi, I live in Leeds and need help with my mum", "Leeds", "Hi need help with my mum"),
        ("carers support groups preston", "Preston", "carers support groups"),
        ("help with shopping in Bury St Edmunds", "Bury St Edmunds", "help with shopping"),
        ("dementia cafe kings lynn", "King's Lynn", "dementia cafe"),
        ("who runs day centres in Cumbria?", "Cumbria", "who runs day centres?"),
        ("Who can help? I'm in Stockport.", "Stockport", "Who can help?"),
        ("sitting service (Bolton)", "Bolton", "sitting service"),
        ("lewisham council tax reduction", "Lewisham", "council tax reduction"),
        ("leeds city council tax reduction", "Leeds", "city council tax reduction"),
        ("groups in the Preston area for dads", "Preston", "groups for dads"),
        ("befriending in Peckham, London", "Peckham", "befriending"),
        ("carers in the north east", "North East", "carers"),
        ("help in the highlands", "Highlands", "help"),
        ("day centre isle of wight", "Isle of Wight", "day centre"),
        ("mum lives in north leeds, who can sit with her", "Leeds", "mum, who can sit with her"),
        ("in Birmingham B12 9AA", "Birmingham", ""),
        ("live in barrow-in-furness", "Barrow-in-Furness", ""),
        ("devon carers", "Devon", "carers"),
        ("carers in newport isle of wight", "Newport, Isle of Wight", "carers"),
        # names that are words, where they are meant
        ("i live in reading", "Reading", ""),
        ("blue badge in Reading", "Reading", "blue badge"),
        ("reading council respite", "Reading", "council respite"),
        ("carers groups in bath", "Bath", "carers groups"),
        ("carers in Reading, Berkshire", "Reading", "carers"),
        ("my wife has MS, we live in Ash, Surrey", "Ash", "my wife has MS"),
        ("i live in march", "March", ""),
        ("mum is in Barking", "Barking", "mum"),
        ("is there a befriender in rugby", "Rugby", "is there a befriender"),
        ("we live on skye", "Skye", ""),
        # postcodes
        ("SE6 4AB blue badge", "SE6", "blue badge"),
        ("what help is there in se64ab", "SE6", "what help is there"),
        ("young carers SE6", "SE6", "young carers"),
        ("carers groups near bt9", "BT9", "carers groups"),
        ("my mum lives in ch5", "CH5", "my mum"),
        ("bt9", "BT9", ""),
        ("my mum keeps falling, se6", "SE6", "my mum keeps falling"),
        ("need a break ls17 please", "", "need a break ls17 please"),
        ("any help e17?", "E17", "any help?"),
        ("e17 carers group", "E17", "carers group"),
        ("cf10 respite for my son", "CF10", "respite for my son"),
        ("I live in B12", "B12", ""),
        ("I am in BS7 8", "BS7", ""),
        # nations
        ("what can i get as a carer in england", "England", "what can i get as a carer"),
        ("im in wales", "Wales", ""),
        ("carers allowance scotland", "Scotland", "carers allowance"),
        ("unpaid carers scotland", "Scotland", "unpaid carers"),
        ("help for carers in NI", "Northern Ireland", "help for carers"),
        ("respite in northern ireland", "Northern Ireland", "respite"),
        # where the words carry the question they stay
        ("scottish child payment", "Scotland", "scottish child payment"),
        ("welsh government grants", "Wales", "welsh government grants"),
        ("Age UK Lewisham number", "Lewisham", "Age UK Lewisham number"),
        ("Carers Leeds phone number", "Leeds", "Carers Leeds phone number"),
        ("moving to scotland, what about his care", "Scotland",
         "moving to scotland, what about his care"),
        ("we moved from Leeds to York, who do I ask", "York",
         "we moved from Leeds to York, who do I ask"),
    ],
)
def test_a_place_inside_a_question(text: str, names: str, rest: str, areas: Areas) -> None:
    mention = areas.in_question(text)
    assert ("; ".join(place.name for place in mention.places), mention.rest) == (names, rest)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("carers groups in richmond", {"Richmond, London", "Richmond, North Yorkshire"}),
        ("dad is in Bath and I'm in Bristol", {"Bath", "Bristol"}),
    ],
)
def test_a_question_may_name_several_places(
    text: str, names: set[str], areas: Areas
) -> None:
    assert {place.name for place in areas.in_question(text).places} == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "she is reading a book",
        "he struggles in reading and writing",
        "he wont have a bath",
        "mum fell in bath",
        "bath lift for dad",
        "how do I get a bath chair",
        "PIP for my wife",
        "PIP2 form",
        "mum is 86",
        "B12 injections",
        "mum needs b12",
        "mum fell, me2",
        "co2 alarm for my mum",
        "eviction s21",
        "s117 aftercare",
        "can i ask for a carers assessment under s10",
        "carbon monoxide and CO2",
        "is she low in B12",
        "should he be on B12",
        "pain in L5 and S1",
        "noise from the M3",
        "T2 diabetes",
        "fill in form CA5",
        "w1 2nd floor at 7pm",
        "i have been on UC since may",
        "in a state",
        "in March",
        "my review is in march",
        "we are going into a care home in march",
        "at home",
        "my NI number",
        "how much do I pay in NI",
        "do i lose my NI credits",
        "a sandwich",
        "he only eats in bed",
        "she is barking mad",
        "big deal for us",
        "it was a battle to get help",
        "mobility scooter for sale",
        "i hope he gets better",
        "in hope of some sleep",
        "grab rail for the street",
        "left home in a hurry",
        "he weighs 12 stone",
        "eye drops",
        "a rash near her eye",
        "the well being of my mum",
        "mum mumbles and I can't hear her",
        "he loves rugby",
        "mold in my house",
        "how do i deal with angry dad",
        "i need to settle him at night",
        "my son Preston is autistic",
        "my husband Lincoln has dementia",
        "respite for my brother Carlton",
        "a letter from angus about my claim",
        "Mrs Bolton needs a carer",
        "Mr. Lewisham said no",
        "her name is Chelsea",
        "dad was called Stanley",
        "my sister Shirley",
        "Clark Kent",
        "Parkinson's nurse",
        "help with Huntingdon's disease",
        "huntingdon disease support",
        "my son has down syndrome",
        "Bristol stool chart",
        "glasgow coma scale",
        "Edinburgh postnatal depression scale",
        "Bradford factor at work",
        "chester drawers for mum",
        "epsom salts for sore feet",
        "yorkshire pudding recipe",
        "Carers Wales",
        "Age Scotland helpline",
        "Bank of Scotland wont talk to me",
        "the church of england",
        "University of Kent",
        "he is at Leeds General Infirmary",
        "Lewisham Hospital discharge",
        "surgery on Lancaster Road",
        "she only speaks welsh",
        "english is not her first language",
        "she is low, fell yesterday",
        "can I manage without any help",
        "who won the match",
    ],
)
def test_no_place_where_none_is_meant(text: str, areas: Areas) -> None:
    assert areas.in_question(text) == ((), text)


def test_any_text_is_read_quickly(areas: Areas) -> None:
    units = ("leeds ", "i live in ", "live ", "B12 ", " ", "1a", "in Ash, ", "İ’ß", "moved to ")
    for unit in units:
        text = (unit * 4096)[:4096]
        start = time.perf_counter()
        areas.in_question(text)
        areas.find(text)
        assert time.perf_counter() - start < 2, unit


# --- what serves a place ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("service_areas", "words", "covers", "nearness"),
    [
        (["lewisham"], "SE6", True, 0),
        (["london"], "SE6", True, 0),
        (["kent", "london"], "SE6", True, 0),
        (["leeds"], "SE6", False, None),
        (["northumberland"], "TD15 1", None, 0),  # the likeliest of two
        (["the-scottish-borders"], "TD15 1", None, 1),
        (["lewisham"], "london", None, None),  # too wide a place to be near Lewisham
        (["london"], "london", True, 0),
        (["scotland"], "scotland", True, 0),
        (["fife"], "scotland", None, None),
        (["fife"], "wales", False, None),
        ([], "SE6", False, 218),  # the nation's as a whole: after all local ones
    ],
)
def test_services_near_a_place(
    service_areas: list[str],
    words: str,
    covers: bool | None,
    nearness: int | None,
    areas: Areas,
) -> None:
    (place,) = areas.find(words)
    assert areas.covers(service_areas, place) is covers
    assert areas.nearness(service_areas, place) == nearness


def test_services_may_name_councils_and_regions(areas: Areas) -> None:
    assert len(areas.areas) == 218
    assert {
        "lewisham", "london", "south-east", "south-west", "east-of-england", "east-midlands",
        "west-midlands", "north-east", "north-west", "yorkshire-and-the-humber", "scotland",
        "wales", "northern-ireland",
    } <= areas.ids  # fmt: skip
    assert len(areas.ids) == 218 + 12


@pytest.mark.parametrize(
    ("words", "doors"),
    [
        ("SE6", [("Lewisham", f"{FIND_COUNCIL}/lewisham")]),
        ("TD15 1", [("Northumberland", f"{FIND_COUNCIL}/northumberland"),
                  ("Scottish Borders", f"{FIND_COUNCIL}/scottish-borders")]),
        ("england", [("Find your council", FIND_COUNCIL)]),
        ("london", [("Find your council", FIND_COUNCIL)]),
        ("belfast", [("Belfast Health and Social Care Trust", "https://belfasttrust.hscni.net/")]),
    ],
)
def test_the_door_to_a_council(
    words: str, doors: list[tuple[str, str]], areas: Areas
) -> None:
    (place,) = areas.find(words)
    assert list(areas.doors(place)) == doors


def test_in_northern_ireland_trusts_give_social_care(areas: Areas) -> None:
    first, second = areas.trusts("mid-ulster")
    assert first.name.startswith("Northern") and second.name.startswith("Southern")
    assert areas.trusts("leeds") == ()
    assert len(areas.doors(Place("Northern Ireland", "northern-ireland"))) == 5


# --- the files --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "line", "says"),
    [
        ("towns.csv", "Nowhere,no-such-council,1.0,", "unknown area 'no-such-council'"),
        ("towns.csv", "Nowhere,leeds,much,", "the share 'much' must be a number"),
        ("towns.csv", "Nowhere,leeds,nan,", "the share 'nan' must be a number"),
        ("towns.csv", "Nowhere,leeds", "found 2 values where 4 belong"),
        ("wary.csv", "nowhere,luck", "unknown 'luck'"),
        ("councils.csv", "mars,Mars,Mars Council,X1,Mars,Mars,mars,", "unknown nation 'Mars'"),
    ],
)
def test_a_bad_row_is_named_with_its_line(
    file: str, line: str, says: str, tmp_path: Path
) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "areas")
    content = (folder / file).read_text("utf-8")
    (folder / file).write_text(f"{content}{line}\n", "utf-8")
    at = len(content.splitlines()) + 1
    with pytest.raises(KnowledgeError) as wrong:
        Areas.load(folder)
    assert f"{folder / file}:{at}: " in str(wrong.value) and says in str(wrong.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"councils\.csv: the file is missing"):
        Areas.load(tmp_path)
