"""Packs on disk -> entries, each with the place it stands in.

A pack is a folder:

    topics.yaml           groups, and the needs with the ways people put them
    services/**/*.yaml    one service a file
    jargon.yaml  smalltalk.yaml  outside.yaml
    areas/                CSV files, see area_files.py

Packs are laid over each other in order: an entry of an upper pack takes the place of a lower
one with the same id, and ``hide: true`` takes it away. Files and folders whose names begin with
a dot are nobody's knowledge. Nothing here judges what an entry says.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from rapidfuzz import fuzz, process

from signpost_bot.errors import KnowledgeError

Kind = Literal["topic", "service", "term", "smalltalk"]
Severity = Literal["error", "warning"]
Steps = tuple[str | int, ...]

_LISTS: dict[str, Kind] = {"jargon.yaml": "term", "smalltalk.yaml": "smalltalk"}
_YAML = (".yaml", ".yml")
_LONGEST_SHOWN = 60  # characters of what somebody wrote, when a message repeats it


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a pack: where it is, what it is, and how to mend it."""

    severity: Severity
    rule: str
    pack: str
    file: str
    line: int
    entry: str  # its id; empty where the file as a whole is meant
    message: str

    def __str__(self) -> str:
        """All of it in one line, whatever signs stand in a name or an id."""
        parts = [f"{self.pack}/{self.file}:{self.line}", _shortened(self.entry), self.message]
        told = ": ".join(part for part in parts if part)
        return told if told.isprintable() else "".join(map(_printable, told))


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it stands in a file: plain text values, and the line of each."""

    kind: Kind
    id: str
    value: Mapping[str, Any]
    pack: str
    file: str
    lines: Mapping[Steps, int]
    at: Steps = ()  # where in its file it stands

    def line(self, *steps: str | int) -> int:
        """The line of a field, or of the nearest thing around it."""
        path = self.at + steps
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(
        self, rule: str, message: str, *steps: str | int, severity: Severity = "error"
    ) -> Problem:
        return Problem(severity, rule, self.pack, self.file, self.line(*steps), self.id, message)

    def texts(self, name: str) -> list[tuple[int, str]]:
        """What is text in a list of it, each with its index; nothing where there is no list."""
        value = self.value.get(name)
        items = value if isinstance(value, list) else []
        return [(i, item) for i, item in enumerate(items) if isinstance(item, str)]

    def topic(self) -> str | None:
        """The topic that its asks are about: itself, or the first one it names."""
        if self.kind == "topic":
            return self.id
        return next((topic for _, topic in self.texts("topics")), None)


@dataclass(slots=True)
class Layers:
    """All packs read and laid over each other."""

    entries: dict[tuple[Kind, str], Entry] = field(default_factory=dict)
    brought_by: dict[tuple[Kind, str], str] = field(default_factory=dict)  # the lowest pack
    hidden: set[tuple[Kind, str]] = field(default_factory=set)
    groups: dict[str, str] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # of the packs, as problems tell them
    problems: list[Problem] = field(default_factory=list)
    fingerprint: str = ""

    def of(self, kind: Kind) -> Iterator[Entry]:
        return (entry for (its, _), entry in self.entries.items() if its == kind)


def read_packs(folders: Sequence[Path]) -> Layers:
    """Read every pack, lowest first.

    Raises:
        KnowledgeError: a folder does not exist. Whatever is wrong inside one is collected in
            ``problems`` instead, so that all of it can be told in one go.
    """
    layers = Layers(folders=list(folders), names=_names(folders))
    digest = hashlib.sha256()
    for folder, name in zip(folders, layers.names, strict=True):
        if not folder.is_dir():
            raise KnowledgeError(
                f"{folder}: there is no such folder. Name the folder that holds your knowledge; "
                "SIGNPOST_PACKS may name several, with commas between them."
            )
        _read_pack(folder, _Pack(name, layers), digest)
    layers.fingerprint = digest.hexdigest()
    return layers


def nearest(word: str, known: Iterable[str]) -> str:
    """" Did you mean 'x'?" for the likeliest of the known words, or nothing."""
    given = word[:_LONGEST_SHOWN]
    close = process.extractOne(given, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return f" Did you mean {close[0]!r}?" if close else ""


def shown(given: object) -> str:
    """What somebody wrote, as a message repeats it: in quotation marks, and not all of a book."""
    return repr(_shortened(str(given)))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 3]}..."


def _is_text(given: object) -> bool:
    return isinstance(given, str) and bool(given.strip())


def _printable(sign: str) -> str:
    return sign if sign.isprintable() else sign.encode("unicode_escape").decode()


def _names(folders: Sequence[Path]) -> list[str]:
    """What to call each pack: its folder's name, or all of its path where two have the same."""
    paths = [folder.resolve() for folder in folders]
    names = [path.name for path in paths]
    return [
        name if names.count(name) == 1 else str(path)
        for name, path in zip(names, paths, strict=True)
    ]


