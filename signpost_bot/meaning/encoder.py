"""The sentence model (all-MiniLM-L6-v2, int8) and the tokenizer it was trained with.

Where the files in ``minilm/`` come from, and how they were proven: ``minilm/ORIGIN.md``.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from signpost_bot.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Tokenizer

DIMENSIONS = 384
MOST_PIECES = 256  # what the original reads of a text; the rest is cut off

MODEL, TOKENIZER, CHECKSUMS = "model.onnx", "tokenizer.json", "SHA256SUMS"

_BUNDLED = Path(__file__).parent / "minilm"
_MEND = "Reinstall signpost-bot, or set SIGNPOST_MEANING=off to match by words and spelling alone."


@dataclass(frozen=True, slots=True)
class Encoder:
    """Turns texts into vectors; safe to share between threads."""

    fingerprint: str  # changes whenever a vector may change: the key for anything kept of them
    _session: InferenceSession
    _tokenizer: Tokenizer

    @classmethod
    def load(cls, folder: Path | None = None, *, threads: int = 1) -> Encoder:
        """The model from ``folder``, or the one inside the package.

        Args:
            folder: holds ``model.onnx``, ``tokenizer.json`` and their ``SHA256SUMS``.
            threads: how many threads work on one text.

        Raises:
            ModelError: a file is missing, damaged or unreadable, or cannot be run here.
        """
        folder = folder or _BUNDLED
        fingerprint = _verified(folder)
        try:
            session = _open_session(folder / MODEL, threads)
            return cls(fingerprint, session, _open_tokenizer(folder / TOKENIZER))
        except Exception as error:  # both libraries raise bare kinds of Exception
            raise ModelError(
                f"The sentence model in {folder} is whole, but cannot be run here ({error}). "
                "Upgrade its libraries (pip install --upgrade onnxruntime tokenizers), "
                "or set SIGNPOST_MEANING=off to match by words and spelling alone."
            ) from error

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
        # One run a text: nothing is padded, memory stays flat, and a vector cannot depend on its
        # neighbours. In batches, a text was measured to take at best a quarter less time.
        for row, text in enumerate(texts):
            pieces = self.pieces(text)
            if len(pieces) > 2:  # more than the marks for start and end
                vectors[row] = self._session.run(None, {"pieces": np.array([pieces], np.int64)})[0][
                    0
                ]
        return vectors

    def pieces(self, text: str) -> list[int]:
        """The numbers of the word pieces in ``text``, between marks for start and end: 2 to 256."""
        ids: list[int] = self._tokenizer.encode(_well_formed(text)).ids
        return ids

    def known_word(self, word: str) -> bool:
        """Whether the model knows ``word`` whole: then it is no slip of the keyboard."""
        normal = self._tokenizer.normalizer.normalize_str(_well_formed(word))
        return normal.isalnum() and self._tokenizer.token_to_id(normal) is not None


def _verified(folder: Path) -> str:
    """The fingerprint of the files in ``folder``, each compared with its recorded checksum."""
    try:
        recorded = _checksums(folder / CHECKSUMS)
        for name in (MODEL, TOKENIZER):
            if _sha256(folder / name) != recorded.get(name):
                raise ModelError(
                    f"The sentence model is damaged: {folder / name} is not the file that "
                    f"{CHECKSUMS} beside it tells of. {_MEND}"
                )
    except FileNotFoundError as error:
        raise ModelError(
            f"The sentence model is missing: no file {error.filename}. {_MEND}"
        ) from error
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The sentence model in {folder} cannot be read: {error}. {_MEND}"
        ) from error
    return hashlib.sha256(f"{recorded[MODEL]} {recorded[TOKENIZER]}".encode()).hexdigest()


def _checksums(path: Path) -> dict[str, str]:
    """File name to SHA-256, from lines as ``sha256sum`` prints them."""
    lines = (line.split() for line in path.read_text("utf-8").splitlines())
    return {name: digest for digest, name in lines}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _open_session(path: Path, threads: int) -> InferenceSession:
    # From 1.29 on, onnxruntime reports what it runs to its makers unless told not to before it
    # is imported. What people ask here is nobody else's business, not even how often.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    # Imported here so that commands which match nothing (--help, check) start without it.
    import onnxruntime

    onnxruntime.disable_telemetry_events()

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors only: its warnings are not for whoever runs the bot
    # Idle threads must not keep a small server's processor busy between two questions.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _open_tokenizer(path: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_PIECES)
    return tokenizer


def _well_formed(text: str) -> str:
    """``text`` with halves of surrogate pairs joined or replaced: the tokenizer refuses them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
