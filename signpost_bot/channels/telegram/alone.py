"""Links into the private chat that hold an answer for one person, and tell nobody else what it is.

A link in a group can be read by everybody there. So what it leads to stands in it only as a code
that is good for the person who asked.
"""

from __future__ import annotations

import base64
import hmac
import itertools
from collections.abc import Iterable
from typing import get_args

from signpost_bot.model import Alarm, Answer, Danger

PARAMETER = "a_"
_LENGTH = 22  # letters: 132 bits
_ANYBODY = 0  # instead of a person's number, where we cannot know it


class Links:
    """Writes and reads these links.

    Args:
        secret: the same for every copy of the program.
        topics: ids of all that a link may lead to.
    """

    def __init__(self, secret: bytes, topics: Iterable[str]) -> None:
        self._secret = secret
        dangers = itertools.product(get_args(Danger), ("now", "worried"), (False, True))
        ends: Iterable[str | Alarm] = (*topics, *itertools.starmap(Alarm, dangers), "")
        self._leads_to = {_name(end): end for end in ends}

    def parameter(self, leads_to: str | Alarm, person: int | None) -> str:
        """What stands behind ``?start=``, the same length for all.

        Args:
            leads_to: the id of a topic, "" for a mere hello, or a danger.
            person: who may open it; None: whoever has it.
        """
        return PARAMETER + self._code(_name(leads_to), person or _ANYBODY)

    def read(self, parameter: str, person: int) -> str | Alarm | None:
        """Where it leads; None where it is none of ours, or somebody else's."""
        code = parameter.removeprefix(PARAMETER)
        if code == parameter or len(code) != _LENGTH or not code.isascii():
            return None
        for name, leads_to in self._leads_to.items():
            for whose in (person, _ANYBODY):
                if hmac.compare_digest(code, self._code(name, whose)):
                    return leads_to
        return None

    def _code(self, name: str, person: int) -> str:
        text = f"alone\0{person}\0{name}".encode()
        code = base64.urlsafe_b64encode(hmac.digest(self._secret, text, "sha256"))
        return code.decode()[:_LENGTH]


def about(answer: Answer, alarm: Alarm | None = None) -> str | Alarm:
    """What the link to an answer leads to."""
    if alarm:
        return alarm
    return answer.topics[0].label if answer.topics else ""


def _name(leads_to: str | Alarm) -> str:
    if isinstance(leads_to, Alarm):
        return f"danger {leads_to.kind} {leads_to.strength} {leads_to.by_child}"
    return f"topic {leads_to}" if leads_to else "hello"
