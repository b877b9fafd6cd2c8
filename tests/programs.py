"""Running the program as people run it: in a process of its own."""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol


class Ran(Protocol):
    """What a finished process left behind."""

    returncode: int
    stdout: str
    stderr: str


class Run(Protocol):
    def __call__(
        self, *args: str | bytes, stdin: str | bytes = "", env: Mapping[str, str] = ...
    ) -> Ran: ...


def command(*args: str | bytes) -> list[str | bytes]:
    return [sys.executable, "-m", "signpost_bot", *args]


@contextmanager
def started(
    args: Sequence[str], environment: Mapping[str, str], cwd: Path
) -> Iterator[subprocess.Popen[bytes]]:
    child = subprocess.Popen(
        command(*args),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=cwd,
        env=environment,
    )
    try:
        yield child
    finally:
        child.kill()
        child.communicate()
