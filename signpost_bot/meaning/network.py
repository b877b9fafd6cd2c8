"""Running a network that ships with us: its files checked, its runtime told to keep quiet."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from signpost_bot.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Tokenizer

MOST_PIECES = 256  # what the original reads of a text; the rest is cut off

MODEL, TOKENIZER, CHECKSUMS = "model.onnx", "tokenizer.json", "SHA256SUMS"

_MEND = "Reinstall signpost-bot, or set SIGNPOST_MEANING=off to match by words and spelling alone."


@dataclass(frozen=True, slots=True)
class Network:
    """Turns one text into one row of numbers; safe to share between threads."""

    fingerprint: str  # changes whenever a result may change: the key for anything kept of them
    _session: InferenceSession
    _tokenizer: Tokenizer

    @classmethod
    def open(cls, folder: Path, *, tokenizer: Path | None = None, threads: int = 1) -> Network:
        """The network in ``folder``.

        Args:
            folder: holds ``model.onnx`` and the ``SHA256SUMS`` of what is in it.
            tokenizer: another such folder with the ``tokenizer.json``, if it is not in this one.
            threads: how many threads work on one text.

        Raises:
            ModelError: a file is missing, damaged or unreadable, or cannot be run here.
        """
        words = tokenizer or folder
        sums = f"{_verified(folder, MODEL)} {_verified(words, TOKENIZER)}"
        try:
            return cls(
                hashlib.sha256(sums.encode()).hexdigest(),
                _open_session(folder / MODEL, threads),
                _open_tokenizer(words / TOKENIZER),
            )
        except Exception as error:  # both libraries raise bare kinds of Exception
            raise ModelError(
                f"The sentence model in {folder} is whole, but cannot be run here ({error}). "
                "Upgrade its libraries (pip install --upgrade onnxruntime tokenizers), "
                "or set SIGNPOST_MEANING=off to match by words and spelling alone."
            ) from error

    def run(self, text: str) -> NDArray[np.float32] | None:
        """What the network makes of a text; None for one without any word piece."""
        pieces = self.pieces(text)
        if len(pieces) <= 2:  # no more than the marks for start and end
            return None
        # One run a text: nothing is padded, memory stays flat, and no result can depend on its
        # neighbours. In batches, a text was measured to take at best a quarter less time.
        found: NDArray[np.float32] = self._session.run(
            None, {"pieces": np.array([pieces], np.int64)}
        )[0][0]
        return found

    def pieces(self, text: str) -> list[int]:
        """The numbers of the word pieces in ``text``, between marks for start and end: 2 to 256."""
        ids: list[int] = self._tokenizer.encode(_well_formed(text)).ids
        return ids

    def known_word(self, word: str) -> bool:
        """Whether ``word`` is a word piece as a whole: then it is no slip of the keyboard."""
        normal = self._tokenizer.normalizer.normalize_str(_well_formed(word))
        return normal.isalnum() and self._tokenizer.token_to_id(normal) is not None


def _verified(folder: Path, name: str) -> str:
    """The checksum of a file, compared with the recorded one."""
    try:
        recorded = _checksums(folder / CHECKSUMS).get(name)
        if (found := _sha256(folder / name)) != recorded:
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
    return found


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
