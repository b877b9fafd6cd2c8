"""Places: from a postcode, a town or a council's name to the council that gives social care.

A place may be given as one ("SE6 4AB", "leicester"), which :meth:`Areas.find` reads, or stand
inside a question ("carers groups in leicester"), which :meth:`Areas.in_question` reads. The
second is shy: a name that is also a word, a month or somebody's name counts only where the
words before it say that a place is meant.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from signpost_bot.errors import KnowledgeError
from signpost_bot.model import NATIONS, Area, Nation, Place

# What a name needs around it to count as a place inside a question, from nothing to most.
Needs = Literal["nothing", "near", "capital", "home"]
_NEEDS: tuple[Needs, ...] = ("nothing", "near", "capital", "home")

FIND_COUNCIL = "https://www.gov.uk/find-local-council"
CLEAR_SHARE = 0.9  # of a postcode's or town's homes: then we speak of one council only
FEW = 4  # councils: more than a town ever lies in
LONG_NAME = 7  # letters from which a town's name is hardly ever anything else
MISSPELT_FROM = 6  # letters: in shorter names one wrong letter makes another word


class Trust(NamedTuple):
    """A Health and Social Care Trust: in Northern Ireland these give social care."""

    name: str
    url: str


class Mention(NamedTuple):
    """What a question says about where, and the question without it.

    Several places mean that the name has several meanings, or that two places are named: ask.
    """

    places: tuple[Place, ...]
    rest: str


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
    _wary: Mapping[str, Needs]

    @classmethod
    def load(cls, folder: Path) -> "Areas":
        """Read a folder of CSV files; its README says what stands in them.

        Raises:
            KnowledgeError: a file is missing or a row cannot be used.
        """
        areas, called = _read_councils(folder / "councils.csv")
        return cls(
            areas=areas,
            _called=called,
            _towns=_read_towns([folder / "towns.csv", folder / "more-towns.csv"], areas),
            _outwards=_read_postcodes(folder / "postcodes.csv", areas),
            _trusts=_read_trusts(folder / "ni-trusts.csv", areas),
            _wary=_read_wary(folder / "wary.csv"),
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

    def area(self, id: str) -> Area:
        """The council with this id.

        Raises:
            KeyError: there is none.
        """
        return self.areas[id]

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

    def _serves(self, service_areas: Sequence[str], id: str) -> bool:
        return id in service_areas or self.areas[id].region in service_areas

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
            or self._by_name(_key(words))
            or self._by_parts(words)
            or self._by_name(_key(_WRAPPING.sub("", _FILLER.sub("", words))))
            or self.in_question(words).places
            or self._misspelt(_key(_WRAPPING.sub("", _FILLER.sub("", words))))
        )

    def _postcode(self, words: str) -> tuple[Place, ...]:
        code = re.sub(r"[\s.\-]+", "", words).upper()
        if found := re.fullmatch(r"(\w+)(\d)[A-Z]{2}", code):
            return self._in_sector(found[1], found[2])
        if code in self._outwards:
            return self._in_sector(code, "")
        if found := re.fullmatch(r"(\w+)(\d)", code):
            return self._in_sector(found[1], found[2])
        return ()

    def _in_sector(self, outward: str, sector: str) -> tuple[Place, ...]:
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

    def _by_name(self, key: str) -> tuple[Place, ...]:
        key = key if key in self.names else self._squashed.get(key.replace(" ", ""), key)
        if key in _NATION_NAMES:
            nation = _NATION_NAMES[key]
            return (Place(NATIONS[nation], nation),)
        if key in self._region_names:
            region = self._region_names[key]
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
        if sum(other.nation == "england" for other in places) < len(places):
            if place.nation != "england":
                return NATIONS[place.nation]
        area = self.areas[place.areas[0]]
        if area.name != place.name:
            return area.name
        return _REGION_TITLES.get(area.region, area.region)

    def _by_parts(self, words: str) -> tuple[Place, ...]:
        """ "Newport, Isle of Wight" and "richmond london": a name, and what tells it apart."""
        parts = [word[0] for word in _WORD.finditer(words)]
        for cut in range(len(parts) - 1, 0, -1):
            near = self._by_name(_key(" ".join(parts[:cut])))
            wide = self._by_name(_key(" ".join(parts[cut:]))) or self._postcode(
                " ".join(parts[cut:])
            )
            exact = [place for place in near if _key(place.name) == _key(words)]
            if both := exact or (_within(near, wide) if near and wide else ()):
                return tuple(both)
        return ()

    def _misspelt(self, key: str) -> tuple[Place, ...]:
        squashed = key.replace(" ", "")
        if not MISSPELT_FROM <= len(squashed) <= 40 or re.search(r"\d", squashed):
            return ()
        allowed = 1 if len(squashed) < 9 else 2
        near: dict[float, list[str]] = defaultdict(list)
        for name, its_key in self._squashed.items():
            if len(name) >= MISSPELT_FROM and abs(len(name) - len(squashed)) <= allowed:
                distance = OSA.distance(squashed, name, score_cutoff=allowed)
                if distance <= allowed:
                    # People seldom get the first letter wrong.
                    near[distance + (name[0] != squashed[0]) / 2].append(its_key)
        if not near:
            return ()
        found = dict.fromkeys(p for its_key in near[min(near)] for p in self._by_name(its_key))
        return tuple(found) if len(found) <= 6 else ()

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name we know, as keys."""
        return frozenset(chain(self._called, self._towns, _NATION_NAMES, self._region_names))

    @cached_property
    def _squashed(self) -> Mapping[str, str]:
        """Names without their spaces -> the key: "miltonkeynes" is one of them."""
        return {key.replace(" ", ""): key for key in sorted(self.names)}

    @cached_property
    def _region_names(self) -> Mapping[str, str]:
        return {_key(id): id for id in self.regions if id not in NATIONS} | {
            key: id for key, id in _REGION_NAMES.items() if id in self.regions
        }

    # --- a place inside a question ------------------------------------------------------

    def in_question(self, text: str) -> Mention:
        """The place a question speaks of, and the question without the words for it.

        Words go only where they are a tag ("in Leeds", "I live in Leeds", a postcode): in
        "moving to Leeds" or "Age UK Leeds" they carry the question, so they stay.
        """
        words = [
            _Word(_key(found[0]), found[0], found.start(), found.end())
            for found in _WORD.finditer(text)
        ]
        spots = list(self._spots(text, words))
        places: tuple[Place, ...] = ()
        for spot in spots:
            places = _narrowed(places, spot.places)
        return Mention(places, _without(text, spots))

    def _spots(self, text: str, words: Sequence["_Word"]) -> Iterator["_Spot"]:
        """Where in the text a place is named, first to last, never one within another."""
        at = 0
        last: _Spot | None = None
        while at < len(words):
            spot = self._code_at(text, words, at) or self._name_at(text, words, at, last)
            if spot:
                yield spot
            last = spot or (last if last and at < last.until else None)
            at = spot.until if spot else at + 1

    def _code_at(self, text: str, words: Sequence["_Word"], at: int) -> "_Spot | None":
        """A postcode, whole or its first half."""
        whole = _POSTCODE.match(text, words[at].start)
        if whole and not (whole[0].islower() and _ENDING.fullmatch(whole[2])):
            if places := self._in_sector(whole[1].upper(), whole[2][0]):
                until = next(
                    (i for i in range(at, len(words)) if words[i].start >= whole.end()), len(words)
                )
                return _spot(text, words, at, until, places)
        code = words[at].key.upper()
        if code not in self._outwards or not self._meant(text, words, at):
            return None
        half = re.compile(r"\s(\d)(?![\w.,:]*\w)").match(text, words[at].end)
        until = at + 2 if half else at + 1
        return _spot(text, words, at, until, self._in_sector(code, half[1] if half else ""))

    def _meant(self, text: str, words: Sequence["_Word"], at: int) -> bool:
        """Whether "B12" is a place and no vitamin, motorway, form or bone of the back."""
        word = words[at]
        if len(words) == 1:
            return True
        before, after = _before(text, words, at), text[word.end :].lstrip(" ,").lower()
        if _MEDICAL.match(after) or _NUMBERED.search(before):
            return False
        if _OFTEN_ELSE.fullmatch(word.key):
            return bool(_LIVES.search(before) or _NEAR_BY.search(before))
        if _TAG.search(before):
            return True
        return word.text[0].isupper() and not text[word.end :].strip(" .!?,)")

    def _name_at(
        self, text: str, words: Sequence["_Word"], at: int, last: "_Spot | None"
    ) -> "_Spot | None":
        """The longest name that begins with this word and means a place here."""
        for until in range(min(len(words), at + _LONGEST), at, -1):
            key = self._name_of(text, words, at, until)
            if key is None:
                continue
            nation = _NATION_NAMES.get(key)
            if not (
                self._is_nation(text, words, at, until, key)
                if nation
                else self._is_place(text, words, at, until, key, last)
            ):
                continue
            return _spot(text, words, at, until, self._by_name(key), bare=key in _ADJECTIVES)
        return None

    def _name_of(
        self, text: str, words: Sequence["_Word"], at: int, until: int
    ) -> str | None:
        """The key of these words when they are a name we know, written as one."""
        gaps = [text[a.end : b.start] for a, b in zip(words[at : until - 1], words[at + 1 : until])]
        # Only long names have a comma in them: "Newry, Mourne and Down".
        if any(not _JOIN.fullmatch(gap if len(gaps) < 3 else gap.lstrip(",")) for gap in gaps):
            return None
        key = " ".join(word.key for word in words[at:until])
        if key in self.names:
            # Of "Leeds City Council" only Leeds is the place; the rest says what is asked.
            return None if key.endswith(" council") else key
        # "miltonkeynes"; in short words two names run together make another word.
        return self._squashed.get(key) if until == at + 1 and len(key) >= 9 else None

    def _is_nation(
        self, text: str, words: Sequence["_Word"], at: int, until: int, key: str
    ) -> bool:
        before, after = _before(text, words, at), text[words[until - 1].end :].lower()
        if key in _ADJECTIVES:
            return bool(_OF_A_NATION.match(after)) and not _SPOKEN.search(before)
        if key in ("ni", "n i"):
            return bool(re.search(r"\b(in|from|within|across|here in)\s*$", before)) and not (
                _INSURANCE.search(text.lower())
            )
        return not (_ORGANISED.search(before) or _NOT_A_PLACE.match(after))

    def _is_place(
        self,
        text: str,
        words: Sequence["_Word"],
        at: int,
        until: int,
        key: str,
        last: "_Spot | None",
    ) -> bool:
        before, after = _before(text, words, at), text[words[until - 1].end :].lower()
        if _NOT_A_PLACE.match(after) or _A_PERSON.search(before):
            return False
        needs = self._needs(key)
        if key in self._region_names or _AREA.match(after):
            before = re.sub(r"\bthe\s+$", "", before)  # "in the north west", "in the Bath area"
        if at == 0 and until == len(words):
            return needs != "home" or words[0].text[0].isupper()
        if needs == "nothing" or _LIVES.search(before) or _COUNCIL.match(after):
            return True
        if last and last.until == at and _TOLD_APART.fullmatch(text[last.end : words[at].start]):
            # "Peckham, London": the word before was a place, so this one is.
            return bool(_within(last.places, self._by_name(key)))
        if self._told_by_next(text, words, until, key):
            return True
        if needs == "home":
            return False
        if _HOME.search(before) and _PAUSE.match(after) or _SERVICE_IN.search(before):
            return True
        likely = bool(_TAG.search(before) or _LAST_WORD.search(before) and _is_end(after))
        if needs == "near":
            return likely or at == 0 and bool(_SERVICE.match(after))
        return likely and words[at].text[0].isupper() and not _is_title(words)

    def _told_by_next(
        self, text: str, words: Sequence["_Word"], until: int, key: str
    ) -> bool:
        """ "Reading, Berkshire" and "bath ba1 1aa": what follows holds the name."""
        if until >= len(words) or not _TOLD_APART.fullmatch(
            text[words[until - 1].end : words[until].start]
        ):
            return False
        for end in range(min(len(words), until + 3), until, -1):
            wide = self._name_of(text, words, until, end)
            if wide and (self._needs(wide) == "nothing") and wide not in _ADJECTIVES:
                return bool(_within(self._by_name(key), self._by_name(wide)))
        code = _POSTCODE.match(text, words[until].start)
        outward = code[1] if code else words[until].key
        return bool(_within(self._by_name(key), self._in_sector(outward.upper(), "")))

    def _needs(self, key: str) -> Needs:
        if key in self._wary:
            return self._wary[key]
        if key in _NATION_NAMES or key in self._own_names:
            return "nothing"
        if key in self._region_names:
            return "nothing" if key in ("london", "yorkshire") else "near"
        return "nothing" if len(key.replace(" ", "")) >= LONG_NAME else "near"

    @cached_property
    def _own_names(self) -> frozenset[str]:
        """The names of councils as such, without those of their parts."""
        return frozenset(_key(area.name) for area in self.areas.values())


