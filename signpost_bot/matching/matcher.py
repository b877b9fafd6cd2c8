"""Question -> Decision: which need, if any, a person's words are about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import numpy as np

from signpost_bot.matching import fitting
from signpost_bot.matching.fitting import Floats
from signpost_bot.matching.learning import Learned, SentenceEncoder, confidence, learn, together
from signpost_bot.matching.spelling import Speller
from signpost_bot.model import Decision, Evidence, Match, Verdict

MOST_MATCHES = 5
MOST_CHOICES = 4
_LONGEST = 4_000  # characters that count: the longest message that Telegram takes
_MOST_PARTS = 8  # sentences of a long message that are read one by one
_SHORTEST_PART = 4  # words: less says too little by itself
_SURE = 0.5  # likelier than all else together
_CLOSE = 0.25  # a need is offered if it is at least a quarter as likely as the likeliest
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_CURLY = str.maketrans("\u2018\u2019\u02bc\u201c\u201d", "'''\"\"", "\0")


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as the matcher sees it, so that no later step has to look again."""

    text: str  # folded, its typing errors mended
    vector: Floats  # (384,); (0,) without a model
    likeness: Floats  # (1, n), to every example
    general: Floats  # (1, classes)
    near: Floats  # (1, classes)


class Matcher:
    """Labels, each with examples of how people put it."""

    def __init__(
        self,
        labels: Sequence[str],
        examples: Sequence[str],
        learned: Learned,
        encoder: SentenceEncoder | None,
    ) -> None:
        self.labels = tuple(labels)
        self.examples = tuple(examples)
        self._learned = learned
        self._encoder = encoder
        known = encoder.known_word if encoder else (lambda word: False)
        self._speller = Speller(examples, known)

    @classmethod
    def from_examples(
        cls,
        examples: Mapping[str, Sequence[str]],
        outside: Sequence[str] = (),
        *,
        beside: Mapping[str, Sequence[str]] = MappingProxyType({}),
        encoder: SentenceEncoder | Literal["bundled"] | None = "bundled",
        folders: Sequence[Path] = (),
        only_kept: bool = False,
    ) -> Matcher:
        """Learn from examples.

        Args:
            examples: label -> texts that mean it; at least one label with one text.
            outside: texts that mean none of them. May be empty: then the line between ours
                and not ours is drawn by taking each label away in turn.
            beside: more texts of these labels, that a question may be near to. They are not
                weighed against each other, which is what makes learning slow.
            encoder: what turns texts into vectors; None goes by words and letters alone.
            folders, only_kept: see :func:`learning.learn`.

        Raises:
            ValueError: no examples.
            ModelError: the bundled model is missing or damaged.
            NotKeptError: ``only_kept``, and nothing is.
        """
        if encoder == "bundled":
            from signpost_bot.meaning import Encoder

            encoder = Encoder.load()
        labels = [label for label, texts in examples.items() if texts]
        if not labels:
            raise ValueError("no examples: give at least one label with one text.")
        pairs = [(text, i) for i, label in enumerate(labels) for text in examples[label]]
        pairs += [(text, len(labels)) for text in outside]
        weighed = len(pairs)
        pairs += [(text, i) for i, label in enumerate(labels) for text in beside.get(label, ())]
        texts = [fold(text) for text, _ in pairs]
        of = [i for _, i in pairs]
        learned = learn(
            texts, of, len(labels), encoder, folders, weighed=weighed, only_kept=only_kept
        )
        return cls(labels, texts, learned, encoder)

    def decide(self, text: str, *, why: bool = False) -> Decision:
        """What to do with a question.

        Args:
            text: what a person typed, of any length and script.
            why: also say which examples and words decided.
        """
        return self.judge(self.read(text), why=why)

    def read(self, text: str) -> Reading:
        """The question as a whole."""
        mended = self._speller.mend(fold(text))
        if self._encoder:
            vector = self._encoder.encode([mended])[0]
        else:
            vector = np.zeros(0, dtype=np.float32)
        likeness = self._learned.likeness(vector, mended)
        general, near = self._learned.scores(likeness)
        return Reading(mended, vector, likeness, general, near)

    def meaning_of(self, text: str) -> bytes | None:
        """What a text means, to be kept beside it: 384 numbers of 16 bits. None without a model."""
        if not self._encoder:
            return None
        vector: bytes = self._encoder.encode([fold(text)])[0].astype(np.float16).tobytes()
        return vector

    def taught(self, text: str) -> str | None:
        """The label that an example leads to; None for a text that is no example of ours."""
        row = self._row_of.get(fold(text))
        found = None if row is None else int(self._learned.found[row])
        return self.labels[found] if found is not None and found < len(self.labels) else None

    @cached_property
    def _row_of(self) -> Mapping[str, int]:
        return {example: row for row, example in enumerate(self.examples)}

    def judge(self, reading: Reading, *, why: bool = False) -> Decision:
        """What to do with a question that has been read; reads its sentences if it has several."""
        parts = [self.read(part) for part in _parts(reading.text)]
        chances = self._chances(reading, *parts)
        order = np.argsort(-chances)[:MOST_MATCHES]
        matches = tuple(
            Match(
                self.labels[i],
                round(float(chances[i]), 4),
                tuple(self._evidence(reading, int(i))) if why else (),
            )
            for i in order
        )
        sure = self._confidence(reading)  # the limits were fitted on whole texts
        if sure < 0:
            return Decision("unanswered", matches, confidence=sure)
        outcome, needs = self._needs(matches, parts)
        return Decision(outcome, matches, needs, sure)

    def _needs(
        self, matches: Sequence[Match], parts: Sequence[Reading]
    ) -> tuple[Verdict, tuple[str, ...]]:
        """Answer what is likelier than all else together, or else offer what is likeliest."""
        named = []
        for part in parts:
            chances = self._chances(part)
            likeliest = int(chances.argmax())
            label = self.labels[likeliest]
            likely = chances[likeliest] > _SURE and self._confidence(part) >= 0
            if likely and label not in named:
                named.append(label)
        if len(named) > 1:
            ranks = {match.label: rank for rank, match in enumerate(matches)}
            named.sort(key=lambda label: ranks.get(label, len(ranks)))
            return "answer", tuple(named[:2])
        best = matches[0]
        if best.score > _SURE or len(matches) == 1:
            return "answer", (best.label,)
        close = [m.label for m in matches[:MOST_CHOICES] if m.score >= _CLOSE * best.score]
        return "choose", tuple(close if len(close) > 2 else [m.label for m in matches[:3]])

    def _chances(self, whole: Reading, *parts: Reading) -> Floats:
        """How likely each label is, what is not ours aside: shape (labels,).

        A long message circles around its need: what its sentences say on average weighs as
        much as the whole.
        """
        scores = together(whole.general, whole.near)[0]
        if parts:
            by_part = [together(part.general, part.near)[0] for part in parts]
            scores = (scores + np.mean(by_part, axis=0)) / 2
        return fitting.softmax(scores / self._learned.limits.temperature)[: len(self.labels)]

    def _confidence(self, reading: Reading) -> float:
        """How far above the line a question is from which it counts as one of ours."""
        learned = self._learned
        sure = confidence(reading.general, reading.near, learned.labels, learned.has_outside)
        nearest = reading.near[0, : learned.labels].max()
        return float(min(sure[0] - learned.limits.inside, nearest - learned.limits.floor))

    def _evidence(self, reading: Reading, label: int) -> Iterator[Evidence]:
        """The examples of a label that are most like the question."""
        rows = np.flatnonzero(self._learned.of == label)
        likeness = reading.likeness[0, rows]
        for i in np.argsort(-likeness)[: fitting.NEIGHBOURS]:
            example = self.examples[rows[i]]
            yield Evidence(example, round(float(likeness[i]), 4), _shared(reading.text, example))


def fold(text: str) -> str:
    """Lower case, plain quotation marks, single spaces; cut to what can be read."""
    return " ".join(text[:_LONGEST].translate(_CURLY).lower().split(" ")).strip()


def _parts(text: str) -> list[str]:
    """The sentences of a message that has several; none where it is one."""
    parts = [p.strip() for p in _SENTENCE.split(text)]
    parts = [p for p in parts if len(p.split()) >= _SHORTEST_PART][:_MOST_PARTS]
    return parts if len(parts) > 1 else []


def _shared(one: str, other: str) -> tuple[str, ...]:
    words = set(re.findall(r"\w{4,}", other))
    return tuple(dict.fromkeys(w for w in re.findall(r"\w{4,}", one) if w in words))