def _read_pack(folder: Path, pack: "_Pack", digest: "hashlib._Hash") -> None:
    for path in sorted(folder.rglob("*")):
        within = path.relative_to(folder)
        file, is_yaml = within.as_posix(), path.suffix.lower() in _YAML
        if any(part.startswith(".") for part in within.parts) or path.is_dir():
            continue
        if not is_yaml and within.parts[0] != "areas":
            continue
        try:
            content = path.read_bytes()
        except OSError as wrong:
            pack.problem(
                file, 1, "file", f"the file cannot be opened ({wrong.strerror}). "
                "Put it there again, or remove it."
            )
            continue
        digest.update(f"{file}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
        if is_yaml:
            pack.read(file, content)


class _Pack:
    """Reads the files of one pack into the layers."""

    def __init__(self, name: str, layers: Layers) -> None:
        self.name = name
        self.layers = layers
        self.own: dict[tuple[Kind, str], str] = {}  # where each id was read

    def read(self, file: str, content: bytes) -> None:
        try:
            value, lines = parse(content)
        except NotYamlError as wrong:
            self.problem(file, wrong.line, "yaml", str(wrong))
            return
        if value is None:
            self.problem(file, 1, "shape", "the file is empty. Fill it in, or remove it.")
        elif file == "topics.yaml":
            self._read_topics(file, value, lines)
        elif file in _LISTS:
            self._read_list(_LISTS[file], file, value, lines, ())
        elif file == "outside.yaml":
            self._read_outside(file, value, lines)
        elif not file.startswith("services/"):
            self.problem(
                file, 1, "file", "this file is not read. Put a service into services/, or use "
                "the names topics.yaml, jargon.yaml, smalltalk.yaml and outside.yaml."
            )
        elif isinstance(value, list):
            self.problem(
                file, 1, "shape", "expected one service, its fields at the left margin without "
                "'- '. Give each service a file of its own."
            )
        else:
            self._add("service", file, value, lines, ())

    def _read_topics(self, file: str, value: Any, lines: Mapping[Steps, int]) -> None:
        if not isinstance(value, dict):
            self.problem(file, 1, "shape", "expected 'groups:' and 'topics:' at the left margin.")
            return
        for key in value.keys() - {"groups", "topics"}:
            self.problem(
                file, lines[(key,)], "shape",
                f"unknown part {shown(key)}. Known are 'groups' and 'topics'.",
            )
        groups = value.get("groups") or {}
        for id, title in groups.items() if isinstance(groups, dict) else [("groups", groups)]:
            if isinstance(title, str) and isinstance(groups, dict):
                self.layers.groups[id] = title
            else:
                self.problem(
                    file, lines.get(("groups", id), lines[("groups",)]), "shape",
                    "expected a group's id and its title, such as 'money: Money and benefits'.",
                )
        self._read_list("topic", file, value.get("topics") or [], lines, ("topics",))

    def _read_outside(self, file: str, value: Any, lines: Mapping[Steps, int]) -> None:
        for i, text in enumerate(value if isinstance(value, list) else []):
            if isinstance(text, str) and text.strip():
                self.layers.outside.append(text)
            else:
                self.problem(file, lines.get((i,), 1), "shape", "expected one message a line, "
                              "each after '- '. Put quotation marks around it.")
        if not isinstance(value, list):
            self.problem(file, 1, "shape", "expected a list of messages, each after '- '.")

    def _read_list(
        self, kind: Kind, file: str, value: Any, lines: Mapping[Steps, int], at: Steps
    ) -> None:
        if not isinstance(value, list):
            self.problem(file, lines.get(at, 1), "shape", "expected a list of entries, each "
                          "starting with '- id:'.")
            return
        for i, item in enumerate(value):
            self._add(kind, file, item, lines, (*at, i))

    def _add(
        self, kind: Kind, file: str, value: Any, lines: Mapping[Steps, int], at: Steps
    ) -> None:
        line = lines.get(at, 1)
        if not isinstance(value, dict) or not _is_text(value.get("id")):
            self.problem(
                file, line, "missing-field",
                "an entry needs an id: lower-case words joined by hyphens, such as "
                "'id: blue-badge'.",
            )
            return
        entry = Entry(kind, value["id"], value, self.name, file, lines, at)
        key = (kind, entry.id)
        if key in self.own:
            self._tell(entry, "duplicate-id", f"the id is taken by {self.own[key]}. "
                       "Give one of them another.", "id")
            return
        self.own[key] = f"{file}:{line}"
        if "hide" in value:
            self._hide(key, entry)
        else:
            self.layers.entries[key] = entry
            self.layers.brought_by.setdefault(key, self.name)
            self.layers.hidden.discard(key)

    def _hide(self, key: tuple[Kind, str], entry: Entry) -> None:
        if str(entry.value["hide"]).lower() != "true":
            given = shown(entry.value["hide"])
            self._tell(entry, "value", f"'hide' can only be true, not {given}. "
                       "Remove the line to keep the entry.", "hide")
        elif self.layers.entries.pop(key, None):
            self.layers.hidden.add(key)
        else:
            known = [id for kind, id in self.layers.entries if kind == entry.kind]
            self._tell(entry, "hides-nothing", "it hides an entry that no pack below has."
                       f"{nearest(entry.id, known) or ' Remove it.'}", "id", severity="warning")

    def _tell(
        self, entry: Entry, rule: str, message: str, *steps: str, severity: Severity = "error"
    ) -> None:
        self.layers.problems.append(entry.problem(rule, message, *steps, severity=severity))

    def problem(self, file: str, line: int, rule: str, message: str) -> None:
        """Something wrong with a file as a whole, or a part of it that is no entry."""
        self.layers.problems.append(Problem("error", rule, self.name, file, line, "", message))


# --- YAML -------------------------------------------------------------------------------

_DEEPEST = 20  # lists within lists; ours need five
_NOTHING = ("", "~", "null", "Null", "NULL")


class NotYamlError(KnowledgeError):
    """A file that cannot be read as YAML, from this line (from 1) on."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@lru_cache(maxsize=2_000)  # files: knowledge that is loaded again has mostly not changed
def parse(content: bytes) -> tuple[Any, dict[Steps, int]]:
    """YAML with every scalar as text, and the line (from 1) of every value in it.

    Text, because people write ``phone: 0808`` and ``- no`` and mean what they wrote, where
    YAML would read a number in base eight and a truth value.

    Raises:
        NotYamlError: not YAML, a key given twice, far too deep, or an alias (a few of those
            can unfold into gigabytes).
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        raise NotYamlError("the file is not UTF-8 text. Save it again as UTF-8.", line) from None
    try:
        return _document(text)
    except yaml.MarkedYAMLError as wrong:
        # a quotation mark that is never closed is told where it was opened
        unclosed = "quoted" in (wrong.context or "")
        mark = (wrong.context_mark if unclosed else None) or wrong.problem_mark
        line = mark.line + 1 if mark else 1
        raise NotYamlError(_mend(text, line, str(wrong.problem)), line) from None
    except yaml.YAMLError:
        at = next((i for i, sign in enumerate(text) if sign < " " and sign not in "\t\n\r"), 0)
        raise NotYamlError(
            "the line holds a character that cannot be seen and does not belong there. "
            "Write the line again.",
            text.count("\n", 0, at) + 1,
        ) from None


def _mend(text: str, line: int, problem: str) -> str:
    near = text.splitlines()[line - 1 : line] or [""]
    if "\t" in near[0][: len(near[0]) - len(near[0].lstrip())]:
        return "the line begins with a tab. Use spaces, as many as its neighbours have."
    return (
        f"this is not YAML ({problem}). Often a text with a colon or a # in it wants quotation "
        "marks around it, or a line is not indented like its neighbours."
    )


def _document(text: str) -> tuple[Any, dict[Steps, int]]:
    # Event by event: to compose a whole tree, the C library calls itself for each level, and
    # a file of nothing but brackets would end the program.
    events = iter(yaml.CSafeLoader(text).get_event, None)
    value, lines = None, dict[Steps, int]()
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise NotYamlError(
                    "a line '---' begins a second document. Remove the line, or give each "
                    "service a file of its own.",
                    _line(event),
                )
            value = _value(next(events), events, (), lines)
    return value, lines


def _value(
    event: yaml.Event, events: Iterator[yaml.Event], at: Steps, lines: dict[Steps, int]
) -> Any:
    line = _line(event)
    lines.setdefault(at, line)
    if isinstance(event, yaml.ScalarEvent):
        return None if event.implicit[0] and event.value in _NOTHING else event.value
    if isinstance(event, yaml.AliasEvent):
        raise NotYamlError("an alias (*) is used. Write the text out again instead.", line)
    if len(at) > _DEEPEST:
        raise NotYamlError("lists within lists within lists: far too deep. Start again.", line)
    if isinstance(event, yaml.SequenceStartEvent):
        return [
            _value(item, events, (*at, i), lines) for i, item in enumerate(_until_end(events))
        ]
    values: dict[str, Any] = {}
    for key in _until_end(events):
        line = _line(key)
        if not isinstance(key, yaml.ScalarEvent):
            raise NotYamlError("a word must stand before the colon, and nothing else.", line)
        if key.value in values:
            raise NotYamlError(f"{shown(key.value)} is given twice. Keep one of them.", line)
        lines[(*at, key.value)] = line
        values[key.value] = _value(next(events), events, (*at, key.value), lines)
    return values


def _until_end(events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
    """The events up to the end of the list or mapping that has begun."""
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            return
        yield event


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