# --- reading the files ------------------------------------------------------------------


def _read_councils(path: Path) -> tuple[dict[str, Area], dict[str, list[_Meaning]]]:
    areas: dict[str, Area] = {}
    called: dict[str, list[_Meaning]] = {}
    nations = {name: id for id, name in NATIONS.items()}
    columns = "area_id name official_name gss_code nation region gov_uk_slug aliases"
    for line, row in _rows(path, columns):
        id, name, official, _, nation, region, slug, aliases = row
        if nation not in nations:
            raise KnowledgeError(
                f"{path}:{line}: unknown nation {nation!r}. Use {', '.join(NATIONS.values())}."
            )
        if id in areas or not id or not name or not region:
            raise KnowledgeError(
                f"{path}:{line}: a council needs its own area_id, a name and a region."
            )
        url = f"{FIND_COUNCIL}/{slug}" if slug else FIND_COUNCIL
        areas[id] = Area(id, name, nations[nation], _key(region).replace(" ", "-"), url)
        meaning = _Meaning(name, {id: 1.0})
        called.setdefault(_key(name), []).insert(0, meaning)
        for other in (official, id):
            _add(called, other, meaning)
        for alias in filter(None, aliases.split(";")):
            _add(called, alias, _Meaning(alias, {id: 1.0}))
    return areas, called


