"""Fills docs/danger.md and docs/privacy.md with the figures that a run measures now.

    python scripts/figures.py [FILE.jsonl ...]

They stand between ``<!-- figures: NAME -->`` and ``<!-- end -->``. Each FILE holds labelled
questions of one's own, a JSON object a line as ``signpost-bot evaluate`` reads them: the figures
over them are written beside ours as "real questions", and not one of their words.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))  # what scores the redaction stands with its wordings

from redaction_score import HELD as DETAILS  # noqa: E402
from redaction_score import score  # noqa: E402

from signpost_bot.curation.evaluate import Report, Share, evaluate, read_rows  # noqa: E402
from signpost_bot.errors import SignpostError  # noqa: E402
from signpost_bot.knowledge import load_knowledge  # noqa: E402
from signpost_bot.matching import hearing  # noqa: E402
from signpost_bot.matching.danger import find_danger  # noqa: E402
from signpost_bot.meaning import Encoder  # noqa: E402
from signpost_bot.meaning.danger import KINDS, DangerReader, Signs  # noqa: E402
from signpost_bot.model import Answer, Danger, Question  # noqa: E402
from signpost_bot.settings import cache_folders  # noqa: E402
from signpost_bot.signposter import Signposter  # noqa: E402
from signpost_bot.store import schema  # noqa: E402

DOCS = (ROOT / "docs" / "danger.md", ROOT / "docs" / "privacy.md")
WORDINGS = ROOT / "tests" / "danger"
HELD, TAUGHT = WORDINGS / "held.jsonl", ("build.jsonl", "patterns.jsonl")
SHOWN = 12  # misses, and false alarms
REAL = "real"  # the one block that a run without files leaves as it is

# What is measured, the least or most we aim at, and what it means.
AIMS: dict[str, tuple[str, float, str]] = {
    "danger found": ("at least", 0.95, "of the wordings that speak of danger, those heard"),
    "kind right": ("at least", 0.85, "of the same, those heard as the right kind"),
    "false alarms": ("at most", 0.02, "of all calm wordings, those taken for danger"),
    "near false alarms": (
        "at most", 0.06, "of the calm wordings that use words of danger, those taken for it"
    ),
}  # fmt: skip
CALLED: dict[Danger, str] = {
    "suicide": "suicide and self-harm",
    "domestic-abuse": "domestic abuse",
    "adult-safeguarding": "an adult at risk",
    "child-protection": "a child at risk",
    "emergency": "emergency",
}
DETAILS_CALLED = {
    "name": "names of people",
    "phone": "phone numbers",
    "email": "email addresses",
    "address": "home addresses",
    "postcode": "postcodes (the second half)",
    "dob": "dates of birth",
    "nhs": "NHS numbers",
    "nino": "National Insurance numbers",
    "account": "bank accounts and sort codes",
    "card": "bank cards",
    "handle": "@names",
    "web": "web addresses",
    "reference": "reference numbers and car plates",
}
LENGTHS = ((1, 7), (8, 16), (17, 35), (36, None))  # words


@dataclass(frozen=True, slots=True)
class Asked:
    """One wording of ours, and what became of it."""

    row: Mapping[str, Any]
    answer: Answer
    heard: hearing.Heard
    signs: Signs
    is_in_pattern: bool

    @property
    def wanted(self) -> Danger | None:
        return self.row["urgent"]  # type: ignore[no-any-return]

    @property
    def is_now(self) -> bool:
        return self.row.get("strength") == "now"

    @property
    def found(self) -> Danger | None:
        return self.answer.urgent


@dataclass(frozen=True, slots=True)
class Run:
    """All of ours asked once."""

    asked: tuple[Asked, ...]
    report: Report
    signposter: Signposter
    network: str  # the start of the network's fingerprint


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="*", type=Path, help="labelled questions of your own")
    given = parser.parse_args()
    try:
        real = Signposter.build(
            load_knowledge(), Encoder.load(), cache_folders(), reader=DangerReader.load()
        )
        run = ask_ours(real)
        blocks = all_blocks(run)
        blocks[REAL] = real_block(run, given.file)
    except SignpostError as error:
        sys.exit(f"figures: {error}")
    for path in DOCS:
        path.write_text(filled(path.read_text("utf-8"), blocks), "utf-8")
    print(*run.report.shares[4:8], f"written to {', '.join(path.name for path in DOCS)}", sep="\n")


_BLOCK = re.compile(r"(<!-- figures: ([a-z-]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def filled(text: str, blocks: Mapping[str, str | None]) -> str:
    """The text with every block as it is now; None leaves one as it stands."""

    def block(found: re.Match[str]) -> str:
        start, name, body, end = found.groups()
        new = blocks[name]
        return start + (body if new is None else f"{new.rstrip()}\n") + end

    return _BLOCK.sub(block, text)


def blocks_in(text: str) -> dict[str, str]:
    """The blocks of a text by name."""
    return {name: body for _, name, body, _ in _BLOCK.findall(text)}


# --- what is measured -----------------------------------------------------------------------


def ask_ours(signposter: Signposter) -> Run:
    """Ask all held wordings of the real signposter.

    Args:
        signposter: with its danger network, or there is nothing to measure.
    """
    reader = signposter.listener.reader
    if not isinstance(reader, DangerReader):
        raise SignpostError("The danger network has to be there to be measured.")
    remembering = _Remembering(reader)
    listening = replace(signposter, listener=hearing.Listener(remembering))
    rows = [json.loads(line) for line in HELD.read_text("utf-8").splitlines()]
    asked = tuple(_asked(row, listening, remembering) for row in rows)
    answers = {one.row["text"]: one.answer for one in asked}
    report = evaluate(list(read_rows([HELD])), lambda question: answers[question.text])
    return Run(asked, report, signposter, reader.fingerprint[:8])


def _asked(row: Mapping[str, Any], signposter: Signposter, reader: _Remembering) -> Asked:
    text = row["text"]
    return Asked(
        row,
        signposter.answer(Question(text)),
        signposter.listener.hear(text),
        reader.read(text),
        find_danger(text) is not None,
    )


class _Remembering:
    """Reads each text once, however often it is asked."""

    def __init__(self, reader: DangerReader) -> None:
        self._reader = reader
        self._read: dict[str, Signs] = {}

    def read(self, text: str) -> Signs:
        if text not in self._read:
            self._read[text] = self._reader.read(text)
        return self._read[text]


def all_blocks(run: Run) -> dict[str, str | None]:
    """Every block but that of the real questions."""
    return {
        "network": network_block(run),
        "aims": aims_block(run.report),
        "kinds": kinds_block(run.report),
        "taken-for": taken_for_block(run.asked),
        "sorts": sorts_block(run.asked),
        "beside": beside_block(run.asked),
        "lines": lines_block(run.asked),
        "misses": misses_block(run),
        "false-alarms": false_alarms_block(run),
        "taught": taught_block(),
        "missed": missed_block(run.report),
        "fields": fields_block(),
        "details": details_block(),
        REAL: None,
    }


# --- danger -----------------------------------------------------------------------------------


def network_block(run: Run) -> str:
    danger = sum(one.wanted is not None for one in run.asked)
    return (
        f"Measured with the network `{run.network}`, over {len(run.asked)} wordings: {danger} "
        f"speak of danger, {len(run.asked) - danger} do not."
    )


def aims_block(report: Report) -> str:
    shares = _shares(report)
    rows = [
        (f"**{name}**: {means}", f"{bound} {100 * aim:g} %", _told(shares[name]),
         "yes" if _is_reached(name, shares[name]) else "**no**")
        for name, (bound, aim, means) in AIMS.items()
    ]  # fmt: skip
    return table(("", "aim", "reached", "aim met"), rows)


def kinds_block(report: Report) -> str:
    shares = _shares(report)
    rows = [
        (CALLED[kind], _told(shares[f"{kind}: found"]), _told(shares[f"{kind}: kind right"]))
        for kind in CALLED
    ]
    return table(("kind", "found", "found as the right kind"), rows)


def taken_for_block(asked: Sequence[Asked]) -> str:
    counts = Counter((one.wanted, one.found) for one in asked if one.wanted)
    rows = [
        (f"**{CALLED[wanted]}**", str(counts[wanted, None]),
         *(str(counts[wanted, found]) for found in CALLED))
        for wanted in CALLED
    ]  # fmt: skip
    return table(("it is about", "not heard", *(f"heard as {CALLED[k]}" for k in CALLED)), rows)


def sorts_block(asked: Sequence[Asked]) -> str:
    danger = [one for one in asked if one.wanted]
    sorts: dict[str, Callable[[Asked], bool]] = {
        "it is happening now": lambda one: one.is_now,
        "it is feared, or happens again and again": lambda one: not one.is_now,
        "a child speaks": lambda one: bool(one.row.get("child")),
    }
    for least, most in LENGTHS:
        called = f"{least} to {most} words" if most else f"{least} words or more"
        sorts[called] = lambda one, least=least, most=most: (  # type: ignore[misc]
            least <= len(one.row["text"].split()) <= (most or 10_000)
        )
    sorts["a pattern hears it too"] = lambda one: one.is_in_pattern
    sorts["no pattern hears it"] = lambda one: not one.is_in_pattern
    rows = [
        (name, _told(_share(filter(belongs, danger), lambda one: one.found is not None)))
        for name, belongs in sorts.items()
    ]
    return table(("wordings of danger", "found"), rows)


def beside_block(asked: Sequence[Asked]) -> str:
    found = [one for one in asked if one.wanted and one.found]
    missed = [one for one in asked if one.wanted and not one.found]
    weary = [one for one in asked if one.row.get("weary")]
    calm = [one for one in asked if not one.wanted and not one.row.get("weary")]
    told = (
        ("of the danger found: whether it is now or feared is right",
         _share(found, lambda one: _heard_as_now(one) == one.is_now)),
        ("of the danger found: whether a child speaks is right",
         _share(found, lambda one: _child_heard(one) == bool(one.row.get("child")))),
        ("of the danger missed: met gently all the same",
         _share(missed, lambda one: one.heard.weary)),
        ("of those at breaking point: met gently", _share(weary, lambda one: one.heard.weary)),
        ("of those at breaking point: taken for danger",
         _share(weary, lambda one: one.found is not None)),
        ("of all others who are calm: met gently without need",
         _share(calm, lambda one: one.heard.weary)),
    )  # fmt: skip
    return table(("", "share"), [(what, _told(share)) for what, share in told])


def lines_block(asked: Sequence[Asked]) -> str:
    """What another line would give: no use for choosing one, or these wordings would teach."""
    ours, low = hearing._BY_MEANING, hearing._WITH_PATTERN
    rules: list[tuple[str, Callable[[Asked], bool]]] = [
        ("patterns alone (`SIGNPOST_MEANING=off`)", lambda one: one.is_in_pattern),
        (f"network alone, line at {ours:g}", lambda one: one.signs.danger >= ours),
    ]
    for line in sorted({0.3, 0.5, 0.6, 0.7, 0.8, 0.9, ours}):
        name = f"both, line at {line:g}"
        rules.append((
            f"**{name}: as it is**" if line == ours else name,
            lambda one, line=line: (  # type: ignore[misc]
                one.signs.danger >= (min(low, line) if one.is_in_pattern else line)
            ),
        ))  # fmt: skip
    danger = [one for one in asked if one.wanted]
    calm = [one for one in asked if not one.wanted]
    near = [one for one in calm if one.row.get("near_urgent")]
    rows = [
        (name, *(_told(_share(group, rule)) for group in (danger, calm, near)))
        for name, rule in rules
    ]
    return (
        table(("", "danger found", "false alarms", "near false alarms"), rows)
        + f"\n\nThe line stands at {ours:g}; at {low:g} where a pattern has heard danger too. "
        f"Weariness is met gently from {hearing._WEARY:g} on."
    )


def misses_block(run: Run) -> str:
    """The worst first within each kind: what is happening now, then what sounded calmest."""
    missed = [one for one in run.asked if one.wanted and not one.found]
    missed.sort(key=lambda one: (not one.is_now, one.signs.danger))
    return _by_kind(
        _some_of_each(missed, lambda one: one.wanted),
        lambda one: one.wanted,
        lambda one: f"{'now' if one.is_now else 'feared'}; "
        f"they read {_read_instead(one, run.signposter)}",
    )


def false_alarms_block(run: Run) -> str:
    """The worst first within each kind: what was most surely taken for danger."""
    wrong = [one for one in run.asked if one.found and not one.wanted]
    wrong.sort(key=lambda one: -one.signs.danger)
    return _by_kind(
        _some_of_each(wrong, lambda one: one.found),
        lambda one: one.found,
        lambda one: "at breaking point, in no danger" if one.row.get("weary")
        else "uses words of danger" if one.row.get("near_urgent") else "an ordinary question",
    )  # fmt: skip


def taught_block() -> str:
    taught = Counter(label for name in TAUGHT for label in _labels(WORDINGS / name))
    held = Counter(_labels(HELD))
    names = [*CALLED.values(), *sorted(taught.keys() - CALLED.values())]
    rows = [(name, f"{taught[name]:,}", f"{held[name]:,}") for name in names]
    rows.append(("**all**", f"**{taught.total():,}**", f"**{held.total():,}**"))
    return table(("", "to teach with", "to measure with"), rows)


def _labels(path: Path) -> Iterator[str]:
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        if row["urgent"]:
            yield CALLED[row["urgent"]]
        elif row.get("weary"):
            yield "calm: a carer at breaking point"
        elif row.get("near_urgent"):
            yield "calm: uses words of danger"
        else:
            yield "calm: an ordinary question"


def real_block(run: Run, files: Sequence[Path]) -> str | None:
    """Figures over somebody's own questions beside ours; never a word of them.

    Returns:
        None where none are given, and those that stand there are of this network.
    """
    if not files:
        standing = blocks_in(DOCS[0].read_text("utf-8"))[REAL]
        if f"`{run.network}`" in standing:
            return None
        return f"No real questions have been measured with the network `{run.network}` yet."
    rows = list(read_rows(files))
    theirs = _shares(evaluate(rows, run.signposter.answer))
    ours = _shares(run.report)
    shown = [
        (name, *(_told(s) for s in (ours[name], theirs[name], _together(ours[name], theirs[name]))))
        for name in AIMS
    ]
    return (
        f"Measured with the network `{run.network}`, over {len(rows)} real questions.\n\n"
        + table(("", "our held wordings", "real questions", "both together"), shown)
    )


# --- what is kept -----------------------------------------------------------------------------


def missed_block(report: Report) -> str:
    found, false = (_shares(report)[name] for name in ("danger found", "false alarms"))
    return (
        f"Of {found.of} made-up messages that speak of danger, {found.of - found.count} were not "
        f"heard as danger ({_percent(1 - (found.value or 0))}). Of {false.of} calm ones, "
        f"{false.count} were taken for danger ({_percent(false.value or 0)})."
    )


def fields_block() -> str:
    tables = schema.tables.sorted_tables
    told = ", ".join(f"`{t.name}` ({len(t.columns)})" for t in tables)
    fields = sum(len(t.columns) for t in tables)
    return f"There are {len(tables)} tables with {fields} fields in all: {told}."


def details_block() -> str:
    figures = score(DETAILS)
    others = [kind for kind in figures.asked if kind != "name"]

    def hidden(*kinds: str) -> Share:
        hidden, asked = (sum(c[k] for k in kinds) for c in (figures.hidden, figures.asked))
        return Share("", hidden, asked)

    rows = [
        ("**names of people**", "at least 92 %", _told(hidden("name"))),
        ("**all other details together**", "at least 99 %", _told(hidden(*others))),
        *((DETAILS_CALLED[kind], "", _told(hidden(kind))) for kind in DETAILS_CALLED
          if kind in others),
        ("**words lost that a maintainer needs**", "at most 1 %",
         _told(Share("", figures.keep_lost, figures.keep))),
        ("**all other innocent words lost**", "at most 1 %",
         _told(Share("", figures.words_lost, figures.words))),
    ]  # fmt: skip
    return table(("", "aim", "reached"), rows)


# --- how it is told ---------------------------------------------------------------------------


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _shares(report: Report) -> dict[str, Share]:
    return {share.name: share for share in report.shares}


def _share(group: Iterable[Asked], right: Callable[[Asked], bool]) -> Share:
    group = list(group)
    return Share("", sum(map(right, group)), len(group))


def _together(one: Share, other: Share) -> Share:
    return Share(one.name, one.count + other.count, one.of + other.of)


def _is_reached(name: str, share: Share) -> bool:
    bound, aim, _ = AIMS[name]
    value = share.value or 0.0
    return value >= aim if bound == "at least" else value <= aim


def _told(share: Share) -> str:
    """ "80.5 % (314 of 390; 76.3 to 84.1)": the share, the counts and the 95 % interval."""
    if share.value is None or share.interval is None:
        return "none to measure with"
    low, high = (f"{100 * end:.1f}" for end in share.interval)
    return f"{_percent(share.value)} ({share.count} of {share.of}; {low} to {high})"


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"


def _heard_as_now(one: Asked) -> bool:
    return one.heard.alarm is not None and one.heard.alarm.strength == "now"


def _child_heard(one: Asked) -> bool:
    return one.heard.alarm is not None and one.heard.alarm.by_child


def _some_of_each(
    asked: Sequence[Asked], kind: Callable[[Asked], Danger | None]
) -> list[Asked]:
    """The first of each kind, then the second of each, until there are enough."""
    kinds: defaultdict[Danger | None, list[Asked]] = defaultdict(list)
    for one in asked:
        kinds[kind(one)].append(one)
    turns = zip_longest(*(kinds[name] for name in CALLED))
    return [one for turn in turns for one in turn if one][:SHOWN]


def _by_kind(
    asked: Sequence[Asked],
    kind: Callable[[Asked], Danger | None],
    remark: Callable[[Asked], str],
) -> str:
    def lines() -> Iterator[str]:
        for name, called in CALLED.items():
            its = [one for one in asked if kind(one) == name]
            if its:
                yield f"*{called.capitalize()}*\n"
                yield from (f"- “{_plain(one.row['text'])}” ({remark(one)})" for one in its)
                yield ""

    return "\n".join(lines()) or "None."


def _read_instead(one: Asked, signposter: Signposter) -> str:
    titles = [
        f"“{signposter.knowledge.topics[m.label].title}”"
        for m in one.answer.topics
        if m.label in signposter.knowledge.topics
    ]
    told = {
        "answer": f"services for {titles[0]}" if titles else "services",
        "choose": f"a choice: {', '.join(titles)}",
        "where": "the question which place was meant",
        "jargon": "what a word means",
        "unanswered": "that we do not know, and two helplines",
        "smalltalk": "a friendly word",
    }[one.answer.outcome]
    return f"gentle words and a number to ring, then {told}" if one.heard.weary else told


def _plain(text: str) -> str:
    """As it was written, whatever Markdown makes of it."""
    return re.sub(r"([\\`*_<>|\[\]#~])", r"\\\1", " ".join(text.split()))


if __name__ == "__main__":
    assert set(CALLED) == set(KINDS)
    main()
