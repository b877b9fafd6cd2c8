"""What people say that is no question."""

import re
from collections.abc import Iterable

from signpost_bot.model import SmallTalk

_NOISE = re.compile(r"[^\w\s]|_")
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")
_LONGEST = 80  # characters
# What may stand around a greeting without making it a question.
_BESIDE = re.compile(r"\b(?:signpost|bot|there|again|everyone|all|mate|love|pal|x+)\b")


class Pleasantries:
    """Knows hello, thanks and the like, however they are drawn out or dotted."""

    def __init__(self, kinds: Iterable[SmallTalk]) -> None:
        self._kinds = {_key(said): kind for kind in kinds for said in kind.says}

    def answering(self, text: str) -> SmallTalk | None:
        """The kind of small talk that the whole message is, or None."""
        if len(text) > _LONGEST:
            return None
        key = _key(text)
        bare = " ".join(_BESIDE.sub(" ", key).split())
        return self._kinds.get(key) or self._kinds.get(bare)


def _key(text: str) -> str:
    """ "Helloooo!!" and "hello" are the same."""
    return " ".join(_DRAWN_OUT.sub(r"\1", _NOISE.sub("", text.lower())).split())
