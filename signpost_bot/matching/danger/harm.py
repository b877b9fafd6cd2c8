"""One person hurting another, and whose case that is: the child's, the partner's, the adult's."""

import re
from collections.abc import Iterator

from signpost_bot.matching.danger.blocks import PARTNER, compiled
from signpost_bot.matching.danger.care import fears_own_hands, is_bad_care, is_theft
from signpost_bot.matching.danger.children import is_child_alone, is_child_hurt
from signpost_bot.matching.danger.deeds import GRAVE, ROUGH, Deed, deeds, in_plain_words
from signpost_bot.matching.danger.home import is_abuse_at_home
from signpost_bot.matching.danger.innocent import ABOUT, JOKING, LONG_OVER
from signpost_bot.matching.danger.persons import (
    PERSONS,
    child_speaks,
    is_about_child,
    is_by_paid,
    partner_or_kin,
    says_child,
    whom_at_home,
)
from signpost_bot.model import Danger


def harms(clause: str, text: str) -> Iterator[Danger]:
    """One person hurting another, as the kind of danger that it is."""
    if ABOUT.search(clause) and not _OF_ME.search(clause):
        return
    if LONG_OVER.search(clause) and not _STILL.search(clause):
        return
    clause = in_plain_words(clause)
    for deed in dict.fromkeys(deeds(clause)):
        if _hurts(deed, clause, text):
            yield _kind_of(deed, text)
    if not JOKING.search(text):
        if is_abuse_at_home(clause):
            yield _kind_of(Deed("", partner_or_kin(clause), whom_at_home(clause)), text)
        if fears_own_hands(clause):
            yield "child-protection" if is_about_child(text) else "adult-safeguarding"
    if is_bad_care(clause, text):
        yield _kind_of(Deed("neglect", "staff" if is_by_paid(text) else "", ""), text)
    if is_theft(clause):
        yield "adult-safeguarding"
    if is_child_hurt(clause):
        young = is_about_child(text) or child_speaks(text) or "child" in clause or "paed" in clause
        yield "child-protection" if young else "adult-safeguarding"
    if child_speaks(text) and is_child_alone(clause):
        yield "child-protection"


_OF_ME = compiled("me", "my")
_STILL = compiled(
    "still", "again", "now", "today", "keeps?", "every day", "lives? with", "moved back"
)

# --- whether a deed hurts -----------------------------------------------------------------------


def _hurts(deed: Deed, clause: str, text: str) -> bool:
    """Whether the deed hurts a person, as far as the words around it tell."""
    who, whom = PERSONS.get(deed.who), PERSONS.get(deed.whom)
    if deed.act == "shouts" and who == "paid":
        return "deaf" not in text
    if whom is None and not (deed.who and _SUFFERED.search(clause) and "by" in clause):
        return False
    if JOKING.search(text) and deed.act not in ("hits", "hit"):
        return False
    if _NO_DEED.search(clause) and "home" not in clause:
        return False
    if re.search(_I_COULD + deed.act, clause):
        return False
    if deed.who == "it" or (who == "speaker" and whom == "speaker"):
        return False
    if deed.act in GRAVE:
        return _is_grave(deed, clause, text)
    if deed.act in ROUGH:
        return _is_rough(deed, clause)
    if deed.who == "i" and deed.act.startswith(_NOT_OF_ONESELF):
        return False
    return not (deed.who == "they" and deed.whom == "them")


def _is_rough(deed: Deed, clause: str) -> bool:
    """Pushing, grabbing or hurting: harm where a person stands on both sides of the verb."""
    if deed.whom not in PERSONS or re.search(f"{deed.act} {_HARMLESS}", clause):
        return False
    if deed.act == "hurt" and _GOT_HURT.search(clause) and "by" not in clause:
        return False
    return deed.who in PERSONS or clause.split()[0] == deed.act


