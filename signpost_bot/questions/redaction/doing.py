"""What a word does: whether that which follows it is said of people, and hardly of anything else.

"Hope is four" and "Hope is lost" start alike; only the words behind the verb tell the girl from
the noun.
"""

from __future__ import annotations

from signpost_bot.questions.redaction.reading import Reading
from signpost_bot.questions.redaction.showing import (
    ADVERBS,
    ARTICLES,
    CARED,
    CLOSE_BY,
    DETERMINERS,
    DOING,
    FOLLOW,
    FUNCTION,
    HELD,
    HUMAN,
    HUMAN_BASE,
    ILL,
    KIN,
    NOT_OWNED,
    OCCUPATIONS,
    PETS,
    POSSESSORS,
    ROLES,
    UNDERGONE,
    WHERE_PEOPLE_LIE,
)

_FAR = 3  # words from "a" to "carer" in "is a very good carer"


def acts(reading: Reading, i: int) -> bool:
    """True where token i does, is or has what only people do, are and have."""
    verb = reading.after(i)
    if reading.gap(i + 1) in (", ", ",", " (", "(") and is_age(reading, i + 1):
        return True  # "Rose, 84, fell"
    if reading.tokens[i].possessive:
        return reading.low(i + 1) in HELD | KIN or _is_like_people(reading, i + 1)
    if verb in HUMAN or verb == "aged":
        return True
    if verb in ("is", "was", "isn't", "isnt", "wasn't", "s"):
        return _is_like_people(reading, i + 2)
    if verb in ("has", "had"):
        return _has_like_people(reading, i + 2)
    if verb == "the":
        return reading.low(i + 2) in ROLES | PETS  # "Faith the carer", "Ginger the cat"
    if verb == "from":
        return _comes_from(reading, i + 2)
    if verb in ("on", "at"):
        return reading.low(i + 2) in ("reception", "nights", "days", "duty", "shift", "work")
    return verb == "and" and reading.low(i + 2) in ("i", "me", "my", "his", "her")


def refuses(reading: Reading, i: int) -> bool:
    """ "rose wont eat", "joy can't walk": what only people do not do."""
    negative = reading.after(i) in ("wont", "won't", "cant", "can't", "doesnt", "doesn't", "cannot")
    then = reading.low(i + 2)
    if then in ADVERBS:
        then = reading.low(i + 3)
    return negative and then in HUMAN_BASE


def needs_care(reading: Reading, i: int) -> bool:
    """ "rose needs her tablets"."""
    then = reading.low(i + 2)
    cared = then in ("her", "his", "their", "help", "someone")
    return reading.after(i) in ("needs", "needed") and cared


def is_cared_for(reading: Reading, i: int) -> bool:
    """ "looking after carol", "carer for lily", "tell joy that"."""
    link = reading.before(i)
    cared = (reading.low(i - 2), link) in CARED or link in ("told", "asked", "visiting")
    return cared and (reading.closes(i) or reading.low(i + 1) in FOLLOW)


def is_in_small_letters_a_name(reading: Reading, i: int) -> bool:
    """What stands around it takes any word in small letters for a name: "told tmnit that"."""
    if reading.before(i) in DETERMINERS | ARTICLES | POSSESSORS:
        return False
    if reading.tokens[i].possessive:
        return reading.low(i + 1) in HELD | KIN
    verb = reading.after(i)
    kin = verb in ("is", "was") and _is_like_people(reading, i + 2)
    return verb in HUMAN or verb == "aged" or kin or is_cared_for(reading, i)


def _is_like_people(reading: Reading, j: int) -> bool:
    """What follows "X is": "my son", "autistic", "84", "a good carer", "in hospital"."""
    while reading.low(j) in ADVERBS and reading.touches(j + 1):
        j += 1
    low = reading.low(j)
    if low in ILL | UNDERGONE | DOING or is_age(reading, j):
        return True
    if low == "in":
        return any(reading.low(j + n) in WHERE_PEOPLE_LIE for n in (1, 2))
    if low in POSSESSORS | ARTICLES or low == "one":
        return any(_is_a_person(reading.low(j + n)) for n in range(1, _FAR + 1))
    return _is_a_person(low)


def _has_like_people(reading: Reading, j: int) -> bool:
    """What follows "X has": "dementia", "a seizure", "been in hospital"; not "gone", "to wait"."""
    while reading.low(j) in ("also", "now", "always", "only", "just", "still") or (
        reading.low(j) == "had" and reading.low(j - 1) == "has"
    ):
        j += 1
    low = reading.low(j)
    if low == "been":
        return _is_like_people(reading, j + 1)
    if low in ("a", "an", "no", "his", "her", "their", "two", "three", "got", "severe"):
        return True
    formed = low.endswith(("ed", "en"))
    noun = bool(low) and low not in FUNCTION and low not in NOT_OWNED and not formed
    return low in ILL or (noun and reading.touches(j))


def _is_a_person(low: str) -> bool:
    return low in KIN or low in ROLES or low in OCCUPATIONS


def _comes_from(reading: Reading, j: int) -> bool:
    """What follows "X from": "Crossroads", "the agency", "next door"."""
    if reading.low(j) == "the":
        j += 1
    return reading.at(j).capital or reading.low(j) in CLOSE_BY


def is_age(reading: Reading, i: int) -> bool:
    """The number of "June is 84 and", but not of "June is 3 weeks away"."""
    number = i < len(reading.tokens) and not reading.low(i) and not reading.tokens[i].named
    return number and (
        reading.closes(i) or reading.low(i + 1) in ("and", "with", "now", "but", "years", "today")
    )
