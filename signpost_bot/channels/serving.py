"""The web server, with an end to its patience: whoever stops us waits five seconds at most."""

from __future__ import annotations

import logging
import os
import socket
import threading
from types import FrameType
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from signpost_bot.channels.telegram.running import TelegramBot

_LAST = 4.6  # seconds after which we are gone, whatever the database and the network do

log = logging.getLogger(__name__)


class Server(uvicorn.Server):
    """Serves the page and, beside it, the bot.

    Args:
        bot: stops together with the page, not after it: each may need seconds.
    """

    def __init__(self, config: uvicorn.Config, bot: TelegramBot | None) -> None:
        super().__init__(config)
        self._bot = bot
        self._last_resort: threading.Timer | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal to stop."""
        if self._last_resort is None:
            self._last_resort = threading.Timer(_LAST, _leave)
            self._last_resort.daemon = True
            self._last_resort.start()
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Finish what is being answered."""
        if self._bot:
            self._bot.stop()
        await super().shutdown(sockets)


def _leave() -> None:
    log.warning("Stopped before all was finished: something did not answer in time.")
    logging.shutdown()
    os._exit(0)
