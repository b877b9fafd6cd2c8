"""A place inside a question: "carers groups in leicester".

Reading is shy: a name that is also a word, a month or somebody's name counts only where the
words before it say that a place is meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple, Protocol

from signpost_bot.knowledge.places import NATION_NAMES, WORD, name_key, narrowed, within
from signpost_bot.model import Place

# What a name needs around it to count as a place inside a question, from nothing to most.
Needs = Literal["nothing", "near", "capital", "home"]
NEEDS: tuple[Needs, ...] = ("nothing", "near", "capital", "home")

LONG_NAME = 7  # letters from which a town's name is hardly ever anything else


class Mention(NamedTuple):
    """What a question says about where, and the question without it.

    Several places mean that the name has several meanings, or that two places are named: ask.
    """

    places: tuple[Place, ...]
    rest: str


class Names(Protocol):
    """The names of places, as the reader of a question needs them."""

    @property
    def names(self) -> Collection[str]: ...
    @property
    def squashed(self) -> Mapping[str, str]: ...
    @property
    def region_names(self) -> Collection[str]: ...
    @property
    def own_names(self) -> Collection[str]: ...
    @property
    def wary(self) -> Mapping[str, Needs]: ...

    def by_name(self, key: str) -> tuple[Place, ...]: ...
    def in_sector(self, outward: str, sector: str) -> tuple[Place, ...]: ...


def mentioned(text: str, names: Names) -> Mention:
    """The place a question speaks of, and the question without the words for it.

    Words go only where they are a tag ("in Leeds", "I live in Leeds", a postcode): in
    "moving to Leeds" or "Age UK Leeds" they carry the question, so they stay.
    """
    words = [
        _Word(name_key(found[0]), found[0], found.start(), found.end())
        for found in WORD.finditer(text)
    ]
    spots = list(_Reader(text, words, names).spots())
    places: tuple[Place, ...] = ()
    for spot in spots:
        places = narrowed(places, spot.places)
    return Mention(places, _without(text, spots))


@dataclass(frozen=True, slots=True)
class _Reader:
    """One question, word by word."""

    text: str
    words: Sequence[_Word]
    names: Names

    def spots(self) -> Iterator[_Spot]:
        """Where in the text a place is named, first to last, never one within another."""
        at = 0
        last: _Spot | None = None
        while at < len(self.words):
            spot = self._code_at(at) or self._name_at(at, last)
            if spot:
                yield spot
            last = spot or (last if last and at < last.until else None)
            at = spot.until if spot else at + 1

    def _code_at(self, at: int) -> _Spot | None:
        """A postcode, whole or its first half."""
        whole = _POSTCODE.match(self.text, self.words[at].start)
        if whole and whole[0].islower() and _ENDING.fullmatch(whole[2]):
            whole = None
        if whole and (places := self.names.in_sector(whole[1].upper(), whole[2][0])):
            until = sum(word.start < whole.end() for word in self.words)
            return self._spot(at, until, places)
        code = self.words[at].key.upper()
        if not self.names.in_sector(code, "") or not self._meant(at):
            return None
        half = _SECTOR.match(self.text, self.words[at].end)
        places = self.names.in_sector(code, half[1] if half else "")
        return self._spot(at, at + 2 if half else at + 1, places)

    def _meant(self, at: int) -> bool:
        """Whether "B12" is a place and no vitamin, motorway, form or bone of the back."""
        word = self.words[at]
        if len(self.words) == 1:
            return True
        before, after = self._before(at), self._after(at + 1).lstrip(" ,")
        if _MEDICAL.match(after) or _NUMBERED.search(before):
            return False
        if _OFTEN_ELSE.fullmatch(word.key):
            return bool(_LIVES.search(before) or _NEAR_BY.search(before))
        if _TAG.search(before):
            return True
        is_last = not self.text[word.end :].strip(" .!?,)")
        if _PLAINLY_CODE.fullmatch(word.key):
            return is_last or at == 0
        return is_last and word.text[0].isupper()

    def _name_at(self, at: int, last: _Spot | None) -> _Spot | None:
        """The longest name that begins with this word and means a place here."""
        for until in range(min(len(self.words), at + _LONGEST), at, -1):
            key = self._name_of(at, until)
            if key is None:
                continue
            if key in NATION_NAMES:
                meant = self._is_nation(at, until, key)
            else:
                meant = self._is_place(at, until, key, last)
            if meant:
                return self._spot(at, until, self.names.by_name(key), bare=key in _ADJECTIVES)
        return None

    def _name_of(self, at: int, until: int) -> str | None:
        """The key of these words when they are a name we know, written as one."""
        words = self.words[at:until]
        gaps = [self.text[a.end : b.start] for a, b in pairwise(words)]
        # Only long names have a comma in them: "Newry, Mourne and Down".
        if any(not _JOIN.fullmatch(gap if len(gaps) < 3 else gap.lstrip(",")) for gap in gaps):
            return None
        key = " ".join(word.key for word in words)
        if key in self.names.names:
            # Of "Leeds City Council" only Leeds is the place; the rest says what is asked.
            return None if key.endswith(" council") else key
        # "miltonkeynes"; in short words two names run together make another word.
        return self.names.squashed.get(key) if until == at + 1 and len(key) >= 9 else None

    def _is_nation(self, at: int, until: int, key: str) -> bool:
        before, after = self._before(at), self._after(until)
        if key in _ADJECTIVES:
            return bool(_OF_A_NATION.match(after)) and not _SPOKEN.search(before)
        if key in ("ni", "n i"):
            return bool(re.search(r"\b(in|from|within|across|here in)\s*$", before)) and not (
                _INSURANCE.search(self.text.lower())
            )
        return not (_ORGANISED.search(before) or _NOT_A_PLACE.match(after))

    def _is_place(self, at: int, until: int, key: str, last: _Spot | None) -> bool:
        before, after = self._before(at), self._after(until)
        if _NOT_A_PLACE.match(after) or _A_PERSON.search(before):
            return False
        needs = self._needs(key)
        if key in self.names.region_names or _AREA.match(after):
            before = re.sub(r"\bthe\s+$", "", before)  # "in the north west", "in the Bath area"
        if at == 0 and until == len(self.words):
            return needs != "home" or self.words[0].text[0].isupper()
        if needs == "nothing" or _LIVES.search(before) or _COUNCIL.match(after):
            return True
        gap = self.text[last.end : self.words[at].start] if last else ""
        if last and last.until == at and _TOLD_APART.fullmatch(gap):
            # "Peckham, London": the word before was a place, so this one is.
            return bool(within(last.places, self.names.by_name(key)))
        if self._told_by_next(until, key):
            return True
        if needs == "home":
            return False
        if (_HOME.search(before) and _PAUSE.match(after)) or _SERVICE_IN.search(before):
            return True
        likely = bool(_TAG.search(before) or (_LAST_WORD.search(before) and _is_end(after)))
        if needs == "near":
            return likely or (at == 0 and bool(_SERVICE.match(after)))
        return likely and self.words[at].text[0].isupper() and not _is_title(self.words)

    def _told_by_next(self, until: int, key: str) -> bool:
        """ "Reading, Berkshire" and "bath ba1 1aa": what follows holds the name."""
        if until >= len(self.words) or not _TOLD_APART.fullmatch(
            self.text[self.words[until - 1].end : self.words[until].start]
        ):
            return False
        for end in range(min(len(self.words), until + 3), until, -1):
            wide = self._name_of(until, end)
            if wide and (self._needs(wide) == "nothing") and wide not in _ADJECTIVES:
                return bool(within(self.names.by_name(key), self.names.by_name(wide)))
        code = _POSTCODE.match(self.text, self.words[until].start)
        outward = code[1] if code else self.words[until].key
        return bool(within(self.names.by_name(key), self.names.in_sector(outward.upper(), "")))

    def _needs(self, key: str) -> Needs:
        if key in self.names.wary:
            return self.names.wary[key]
        if key in NATION_NAMES or key in self.names.own_names:
            return "nothing"
        if key in self.names.region_names:
            return "nothing" if key in ("london", "yorkshire") else "near"
        return "nothing" if len(key.replace(" ", "")) >= LONG_NAME else "near"

    def _before(self, at: int) -> str:
        """The last words before this one, lower case; not across the end of a sentence."""
        start = self.words[max(0, at - 6)].start
        before = self.text[start : self.words[at].start].lower().replace("’", "'")
        return _SENTENCE_END.split(before)[-1]

    def _after(self, until: int) -> str:
        """What follows the last of these words, lower case."""
        return self.text[self.words[until - 1].end :].lower()

    def _spot(
        self, at: int, until: int, places: tuple[Place, ...], *, bare: bool = False
    ) -> _Spot:
        """The spot with as much around it as may go too; nothing goes when ``bare``."""
        start, end = self.words[at].start, self.words[until - 1].end
        reach = max(0, start - 80)  # no phrase is longer, and a long message stays quick
        before = self.text[reach:start]
        if bare or _MOVING.search(before.lower()) or _KEEPS.search(before):
            return _Spot(places, until, end, end)
        if tag := _TAG_WORDS.search(before):
            start = reach + tag.start()
            area = _TAG_AREA.match(self.text, end)
            end = area.end() if area else end
            if home := _HOME_WORDS.search(self.text[reach:start]):
                start = reach + home.start()
                joined = _JOINED.match(self.text, end)
                end = joined.end() if joined else end
        return _Spot(places, until, start, end)


def _is_end(after: str) -> bool:
    return not after.strip(" .!?)")


def _is_title(words: Sequence[_Word]) -> bool:
    """Whether nearly everything is written with a capital, so that one tells nothing."""
    return sum(word.text[0].isupper() for word in words) * 2 > len(words)


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
    return re.sub(r"^(?:and|but|so)\b\s*|^[\s.,;:!-]+|[\s,;:-]+$", "", text, flags=re.IGNORECASE)


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


_SENTENCE_END = re.compile(r"(?<!mr)(?<!mrs)(?<!ms)(?<!dr)[.!?\n]\s")
_JOIN = re.compile(r"\s+|\s*[-–]\s*|\.\s?")
_LONGEST = 6  # words in a name: "king's lynn and west norfolk"
_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s{0,2}(\d[abd-hjlnp-uw-z]{2})\b", re.IGNORECASE)
_SECTOR = re.compile(r"\s(\d)(?![\w.,:]*\w)")
_ENDING = re.compile(r"\d(st|nd|rd|th|hr|yr|ft|lb|pt)", re.IGNORECASE)  # "b12 5th"

_ADJECTIVES = ("scottish", "welsh", "northern irish")

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
    # a gas, "me too", and sections of acts
    r"|co2|me2|s(?:17|20|21|42|47)"
)
# Seldom anything else at the end or the beginning, however it is written.
_PLAINLY_CODE = re.compile(r"[a-z]{2}\d{1,2}[a-z]?|[a-z]\d{2}[a-z]?")
_MEDICAL = re.compile(
    r"(?:injections?|jabs?|shots?|deficien|vitamins?|levels?|tablets?|supplement|motorway|forms?|"
    r"disc|vertebra|nerve|fracture|petrol|fuel|batter|paper|size|bus\b)"
)
_NUMBERED = re.compile(
    r"\b(?:vitamin|vit|the|a|an|form|forms|type|stage|step|level|band|tier|page|key|year|room|ward|"
    r"flat|unit|grade|bus|number|no|on|under|section|my|his|her|low|deficient|deficiency)"
    r"\s+(?:in\s+)?$"
)


_TAG_WORDS = re.compile(
    r"\b(?:in|on|near|nr|around|outside|within|across|throughout|from|at|close to|next to)\s+"
    r"(?:the\s+)?" + _DIRECTION + "$",
    re.IGNORECASE,
)
_HOME_WORDS = re.compile(
    r"(?:\b(?:i|we|im|i'm|i’m|we're|we’re)\s+(?:both\s+|also\s+)?)?"
    r"(?:\b(?:live|lives|living|am|are|is|based|located|just)\s+)+$|"
    r"\b(?:im|i'm|i’m|we're|we’re)\s+$",
    re.IGNORECASE,
)
# Names of local organisations: people ask for them by name.
_KEEPS = re.compile(
    r"^(?:carers)\s+$|\bCarers\s+$|(?i:\b(?:age uk|mind|mencap|healthwatch|citizens advice|"
    r"crossroads|nhs|public health|social security|police|student finance|care inspectorate)\s+$)"
)
_TAG_AREA = re.compile(r"\s+(?:council )?(?:area|borough)\b", re.IGNORECASE)
_JOINED = re.compile(r",?\s+(?:and|but|so)\b", re.IGNORECASE)
