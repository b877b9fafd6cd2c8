"""Packs -> the checked Knowledge that everything else works with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from signpost_bot.errors import KnowledgeError
from signpost_bot.knowledge.area_files import AreasError
from signpost_bot.knowledge.areas import Areas
from signpost_bot.knowledge.entries import to_value
from signpost_bot.knowledge.packs import Entry, Kind, Layers, Problem, nearest, read_packs, shown
from signpost_bot.model import Service, SmallTalk, Successor, Term, Topic

_HERE = Path(__file__).resolve().parent.parent
# The wheel carries the national pack inside the package; a checkout has it beside it.
NATIONAL_PACK = next(
    (p for p in (_HERE / "national", _HERE.parent / "knowledge") if p.is_dir()),
    _HERE / "national",
)

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
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
    # name -> ids of the services that a pack over the lowest one brought, whoever mended them
    packs: Mapping[str, Collection[str]] = field(default_factory=dict)

    def services_for(self, topic: str) -> Sequence[Service]:
        """Every service that names this topic, those it matters most to first."""
        return self._by_topic.get(topic, ())

    def with_pack(self, name: str) -> Knowledge:
        """The same without the services that other packs brought; of none, where it is empty."""
        others = {id for pack, ids in self.packs.items() if pack != name for id in ids}
        services = {id: one for id, one in self.services.items() if id not in others}
        return replace(self, services=services)

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
    errors = [str(problem) for problem in problems if problem.severity == "error"]
    if errors:
        first = "\n".join(errors[:3])
        more = f"\n... and {len(errors) - 3} more." if len(errors) > 3 else ""
        raise KnowledgeError(f"{first}{more}\n'signpost-bot check' shows everything that is wrong.")
    return knowledge


def try_knowledge(folders: Sequence[Path]) -> tuple[Knowledge, list[Problem], Layers]:
    """As much Knowledge as these packs give, what is wrong in them, and the packs as read."""
    layers = read_packs(folders)
    problems = list(layers.problems)
    values: dict[Kind, dict[str, Any]] = defaultdict(dict)
    for entry in layers.entries.values():
        value = to_value(entry)
        if isinstance(value, list):
            problems += value
        else:
            values[entry.kind][entry.id] = value
    values = _joined(values)
    areas, wrong = _areas(layers)
    knowledge = Knowledge(
        topics=values["topic"],
        groups=layers.groups,
        services=values["service"],
        terms=tuple(values["term"].values()),
        smalltalk=tuple(values["smalltalk"].values()),
        outside=tuple(layers.outside),
        areas=areas,
        fingerprint=layers.fingerprint,
        packs=_brought(layers, values["service"]),
    )
    links = _Links(layers, knowledge)
    for entry in layers.entries.values():
        problems += links.broken(entry)
        problems += _forms(entry, knowledge)
    return knowledge, problems + wrong, layers


def _brought(layers: Layers, services: Collection[str]) -> Mapping[str, Collection[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for (kind, id), name in layers.brought_by.items():
        if kind == "service" and id in services and name != layers.names[0]:
            found[name].add(id)
    return {name: found[name] for name in layers.names if name in found}


def _joined(values: Mapping[Kind, dict[str, Any]]) -> dict[Kind, dict[str, Any]]:
    """The same without ids that lead nowhere, so that everything else may follow them.

    An upper pack may hide a need of the national one, and cannot mend every service that
    names it. A service with no other need goes with it; where the need mattered most to it,
    so do its asks, which would teach another need these words.
    """
    topics, services = values["topic"].keys(), values["service"].keys()

    def known(ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(one for one in ids if one in topics)

    def joined(value: Any) -> Any:
        if isinstance(value, Topic):
            return replace(value, confused_with=known(value.confused_with))
        if isinstance(value, Term):
            return replace(value, topics=known(value.topics))
        if not isinstance(value, Service):
            return value
        return replace(
            value,
            topics=known(value.topics),
            asks=value.asks if known(value.topics[:1]) else (),
            successor=tuple(
                one for one in value.successor if isinstance(one, Successor) or one in services
            ),
        )

    found = {kind: {i: joined(value) for i, value in of.items()} for kind, of in values.items()}
    of_services = found.get("service", {})
    found["service"] = {i: service for i, service in of_services.items() if service.topics}
    return defaultdict(dict, found)


def _areas(layers: Layers) -> tuple[Areas, list[Problem]]:
    """The areas of the uppermost pack that has some, and what is wrong with those above."""
    problems: list[Problem] = []
    for folder, name in reversed(list(zip(layers.folders, layers.names, strict=True))):
        if (folder / "areas").is_dir():
            try:
                return Areas.load(folder / "areas"), problems
            except AreasError as wrong:
                file = f"areas/{wrong.file}"
                problems.append(
                    Problem("error", "areas", name, file, wrong.line, "", wrong.message)
                )
    return Areas.load(NATIONAL_PACK / "areas"), problems


class _Links:
    """Finds ids that lead nowhere."""

    def __init__(self, layers: Layers, knowledge: Knowledge) -> None:
        self.hidden = layers.hidden
        self.topics = {topic.id for topic in layers.of("topic")}
        self.services = {service.id for service in layers.of("service")}
        self.areas = knowledge.areas.ids

    def broken(self, entry: Entry) -> Iterator[Problem]:
        for name in ("topics", "confused_with"):
            for i, topic in entry.texts(name):
                if topic not in self.topics and ("topic", topic) not in self.hidden:
                    yield entry.problem(
                        "unknown-topic",
                        f"unknown topic {shown(topic)}.{nearest(topic, self.topics)} "
                        "All topics are listed in topics.yaml.",
                        name, i,
                    )
        for i, area in entry.texts("areas"):
            if area not in self.areas:
                yield entry.problem(
                    "unknown-area",
                    f"unknown area {shown(area)}.{nearest(area, self.areas)} "
                    "All areas are listed in areas/councils.csv.",
                    "areas", i,
                )
        for i, successor in entry.texts("successor"):
            if successor not in self.services and ("service", successor) not in self.hidden:
                yield entry.problem(
                    "unknown-service",
                    f"the successor {shown(successor)} is no entry."
                    f"{nearest(successor, self.services)} "
                    "For somewhere else, give its 'name:' and 'url:'.",
                    "successor", i,
                )


def _forms(entry: Entry, knowledge: Knowledge) -> Iterator[Problem]:
    """The few forms that other parts rely on."""
    if not _ID.fullmatch(entry.id):
        yield entry.problem(
            "id",
            f"the id {shown(entry.id)} must be lower-case words joined by hyphens, such as "
            f"{shown(_as_id(entry.id))}.",
            "id",
        )
    for name in ("topics", "nations") if entry.kind == "service" else ():
        if entry.value.get(name) == []:
            yield entry.problem("missing-field", f"{name!r} is empty. Name at least one.", name)
    if entry.kind == "topic":
        yield from _button(entry, knowledge)


def _as_id(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.lower())) or "blue-badge"


def _button(entry: Entry, knowledge: Knowledge) -> Iterator[Problem]:
    title, group = str(entry.value.get("title") or ""), entry.value.get("group")
    if len(title) > LONGEST_TITLE:
        yield entry.problem(
            "title",
            f"the title has {len(title)} characters, but a button holds {LONGEST_TITLE}. "
            "Shorten it.",
            "title",
        )
    if isinstance(group, str) and group not in knowledge.groups:
        yield entry.problem(
            "unknown-group",
            f"unknown group {shown(group)}.{nearest(group, knowledge.groups)} "
            "All groups are listed at the top of topics.yaml.",
            "group",
        )
