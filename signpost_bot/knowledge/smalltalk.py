"""What people say that is no question."""

import re
from collections.abc import Iterable

from signpost_bot.model import SmallTalk

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc]")
_NOISE = re.compile(r"[^\w\s]|_")
_DRAWN_OUT = re.compile(r"([^\W\d])\1+")
_LONGEST = 80  # characters
# What may stand around a greeting without making it a question; "al" is "all", no letter twice.
_BESIDE = re.compile(r"\b(?:signpost|bot|there|again|everyone|al|mate|love|pal|x)\b")


class Pleasantries:
    """Knows hello, thanks and the like, however they are drawn out or dotted."""

    def __init__(self, kinds: Iterable[SmallTalk]) -> None:
        self._kinds = {_key(said): kind for kind in kinds for said in kind.says}
        self._kinds.pop("", None)  # nothing but an emoji: any other would be the same

    def answering(self, text: str) -> SmallTalk | None:
        """The kind of small talk that the whole message is, or None."""
        if len(text) > _LONGEST:
            return None
        key = _key(text)
        bare = " ".join(_BESIDE.sub(" ", key).split())
        return self._kinds.get(key) or self._kinds.get(bare)


def _key(text: str) -> str:
    """ "Helloooo!!" and "hello" are the same, and "goood" and "good"."""
    plain = _NOISE.sub(" ", _APOSTROPHES.sub("", text.lower()))
    return " ".join(_DRAWN_OUT.sub(r"\1", plain).split())
