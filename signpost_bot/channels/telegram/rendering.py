"""Reply -> messages in Telegram's HTML, each short enough to be sent.

Only the tags that we write ourselves come out of here: every word is escaped, whoever typed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from urllib.parse import urlsplit

from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, format_number

from signpost_bot.channels.web.links import site
from signpost_bot.model import Paragraph, Reply, Signpost

LONGEST = 4_000  # units of UTF-16 in one message; Telegram takes 4,096
_MOST_TAGS = 80  # in one message; Telegram sees 100 at most, the links it finds itself among them
_WORD = 200  # units at the end of a piece in which a space is looked for
_TAG = re.compile(r"<[^>]*>")
_RELAY_UK = re.compile(r"18001\D*$")  # what stands before a number makes no sense from abroad
_DIGITS = re.compile(r"\d(?:\D{0,4}\d){5}")  # fewer than any telephone number has
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")
_HOST = re.compile(r"(?:[\w-]+\.)+[\w-]+(?::[1-9]\d{0,4})?", re.ASCII)
_HIGHEST_PORT = 65_535


def messages(reply: Reply, *, short: bool = False) -> list[str]:
    """The reply in as few messages as it fits into, divided between its parts.

    Args:
        short: of each signpost only what it is called and how to reach it.
    """
    return list(_filled(block for block in _blocks(reply, short) if _is_seen(block)))


def one_message(reply: Reply) -> str:
    """The reply in a single message, shortened where it would be more, and never empty."""
    texts = messages(reply)
    if len(texts) > 1:
        texts = messages(reply, short=True)
    return texts[0] if texts else "-"


def length(html: str) -> int:
    """What Telegram counts: units of UTF-16, without markup."""
    return _units(_plain(html))


def with_telephones(text: str) -> str:
    """The same with long numbers in their international form, which Telegram makes tappable.

    >>> with_telephones("Ring 0808 808 7777 or 116 123.")
    'Ring +44 808 808 7777 or 116 123.'
    """
    if not _DIGITS.search(text):
        return text
    written, at = [], 0
    for found in PhoneNumberMatcher(text, "GB", leniency=Leniency.VALID):
        if not _RELAY_UK.search(text[: found.start]):
            number = format_number(found.number, PhoneNumberFormat.INTERNATIONAL)
            written += [text[at : found.start], number]
            at = found.end
    return "".join(written) + text[at:]


def safe(text: str) -> str:
    """Words as they can stand in a message, whoever typed them."""
    return escape(_CONTROL.sub(" ", text.encode("utf-8", "replace").decode()), quote=False)


def _blocks(reply: Reply, short: bool) -> Iterator[str]:
    number = 0
    for part in reply.parts:
        if isinstance(part, Signpost):
            number += 1
            yield "\n".join(_signpost(part, number, short))
        else:
            yield _paragraph(part)


def _paragraph(part: Paragraph) -> str:
    text = safe(with_telephones(part.text))
    return text if part.tone == "plain" else f"<b>{text}</b>"


def _signpost(post: Signpost, number: int, short: bool) -> Iterator[str]:
    yield f"<b>{number}. {safe(post.name)}</b>"
    if post.what and not short:
        yield safe(with_telephones(post.what))
    for label, value in post.ways:
        hours = f" ({safe(post.hours)})" if label == "Phone" and post.hours else ""
        yield f"{safe(label)}: {_way(value)}{hours}"
    if short:
        return
    if post.hours and not post.phone:
        yield f"Open: {safe(post.hours)}"
    if post.cost:
        yield f"Cost: {safe(post.cost)}"
    for note in post.notes:
        yield safe(with_telephones(note))
    if post.freshness:
        yield f"<i>{safe(post.freshness)}</i>"


def _way(value: str) -> str:
    if _is_web(value):
        return f'<a href="{escape(value)}">{safe(site(value))}</a>'
    return safe(with_telephones(value))


def _is_web(value: str) -> bool:
    """Whether Telegram takes it as a link; it would silently drop any other."""
    if " " in value or not value.isprintable():
        return False
    try:
        parts = urlsplit(value)
        port = parts.port or 0
    except ValueError:
        return False
    is_address = _HOST.fullmatch(parts.netloc) is not None and port <= _HIGHEST_PORT
    return parts.scheme in ("http", "https") and is_address


def _filled(blocks: Iterable[str]) -> Iterator[str]:
    """Blocks put together as long as they fit; one that is too long alone is cut by lines."""
    message = ""
    for block in blocks:
        for piece in _pieces(block):
            longer = f"{message}\n\n{piece}" if message else piece
            if message and not _fits(longer):
                yield message
                message = piece
            else:
                message = longer
    if message:
        yield message


def _pieces(block: str) -> Iterator[str]:
    if _fits(block):
        yield block
        return
    piece = ""
    for line in _lines(block):
        longer = f"{piece}\n{line}" if piece else line
        if _fits(longer):
            piece = longer
        else:
            if _is_seen(piece):
                yield piece
            piece = line
    if _is_seen(piece):
        yield piece


def _lines(block: str) -> Iterator[str]:
    """The lines of a block. Markup that goes over several of them, or one that no message can
    hold, is left out rather than broken."""
    for line in block.split("\n"):
        if line.count("<") % 2 or not _fits(line):
            yield from map(escape, _cut(_plain(line)))
        else:
            yield line


def _cut(text: str) -> Iterator[str]:
    """A text in pieces that fit, between words where it has any, never inside a character."""
    while text:
        piece = text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
        if len(piece) < len(text):
            space = piece.rfind(" ", len(piece) - _WORD)
            piece = piece[:space] if space > 0 else piece
        yield piece
        text = text[len(piece) :].lstrip()


def _fits(html: str) -> bool:
    return length(html) <= LONGEST and html.count("<") <= _MOST_TAGS


def _is_seen(html: str) -> bool:
    return bool(_UNSEEN.sub("", _plain(html)))


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", html))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
