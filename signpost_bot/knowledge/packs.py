"""Packs on disk -> entries, each with the place it stands in.

A pack is a folder:

    topics.yaml           groups, and the needs with the ways people put them
    services/**/*.yaml    one service a file
    jargon.yaml  smalltalk.yaml  outside.yaml
    areas/                CSV files, see areas.py

Packs are laid over each other in order: an entry of an upper pack takes the place of a lower
one with the same id, and ``hide: true`` takes it away. Nothing here judges what an entry says.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

import yaml

from signpost_bot.errors import KnowledgeError

Kind = Literal["topic", "service", "term", "smalltalk"]
Severity = Literal["error", "warning"]
Steps = tuple[str | int, ...]

_LISTS: dict[str, Kind] = {"jargon.yaml": "term", "smalltalk.yaml": "smalltalk"}


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
        where = f"{self.pack}/{self.file}:{self.line}"
        return f"{where}: {self.entry}: {self.message}" if self.entry else f"{where}: {self.message}"


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


@dataclass(slots=True)
class Layers:
    """All packs read and laid over each other."""

    entries: dict[tuple[Kind, str], Entry] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
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
    layers = Layers(folders=list(folders))
    digest = hashlib.sha256()
    for folder in folders:
        if not folder.is_dir():
            raise KnowledgeError(
                f"{folder}: there is no such folder. SIGNPOST_PACKS names the folders with your "
                "knowledge, separated by commas."
            )
        _read_pack(folder, layers, digest)
    layers.fingerprint = digest.hexdigest()
    return layers


def nearest(word: str, known: Sequence[str]) -> str:
    """" Did you mean 'x'?" for the likeliest of the known words, or nothing."""
    close = get_close_matches(word, known, n=1, cutoff=0.5)
    return f" Did you mean {close[0]!r}?" if close else ""


def _read_pack(folder: Path, layers: Layers, digest: "hashlib._Hash") -> None:
    pack = _Pack(folder, layers)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix in (".yaml", ".yml") or name.startswith("areas/") and path.is_file():
            content = path.read_bytes()
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
            if path.suffix in (".yaml", ".yml"):
                pack.read(name, content)


class _Pack:
    """Reads the files of one pack into the layers."""

    def __init__(self, folder: Path, layers: Layers) -> None:
        self.name = folder.name
        self.layers = layers
        self.own: set[tuple[Kind, str]] = set()

    def read(self, file: str, content: bytes) -> None:
        try:
            value, lines = parse(content)
        except KnowledgeError as wrong:
            self._problem(file, getattr(wrong, "line", 1), "yaml", str(wrong))
            return
        if file == "topics.yaml":
            self._read_topics(file, value, lines)
        elif file in _LISTS:
            self._read_list(_LISTS[file], file, value, lines, ())
        elif file == "outside.yaml":
            self._read_outside(file, value, lines)
        elif file.startswith("services/"):
            self._add("service", file, value, lines, ())
        else:
            self._problem(
                file, 1, "file", "this file is not read. Put a service into services/, or use "
                "the names topics.yaml, jargon.yaml, smalltalk.yaml and outside.yaml."
            )

    def _read_topics(self, file: str, value: Any, lines: Mapping[Steps, int]) -> None:
        if not isinstance(value, dict) or not isinstance(value.get("groups", {}), dict):
            self._problem(file, 1, "shape", "expected 'groups:' and 'topics:' at the left margin.")
            return
        for key in value.keys() - {"groups", "topics"}:
            self._problem(file, lines[(key,)], "shape", f"unknown part {key!r}. "
                          "Known are 'groups' and 'topics'.")
        self.layers.groups |= {str(k): str(v) for k, v in value.get("groups", {}).items()}
        self._read_list("topic", file, value.get("topics") or [], lines, ("topics",))

    def _read_outside(self, file: str, value: Any, lines: Mapping[Steps, int]) -> None:
        for i, text in enumerate(value if isinstance(value, list) else []):
            if isinstance(text, str) and text.strip():
                self.layers.outside.append(text)
            else:
                self._problem(file, lines.get((i,), 1), "shape", "expected one message a line, "
                              "each after '- '. Put quotation marks around it.")
        if not isinstance(value, list):
            self._problem(file, 1, "shape", "expected a list of messages, each after '- '.")

    def _read_list(
        self, kind: Kind, file: str, value: Any, lines: Mapping[Steps, int], at: Steps
    ) -> None:
        if not isinstance(value, list):
            self._problem(file, lines.get(at, 1), "shape", "expected a list of entries, each "
                          "starting with '- id:'.")
            return
        for i, item in enumerate(value):
            self._add(kind, file, item, lines, (*at, i))

    def _add(
        self, kind: Kind, file: str, value: Any, lines: Mapping[Steps, int], at: Steps
    ) -> None:
        line = lines.get(at, 1)
        if not isinstance(value, dict) or not isinstance(value.get("id"), str):
            self._problem(file, line, "missing-field", "an entry needs an id: lower-case words "
                          "joined by hyphens, such as 'id: blue-badge'.")
            return
        key = (kind, value["id"])
        if key in self.own:
            other = self.layers.entries.get(key)
            where = f" {other.file}:{other.line()}" if other else " another entry"
            self._problem(file, line, "duplicate-id",
                          f"the id is taken by{where}. Give one of them another.", value["id"])
            return
        self.own.add(key)
        if str(value.get("hide", "")).lower() == "true":
            self.layers.entries.pop(key, None)
            return
        self.layers.entries[key] = Entry(kind, value["id"], value, self.name, file, lines, at)

    def _problem(self, file: str, line: int, rule: str, message: str, entry: str = "") -> None:
        self.layers.problems.append(
            Problem("error", rule, self.name, file, line, entry, message)
        )


# --- YAML -------------------------------------------------------------------------------


class _NotYaml(KnowledgeError):
    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def parse(content: bytes) -> tuple[Any, dict[Steps, int]]:
    """YAML with every scalar as text, and the line (from 1) of every value in it.

    Text, because people write ``phone: 0808`` and ``- no`` and mean what they wrote, where
    YAML would read a number in base eight and a truth value.

    Raises:
        KnowledgeError: not YAML, a key given twice, or an alias (a few of those can unfold
            into gigabytes). Its ``line`` says where.
    """
    try:
        text = content.decode("utf-8-sig")
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        lines: dict[Steps, int] = {}
        return (None if node is None else _value(node, (), lines, set())), lines
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        raise _NotYaml("the file is not UTF-8 text. Save it again as UTF-8.", line) from None
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        line = mark.line + 1 if mark else 1
        raise _NotYaml(
            f"this is not YAML ({wrong.problem}). Often a text with a colon or a # in it "
            "wants quotation marks around it, or a line is not indented like its neighbours.",
            line,
        ) from None
    except yaml.YAMLError:
        raise _NotYaml("the file holds characters that YAML does not allow.", 1) from None
    except RecursionError:
        raise _NotYaml("lists within lists within lists: far too deep.", 1) from None


def _value(node: yaml.Node, at: Steps, lines: dict[Steps, int], seen: set[int]) -> Any:
    line = node.start_mark.line + 1
    lines[at] = line
    if id(node) in seen:
        raise _NotYaml("an alias (*) is used. Write the text out again instead.", line)
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        values: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in values:
                raise _NotYaml(
                    f"{name!r} is given twice. Keep one of them.", key.start_mark.line + 1
                )
            values[name] = _value(value, (*at, name), lines, seen)
            lines[(*at, name)] = key.start_mark.line + 1
        return values
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*at, i), lines, seen) for i, child in enumerate(node.value)]
    return None if node.tag == "tag:yaml.org,2002:null" else node.value
