"""Who introduces a name: a title, a relative, "called".

Every rule looks at one word and yields the places of the words that it shows to be names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from signpost_bot.questions.redaction.reading import Reading
from signpost_bot.questions.redaction.showing import (
    ADJECTIVES,
    AFTER_CALLED,
    BARE_ROLES,
    FAMILY_TITLES,
    FOLLOW,
    KIN,
    KIN_TITLES,
    LEARNED_TITLES,
    MODAL,
    NEVER,
    NOT_CALLED,
    ORGANISATIONS,
    PARTICLES,
    PEOPLE,
    POSSESSORS,
    ROLES,
    TITLES,
)


def introduced(reading: Reading, i: int) -> Iterator[int]:
    """The words that token i, with what stands around it, shows to be names."""
    token = reading.tokens[i]
    if not token.low:
        return
    if token.low in TITLES | KIN_TITLES and not token.possessive:
        yield from _after_title(reading, i)
    if token.low in KIN | ROLES and not token.possessive:
        yield from _after_kin(reading, i)
    if token.low in _NAMING | _CALLING:
        yield from _after_called(reading, i)
    if token.is_open and _is_set_beside_kin(reading, i):
        yield i


# --- titles -----------------------------------------------------------------------------


def _after_title(reading: Reading, i: int) -> Iterator[int]:
    """ "Mr J. Smith", "dr okafor", "auntie pat"."""
    j = i + 1
    while reading.touches(j) and (reading.is_initial(j) or reading.low(j) in _LONE_LETTERS):
        j += 1
    family = reading.tokens[i].low in KIN_TITLES
    if reading.tokens[i].low in ("mr", "mrs", "ms", "miss", "dr"):
        yield from range(i + 1, j)  # "Mrs B"
    while reading.touches(j) and reading.low(j) in PARTICLES and reading.touches(j + 1):
        j += 1
    named = reading.at(j)
    if not reading.touches(j) or named.low in NEVER or not named.low:
        return
    if _fits_family_title(reading, i, j) if family else _fits_title(reading, i, j):
        yield from range(i + 1, j + 1)


_LONE_LETTERS = frozenset("bcdefghjklmnopqrstuvwyz")


def _fits_family_title(reading: Reading, i: int, j: int) -> bool:
    title, token, lexicon = reading.tokens[i], reading.tokens[j], reading.lexicon
    if token.safe:
        return False
    if token.kind == "name":
        return True
    if token.kind == "either":
        auntie = title.low in FAMILY_TITLES and token.low not in ("will", "may")
        if token.capital or auntie or token.low in PEOPLE:
            return True
        if token.low in MODAL:
            return reading.surely_goes_on_so(j)
        return reading.goes_on_as_after_a_person(j)
    if token.capital:
        strange = token.kind == "new" and not reading.is_slip(j)
        return strange or (lexicon.is_name(token.low) and title.low != "nurse")
    strange = token.kind == "new" and not reading.is_slip(j)
    return strange and title.low in FAMILY_TITLES and reading.goes_on_as_after_a_person(j)


def _fits_title(reading: Reading, i: int, j: int) -> bool:
    title, token, lexicon = reading.tokens[i], reading.tokens[j], reading.lexicon
    if token.capital or token.shouted:
        return token.low not in ORGANISATIONS and not token.safe
    if title.low not in LEARNED_TITLES:
        surname = token.kind != "word" or lexicon.is_name(token.low)
        return surname and token.low not in MODAL | FOLLOW
    if len(token.low) < 3:
        return False
    if token.kind == "new":
        return not reading.is_slip(j)  # "miss hims", "dr appontment"
    if token.kind == "word":
        surname = lexicon.is_name(token.low) and not lexicon.is_first(token.low)
        ended = reading.closes(j) or reading.goes_on_as_after_a_person(j)
        missed = title.low == "miss" and reading.before(i) in NEVER  # "i miss long walks"
        return surname and ended and (title.low in ("dr", "prof", "miss") and not missed)
    return token.low not in MODAL


# --- relatives and those who help -------------------------------------------------------


def _after_kin(reading: Reading, i: int) -> Iterator[int]:
    """ "my son Alfie", "my wife sue has", "mum (Margaret)", "his carer, Blessing,"."""
    token = reading.tokens[i]
    j = i + 1
    while reading.low(j) in ADJECTIVES and reading.touches(j) and reading.touches(j + 1):
        j += 1
    owned = reading.is_owned(i)
    if not reading.touches(j):
        if reading.at(j).is_open and _SET_OFF.fullmatch(reading.gap(j)) and _is_set_off(reading, j):
            yield j
        return
    if token.low in ("dog", "cat") and reading.at(j).is_open and reading.tokens[j].capital:
        yield j  # any word may be a pet's name
        return
    bare = any(reading.low(i - n) in BARE_ROLES for n in (1, 2))
    if token.low in ROLES - KIN and not owned and not bare:
        return
    if owned and reading.low(j) in ("is", "was") and reading.touches(j + 1):
        if _is_what_kin_is_called(reading, j + 1):
            yield j + 1
    elif reading.at(j).is_open and _fits_kin(reading, j, owned):
        yield j


_SET_OFF = re.compile(r"\s?[(,:\"'-]\s?[\"'(]?|\s-\s")


def _fits_kin(reading: Reading, j: int, owned: bool) -> bool:
    token, lexicon = reading.tokens[j], reading.lexicon
    if reading.is_initial(j):
        return owned  # "my son J"
    if token.kind == "name":
        plain = lexicon.is_first(token.low) and not reading.is_misspelt(token.low)
        return token.capital or token.shouted or plain
    if not token.capital:
        return owned and _fits_kin_in_small_letters(reading, j)
    if token.low in MODAL:
        return reading.surely_goes_on_so(j)
    if token.kind == "new":
        return not reading.is_slip(j)
    after = reading.at(j + 1)
    heading = reading.touches(j + 1) and after.capital and not lexicon.is_name(after.low)
    return lexicon.is_first(token.low) and (not heading or token.kind == "either")


def _fits_kin_in_small_letters(reading: Reading, j: int) -> bool:
    token, lexicon = reading.tokens[j], reading.lexicon
    if token.kind == "new":
        strange = (len(token.low) > 2 or not token.low.isascii()) and not reading.is_slip(j)
        verb = token.low.endswith(("s", "ed", "ing", "in"))  # "my da skelps me"
        sure = len(token.low) > 4 and not verb
        return strange and (sure or reading.goes_on_as_after_a_person(j))
    if token.kind == "word" or not lexicon.is_first(token.low):
        return False
    if token.low in MODAL:
        return reading.surely_goes_on_so(j)
    return token.low in PEOPLE or reading.goes_on_as_after_a_person(j)


def _is_what_kin_is_called(reading: Reading, j: int) -> bool:
    """ "my carer is Ngozi"."""
    token = reading.tokens[j]
    after = reading.at(j + 1)
    surname = reading.touches(j + 1) and after.capital and after.is_open
    ended = surname or reading.closes(j) or reading.goes_on_as_after_a_person(j)
    strange = token.kind in ("new", "either") and not reading.is_slip(j)
    return token.is_open and token.capital and strange and ended


def _is_set_off(reading: Reading, j: int) -> bool:
    """ "mum (Margaret)", "my husband, Bill, has"."""
    token, after, lexicon = reading.tokens[j], reading.at(j + 1), reading.lexicon
    bracket = "(" in reading.gap(j)
    gap = reading.gap(j + 1)
    noted = ":" in reading.gap(j)  # "Carer: Blessing"
    closed = reading.closes(j) and (
        noted or gap[:1] in (",", ")", "-", ";", '"', "'") or gap[:2] == " -"
    )
    surname = reading.touches(j + 1) and after.capital and lexicon.is_name(after.low)
    if not (closed or surname or bracket):
        return False
    if token.kind == "new":
        strange = token.capital or (bracket and reading.closes(j) and len(token.low) > 2)
        return strange and not reading.is_slip(j)
    if token.kind in ("name", "either"):
        small = bracket and lexicon.is_first(token.low) and token.low not in MODAL
        return token.capital or small or token.low in PEOPLE
    return token.capital and lexicon.is_first(token.low) and (bracket or surname)


def _is_set_beside_kin(reading: Reading, i: int) -> bool:
    """ "Rose, my mum, keeps falling", "Carol (my sister)"."""
    token = reading.tokens[i]
    if token.kind == "word" or reading.low(i + 1) not in POSSESSORS:
        return False
    if not token.capital and token.low not in PEOPLE:
        return False
    if not re.fullmatch(r",? ?\(?| - ", reading.gap(i + 1)) or reading.is_slip(i):
        return False
    if token.kind == "place" and not reading.lexicon.is_first(token.low):
        return False
    near = reading.low(i + 2) in KIN | ROLES
    later = token.kind != "new" and reading.low(i + 3) in KIN | ROLES
    set_off = bool(reading.gap(i + 1).strip()) or token.kind in ("name", "either")
    return (near or later) and set_off


# --- "called", "name is" ----------------------------------------------------------------

_NAMING = frozenset("name names surname forename nickname".split())
_CALLING = frozenset("called named christened nicknamed call calls".split())


def _after_called(reading: Reading, i: int) -> Iterator[int]:
    """ "his name is kofi mensah", "called Tmnit", "name: Jean"."""
    naming = reading.low(i) in _NAMING
    j = _past_is(reading, i) if naming else _past_him(reading, i)
    if j is None:
        return
    begun = 0
    while begun < 4 and reading.at(j).is_open and (not begun or reading.touches(j)):
        token = reading.tokens[j]
        if token.low in AFTER_CALLED or (begun and token.low in TITLES | KIN_TITLES):
            return
        if token.low not in TITLES | KIN_TITLES | ADJECTIVES:
            if not (_fits_surname(reading, j) if begun else _fits_called(reading, j, naming)):
                return
            yield j
            begun += 1
        j += 1


def _past_is(reading: Reading, i: int) -> int | None:
    """Past the "is" of "her name is"; None where the name is a thing's."""
    if reading.low(i + 1) == "of" or reading.low(i - 1) in ("the", "of", "any", "service"):
        return None
    j = i + 1
    while reading.low(j) in ("is", "was", "are", "s", "being"):
        j += 1
    said = reading.at(i).possessive or reading.low(i) == "names"
    shown = re.match(r"\s?[:=-]", reading.gap(j)) or (reading.touches(j) and reading.at(j).capital)
    return j if j > i + 1 or said or shown else None


