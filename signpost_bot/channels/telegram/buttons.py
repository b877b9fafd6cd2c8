"""What a button says when it is pressed: at most 64 bytes that any copy of the program reads.

The data starts with the version of this form, so that buttons of old messages are told apart
for as long as chats exist. Nothing that a person typed stands in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

Act = Literal[
    "need",  # a need that was offered; value: its id
    "place",  # a place that was offered for the question; value: its name
    "more",  # more services for a need; value: About
    "phone",  # the same by phone; value: About
    "near",  # say where you are; value: a place that was offered, "-" to forget it, or nothing
    "helped",
    "wrong",  # not what I meant: ask why; value: About
    "why",  # value: the reason, then About
    "urgent",  # the card of numbers
    "groups",  # browse: all groups; value: "new" for a message of its own
    "group",  # browse: the needs of one; value: its id
    "browse",  # browse: one need; value: its id
    "set",  # a setting; value: its name
    "suggest",  # what was asked for field by field; value: "send" or "stop"
    "mine",  # in a group: show the answer to whoever asked, and to nobody else
    "setup",  # how the bot works in a group; value: what is to be changed
    "tell",  # tell me when you can answer; value: the record's id, or how and the id
]

VERSION = "1"
_MOST = 64  # bytes
_LONGEST_START = 64  # characters that Telegram takes behind ?start=
_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Press:
    """What was pressed."""

    act: Act
    value: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a button under an answer speaks of; the question itself is in the message above."""

    need: str = ""  # id
    page: int = 0
    chosen: bool = False  # the need was chosen, and does not follow from the words

    @classmethod
    def read(cls, value: str) -> About:
        """What ``str`` made; whatever else it is, something harmless."""
        need, page, chosen, *_ = (*value.split(":"), "", "", "")
        known = page.isascii() and page.isdecimal()
        return cls(need, int(page) if known else 0, chosen == "c")

    def __str__(self) -> str:
        return f"{self.need}:{self.page}:{'c' if self.chosen else ''}"


@dataclass(frozen=True, slots=True)
class Button:
    """A button as we mean it: what it says, and what it does or where it leads."""

    says: str
    does: Press | str  # a str is where it leads: a web address


Keyboard = Sequence[Sequence[Button]]


def write(press: Press) -> str:
    """The data of a button.

    Raises:
        ValueError: it does not fit.
    """
    data = _SEPARATOR.join((VERSION, press.act, press.value))
    if len(data.encode()) > _MOST:
        raise ValueError(f"{data!r} is longer than {_MOST} bytes.")
    return data


def fits(press: Press) -> bool:
    """Whether a button can say this."""
    try:
        write(press)
    except ValueError:
        return False
    return True


def read(data: str) -> Press | None:
    """What a button's data means; None for one that is none of ours, or of another version."""
    version, _, rest = data.partition(_SEPARATOR)
    act, _, value = rest.partition(_SEPARATOR)
    if version != VERSION or act not in get_args(Act):
        return None
    return Press(act, value)  # type: ignore[arg-type]


def markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """The keyboard as Telegram takes it; None when there is none."""
    rows = [[_button(button) for button in row] for row in keyboard if row]
    return InlineKeyboardMarkup(rows) if rows else None


def without(shown: InlineKeyboardMarkup | None, *acts: Act) -> Keyboard:
    """The buttons of ours that a message shows, but for those that do one of these."""
    rows = [
        [Button(one.text, press) for one in row if (press := read(str(one.callback_data)))]
        for row in (shown.inline_keyboard if shown else ())
    ]
    return [
        [one for one in row if isinstance(one.does, Press) and one.does.act not in acts]
        for row in rows
    ]


def start_link(bot: Bot, parameter: str) -> str:
    """The address of our private chat, which it opens with ``/start`` and this behind it."""
    return f"{bot.link}?start={parameter[:_LONGEST_START]}"


def _button(button: Button) -> InlineKeyboardButton:
    if isinstance(button.does, str):
        return InlineKeyboardButton(button.says, url=button.does)
    return InlineKeyboardButton(button.says, callback_data=write(button.does))
