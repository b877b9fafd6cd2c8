"""Hearing danger in what somebody typed, before anything else is looked at.

Nothing but the standard library is used, so this works when all the rest is broken. A text is
made plain (one spelling, no apostrophes), cut into clauses, and each clause is held against
patterns built from small blocks: who does what to whom. Words that only sound like danger (a
film, a course, a figure of speech, something denied or long over) silence the clause they
stand in.

    plain      one spelling for all the ways to write a word
    blocks     words for persons and things, and how patterns are built from them
    innocent   what only sounds like danger
    persons    who speaks, and whom the words are about
    emergency  life or limb, now
    suicide    ending a life, harming oneself
    harm       one person hurting another, and whose case that is
      deeds    who does what to whom, verb by verb
      home     fear, control and violence at home
      care     neglect, rough hands and theft, by those who should look after someone
      children what is harm because it happens to a child
"""

import re
from collections.abc import Iterator
from typing import Literal

from signpost_bot.matching.danger.blocks import compiled
from signpost_bot.matching.danger.emergency import is_emergency
from signpost_bot.matching.danger.harm import harms
from signpost_bot.matching.danger.innocent import is_on_screen, without_idioms
from signpost_bot.matching.danger.persons import child_speaks
from signpost_bot.matching.danger.plain import make_plain
from signpost_bot.matching.danger.suicide import is_suicide
from signpost_bot.model import Alarm, Danger

__all__ = ["find_danger", "is_only_told"]

# Where several fit, the first of these is answered.
_FIRST: tuple[Danger, ...] = (
    "emergency",
    "suicide",
    "child-protection",
    "domestic-abuse",
    "adult-safeguarding",
)
_CLAUSE_END = re.compile(r"[.!?;]+| but | however | although ")


def find_danger(text: str) -> Alarm | None:
    """The gravest danger in a text, or None. Takes any text, and never raises."""
    plain = make_plain(text)
    clauses = dict.fromkeys(c.strip() for c in _CLAUSE_END.split(plain) if c.strip())
    kinds = {kind for clause in clauses for kind in _dangers(clause, plain)}
    for kind in _FIRST:
        if kind in kinds:
            by_child = kind != "emergency" and child_speaks(plain)
            return Alarm(kind, _strength(kind, plain), by_child)
    return None


def is_only_told(text: str) -> bool:
    """Whether all of a text is about what happens in a film, a book or the news."""
    return is_on_screen(make_plain(text))


def _dangers(clause: str, text: str) -> Iterator[Danger]:
    """Every kind of danger in one clause; the whole text tells who is meant."""
    clause = without_idioms(clause)
    if is_on_screen(clause):
        return
    if is_emergency(clause):
        yield "emergency"
    if is_suicide(clause):
        yield "suicide"
    yield from harms(clause, text)


def _strength(kind: Danger, text: str) -> Literal["now", "worried"]:
    return "now" if kind == "emergency" or _NOW.search(text) else "worried"


_NOW = compiled(
    "now", "tonight", "today", "this (?:morning|evening|afternoon|minute)", "just", "at the moment",
    "still", "currently", "again", "about to", "immediately", "help me", "urgent(?:ly)?",
    "minutes?", "hours", "going to do it", "(?:a|my) plan", "written", "letters", "note", "knife",
    "gun", "strangl[a-z]+", "throat", "rap(?:e|ed|es|ing)", "will kill", "going to kill",
    "saving up", "stockpil[a-z]+", "pillow",
)  # fmt: skip
