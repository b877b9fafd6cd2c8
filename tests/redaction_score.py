"""How much of what must go does go, and how much of the rest stays: figures over a file of lines.

A line is ``{"text": ..., "hide": [{"kind": "name", "value": "Alfie"}, ...], "keep": ["Alzheimer's",
...]}``: every value of ``hide`` stands in the text and must not stand in what is kept of it, every
value of ``keep`` must.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from signpost_bot.questions.redact import redact

HERE = Path(__file__).parent / "redaction"
BUILD, HELD = HERE / "build.jsonl", HERE / "held.jsonl"

_WORD = re.compile(r"\[[a-z][a-z ]*[A-Z0-9]*\]|[^\W_]+(?:['’][^\W_]+)*")
# In a value such as "Mrs Patel" or "flat 3, Rose Court" these words alone give nobody away.
_HARMLESS = frozenset(
    "mr mrs ms miss mx dr doctor prof professor rev reverend father sister nurse pastor auntie "
    "aunt aunty uncle nan nana gran granny grandma grandad mum dad mam papa cllr councillor sgt pc "
    "old young little wee flat the st street road born on of and".split()
)


@dataclass(slots=True)
class Figures:
    """Counts over one file, and the lines where something went wrong."""

    asked: Counter[str] = field(default_factory=Counter)  # kind -> values to hide
    hidden: Counter[str] = field(default_factory=Counter)
    keep: int = 0
    keep_lost: int = 0
    words: int = 0  # outside all values to hide
    words_lost: int = 0
    misses: list[str] = field(default_factory=list, repr=False)  # the held-out half stays unread

    def share_hidden(self, kinds: Iterable[str]) -> float:
        """Of the values of these kinds; 1 where there is none."""
        kinds = list(kinds)
        asked = sum(self.asked[kind] for kind in kinds)
        return sum(self.hidden[kind] for kind in kinds) / asked if asked else 1.0

    @property
    def kinds_but_names(self) -> list[str]:
        return [kind for kind in self.asked if kind != "name"]


def score(path: Path) -> Figures:
    """The figures of one file.

    Raises:
        FileNotFoundError: it is missing.
        ValueError: a line's value does not stand in its text.
    """
    figures = Figures()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                _count(figures, json.loads(line))
            except ValueError as wrong:
                raise ValueError(f"{path.name}:{number}: {wrong}") from wrong
    return figures


def _count(figures: Figures, line: dict[str, Any]) -> None:
    text = line["text"]
    kept = redact(text)
    survived = _survived(text, kept)
    private = [False] * len(text)
    for detail in line["hide"]:
        kind, value = detail["kind"], detail["value"]
        if value not in text:
            raise ValueError(f"the value {value!r} does not stand in the text.")
        for place in (found.start() for found in re.finditer(re.escape(value), text)):
            private[place : place + len(value)] = [True] * len(value)
        figures.asked[kind] += 1
        shows = _shows(kind, value, text.find(value), kept, survived)
        figures.hidden[kind] += not shows
        if shows:
            figures.misses.append(f"{kind} {value!r} shows: {kept!r}")
    for word in line["keep"]:
        if word not in text:
            raise ValueError(f"the word to keep {word!r} does not stand in the text.")
        figures.keep += 1
        if word not in kept:
            figures.keep_lost += 1
            figures.misses.append(f"keep {word!r} is lost: {kept!r}")
    there = {place for place, _ in survived}
    for found in _WORD.finditer(text):
        if not any(private[found.start() : found.end()]):
            figures.words += 1
            if found.start() not in there:
                figures.words_lost += 1
                figures.misses.append(f"word {found[0]!r} is lost: {kept!r}")


def _shows(
    kind: str, value: str, start: int, kept: str, survived: list[tuple[int, str]]
) -> bool:
    """True where a value, or a telling word of it, still stands in what is kept.

    Of a name every word tells but titles; of a number or a date every word with a digit; of an
    address the same, or what stands before the first comma ("Rose Cottage", while the town may
    stay); of a postcode only the whole.
    """
    if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", kept):  # "Mo" does not show in "Monday"
        return True
    if kind == "postcode":
        return False
    end = start + len(value.partition(",")[0] if kind == "address" else value)
    words = [word for place, word in survived if start <= place < end]
    numbered = kind != "name" and re.search(r"\d", value) is not None
    return any(
        re.search(r"\d", word) if numbered else len(word) > 1 and word.lower() not in _HARMLESS
        for word in words
    )


def _survived(text: str, kept: str) -> list[tuple[int, str]]:
    """Where the words of the text that still stand in what is kept stood, and what they are."""
    before = [(found.start(), found[0]) for found in _WORD.finditer(text)]
    after = [found[0] for found in _WORD.finditer(kept)]
    matcher = SequenceMatcher(a=[word for _, word in before], b=after, autojunk=False)
    return [
        before[block.a + k] for block in matcher.get_matching_blocks() for k in range(block.size)
    ]