def _is_grave(deed: Deed, clause: str, text: str) -> bool:
    """Shouting, locking or neglect: harm from a paid worker, or where somebody is afraid."""
    if deed.act.startswith("kill"):
        return _MEANS_IT.search(clause) is not None and deed.whom in ("me", "us")
    if deed.act.startswith(("neglect", "starv")):
        return deed.who != "i" or deed.whom == "me"
    if deed.act.startswith(_LOCKING):
        return deed.who != "i" and not _FOR_SAFETY.search(clause)
    by_paid = PERSONS.get(deed.who) == "paid" or _PAID_HERE.search(clause)
    at_child = deed.whom == "me" and child_speaks(text)
    return (
        deed.who != "i" and bool(by_paid or at_child or _AFRAID.search(text)) and "deaf" not in text
    )


_SUFFERED = compiled("being", "been", "gets?", "is", "was", "are", "were")
_NO_DEED = compiled(  # accidents, animals, illness
    "accident", "accidentally", "by mistake", "hoisting", "lifting", "dog", "cat", "car", "van",
    "bus", "lorry", "train", "kicked out", "virus", "bug", "infection", "cold",
    "eviction", "wheelchair", "swing", "needles?", "bullied at school",
)  # fmt: skip
_I_COULD = r"\bi (?:could|can) (?:honestly |just |happily |cheerfully )?"
_NOT_OF_ONESELF = ("bull", "harass", "attack", "exploit")
_HARMLESS = (
    r"\b(?:me|him|her|us|them) (?:to|into|around in|round|for|up the|in (?:a|his|her|the)|"
    r"feelings|when i (?:lift|bend|walk)|out (?:in|for))\b"
)
_GOT_HURT = compiled("i (?:got|am|was|get) hurt")
_MEANS_IT = re.compile(r"going to|will|threat|wants? to|trying|tried|said")
_LOCKING = ("lock", "shut", "strap", "tie", "tying", "restrain", "drug", "dope")
_FOR_SAFETY = compiled(
    "out", "safe", "safely", "safety", "keys?", "wander[a-z]*", "allowed", "legal", "seat ?belt",
    "herself", "himself", "doors?", "accounts?", "keep them", "up (?:so|out)",
)  # fmt: skip
_PAID_HERE = compiled("staff", "carers?")
_AFRAID = re.compile(r"scared|afraid|frighten|all the time|every day|constantly")

# --- whose case it is ---------------------------------------------------------------------------


def _kind_of(deed: Deed, text: str) -> Danger:
    """Whose case a deed is: the child's, the partner's, or the grown-up's who is cared for."""
    who, whom = PERSONS.get(deed.who), PERSONS.get(deed.whom)
    if says_child(text):
        return "child-protection"
    if whom == "speaker":
        if child_speaks(text):
            return "child-protection"
        if who == "paid" and not _I_AM_CARER.search(text):
            return "adult-safeguarding"
        return "child-protection" if _CHILD_AFRAID.search(text) else "domestic-abuse"
    if whom == "child" or (whom not in ("elder", "partner") and _is_of_child(deed, text)):
        return "child-protection"
    if who in ("paid", "speaker") or is_by_paid(text) or (whom == "elder" and who != "partner"):
        return "adult-safeguarding"
    return "domestic-abuse" if _OF_A_COUPLE.search(text) else "adult-safeguarding"


def _is_of_child(deed: Deed, text: str) -> bool:
    """True where a child is meant when the one who does it is left out of the text."""
    if PERSONS.get(deed.who) not in (None, "other", "speaker"):
        text = re.sub(rf"\b{deed.who}\b", " ", text)
    return is_about_child(text)


_I_AM_CARER = compiled("i am (?:a|his|her|the) carer")
_CHILD_AFRAID = re.compile(
    r"\b(?:niece|nephew|grandson|granddaughter|child)\b.* (?:is|she|he) "
    ".*(?:frightened|scared|afraid)"
)
_OF_A_COUPLE = compiled(PARTNER, "daughter in law", "my (?:sister|daughter|friend|mate)")