def _add(called: dict[str, list[_Meaning]], name: str, meaning: _Meaning) -> None:
    meanings = called.setdefault(_key(name), [])
    if all(meaning.shares != other.shares for other in meanings):
        meanings.append(meaning)


def _read_towns(
    paths: Iterable[Path], areas: Mapping[str, Area]
) -> dict[str, list[_Meaning]]:
    grouped: dict[tuple[str, str], tuple[str, dict[str, float]]] = {}
    for path in paths:
        for line, (town, id, share, told_apart) in _rows(path, "town area_id share told_apart"):
            of = grouped.setdefault((_key(town), told_apart), (town, {}))
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
        known = next((one for one in _NEEDS if one == needs), None)
        if known is None:
            raise KnowledgeError(f"{path}:{line}: unknown {needs!r}. Use {', '.join(_NEEDS)}.")
        wary[_key(name)] = known
    return wary


def _rows(path: Path, columns: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every row.

    Raises:
        KnowledgeError: the file is missing, is not UTF-8 or has other columns.
    """
    expected = columns.split()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            if next(reader, None) != expected:
                raise KnowledgeError(f"{path}:1: the columns must be {','.join(expected)}.")
            for row in reader:
                if len(row) == len(expected):
                    yield reader.line_num, row
                elif row:
                    raise KnowledgeError(
                        f"{path}:{reader.line_num}: found {len(row)} values where "
                        f"{len(expected)} belong ({','.join(expected)}). "
                        "A value with a comma in it wants quotation marks around it."
                    )
    except FileNotFoundError:
        raise KnowledgeError(
            f"{path}: the file is missing. A folder of areas holds councils.csv, postcodes.csv, "
            "towns.csv, more-towns.csv, wary.csv and ni-trusts.csv."
        ) from None
    except UnicodeDecodeError:
        raise KnowledgeError(f"{path}: the file is not UTF-8 text. Save it as UTF-8.") from None


def _share(path: Path, line: int, id: str, share: str, areas: Mapping[str, Area]) -> float:
    if id not in areas:
        raise KnowledgeError(
            f"{path}:{line}: unknown area {id!r}. All areas are listed in councils.csv."
        )
    try:
        value = float(share)
    except ValueError:
        value = 0.0
    if not 0 < value <= 1:
        raise KnowledgeError(
            f"{path}:{line}: the share {share!r} must be a number above 0, up to 1."
        )
    return value


# --- places -----------------------------------------------------------------------------


def _telling(name: str, told_apart: str) -> str:
    """"Newport, Wales"; but "Newcastle upon Tyne", which needs no more."""
    return told_apart if told_apart.startswith(name) else f"{name}, {told_apart}"


def _average(sectors: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = defaultdict(float)
    for shares in sectors:
        for id, share in shares.items():
            total[id] += share
    return total


def _narrowed(known: tuple[Place, ...], more: tuple[Place, ...]) -> tuple[Place, ...]:
    """What two mentions say together: "Newport" and "Wales" are one place, else there are two."""
    if not known or not more:
        return known or more
    return _within(known, more) or tuple(dict.fromkeys(known + more))


def _within(some: Sequence[Place], others: Sequence[Place]) -> tuple[Place, ...]:
    """The places that lie in both."""
    both = (_common(one, other) for one in some for other in others)
    return tuple(dict.fromkeys(place for place in both if place))


def _common(one: Place, other: Place) -> Place | None:
    if one.nation != other.nation:
        return None
    if not one.areas or not other.areas:
        return one if one.areas else other
    narrow, wide = sorted((one, other), key=lambda place: len(place.areas))
    areas = tuple(id for id in narrow.areas if id in wide.areas)
    # "Ash, Surrey" is Ash, though Ash reaches into Hampshire; "London, Peckham" is Peckham.
    named = one if len(wide.areas) <= FEW else narrow
    return Place(named.name, named.nation, areas) if areas else None


# --- words ------------------------------------------------------------------------------


class _Word(NamedTuple):
    key: str
    text: str
    start: int
    end: int


class _Spot(NamedTuple):
    """A place named in a text: its words, and what may go with them."""

    places: tuple[Place, ...]
    until: int  # index of the next word
    start: int  # of what goes; equals ``end`` when nothing does
    end: int


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
_JOIN = re.compile(r"\s+|\s*[-–]\s*|\.\s?")
_LONGEST = 6  # words in a name: "king's lynn and west norfolk"
_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s{0,2}(\d[abd-hjlnp-uw-z]{2})\b", re.I)
_ENDING = re.compile(r"\d(st|nd|rd|th|hr|yr|ft|lb|pt)", re.I)  # "b12 5th"

_NATION_NAMES: dict[str, Nation] = {
    "england": "england", "scotland": "scotland", "alba": "scotland", "scottish": "scotland",
    "wales": "wales", "cymru": "wales", "welsh": "wales", "northern ireland": "northern-ireland",
    "n ireland": "northern-ireland", "north of ireland": "northern-ireland",
    "ni": "northern-ireland", "n i": "northern-ireland", "ulster": "northern-ireland",
    "northern irish": "northern-ireland",
}
_ADJECTIVES = ("scottish", "welsh", "northern irish")
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
    re.I,
)
_WRAPPING = re.compile(
    r"(\W+((metropolitan |county )?(borough|district|city|county)( council)?|council|area|region|"
    r"uk|u\.k\.?|please|thanks|thank you|way|somewhere))+\W*$",
    re.I,
)

# What stands before a place. "from" alone may bring a person: "a letter from Preston".
_DIRECTION = r"(?:(?:north|south|east|west|central|greater|mid|rural|inner|outer)\s+)?"
_TAG = re.compile(
    r"(?:\b(?:in|near|nr|around|outside|within|across|throughout|close to|next to|out of)|"
    r"\b(?:am|im|i'm|we're|are|is|come|comes|carers?|people)\s+from|^from|"
    r"\b(?:hi|hello|im|i'm|i am)\b[\w\s]{0,40}\bfrom|\()\s*" + _DIRECTION + "$"
)
_NEAR_BY = re.compile(r"\b(?:near|nr|around|outside|close to)\s+" + _DIRECTION + "$")
_LIVES = re.compile(
    r"\b(?:(?:live|lives|living|lived|based|reside|resides|residing|located|settled)\s+"
    r"(?:just\s+)?(?:in|on|near|nr|around|outside)|"
    r"(?:moved|moving|move|relocate|relocating|relocated)\s+(?:[\w']+\s+){0,3}to)\s+"
    + _DIRECTION + "$"
)
_HOME = re.compile(
    r"\b(?:im|i'm|i am|we are|we're|were|am)\s+(?:just\s+)?(?:in|near|outside|from)\s+"
    + _DIRECTION + "$"
)
_PAUSE = re.compile(r"\s*(?:$|[,.!?;:)]|(?:and|but|i|my|we|our|caring|looking)\b)")
_SERVICE_WORDS = (
    r"(?:groups?|carers?|centres?|clubs?|services?|assessments?|respite|badges?|charity|charities|"
    r"cafes?|hubs?|agency|agencies|homes?|befrienders?|befriending|councils?|anywhere|anything|"
    r"somewhere|anyone|town|city|borough|places?)"
)
_SERVICE = re.compile(r"\s+(?:support|" + _SERVICE_WORDS[3:] + r"\b")
_SERVICE_IN = re.compile(r"\b" + _SERVICE_WORDS + r"\s+(?:in|of|near|around)\s+" + _DIRECTION + "$")
_COUNCIL = re.compile(
    r"\s+(?:(?:city|town|county|borough|district|london borough|metropolitan borough)\s+)?"
    r"(?:council|area|borough|residents?|social services|adult social care)\b"
)
_AREA = re.compile(r"\s+(?:council )?(?:area|borough|region)\b")
# People put a place last, as they do in a search box: "carers support groups preston".
_LAST_WORD = re.compile(r"\b(?:support|advice|care|" + _SERVICE_WORDS[3:] + r"\s*$|,\s*$")
_TOLD_APART = re.compile(r"\s*[,(]?\s*(?:in\s+)?")
_MOVING = re.compile(
    r"\b(?:moved|moving|move|moves|relocate|relocating|relocated)\b[\w\s]{0,20}\b(?:to|from)\s*$|"
    r"\b(?:to|between)\s+$"
)
# A name after these is somebody's, or an organisation's.
_A_PERSON = re.compile(
    r"\b(?:mr|mrs|miss|ms|dr|doctor|nurse|aunt|aunty|auntie|uncle|nana|granny|grandad|sir|lady|"
    r"lord|called|named|surname|new|saint|(?:university|bank|duke|duchess|earl|prince|princess|"
    r"bishop|hospital|uni) of)\.?\s+$|"
    r"\b(?:name is|name's|names)\s+$|"
    r"\b(?:moved|moving|move|moves|relocated|relocating)\b[\w\s]{0,12}\bfrom\s+$"
)
# ... and before these it is a street's, a hospital's or a thing's.
_NOT_A_PLACE = re.compile(
    r"\s+(?:(?:general|royal|county|city|district|memorial|teaching|community|cottage|children's|"
    r"university|and|&|victoria)\s+){0,3}"
    r"(?:road|rd|street|avenue|ave|lane|drive|close|crescent|court|gardens|terrace|square|house|"
    r"hospital|hospice|infirmary|university|uni|college|school|academy|building|united|rovers|"
    r"wanderers|fc|f\.c|rugby|prison|pudding|terrier|cathedral|cakes?|cheese|sauce|salts?|stool|"
    r"coma|scale|factor|score|chair|boots|diet|disease|syndrome|tart|draws|drawers|shoes|"
    r"postnatal|post natal|depression|marathon|carriage|mean time|sausages?|bears?|blue|mint|"
    r"rarebit|palsy|bulldog|angus|abbey|clinic|method|model|protocol|scotland yard|gazette)\b"
)
_ORGANISED = re.compile(
    r"\b(?:age|alzheimer'?s?|mencap|mind|shelter|dementia|epilepsy|parkinson'?s?|bank of|"
    r"church (?:of|in)|(?:prince|princess) of|new|new south|enable|autism|scope|crossroads|"
    r"cruse|citizens advice|versus arthritis|learning disability|diabetes|macmillan|samaritans|"
    r"contact|parenting across|(?<!unpaid )(?<!young )(?<!for )(?<!adult )(?<!help )carers)\s+$"
)
_OF_A_NATION = re.compile(
    r"\s+(?:government|benefits?|rules?|law|laws|system|nhs|carers?|child|children|welfare|social|"
    r"adult|disability|residents?|equivalent|version|care|scheme|services?|support|assembly|"
    r"parliament|council|councils|citizen|postcode|address|town|village)\b"
)
_SPOKEN = re.compile(r"\b(?:speaks?|speaking|spoken|in|am|im|i'm|is|was|half|are|an?)\s+$")
_INSURANCE = re.compile(r"\b(?:ni|n\.i\.?)\s+(?:number|no|contrib|credit|stamp|class|record)|"
                        r"\b(?:pay|paid|paying|insurance|contributions?|credits?|stamps?)\b")
# Outward codes that are more often vitamins, bones of the back, motorways or sizes.
_OFTEN_ELSE = re.compile(
    r"b(?:[1-9]|12)|[ls][1-5]|m(?:[1-9]|11|18|2\d|[3-9]\d)|e5|e10|g[1-9]|w[1-9]"
)
_MEDICAL = re.compile(
    r"(?:injections?|jabs?|shots?|deficien|vitamins?|levels?|tablets?|supplement|motorway|forms?|"
    r"disc|vertebra|nerve|fracture|petrol|fuel|batter|paper|size|bus\b)"
)
_NUMBERED = re.compile(
    r"\b(?:vitamin|vit|the|a|an|form|forms|type|stage|step|level|band|tier|page|key|year|room|ward|"
    r"flat|unit|grade|bus|number|no|on|my|his|her|low|deficient|deficiency)\s+(?:in\s+)?$"
)


def _key(words: str) -> str:
    """A name as it is looked up: no capitals, accents, apostrophes or signs between words."""
    if not words.isascii():
        plain = unicodedata.normalize("NFKD", words)
        words = "".join(c for c in plain if not unicodedata.combining(c))
    words = words.lower().replace("&", " and ")
    found = (re.sub("['’]", "", word) for word in _WORD.findall(words))
    return " ".join("st" if word == "saint" else word for word in found)


def _before(text: str, words: Sequence[_Word], at: int) -> str:
    """The last words before this one, lower case; not across the end of a sentence."""
    start = words[max(0, at - 6)].start
    before = text[start : words[at].start].lower().replace("’", "'")
    return re.split(r"(?<!mr)(?<!mrs)(?<!ms)(?<!dr)[.!?\n]\s", before)[-1]


def _is_end(after: str) -> bool:
    return not after.strip(" .!?)")


def _is_title(words: Sequence[_Word]) -> bool:
    """Whether nearly everything is written with a capital, so that one tells nothing."""
    return sum(word.text[0].isupper() for word in words) * 2 > len(words)


def _spot(
    text: str,
    words: Sequence[_Word],
    at: int,
    until: int,
    places: tuple[Place, ...],
    *,
    bare: bool = False,
) -> _Spot:
    """The spot with as much around it as may go too; nothing goes when ``bare``."""
    start, end = words[at].start, words[until - 1].end
    reach = max(0, start - 80)  # no phrase is longer, and a long message stays quick
    before = text[reach:start]
    if bare or _MOVING.search(before.lower()) or _KEEPS.search(before):
        return _Spot(places, until, end, end)
    if tag := _TAG_WORDS.search(before):
        start = reach + tag.start()
        area = re.compile(r"\s+(?:council )?(?:area|borough)\b", re.I).match(text, end)
        end = area.end() if area else end
        if home := _HOME_WORDS.search(text[reach:start]):
            start = reach + home.start()
            joined = re.compile(r",?\s+(?:and|but|so)\b", re.I).match(text, end)
            end = joined.end() if joined else end
    return _Spot(places, until, start, end)


_TAG_WORDS = re.compile(
    r"\b(?:in|on|near|nr|around|outside|within|across|throughout|from|at|close to|next to)\s+"
    r"(?:the\s+)?" + _DIRECTION + "$",
    re.I,
)
_HOME_WORDS = re.compile(
    r"(?:\b(?:i|we|im|i'm|i’m|we're|we’re)\s+(?:both\s+|also\s+)?)?"
    r"(?:\b(?:live|lives|living|am|are|is|based|located|just)\s+)+$|"
    r"\b(?:im|i'm|i’m|we're|we’re)\s+$",
    re.I,
)
# Names of local organisations: people ask for them by name.
_KEEPS = re.compile(
    r"^(?:carers)\s+$|\bCarers\s+$|(?i:\b(?:age uk|mind|mencap|healthwatch|citizens advice|"
    r"crossroads|nhs|public health|social security|police|student finance|care inspectorate)\s+$)"
)


def _without(text: str, spots: Sequence[_Spot]) -> str:
    """The text without these spots, tidied where something went."""
    if all(spot.start == spot.end for spot in spots):
        return text
    for spot in reversed(spots):
        if spot.start < spot.end:
            left, right = text[: spot.start].rstrip(" (,"), text[spot.end :].lstrip(" )")
            if left.endswith((".", "?", "!")):
                right = right.lstrip(" .,")
            glue = "" if not left or not right or right[0] in ",.?!;:" else " "
            text = left + glue + right
    return re.sub(r"^(?:and|but|so)\b\s*|^[\s.,;:!-]+|[\s,;:-]+$", "", text, flags=re.I)
