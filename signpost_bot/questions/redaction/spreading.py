"""From one name to those beside it: surnames, initials, lists, the same name again."""

from __future__ import annotations

import re

from signpost_bot.questions.redaction.reading import Reading
from signpost_bot.questions.redaction.showing import (
    FOLLOW,
    KIN_TITLES,
    LOCATIVE,
    MODAL,
    ORGANISATIONS,
    PARTICLES,
    PEOPLE,
    TITLES,
)


def spread(reading: Reading) -> None:
    """Surnames, initials, lists, and the same name again: one name shows others."""
    _again(reading)
    for i in range(len(reading.tokens)):
        if reading.tokens[i].named:
            _surname(reading, i)
            _listed(reading, i, 1)
    for i in range(len(reading.tokens) - 1, -1, -1):
        if reading.tokens[i].named:
            _forename(reading, i)
            _listed(reading, i, -1)


def _again(reading: Reading) -> None:
    """ "My son Xochitl fell. Xochitl cries": shown once, known in the whole message."""
    shown = {(token.low, token.capital) for token in reading.tokens if token.named and token.low}
    for i, token in enumerate(reading.tokens):
        if token.is_open and (token.low, token.capital) in shown and len(token.low) > 1:
            strange = token.kind in ("new", "name")
            placed = token.low in reading.lexicon.places and reading.before(i) in LOCATIVE
            token.named = not placed and (strange or token.capital)


def _surname(reading: Reading, i: int) -> None:
    """ "Agnieszka Kowalska", "Ana de Souza", "Tom B."."""
    if reading.tokens[i].possessive:
        return
    j = i + 1
    while reading.touches(j) and (reading.low(j) in PARTICLES or reading.is_initial(j)):
        j += 1
    if reading.touches(j) and (reading.at(j).named or _is_surname(reading, i, j)):
        last = j
    else:
        last = j - 1 if reading.is_initial(j - 1) else i
    for k in range(i + 1, last + 1):
        reading.tokens[k].named = True


def _is_surname(reading: Reading, i: int, j: int) -> bool:
    first, token, lexicon = reading.tokens[i], reading.tokens[j], reading.lexicon
    if not token.is_open:
        return False
    of = 1 if reading.after(j) == "of" else 0
    if reading.at(j + 1 + of).is_detail and token.kind != "word":
        return not reading.is_slip(j)  # "rita ollerenshaw of [address]"
    if not token.capital:
        family = token.kind == "name" and (not first.capital or token.low in lexicon.last)
        if token.kind == "word" and token.low not in FOLLOW | MODAL | ORGANISATIONS:
            goes_on = reading.goes_on_as_after_a_person(j)
            family = lexicon.is_name(token.low) and not first.capital
            return family and goes_on  # "john brown has"
        return family and not reading.is_misspelt(token.low)
    after = reading.at(j + 1)
    heading = reading.touches(j + 1) and after.capital and after.low in ORGANISATIONS
    return token.kind in ("name", "either", "new") or (lexicon.is_name(token.low) and not heading)


def _forename(reading: Reading, i: int) -> None:
    """ "J. Smith", "Rose Adeyemi"."""
    token, named = reading.at(i - 1), reading.tokens[i]
    if not reading.touches(i) or token.named or token.safe or token.possessive:
        return
    if reading.is_initial(i - 1):
        token.named = reading.low(i - 2) not in ("vitamin", "band", "plan", "hepatitis", "group")
    elif token.capital and token.is_open and token.low not in TITLES | KIN_TITLES:
        if token.kind == "either":
            whole = named.capital or not named.low
            token.named = whole and (token.low not in MODAL or not token.starts)
        elif token.kind == "new":
            token.named = not reading.is_misspelt(token.low)
        else:
            name = reading.lexicon.is_name(token.low) and token.kind != "place"
            token.named = name and (token.kind == "name" or not token.starts)


def _listed(reading: Reading, i: int, step: int) -> None:
    """ "Tom, Priya and Ngozi": from a name over a comma or an "and" to the next."""
    j = i + step
    if reading.low(j) in ("and", "or", "n") and reading.touches(max(i, j)):
        j += step
    gap = reading.gap(max(j, j - step)) if 0 <= j < len(reading.tokens) else ""
    joined = re.fullmatch(r",? {1,2}", gap) if abs(j - i) == 2 else re.fullmatch(_JOINT, gap)
    token, first = reading.at(j), reading.tokens[i]
    if joined and token.is_open and not first.possessive and token.low not in TITLES:
        token.named = _fits_list(reading, j, token.capital or not first.capital)


_JOINT = re.compile(r", ?| ?[&/+] ?")


def _fits_list(reading: Reading, j: int, alike: bool) -> bool:
    token, lexicon = reading.tokens[j], reading.lexicon
    if token.kind == "new":
        return token.capital and not token.branded and not reading.is_slip(j)
    if token.kind == "name":
        small = lexicon.is_first(token.low) and not reading.is_misspelt(token.low)
        return token.capital or (alike and small)
    if token.kind == "either":
        return token.capital or (alike and token.low in PEOPLE)
    inside = token.capital and not token.starts and lexicon.is_first(token.low)
    placed = reading.low(j - 1) in LOCATIVE
    return inside and not placed and reading.goes_on_as_after_a_person(j)
