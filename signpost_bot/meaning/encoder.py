"""The sentence model (all-MiniLM-L6-v2, int8) and the tokenizer it was trained with.

Where the files in ``minilm/`` come from, and how they were proven: ``minilm/ORIGIN.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from signpost_bot.meaning.network import Network

DIMENSIONS = 384
BUNDLED = Path(__file__).parent / "minilm"


@dataclass(frozen=True, slots=True)
class Encoder:
    """Turns texts into vectors; safe to share between threads."""

    _network: Network

    @classmethod
    def load(cls, folder: Path | None = None, *, threads: int = 1) -> Encoder:
        """The model from ``folder``, or the one inside the package.

        Args:
            folder: holds ``model.onnx``, ``tokenizer.json`` and their ``SHA256SUMS``.
            threads: how many threads work on one text.

        Raises:
            ModelError: a file is missing, damaged or unreadable, or cannot be run here.
        """
        return cls(Network.open(folder or BUNDLED, threads=threads))

    @property
    def fingerprint(self) -> str:
        """Changes whenever a vector may change: the key for anything kept of them."""
        return self._network.fingerprint

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One vector a text.

        Args:
            texts: any strings, of any length; what comes after 256 word pieces is not read.

        Returns:
            Shape (len(texts), 384). Each row has length 1, so that the dot product of two rows
            is their cosine: 1.0 means alike, around 0.0 unrelated. A text without any word piece
            (empty, only spaces) is a row of zeros: like nothing at all.
        """
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in enumerate(texts):
            if (vector := self._network.run(text)) is not None:
                vectors[row] = vector
        return vectors

    def pieces(self, text: str) -> list[int]:
        """The numbers of the word pieces in ``text``, between marks for start and end: 2 to 256."""
        return self._network.pieces(text)

    def known_word(self, word: str) -> bool:
        """Whether the model knows ``word`` whole: then it is no slip of the keyboard."""
        return self._network.known_word(word)
