"""Everything that can be wrong in the knowledge, found in one go."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import phonenumbers

from signpost_bot.knowledge.loading import Knowledge, try_knowledge
from signpost_bot.knowledge.packs import Entry, Layers, Problem
from signpost_bot.knowledge.plain import plain_faults
from signpost_bot.matching.matcher import Matcher
from signpost_bot.model import NATIONS, Service, Term

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
_TEXT_CODE = re.compile(r"\b\d{5}\b")
_NUMBER = re.compile(r"\+?\d[\d ()-]{1,18}\d")
_OLD_AFTER = 2  # years

MOST_NEW_ASKS = 200  # so that a check of 600 entries stays a matter of two seconds


def check(
    folders: Sequence[Path],
    today: date,
    matcher: Matcher | None = None,
    *,
    most_asks: int = MOST_NEW_ASKS,
) -> tuple[list[Problem], int]:
    """All problems of some packs laid over each other, errors first, and the entries read.

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
            found += _service(entry, knowledge.services.get(entry.id), today)
    found += _asks_of_two(layers)
    found += _uncovered(layers, knowledge)
    if matcher:
        found += _strays(layers, matcher, most_asks)
    order = {"error": 0, "warning": 1}
    found.sort(key=lambda p: (order[p.severity], p.pack, p.file, p.line))
    return found, len(layers.entries)


def _unplain(entry: Entry, jargon: Sequence[str]) -> Iterator[Problem]:
    texts = [
        (name, str(entry.value[name])) for name in _READ[entry.kind] if entry.value.get(name)
    ]
    named = " ".join(
        str(entry.value.get(name, "")) for name in ("name", "organisation", "term", "also", "title")
    )
    for fault in plain_faults([text for _, text in texts], jargon, named):
        field = texts[fault.text][0]
        yield entry.problem(fault.rule, f"{field!r}: {fault.message}", field)


def _forms(term: Term) -> list[str]:
    """The word itself and its acronyms; its other forms are often everyday words."""
    return [term.term, *(form for form in term.also if re.fullmatch(r"[A-Z]\w*[A-Z]", form))]


def _service(entry: Entry, service: Service | None, today: date) -> Iterator[Problem]:
    if service is None:
        return  # its fields are told already
    yield from _numbers(entry, service)
    yield from _addresses(entry, service)
    yield from _dates(entry, service, today)
    if len(service.asks) < 3:
        yield entry.problem(
            "few-asks", f"it has {len(service.asks)} asks. Give three or more, in people's words.",
            "asks",
        )
    if not service.is_open and not service.successor and not service.no_successor:
        yield entry.problem(
            "no-successor",
            f"it is {service.status}, and nothing says where people go now. Name it under "
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
            f"{service.phone!r} cannot be dialled in the UK. Write one number as people print "
            "it, such as 0808 808 7777; words about it go into 'hours' or 'what'.",
            "phone",
        )
    for name, text in (("textphone", service.textphone), ("sms", service.sms)):
        for number in _NUMBER.findall(text or ""):
            dialled = re.sub(r"^1800[12]\s*", "", number.strip())
            short = _TEXT_CODE.fullmatch(dialled.replace(" ", ""))
            if dialled and not short and not _can_be_dialled(dialled):
                yield entry.problem(
                    "phone", f"{number!r} in {name!r} cannot be dialled in the UK.", name
                )


def _can_be_dialled(number: str) -> bool:
    if _SHORT_CODE.fullmatch(number):
        return True
    if not re.fullmatch(r"\+?[\d ()-]+", number):
        return False
    try:
        return phonenumbers.is_valid_number_for_region(phonenumbers.parse(number, "GB"), "GB")
    except phonenumbers.NumberParseException:
        return False


def _addresses(entry: Entry, service: Service) -> Iterator[Problem]:
    given = [("url", None, service.url), ("webchat", None, service.webchat)]
    given += [("sources", i, url) for i, url in enumerate(service.sources)]
    for name, i, url in given:
        steps = (name,) if i is None else (name, i)
        if not url:
            continue
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or "." not in parts.netloc or " " in url:
            yield entry.problem(
                "address", f"{url!r} is no web address. It starts with https://.", *steps
            )
        elif (
            parts.scheme == "http"
            and name != "sources"  # evidence lies where it lay
            and service.is_open
            and parts.netloc not in _HTTP_ALLOWED
        ):
            yield entry.problem(
                "address",
                f"{url!r} is not https. Try it with https:// in front; if the site has none, "
                "leave the address out.",
                *steps,
            )


def _dates(entry: Entry, service: Service, today: date) -> Iterator[Problem]:
    if service.checked and service.checked > today:
        yield entry.problem(
            "future", f"'checked' is {service.checked}, which is still to come.", "checked"
        )
    if service.seen and service.seen > f"{today:%Y-%m}"[: len(service.seen)]:
        yield entry.problem(
            "future", f"'seen' is {service.seen}, which is still to come.", "seen"
        )
    elif service.is_open and not service.checked:
        if service.seen is None:
            yield entry.problem(
                "never-checked",
                "nobody has confirmed it and no source was seen. Check it in review.",
                "checked", severity="warning",
            )
        elif service.seen < f"{today.year - _OLD_AFTER}-{today:%m}"[: len(service.seen)]:
            yield entry.problem(
                "old", f"last seen in {service.seen}, over two years ago. Check it in review.",
                "seen", severity="warning",
            )
        else:
            yield entry.problem(
                "never-checked", "nobody has confirmed it yet. Check it in review.",
                "checked", severity="warning",
            )


def _asks_of_two(layers: Layers) -> Iterator[Problem]:
    """The same words cannot teach two needs."""
    first: dict[str, tuple[str, Entry]] = {}
    for entry in (*layers.of("topic"), *layers.of("service")):
        topics = entry.value.get("topics") or [entry.id]
        topic = entry.id if entry.kind == "topic" else str(topics[0])
        for i, ask in enumerate(entry.value.get("asks") or []):
            key = " ".join(re.findall(r"\w+", str(ask).lower()))
            other_topic, other = first.setdefault(key, (topic, entry))
            if other_topic != topic:
                yield entry.problem(
                    "ask-twice",
                    f"{str(ask)!r} is an ask of {other_topic!r} too "
                    f"({other.file}:{other.line('asks')}). Keep it under one.",
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


def _strays(layers: Layers, matcher: Matcher, most: int) -> Iterator[Problem]:
    """Asks that lead somewhere else."""
    tried = 0
    for entry in (*layers.of("topic"), *layers.of("service")):
        topics = entry.value.get("topics") or [entry.id]
        own = entry.id if entry.kind == "topic" else str(topics[0])
        for i, ask in enumerate(entry.value.get("asks") or []):
            found = matcher.taught(str(ask))
            if found is None and own in matcher.labels and tried < most:
                tried += 1
                found = matcher.decide(str(ask)).matches[0].label
            if found not in (None, own):
                yield entry.problem(
                    "stray",
                    f"{str(ask)!r} finds {found!r}, not {own!r}. Reword it, or add asks like it.",
                    "asks", i, severity="warning",
                )
