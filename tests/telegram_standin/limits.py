"""429 for whoever sends too much: in one chat, in one group, overall."""

import math
from collections import deque
from collections.abc import Callable

from telegram_standin.errors import too_many
from telegram_standin.rules import Limits
from telegram_standin.world import Chat


class Meter:
    """Counts what was sent. ``limits`` None counts nothing."""

    def __init__(self, limits: Limits | None, now: Callable[[], float]) -> None:
        self.limits = limits
        self._now = now
        self._overall: deque[float] = deque()
        self._groups: dict[int, deque[float]] = {}
        self._due: dict[int, float] = {}  # when a chat's burst is used up to, one second a message

    def count(self, chat: Chat) -> None:
        """Let one message pass.

        Raises:
            RefusedError: 429 with the seconds to wait; a refused message counts for nothing.
        """
        if self.limits is None:
            return
        limits, now = self.limits, self._now()
        group = self._groups.setdefault(chat.id, deque())
        waits = [_wait(self._overall, limits.all_second, limits.second, now)]
        if chat.type != "private":
            waits.append(_wait(group, limits.group_minute, limits.minute, now))
        due = max(self._due.get(chat.id, now), now)
        waits.append(due - now - (limits.chat_burst - 1) * limits.second)
        if (wait := max(waits)) > 1e-6:
            raise too_many(max(1, math.ceil(wait)))
        self._overall.append(now)
        group.append(now)
        self._due[chat.id] = due + limits.second


def _wait(sent: deque[float], most: int, span: float, now: float) -> float:
    while sent and sent[0] <= now - span:
        sent.popleft()
    return sent[0] + span - now if len(sent) >= most else 0.0