def _past_him(reading: Reading, i: int) -> int | None:
    """Past the "him" of "we call him"; None where something is called so."""
    if {reading.low(i - n) for n in (1, 2, 3)} & NOT_CALLED:
        return None
    j = i + 1
    while reading.low(j) in ("him", "her", "me", "them", "myself", "himself", "herself"):
        j += 1
    return None if reading.low(i) in ("call", "calls") and j == i + 1 else j


def _fits_called(reading: Reading, j: int, naming: bool) -> bool:
    token, lexicon = reading.tokens[j], reading.lexicon
    if token.kind == "name":
        return token.capital or token.shouted or naming or lexicon.is_first(token.low)
    if token.kind == "new":
        slip = not token.capital and reading.is_misspelt(token.low)
        return len(token.low) > 1 and not token.shouted and not slip
    if token.capital or naming:
        after = reading.at(j + 1)
        heading = reading.touches(j + 1) and after.capital and not lexicon.is_name(after.low)
        return lexicon.is_first(token.low) and not heading
    return token.kind == "either" and reading.goes_on_as_after_a_person(j)


def _fits_surname(reading: Reading, j: int) -> bool:
    token, lexicon = reading.tokens[j], reading.lexicon
    if token.kind == "name" or (token.capital and token.kind == "new"):
        return True
    if token.capital:
        return lexicon.is_name(token.low)
    ended = reading.closes(j) or reading.goes_on_as_after_a_person(j)
    return lexicon.is_name(token.low) and token.low not in FOLLOW | MODAL and ended
