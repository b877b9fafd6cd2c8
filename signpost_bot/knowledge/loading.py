"""Packs -> the checked Knowledge that everything else works with."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from signpost_bot.errors import KnowledgeError
from signpost_bot.knowledge.areas import Areas
from signpost_bot.knowledge.entries import to_value
from signpost_bot.knowledge.packs import Entry, Kind, Layers, Problem, nearest, read_packs
from signpost_bot.model import Service, SmallTalk, Term, Topic

_HERE = Path(__file__).resolve().parent.parent
# The wheel carries the national pack inside the package; a checkout has it beside it.
NATIONAL_PACK = next(
    (p for p in (_HERE / "national", _HERE.parent / "knowledge") if p.is_dir()),
    _HERE / "national",
)

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SEEN = re.compile(r"20\d\d(-(0[1-9]|1[0-2]))?")
LONGEST_TITLE = 30  # characters: what a button shows on a small phone


@dataclass(frozen=True)
class Knowledge:
    """All that we know, at one moment. Ids lead from one part to the other."""

    topics: Mapping[str, Topic]
    groups: Mapping[str, str]  # id -> title, in the order people read them
    services: Mapping[str, Service]
    terms: tuple[Term, ...]
    smalltalk: tuple[SmallTalk, ...]
    outside: tuple[str, ...]  # messages that are not for us
    areas: Areas
    fingerprint: str  # changes whenever a file of any pack does

    def services_for(self, topic: str) -> Sequence[Service]:
        """Every service that names this topic, those it matters most to first."""
        return self._by_topic.get(topic, ())

    @cached_property
    def _by_topic(self) -> Mapping[str, Sequence[Service]]:
        found = defaultdict(list)
        for service in self.services.values():
            for rank, topic in enumerate(service.topics):
                found[topic].append((rank, service))
        return {
            topic: tuple(service for _, service in sorted(ranked, key=lambda pair: pair[0]))
            for topic, ranked in found.items()
        }


def load_knowledge(packs: Sequence[Path] = ()) -> Knowledge:
    """The national pack with ``packs`` laid over it, lowest first.

    Raises:
        KnowledgeError: an entry cannot be used; the message names the first ones and the
            command that shows all.
    """
    knowledge, problems, _ = try_knowledge([NATIONAL_PACK, *packs])
    if problems:
        shown = "\n".join(str(problem) for problem in problems[:3])
        more = f"\n... and {len(problems) - 3} more." if len(problems) > 3 else ""
        raise KnowledgeError(f"{shown}{more}\n'signpost-bot check' shows everything that is wrong.")
    return knowledge


def try_knowledge(folders: Sequence[Path]) -> tuple[Knowledge, list[Problem], Layers]:
    """As much Knowledge as these packs give, what is wrong in them, and the packs as read."""
    layers = read_packs(folders)
    problems = list(layers.problems)
    values: dict[Kind, dict[str, object]] = defaultdict(dict)
    for entry in layers.entries.values():
        value = to_value(entry)
        if isinstance(value, list):
            problems += value
        else:
            values[entry.kind][entry.id] = value
    areas_folder = next(
        (f / "areas" for f in reversed(layers.folders) if (f / "areas").is_dir()),
        NATIONAL_PACK / "areas",
    )
    knowledge = Knowledge(
        topics=values["topic"],  # type: ignore[arg-type]
        groups=layers.groups,
        services=values["service"],  # type: ignore[arg-type]
        terms=tuple(values["term"].values()),  # type: ignore[arg-type]
        smalltalk=tuple(values["smalltalk"].values()),  # type: ignore[arg-type]
        outside=tuple(layers.outside),
        areas=Areas.load(areas_folder),
        fingerprint=layers.fingerprint,
    )
    for entry in layers.entries.values():
        problems += _broken_links(entry, knowledge, layers)
    return knowledge, problems, layers


def _broken_links(entry: Entry, knowledge: Knowledge, layers: Layers) -> Iterator[Problem]:
    """Ids that lead nowhere, and the few forms that other parts rely on."""
    if not _ID.fullmatch(entry.id):
        yield entry.problem(
            "id", f"the id {entry.id!r} must be lower-case words joined by hyphens.", "id"
        )
    yield from _forms(entry, knowledge)
    topics = [topic.id for topic in layers.of("topic")]
    for name in ("topics", "confused_with"):
        for i, topic in enumerate(_listed(entry, name)):
            if topic not in topics:
                yield entry.problem(
                    "unknown-topic",
                    f"unknown topic {topic!r}.{nearest(topic, topics)} "
                    "All topics are listed in topics.yaml.",
                    name, i,
                )
    for i, area in enumerate(_listed(entry, "areas")):
        if area not in knowledge.areas.ids:
            yield entry.problem(
                "unknown-area",
                f"unknown area {area!r}.{nearest(area, sorted(knowledge.areas.ids))} "
                "All areas are listed in areas/councils.csv.",
                "areas", i,
            )
    services = [service.id for service in layers.of("service")]
    for i, successor in enumerate(_listed(entry, "successor")):
        if successor not in services:
            yield entry.problem(
                "unknown-service",
                f"the successor {successor!r} is no entry.{nearest(successor, services)} "
                "For somewhere else, give its 'name:' and 'url:'.",
                "successor", i,
            )


def _forms(entry: Entry, knowledge: Knowledge) -> Iterator[Problem]:
    if entry.kind == "service" and not entry.value.get("topics"):
        yield entry.problem("missing-field", "name at least one topic.", "topics")
    if entry.kind == "service" and not entry.value.get("nations"):
        yield entry.problem("missing-field", "name at least one nation.", "nations")
    if entry.kind == "topic":
        title, group = str(entry.value.get("title") or ""), entry.value.get("group")
        if len(title) > LONGEST_TITLE:
            yield entry.problem(
                "title",
                f"the title has {len(title)} characters; a button holds {LONGEST_TITLE}.",
                "title",
            )
        if isinstance(group, str) and group not in knowledge.groups:
            yield entry.problem(
                "unknown-group",
                f"unknown group {group!r}.{nearest(group, list(knowledge.groups))} "
                "All groups are listed at the top of topics.yaml.",
                "group",
            )
    seen = entry.value.get("seen")
    if isinstance(seen, str) and not _SEEN.fullmatch(seen):
        yield entry.problem(
            "value", f"'seen' must be a year or a year and month (2026-10), not {seen!r}.", "seen"
        )


def _listed(entry: Entry, name: str) -> list[str]:
    value = entry.value.get(name)
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []
