"""Hearing danger by patterns and by meaning together, and who is only worn out.

The patterns need nothing else to work, so they are heard first and stand alone where there is
no model or it fails.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Protocol

from signpost_bot.matching.danger import find_danger, is_only_told
from signpost_bot.meaning.danger import Signs
from signpost_bot.model import Alarm

log = logging.getLogger(__name__)

# How much a text must sound like danger to be taken for it: by meaning alone, and where a
# pattern has heard it too. Fitted on wordings that taught neither; see docs/danger.md.
_BY_MEANING = 0.8
_WITH_PATTERN = 0.1
_WEARY = 0.6
_NOW = 0.5
_CHILD = 0.5


class Reader(Protocol):
    """What reads a text for signs of danger: the network, or one handed in."""

    def read(self, text: str) -> Signs: ...


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text is taken for, before anything else is made of it."""

    alarm: Alarm | None = None
    weary: bool = False  # a carer at breaking point: no danger, but not to be hurried past


@dataclass(frozen=True, slots=True)
class Listener:
    """Listens to every question. Never raises.

    Args:
        reader: None listens by patterns alone.
    """

    reader: Reader | None = None

    def hear(self, text: str) -> Heard:
        """Whether somebody is in danger, or at the end of their strength."""
        pattern = find_danger(text)
        try:
            signs = self.reader.read(text) if self.reader else None
        except Exception as fault:
            # Not its message: that may hold what somebody wrote.
            log.error("The danger model failed: %s", type(fault).__name__)
            signs = None
        if signs is None or is_only_told(text):
            return Heard(pattern)
        if signs.danger >= (_WITH_PATTERN if pattern else _BY_MEANING):
            return Heard(_alarm(signs, pattern))
        # What may be danger and is no alarm is met as gently as weariness: it is often both.
        return Heard(weary=signs.weary + signs.danger >= _WEARY)


def _alarm(signs: Signs, pattern: Alarm | None) -> Alarm:
    """The kind that meaning tells; where it is in doubt, the one that words told."""
    kind = pattern.kind if pattern and signs.danger < _BY_MEANING else signs.kind
    now = kind == "emergency" or signs.now >= _NOW
    by_child = kind != "emergency" and signs.by_child >= _CHILD
    return Alarm(kind, "now" if now else "worried", by_child)
