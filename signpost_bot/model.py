"""The words of our field as values: what a person asks, what we know, what we answer.

Everything here is frozen and does nothing but hold, so any room may use it and any test can
build it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Nation = Literal["england", "scotland", "wales", "northern-ireland"]
Status = Literal["open", "closed", "renamed", "merged", "unknown"]
Danger = Literal[
    "suicide", "domestic-abuse", "adult-safeguarding", "child-protection", "emergency"
]
Verdict = Literal["answer", "choose", "unanswered"]
Outcome = Literal["answer", "choose", "where", "urgent", "unanswered", "smalltalk", "jargon"]
Reason = Literal["wrong-place", "not-what-i-meant", "hard-to-read", "out-of-date", "link-broken"]

NATIONS: dict[Nation, str] = {
    "england": "England",
    "scotland": "Scotland",
    "wales": "Wales",
    "northern-ireland": "Northern Ireland",
}


# --- what we know -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Successor:
    """Where people go now, when it is no entry of ours."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Service:
    """One door a person can knock on: a helpline, an office, a web page, a benefit."""

    id: str
    name: str
    organisation: str
    what: str
    who_for: str
    nations: tuple[Nation, ...]
    topics: tuple[str, ...]  # ids, most important first
    asks: tuple[str, ...]  # in people's words, each within the first topic
    url: str | None = None
    phone: str | None = None  # as people print it: "0808 808 7777"
    textphone: str | None = None
    sms: str | None = None
    email: str | None = None
    webchat: str | None = None
    address: str | None = None
    non_digital: str | None = None  # how to reach it without a computer
    hours: str | None = None
    cost: str | None = None
    not_for: str | None = None
    areas: tuple[str, ...] = ()  # ids of councils or regions; empty: the nations as a whole
    also: tuple[str, ...] = ()  # other names, old names, acronyms
    status: Status = "open"
    successor: tuple[str | Successor, ...] = ()  # ids of entries, or a name with its address
    no_successor: str | None = None  # the reason why nothing took its place
    alert: str | None = None
    sources: tuple[str, ...] = ()
    seen: str | None = None  # "2026" or "2026-10": what the evidence speaks for
    checked: date | None = None  # the day a maintainer confirmed it
    curator_note: str | None = None  # never shown

    @property
    def is_open(self) -> bool:
        return self.status == "open"


@dataclass(frozen=True, slots=True)
class Topic:
    """One need that people bring, with the ways they put it."""

    id: str
    group: str
    title: str  # at most 30 characters: it stands on buttons
    covers: str
    asks: tuple[str, ...]
    confused_with: tuple[str, ...] = ()  # ids
    sensitive: bool = False  # nobody should read it under their name in a group
    none_in: str | None = None  # why some nation has no open service for it


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the care system and what it means. One acronym may stand in several."""

    id: str
    term: str
    plain: str
    topics: tuple[str, ...]
    also: tuple[str, ...] = ()
    everyday: bool = False  # known to most people: needs no explaining


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """What people say that is no question, and our short answer to it."""

    id: str
    says: tuple[str, ...]
    reply: str


@dataclass(frozen=True, slots=True)
class Area:
    """A council with social care duties."""

    id: str
    name: str
    nation: Nation
    region: str  # id: "london", "north-west", "scotland"
    url: str  # its page on GOV.UK, where anyone finds its own site


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person is, as far as their words tell.

    ``areas`` are the councils it may lie in, the likeliest first; empty for a whole nation.
    """

    name: str
    nation: Nation
    areas: tuple[str, ...] = ()


# --- what a person asks -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody typed, and what we may know of where and how."""

    text: str
    place: Place | None = None
    topic: str | None = None  # chosen from the needs we offered
    wants_phone: bool = False
    channel: str = "terminal"
    community: str | None = None
    page: int = 0  # how many times three services were shown for it before
    pack: str | None = None  # of the packs over the national one, this one's services; None: all


# --- what matching makes of it ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """One example that spoke for a label, and how alike it is, 0 to 1."""

    text: str
    likeness: float
    shared: tuple[str, ...] = ()  # words that both have


@dataclass(frozen=True, slots=True)
class Match:
    """One label (a topic's id) that fits one question."""

    label: str
    score: float  # 0 (nothing alike) to 1 (as sure as we get)
    because: tuple[Evidence, ...] = ()  # best first; only filled when asked why


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with a question: answer, let the person choose, or own up."""

    outcome: Verdict
    matches: tuple[Match, ...]  # best first, at most five
    needs: tuple[str, ...] = ()  # the labels to answer or to offer, best first
    confidence: float = 0.0  # how surely it is one of ours: the higher the surer; below 0 it is not


@dataclass(frozen=True, slots=True)
class Alarm:
    """The danger that a text speaks of."""

    kind: Danger
    strength: Literal["now", "worried"]  # "now": life, limb or a child may be hurt within hours
    by_child: bool = False  # a child is speaking


# --- what we answer ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signpost:
    """One service as a person reads it."""

    service: str  # id
    name: str
    what: str
    ways: tuple[tuple[str, str], ...]  # ("Phone", "0808 808 7777"), the best way first
    url: str | None
    phone: str | None
    hours: str | None
    cost: str | None
    freshness: str
    notes: tuple[str, ...] = ()  # alert, who it is not for


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few plain sentences. ``tone`` lets a channel set danger apart."""

    text: str
    tone: Literal["plain", "urgent", "heading"] = "plain"


@dataclass(frozen=True, slots=True)
class Choice:
    """One button: what it says, and the question it stands for."""

    title: str
    question: str  # asked when the button is pressed
    topic: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person reads, free of any channel's markup."""

    parts: tuple[Paragraph | Signpost, ...]
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """All that one question led to."""

    outcome: Outcome
    reply: Reply
    urgent: Danger | None = None
    topics: tuple[Match, ...] = ()
    services: tuple[Service, ...] = ()
    place: Place | None = None
    nobody_there: bool = False  # we know the need, and no service for it where they are


# --- what is kept -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A service that somebody wants us to know. Every field is a public contact detail."""

    name: str
    what: str | None = None
    phone: str | None = None
    url: str | None = None
    email: str | None = None
    where: str | None = None  # whom it is for: a town, a council, a nation


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a maintainer: words, and nothing about whose they are."""

    id: str  # random
    kind: Literal["unanswered", "unhelpful", "suggestion"]
    text: str  # personal details taken out
    day: date
    channel: str
    community: str | None = None
    place: str | None = None  # as people call it; of a postcode only the first half
    area: str | None = None  # id of the council, where that is clear
    reason: Reason | None = None  # why an answer did not help
    services: tuple[str, ...] = ()  # ids of what was shown
    topics: tuple[tuple[str, float], ...] = ()  # our guesses: id and score, best first
    suggestion: Suggestion | None = None
    vector: bytes | None = None  # what the text means: 384 numbers of 16 bits


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something came up on one day. What is counted together cannot be told apart."""

    day: date
    about: Literal["outcome", "topic", "service", "area", "danger", "helped"]
    name: str
    channel: str = ""  # empty for danger, which is counted by kind and day alone
    community: str = ""
    number: int = 1
