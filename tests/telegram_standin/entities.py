"""Text as Telegram reads it: its HTML, its entities, and lengths in UTF-16 units.

The HTML reader keeps to TDLib's ``parse_html`` (td/telegram/MessageEntity.cpp): the same tags, the
same sentences, offsets in bytes. What it does not know, such as ``&nbsp;``, it leaves as it stands.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram_standin.errors import bad
from telegram_standin.links import fault_of

Entity = dict[str, Any]  # a MessageEntity: type, offset and length in UTF-16 units, url ...

MOST_ENTITIES = 100

_KINDS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']*)\s*(=?)\s*""")
_FOUND = (
    ("bot_command", re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w.@])@[A-Za-z]\w{3,31}(?!\w)")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "url",
        re.compile(r"(?<![\w@./])(?:https?://[^\s<>]+|(?:[\w-]+\.)+(?:uk|org|com|net|wales|scot)\b)"),
    ),
)


def length(text: str) -> int:
    """In UTF-16 code units, as Telegram counts offsets."""
    return len(text.encode("utf-16-le")) // 2


def part(text: str, entity: Entity) -> str:
    """The words an entity covers."""
    units = text.encode("utf-16-le")
    start = entity["offset"] * 2
    return units[start : start + entity["length"] * 2].decode("utf-16-le")


def found_in(text: str) -> list[Entity]:
    """Commands, mentions, addresses: what Telegram finds without any markup."""
    entities: list[Entity] = []
    taken: list[range] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            span = range(match.start(), match.end())
            if any(span.start < other.stop and other.start < span.stop for other in taken):
                continue
            taken.append(span)
            offset = length(text[: match.start()])
            entities.append({"type": kind, "offset": offset, "length": length(match[0])})
    return sorted(entities, key=lambda entity: int(entity["offset"]))


def parse_html(markup: str, complain: Callable[[str], None]) -> tuple[str, list[Entity]]:
    """Text and entities of Telegram's HTML.

    Raises:
        RefusedError: "can't parse entities: ...", with the offset in bytes.
    """
    reader = _Reader(markup, complain)
    reader.read()
    return reader.text, sorted(reader.entities, key=lambda entity: int(entity["offset"]))


@dataclass
class _Open:
    """A tag that waits for its end."""

    tag: str
    argument: str
    offset: int
    starts: int


class _Reader:
    def __init__(self, markup: str, complain: Callable[[str], None]) -> None:
        self.markup = markup
        self.complain = complain
        self.at = 0
        self.text = ""
        self.entities: list[Entity] = []
        self.open: list[_Open] = []

    def read(self) -> None:
        while self.at < len(self.markup):
            if self.markup[self.at] != "<":
                self.text += self._character()
            elif self.markup.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise _broken(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')

    def _character(self) -> str:
        match = _CHARACTER.match(self.markup, self.at)
        if match:
            number = int(match[1]) if match[1] else int(match[2] or "0", 16)
            sign = _NAMED[match[3]] if match[3] else chr(number) if 0 < number < 0x10FFFF else ""
            if sign and not "\ud800" <= sign <= "\udfff":
                self.at = match.end()
                return sign
        self.at += 1
        return self.markup[self.at - 1]

    def _start_tag(self) -> None:
        begins = self.at
        where = f"at byte offset {self._bytes(begins)}"
        name = re.compile(r"[^\s>]*").match(self.markup, begins + 1)
        assert name
        self.at = name.end()
        if self.at == len(self.markup):
            raise _broken(f"Unclosed start tag {where}")
        tag = name[0].lower()
        if tag not in _KINDS:
            raise _broken(f'Unsupported start tag "{tag}" {where}')
        argument = self._attributes(tag, where)
        if tag == "span" and argument != "spoiler":
            raise _broken(f'Tag "span" must have class "tg-spoiler" {where}')
        self.open.append(_Open(tag, argument, length(self.text), len(self.text)))

    def _attributes(self, tag: str, where: str) -> str:
        """What the tag's attributes say (an address, a language ...), up to and past its ">"."""
        argument = ""
        while True:
            match = _ATTRIBUTE.match(self.markup, self.at)
            assert match
            if self.markup.startswith(">", match.end()) and not match[1] and not match[2]:
                self.at = match.end() + 1
                return argument
            if not match[1] and match.end() < len(self.markup):
                raise _broken(f'Empty attribute name in the tag "{tag}" {where}')
            self.at = match.end()
            value = self._value(where) if match[2] else ""
            if self.at >= len(self.markup):
                raise _broken(f'Unclosed start tag "{tag}" {where}')
            argument = _meaning(tag, match[1].lower(), value) or argument

    def _value(self, where: str) -> str:
        quote = self.markup[self.at : self.at + 1]
        begins = self.at
        if quote not in {'"', "'"} or not quote:
            token = re.compile(r"[A-Za-z0-9.-]*").match(self.markup, begins)
            assert token
            self.at = token.end()
            if self.at < len(self.markup) and self.markup[self.at] not in " \t\r\n\v>":
                offset = self._bytes(begins)
                raise _broken(f"Unexpected end of name token at byte offset {offset}")
            return token[0].lower()
        value = ""
        self.at += 1
        while self.at < len(self.markup) and self.markup[self.at] != quote:
            value += self._character()
        self.at += 1
        if self.at >= len(self.markup):
            raise _broken(f"Unclosed start tag {where}")
        return value

    def _end_tag(self) -> None:
        where = f"at byte offset {self._bytes(self.at)}"
        if not self.open:
            raise _broken(f"Unexpected end tag {where}")
        match = re.compile(r"</([^\s>]*)\s*").match(self.markup, self.at)
        assert match
        if not self.markup.startswith(">", match.end()):
            raise _broken(f"Unclosed end tag {where}")
        self.at = match.end() + 1
        opened = self.open.pop()
        if match[1] and match[1].lower() != opened.tag:
            raise _broken(
                f'Unmatched end tag {where}, expected "</{opened.tag}>", found "</{match[1]}>"'
            )
        self._keep(opened)

    def _keep(self, opened: _Open) -> None:
        covered = self.text[opened.starts :]
        entity: Entity = {
            "type": _KINDS[opened.tag],
            "offset": opened.offset,
            "length": length(covered),
        }
        if opened.tag == "a":
            entity["url"] = opened.argument or covered
            if fault := fault_of(entity["url"]):
                # Telegram says nothing and shows bare words, which no bot can have meant.
                self.complain(f"the link to {entity['url']!r} is dropped: {fault}")
                return
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "code" and opened.argument:
            entity["language"] = opened.argument
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.argument
        if covered:
            self.entities.append(entity)

    def _bytes(self, index: int) -> int:
        return len(self.markup[:index].encode())


def _meaning(tag: str, attribute: str, value: str) -> str:
    match tag, attribute:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case "code", "class":
            return value.removeprefix("language-")
        case "span", "class":
            return value.removeprefix("tg-")
        case "blockquote", "expandable":
            return "expandable"
        case _:
            return ""


def _broken(fault: str) -> Exception:
    return bad(f"can't parse entities: {fault}")
