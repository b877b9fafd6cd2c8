"""Sending within Telegram's limits: slowly where it must be, and danger before all else.

python-telegram-bot brings a limiter of its own, which stops everything when one chat is told to
wait. This one waits for that chat alone.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Coroutine
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

import httpx
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.ext import BaseRateLimiter, ExtBot
from telegram.request import HTTPXRequest

Urgency = Literal["danger"]

Result = bool | dict[str, Any] | list[dict[str, Any]]

_AT_ONCE = ("getUpdates", "getMe")  # whoever calls these sees for themselves what went wrong
_SENDS = ("sendMessage", "editMessageText")  # what is counted
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 20.0  # seconds until a call is tried again
_CONNECTIONS = 64
_FOR_DANGER = 8  # connections that nothing else may use
_MOST_CHATS = 5_000  # that are kept in mind: whoever wrote last


@dataclass(frozen=True, slots=True)
class Pace:
    """How many messages in how many seconds: what Telegram names, with a little to spare.

    https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
    """

    overall: tuple[int, float] = (28, 1.0)
    chat: tuple[int, float] = (3, 3.0)  # short bursts are let through
    group: tuple[int, float] = (19, 60.0)


@dataclass(slots=True)
class _Window:
    """So many calls in so much time; ``until`` is when the chat may be written to again."""

    most: int
    seconds: float
    sent: deque[float] = field(default_factory=deque)
    until: float = 0.0

    def wait(self, now: float) -> float:
        """Seconds until one more may go."""
        while self.sent and self.sent[0] <= now - self.seconds:
            self.sent.popleft()
        full = self.sent[0] + self.seconds - now if len(self.sent) >= self.most else 0.0
        return max(full, self.until - now, 0.0)


class Limiter(BaseRateLimiter[Urgency]):
    """Keeps to Telegram's limits, and tries again whatever fails for a while.

    Args:
        pace: None sends at once, for measuring.
        tell: called with "waited" and the seconds, or with "retried" and 1.
    """

    def __init__(
        self,
        pace: Pace | None = Pace(),  # nothing in it can change
        tell: Callable[[str, float], None] = lambda *_: None,
    ) -> None:
        self._limits = pace is not None
        self._pace = pace or Pace()
        self._tell = tell
        self._overall = _Window(*self._pace.overall)
        self._chats: OrderedDict[object, _Window] = OrderedDict()
        self._room = asyncio.Semaphore(_CONNECTIONS - _FOR_DANGER)

    async def initialize(self) -> None:
        """Nothing to do; python-telegram-bot asks for it."""

    async def shutdown(self) -> None:
        """Nothing to do; python-telegram-bot asks for it."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Urgency | None,
    ) -> Result:
        """Make one call when its time has come, again and again until Telegram has answered."""
        if endpoint in _AT_ONCE:
            return await callback(*args, **kwargs)
        chat = self._chat(data.get("chat_id"))
        counted = self._limits and endpoint in _SENDS and chat is not None
        pause = _FIRST_PAUSE
        while True:
            await self._turn(chat, counted, rate_limit_args)
            try:
                async with nullcontext() if rate_limit_args else self._room:
                    return await callback(*args, **kwargs)
            except RetryAfter as told:
                seconds = seconds_of(told)
                self._tell("retried", 1)
                if chat is None:
                    await asyncio.sleep(seconds)
                else:
                    chat.until = time.monotonic() + seconds
            except (BadRequest, InvalidToken):
                raise
            except NetworkError as error:
                unsure = isinstance(error, TimedOut) and not _never_arrived(error)
                if unsure and rate_limit_args != "danger":
                    raise  # it may have been done; only of where help is, twice beats never
                self._tell("retried", 1)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    async def _turn(
        self, chat: _Window | None, counted: bool, urgency: Urgency | None
    ) -> None:
        """Wait until this may go. Danger waits only where Telegram said so of its very chat."""
        start = time.monotonic()
        while True:
            now = time.monotonic()
            wait = max(chat.until - now, 0.0) if chat else 0.0
            if counted and urgency is None and chat:
                wait = max(wait, chat.wait(now), self._overall.wait(now))
            if wait <= 0:
                break
            await asyncio.sleep(wait)
        if counted and chat:
            chat.sent.append(now)
            self._overall.sent.append(now)
            self._tell("waited", now - start)

    def _chat(self, chat_id: object) -> _Window | None:
        if chat_id is None:
            return None
        chat_id = str(chat_id)
        window = self._chats.get(chat_id)
        if window is None:
            window = self._chats[chat_id] = _Window(
                *(self._pace.group if chat_id.startswith(("-", "@")) else self._pace.chat)
            )
            if len(self._chats) > _MOST_CHATS:
                self._chats.popitem(last=False)
        self._chats.move_to_end(chat_id)
        return window


def make_bot(token: str, api_url: str | None, limiter: Limiter) -> ExtBot[Urgency]:
    """The bot as python-telegram-bot knows it, with patience for a slow network.

    Args:
        api_url: the root of a Bot API server; None is Telegram's own.
    """
    root = (api_url or "https://api.telegram.org").rstrip("/")
    return ExtBot(
        token,
        f"{root}/bot",
        f"{root}/file/bot",
        request=HTTPXRequest(
            _CONNECTIONS, read_timeout=60, write_timeout=20, connect_timeout=10, pool_timeout=30
        ),
        get_updates_request=HTTPXRequest(2, read_timeout=20, connect_timeout=10),
        rate_limiter=limiter,
    )


def seconds_of(told: RetryAfter) -> float:
    """How long Telegram wants us to wait."""
    wait = told.retry_after  # a timedelta, as the package asks for on import
    return wait.total_seconds() if isinstance(wait, timedelta) else wait


def _never_arrived(error: TimedOut) -> bool:
    return isinstance(error.__cause__, httpx.PoolTimeout | httpx.ConnectTimeout)
