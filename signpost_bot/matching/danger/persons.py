"""Who speaks, and whom the words are about."""

import re
from typing import Literal

from signpost_bot.matching.danger.blocks import (
    CHILD,
    CHILD_WORDS,
    ELDER,
    ELDER_WORDS,
    KIN,
    KIN_WORDS,
    LITTLE,
    PAID,
    PARTNER,
    PARTNER_WORDS,
    compiled,
)

Person = Literal["speaker", "other", "partner", "elder", "kin", "child", "paid"]

_WHO: tuple[tuple[Person, str], ...] = (
    ("speaker", "i me us myself we"),
    ("other", "he she they him her them who someone somebody anyone man woman lodger landlord"),
    ("partner", PARTNER_WORDS),
    ("elder", ELDER_WORDS + " resident residents patient patients elder adult adults"),
    ("kin", KIN_WORDS),
    ("child", CHILD_WORDS),
    (
        "paid",
        "carer carers staff nurse nurses pa pas agency ward hospital worker workers cleaner "
        "manager driver escort teacher teachers coach tutor",
    ),
)
PERSONS: dict[str, Person] = {word: kind for kind, words in _WHO for word in words.split()}


def child_speaks(text: str) -> bool:
    """True where the one who writes is a child, by what they say of themselves or of home."""
    if not _SPEAKER.search(text) or _NOT_A_CHILD.search(text):
        return False
    if _CHILD_SPEAKING.search(text):
        return True
    return _FAMILY_HARM.search(text) is not None and not _GROWN_UP.search(text)


def says_child(text: str) -> bool:
    """True where a child speaks and says so, whatever else the text is about."""
    return _CHILD_SPEAKING.search(text) is not None and child_speaks(text)


def is_about_child(text: str) -> bool:
    """True where the one who is hurt is a child: by the word for it, or by age."""
    text = _BY_WHOM.sub(" ", text)
    if _CHILD_WORD.search(text):
        return True
    return bool(_OFFSPRING.search(text) or _CHILD_AGE.search(text)) and not _ADULT_AGE.search(text)


def is_about_someone(text: str) -> bool:
    return _SOMEONE.search(text) is not None


def is_about_people(clause: str) -> bool:
    return is_about_someone(clause) or _AMONG_PEOPLE.search(clause) is not None


def is_by_paid(text: str) -> bool:
    return _PAID_WORD.search(text) is not None


def partner_or_kin(clause: str) -> str:
    """The first word for somebody near, or nothing."""
    found = _NEAR.search(clause)
    return found.group() if found else ""


def whom_at_home(clause: str) -> str:
    """The speaker, unless the words are all about somebody else."""
    return "me" if _TOLD_OF_SELF.search(clause) or not _ABOUT_ANOTHER.search(clause) else ""


# --- a child who speaks -------------------------------------------------------------------------

_SPEAKER = compiled("i", "me", "my", "us")
_YOUNG = (
    "(?:[1-9]|1[0-7]|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen)"
)
_NOT_YEARS = "(?! ?(?:hours?|weeks?|months?|days?|minutes?|miles?|stone|times|percent|am|pm|st|kg))"
_CHILD_SPEAKING = compiled(
    rf"(?:i am|am|aged?) (?:only |just |a )?{_YOUNG}\b{_NOT_YEARS}",
    "i am a (?:child|kid)", "my teacher", "in year (?:[1-9]|1[0-3])", "mummy", "daddy",
    "my foster (?:mum|dad|carers?|parents|family)",
    "(?:my )?(?:mum|dad)s? (?:new )?(?:boyfriend|girlfriend)", "my step ?(?:dad|mum|father|mother)",
    "my (?:class|homework)", "after school(?= ,|$)",
)  # fmt: skip
_FAMILY_HARM = re.compile(
    r"\bmy (?:real )?(?:mum|dad|uncle|grandad|nan|parents)\b|\b(?:mum|dad) (?:[a-z]+ )*?me\b"
)
_NOT_A_CHILD = compiled(
    "my (?:husband|wife|kids|children|child|niece|nephew|grandson|granddaughter|ex|"
        "neighbours?|foster (?:child|son|daughter)|daughter|son|stepdaughter|stepson)",
    "i foster", "her", "his (?:dad|mum)", "next door",
)  # fmt: skip
_GROWN_UP = compiled(
    "dementia", "alzheimers", "parkinsons", "stroke", "bipolar", "cares? for", "caring", "carers?",
    "look(?:ing)? after", "wash(?:ing)?", "elderly", "my (?:job|work)", "pads?",
    "marr(?:y|ied|iage)", "wedding", r"(?:[2-9]\d|1[89]) ?(?:years?|yrs?|yo)?",
    "change (?:him|her)", "bath(?:ing)?", "bed ?bound", "care home", "adult", "grown up", "staff",
    "ward", "hospital", "home",
)  # fmt: skip

# --- a child who is spoken of -------------------------------------------------------------------

_CHILD_WORD = compiled(CHILD, LITTLE)
_BY_WHOM = compiled(f"by (?:my |her |his |their |the )?(?:own )?(?:{KIN}|{CHILD})")
_OFFSPRING = compiled("sons?", "daughters?", "stepson", "stepdaughter")
_CHILD_AGE = compiled(
    rf"(?:is|aged?|only|turned|was) {_YOUNG}\b{_NOT_YEARS}",
    rf"{_YOUNG} ?(?:year|yr|yo|yrs|years|month|months)(?: ?old)?\b(?! (?:ago|of))",
    "at (?:primary|nursery|school)", "school (?:taxi|bus|trip|transport|staff)", "nursery",
    "childminder", "(?:her|his) (?:stepdad|stepmum|teacher)",
)  # fmt: skip
_ADULT_AGE = compiled(
    r"(?:is|aged?|only|turned) (?:1[89]|[2-9]\d)\b",
    r"(?:1[89]|[2-9]\d) ?(?:year|yr|yo|yrs|years)(?: old)?", "adult", "grown up",
    "supported living", "care home", "nursing home", "in law", "resident(?:ial)?", "day centre",
    "learning disabilit(?:y|ies)", "flat", "his wife", "her husband", "her boyfriend",
    "her partner",
)  # fmt: skip

# --- grown-ups ----------------------------------------------------------------------------------

_PAID_WORD = compiled(PAID, "at the home", "respite")
_SOMEONE = compiled(
    ELDER, KIN, "staff", "carers?", "he", "she", "him", "her", "them", "resident", "man", "woman",
    CHILD,
)  # fmt: skip
_AMONG_PEOPLE = re.compile(rf"\b(?:i|me|my|us|we|they|{PARTNER})\b|abuse|violence|refuge|marriage")
_NEAR = compiled(PARTNER, ELDER, KIN)
_TOLD_OF_SELF = compiled("i", "me", "us", "my (?:partner|husband|wife|boyfriend|girlfriend)")
_ABOUT_ANOTHER = compiled(ELDER, KIN, CHILD)
