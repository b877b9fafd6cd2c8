"""Asking Telegram for updates, and confirming only what is finished.

python-telegram-bot's own polling confirms a batch as soon as it has it: whatever is not handled
when the program stops is lost. Here the offset moves past an update when it and all before it are
finished, so that Telegram tells the rest again after a restart.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from signpost_bot.channels.telegram.channel import UPDATES, Channel
from signpost_bot.channels.telegram.sending import seconds_of

_LISTEN = 25  # seconds that Telegram waits for something to tell
_WHILE_BUSY = 0.1  # seconds until we ask again while something is under way
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0  # seconds after Telegram could not be reached
_SAID_AFTER = 3  # failures in a row: one alone is everyday

TWICE = (
    "Another copy of this bot asks Telegram for updates too, and only one may. Stop one of them, "
    "or let several copies share the work: set SIGNPOST_WEBHOOK_URL for all. We keep trying."
)
AWAY = "Telegram cannot be reached (%s). We keep trying."

log = logging.getLogger(__name__)


class Poller:
    """Receives updates by asking for them, as one copy of the program alone can."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._open: dict[int, asyncio.Task[None]] = {}  # told by Telegram and not finished
        self._last: int | None = None  # the newest update that we were told of

    @property
    def _offset(self) -> int | None:
        """All updates below this one are finished."""
        return min(self._open, default=None if self._last is None else self._last + 1)

    async def run(self) -> None:
        """Receive updates until cancelled.

        Raises:
            InvalidToken: Telegram no longer knows the token.
        """
        failures, told = 0, ""
        while True:
            try:
                updates = await self._channel.bot.get_updates(
                    self._offset, timeout=0 if self._open else _LISTEN, allowed_updates=UPDATES
                )
            except InvalidToken:
                raise
            except TelegramError as error:
                failures += 1
                if not told and (failures == _SAID_AFTER or isinstance(error, Conflict)):
                    told = TWICE if isinstance(error, Conflict) else AWAY % type(error).__name__
                    log.warning("%s", told)
                await asyncio.sleep(_pause(error, failures))
                continue
            if told:
                log.warning("Telegram answers again.")
            failures, told = 0, ""
            for update in updates:
                self._receive(update)
            if self._open:
                await asyncio.sleep(_WHILE_BUSY)

    async def confirm(self) -> None:
        """Tell Telegram what is finished, so that a restart does not hear of it again."""
        if self._offset is not None:
            with suppress(TelegramError):
                await self._channel.bot.get_updates(
                    self._offset, limit=1, timeout=0, allowed_updates=UPDATES
                )

    def _receive(self, update: Update) -> None:
        number = update.update_id
        self._last = max(number, self._last or 0)
        task = self._channel.receive(update)
        if task is None:
            self._open.pop(number, None)
        elif self._open.get(number) is not task:
            self._open[number] = task
            task.add_done_callback(lambda done: self._ended(number, done))

    def _ended(self, number: int, task: asyncio.Task[None]) -> None:
        """What failed stays open: Telegram tells it again, and it is tried again."""
        if not task.cancelled() and task.exception() is None:
            self._open.pop(number, None)


def _pause(error: TelegramError, failures: int) -> float:
    if isinstance(error, RetryAfter):
        return seconds_of(error)
    return float(min(_FIRST_PAUSE * 2 ** min(failures - 1, 10), _LONGEST_PAUSE))
