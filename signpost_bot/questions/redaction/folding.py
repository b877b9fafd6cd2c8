"""Text as a search needs it: plain letters and digits, each knowing where it came from.

People write full-width digits, curly quotes and accents; some put invisible characters between
the letters of what they want to slip through. All of that is folded away for looking, while
what is kept of a message keeps the person's own characters.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

# Letters that no decomposition brings to plain ones, and signs with many looks.
_LOOKS = {
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ı": "i",
    "ħ": "h", "Ħ": "H", "ŋ": "n", "Ŋ": "N", "ə": "e", "Ə": "E", "ŧ": "t", "Ŧ": "T",
    "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th",
    "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "ʻ": "'", "ʹ": "'", "′": "'", "`": "'", "´": "'",
    "＇": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "﹣": "-", "－": "-",
    "\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "\v": "\n", "\f": "\n", "\r": "\n",
    "\n": "\n", "\t": " ",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded, and where in the person's own text each character of it stands."""

    text: str
    origin: list[int]  # one longer than the text: the last is the length of the person's own

    def own(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the person's own text that became ``text[start:end]``."""
        return self.origin[start], self.origin[end]


def fold(text: str) -> Folded:
    """Letters without accents, digits of any script as 0 to 9, nothing invisible."""
    if text.isascii() and text.isprintable():
        return Folded(text, list(range(len(text) + 1)))
    found: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        for plain in _plain(character):
            found.append(plain)
            origin.append(place)
    origin.append(len(text))
    return Folded("".join(found), origin)


def _plain(character: str) -> str:
    if " " <= character <= "~" and character != "`":
        return character
    if (look := _LOOKS.get(character)) is not None:
        return look
    category = unicodedata.category(character)
    if category in ("Cf", "Cc", "Me") or "\ufe00" <= character <= "\ufe0f":
        return ""  # zero-width, soft hyphens, NUL, the frames of keycap emoji
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category in ("Co", "Cs"):
        return "\ufffd"  # private characters are the sign of what was found already
    return "".join(
        _LOOKS.get(part, part)
        for part in unicodedata.normalize("NFKD", character)
        if not "\u0300" <= part <= "\u036f"
    )
