"""Everything that can be wrong in the knowledge, found in one go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import phonenumbers

from signpost_bot.knowledge.entries import to_value
from signpost_bot.knowledge.loading import Knowledge, try_knowledge
from signpost_bot.knowledge.packs import Entry, Layers, Problem, shown
from signpost_bot.knowledge.plain import plain_faults
from signpost_bot.model import NATIONS, Service, Successor, Term

if TYPE_CHECKING:
    from signpost_bot.matching.matcher import Matcher

# Read by people, so in plain language. Names, hours and addresses are what they are.
_READ = {
    "service": ("what", "who_for", "not_for", "alert", "non_digital", "cost", "no_successor"),
    "topic": ("covers", "none_in"),
    "term": ("plain",),
    "smalltalk": ("reply",),
}

# Sites that people can only reach without encryption. Closed services keep the address they had.
_HTTP_ALLOWED = frozenset({"www.bwdcarers.org.uk"})

# Numbers that are dialled as they are: emergency and other short codes, and text numbers.
_SHORT_CODE = re.compile(r"999|112|101|105|111|119|159|116 ?000|116 ?123|116 ?111|18000|18001")
_TEXT_CODE = re.compile(r"7726|[1-9]\d{4}", re.ASCII)
_NUMBER = re.compile(r"\+?\d[\d ()-]{1,18}\d", re.ASCII)
_UNITED_KINGDOM = 44
_OLD_AFTER = 2  # years

MOST_NEW_ASKS = 100  # so that a check of 600 entries stays a matter of two seconds


class Checked(NamedTuple):
    """What a check found."""

    problems: list[Problem]  # errors first
    entries: int  # read
    untried: int  # asks that were not tried on the matcher


def check(
    folders: Sequence[Path],
    today: date,
    matcher: Matcher | None = None,
    *,
    most_asks: int = MOST_NEW_ASKS,
) -> Checked:
    """All problems of some packs laid over each other.

    Args:
        folders: lowest first; the first is the national pack.
        today: what "the future" is measured from.
        matcher: finds the topic of asks; without it that one warning is left out. It need
            not have been taught by these very packs: asks that are new to it are tried on it.
        most_asks: how many new asks to try; each takes some milliseconds.

    Raises:
        KnowledgeError: a folder does not exist.
    """
    knowledge, problems, layers = try_knowledge(folders)
    found = [*problems]
    jargon = [form for term in knowledge.terms if not term.everyday for form in _forms(term)]
    for entry in layers.entries.values():
        found += _unplain(entry, jargon)
        if entry.kind == "service":
            found += _service(entry, today)
    found += _asks_of_two(layers)
    found += _uncovered(layers, knowledge)
    asks = _Asks(matcher, most_asks)
    for entry in layers.entries.values():
        found += asks.strays(entry)
    order = {"error": 0, "warning": 1}
    found.sort(key=lambda p: (order[p.severity], p.pack, p.file, p.line))
    return Checked(found, len(layers.entries), asks.untried)


def _unplain(entry: Entry, jargon: Sequence[str]) -> Iterator[Problem]:
    texts = [(name, text) for name in _READ[entry.kind] if (text := _text(entry, name))]
    named = ("name", "organisation", "term", "title")
    names = [_text(entry, name) for name in named] + [also for _, also in entry.texts("also")]
    for fault in plain_faults([text for _, text in texts], jargon, " ".join(names)):
        if fault.text is None:
            yield entry.problem(fault.rule, fault.message)
        else:
            field = texts[fault.text][0]
            yield entry.problem(fault.rule, f"{field!r}: {fault.message}", field)


def _text(entry: Entry, name: str) -> str:
    value = entry.value.get(name)
    return value if isinstance(value, str) else ""


def _forms(term: Term) -> list[str]:
    """The word itself and its acronyms; its other forms are often everyday words."""
    return [term.term, *(form for form in term.also if re.fullmatch(r"[A-Z]\w*[A-Z]", form))]


def _service(entry: Entry, today: date) -> Iterator[Problem]:
    # as it is written: Knowledge leaves out what leads nowhere
    service = to_value(entry)
    if not isinstance(service, Service):
        return  # its fields are told already
    yield from _numbers(entry, service)
    yield from _addresses(entry, service)
    yield from _dates(entry, service, today)
    if len(service.asks) < 3:
        yield entry.problem(
            "few-asks",
            f"it has {len(service.asks)} asks. Give three or more, in people's words.",
            "asks",
        )
    if not service.is_open and not service.successor and not service.no_successor:
        yield entry.problem(
            "no-successor",
            f"its status is {service.status}, and nothing says where people go now. Name it under "
            "'successor:', or say under 'no_successor:' why there is none.",
            "status",
        )
    if service.is_open and service.phone and not service.hours:
        yield entry.problem(
            "no-hours", "it has a phone number but no hours. Add 'hours:' when you know them.",
            "phone", severity="warning",
        )


def _numbers(entry: Entry, service: Service) -> Iterator[Problem]:
    if service.phone and not _can_be_dialled(service.phone):
        yield entry.problem(
            "phone",
            f"{shown(service.phone)} cannot be dialled in the UK. Write one number as people print "
            "it, such as 0808 808 7777; words about it go into 'hours' or 'what'.",
            "phone",
        )
    for name, text in (("textphone", service.textphone), ("sms", service.sms)):
        for number in _NUMBER.findall(text or ""):
            dialled = re.sub(r"^1800[12]\s*", "", number.strip())
            short = _TEXT_CODE.fullmatch(dialled.replace(" ", ""))
            if dialled and not short and not _can_be_dialled(dialled):
                yield entry.problem(
                    "phone",
                    f"{shown(number)} in {name!r} cannot be dialled in the UK. Write it as people "
                    "print it, such as 07786 200 000 or 85258.",
                    name,
                )


def _can_be_dialled(number: str) -> bool:
    if _SHORT_CODE.fullmatch(number):
        return True
    if not re.fullmatch(r"\+?[\d ()-]+", number, re.ASCII):
        return False
    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return False
    # the code, not the region: Jersey and the Isle of Man can be dialled as well
    return parsed.country_code == _UNITED_KINGDOM and phonenumbers.is_valid_number(parsed)


def _addresses(entry: Entry, service: Service) -> Iterator[Problem]:
    for steps, url in _given_addresses(service):
        scheme, host = _parts(url)
        if scheme not in ("http", "https") or "." not in host or re.search(r"\s", url):
            yield entry.problem(
                "address", f"{shown(url)} is no web address. It starts with https://.", *steps
            )
        elif (
            scheme == "http"
            and steps[0] != "sources"  # evidence lies where it lay
            and service.is_open
            and host not in _HTTP_ALLOWED
        ):
            yield entry.problem(
                "address",
                f"{shown(url)} is not https. Try it with https:// in front; if the site has none, "
                "leave the address out.",
                *steps,
            )


def _given_addresses(service: Service) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every web address of a service, and where it stands."""
    for name, url in (("url", service.url), ("webchat", service.webchat)):
        if url:
            yield (name,), url
    for i, url in enumerate(service.sources):
        yield ("sources", i), url
    for i, successor in enumerate(service.successor):
        if isinstance(successor, Successor):
            yield ("successor", i, "url"), successor.url


