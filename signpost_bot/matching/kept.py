"""Arrays that took long to work out, kept on disk under a name made of what went into them."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[np.generic]]
T = TypeVar("T")


_MOST_KEPT = 12  # files in one folder; each knowledge in use needs two


class NotKeptError(LookupError):
    """Nothing was worked out for this before."""


def kept(
    made_of: Sequence[object],
    folders: Sequence[Path],
    make: Callable[[], Arrays] | None,
    read: Callable[[Arrays], T],
) -> T:
    """What ``read`` makes of the arrays that ``make`` gives, made once.

    Args:
        made_of: everything the arrays depend on, as JSON can hold it.
        folders: looked through in order. New work goes into the last one that can be
            written to; where none can, it is done again next time.
        make: None only looks.
        read: fails with a KeyError, TypeError or ValueError on arrays that are not what they
            should be; then they are made anew.

    Raises:
        NotKeptError: there is nothing, and ``make`` is None.
    """
    name = hashlib.sha256(json.dumps(made_of).encode()).hexdigest()[:32] + ".npz"
    for folder in folders:
        if (arrays := _read(folder / name)) is not None:
            with suppress(KeyError, TypeError, ValueError):
                return read(arrays)
    if make is None:
        raise NotKeptError(name)
    made = make()
    for folder in reversed(folders):
        if _write(folder / name, made):
            break
    return read(made)


def _read(path: Path) -> Arrays | None:
    """What was kept, or None where there is nothing, or nothing whole."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def _write(path: Path, arrays: Arrays) -> bool:
    """Put the whole file there at once, or leave things as they were."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
            try:
                np.savez(part, **arrays)  # type: ignore[arg-type]
                part.close()
                os.replace(part.name, path)
            except BaseException:
                os.unlink(part.name)
                raise
        _tidy(path.parent)
    except OSError:
        return False  # a read-only or full disk
    return True


def _tidy(folder: Path) -> None:
    """Let go of what has been overtaken longest: some 40 MB for every change of the knowledge."""
    newest_first = sorted(folder.glob("*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in newest_first[_MOST_KEPT:]:
        path.unlink(missing_ok=True)  # who still wants it will make it again
