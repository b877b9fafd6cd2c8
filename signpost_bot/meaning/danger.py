"""What a network that was taught with people's words hears of danger in a text.

Where the files in ``alarms/`` come from, and what they were taught with: ``alarms/ORIGIN.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from signpost_bot.meaning.encoder import BUNDLED as MINILM
from signpost_bot.meaning.network import Network
from signpost_bot.model import Danger

KINDS: tuple[Danger, ...] = get_args(Danger)
# What the network tells apart, in its order; then whether it is now, and whether a child speaks.
CLASSES = ("none", *KINDS, "weary")
COLUMNS = len(CLASSES) + 2

_BUNDLED = Path(__file__).parent / "alarms"
_LONG = 100  # words: what is longer is read in pieces as well, or a cry in it would be drowned
_MOST_PARTS = 12
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_CURLY = str.maketrans("\u2018\u2019\u02bc\u201c\u201d", "'''\"\"", "\0")


@dataclass(frozen=True, slots=True)
class Signs:
    """How much a text sounds like danger: each from 0 (not at all) to 1 (like nothing else)."""

    kinds: dict[Danger, float]
    weary: float  # somebody who can do no more, and wants neither to die nor to hurt
    now: float
    by_child: float

    @property
    def danger(self) -> float:
        return sum(self.kinds.values())

    @property
    def kind(self) -> Danger:
        return max(self.kinds, key=lambda kind: self.kinds[kind])


@dataclass(frozen=True, slots=True)
class DangerReader:
    """Safe to share between threads."""

    _network: Network

    @classmethod
    def load(cls, folder: Path | None = None, *, threads: int = 1) -> DangerReader:
        """The network from ``folder``, or the one inside the package.

        Raises:
            ModelError: a file is missing, damaged or unreadable, or cannot be run here.
        """
        return cls(Network.open(folder or _BUNDLED, tokenizer=MINILM, threads=threads))

    @property
    def fingerprint(self) -> str:
        return self._network.fingerprint

    def read(self, text: str) -> Signs:
        """What is heard in a text of any length; of a long one, in its most alarming part."""
        found = [row for part in _parts(text) if (row := self._network.run(part)) is not None]
        if not found:
            return _signs(np.eye(COLUMNS, dtype=np.float32)[0])
        return max(map(_signs, found), key=lambda signs: signs.danger)


def _signs(row: NDArray[np.float32]) -> Signs:
    _, *kinds = (float(value) for value in row[: len(CLASSES)])
    weary, now, by_child = kinds.pop(), float(row[-2]), float(row[-1])
    return Signs(dict(zip(KINDS, kinds, strict=True)), weary, now, by_child)


def _parts(text: str) -> Iterator[str]:
    """The text as a whole; of a long one also its sentences, a few at a time."""
    folded = text.translate(_CURLY).lower()
    words = len(folded.split())
    yield " ".join(folded.split())
    if words <= _LONG:
        return
    given, part = 0, ""
    for sentence in _SENTENCE.split(folded):
        # without any full stop, so many words in a breath
        for start in range(0, max(len(pieces := sentence.split()), 1), _LONG):
            part = f"{part} {' '.join(pieces[start : start + _LONG])}".strip()
            if len(part.split()) >= _LONG // 2:
                yield part
                given, part = given + 1, ""
                if given == _MOST_PARTS:
                    return
    if part:
        yield part