def _parts(url: str) -> tuple[str, str]:
    """The scheme and the host; empty where it is no address at all."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.scheme, parts.netloc


def _dates(entry: Entry, service: Service, today: date) -> Iterator[Problem]:
    for name, given, latest in (
        ("checked", str(service.checked or ""), str(today)),
        ("seen", service.seen or "", f"{today:%Y-%m}"),
    ):
        if given > latest:  # "2026" comes before "2026-11"
            yield entry.problem(
                "future",
                f"{name!r} is {given}, which is still to come. Write the day it was done.",
                name,
            )
    if not service.is_open:
        return
    two_years_ago = f"{today.year - _OLD_AFTER}-{today:%m-%d}"
    last = str(service.checked or service.seen or "")
    if last and last < two_years_ago[: len(last)]:
        name = "checked" if service.checked else "seen"
        yield entry.problem(
            "old", f"last {name} in {last[:4]}, over two years ago. Check it in review.",
            name, severity="warning",
        )
    elif not service.checked:
        seen = "" if service.seen else ", and no source was seen"
        yield entry.problem(
            "never-checked", f"nobody has confirmed it yet{seen}. Check it in review.",
            "checked", severity="warning",
        )


def _asks_of_two(layers: Layers) -> Iterator[Problem]:
    """The same words cannot teach two needs."""
    first: dict[str, tuple[str, str]] = {}
    for entry in (*layers.of("topic"), *layers.of("service")):
        topic = entry.topic() or ""
        for i, ask in entry.texts("asks") if topic else ():
            key = " ".join(re.findall(r"\w+", ask.lower())) or ask
            place = f"{entry.file}:{entry.line('asks', i)}"
            other, at = first.setdefault(key, (topic, place))
            if other != topic:
                yield entry.problem(
                    "ask-twice",
                    f"{shown(ask)} is an ask of {other!r} too ({at}). Keep it under one.",
                    "asks", i,
                )


def _uncovered(layers: Layers, knowledge: Knowledge) -> Iterator[Problem]:
    for entry in layers.of("topic"):
        topic = knowledge.topics.get(entry.id)
        if not topic or topic.none_in:
            continue
        served = {
            nation
            for service in knowledge.services_for(topic.id)
            if service.is_open and not service.areas
            for nation in service.nations
        }
        for nation, name in NATIONS.items():
            if nation not in served:
                yield entry.problem(
                    "uncovered",
                    f"no open service for it in {name}. Add one, or say why under 'none_in:'.",
                    severity="warning",
                )


class _Asks:
    """Tries asks on the matcher: which lead somewhere else?"""

    def __init__(self, matcher: Matcher | None, most: int) -> None:
        self.matcher = matcher
        self.left = most
        self.untried = 0

    def strays(self, entry: Entry) -> Iterator[Problem]:
        own = entry.topic() or ""
        for i, ask in entry.texts("asks") if own else ():
            found = self._found(ask, own)
            if found not in (None, own):
                yield entry.problem(
                    "stray",
                    f"{shown(ask)} finds {found!r}, not {own!r}. Reword it, or add asks like it.",
                    "asks", i, severity="warning",
                )

    def _found(self, ask: str, own: str) -> str | None:
        """The topic an ask finds; None where it cannot be told."""
        if not self.matcher:
            return None
        if found := self.matcher.taught(ask):
            return found
        if own not in self.matcher.labels or self.left <= 0:
            self.untried += 1
            return None
        self.left -= 1
        return self.matcher.decide(ask).matches[0].label
