"""The program with its bot in a process of its own, as people start it."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from programs import started

if TYPE_CHECKING:
    from telegram_standin.telegram import Telegram


class Bot:
    """The real program, started as people start it."""

    def __init__(
        self, telegram: Telegram, environment: dict[str, str], place: Path
    ) -> None:
        self.place = place
        self.environment = {
            **environment,
            "SIGNPOST_TELEGRAM_TOKEN": telegram.token,
            "SIGNPOST_TELEGRAM_API_URL": telegram.url,
            "SIGNPOST_PORT": str(free_port()),
        }

    @asynccontextmanager
    async def running(self, **env: str) -> AsyncIterator[subprocess.Popen[bytes]]:
        """At work; whoever leaves kills it."""
        with started(["run"], {**self.environment, **env}, self.place) as child:
            await says(child, "The bot is ready")
            yield child


async def says(child: subprocess.Popen[bytes], words: str) -> str:
    """The line in which it says this, and all lines before."""
    assert child.stderr
    said = ""
    while words not in said:
        line = await asyncio.to_thread(child.stderr.readline)
        assert line, f"it ended without saying {words!r}:\n{said}"
        said += line.decode()
    return said


def stopped(child: subprocess.Popen[bytes], within: float = 5) -> str:
    """Stop it in order; what it said."""
    asked = time.monotonic()
    child.send_signal(signal.SIGTERM)
    _, errors = child.communicate(timeout=20)
    assert time.monotonic() - asked < within
    assert child.returncode == 0
    return errors.decode()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number: int = taken.getsockname()[1]
    return number
