"""People about themselves and to each other: "I'm Dave", "Jean here", "Hi Sarah", "love, Pat"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from signpost_bot.questions.redaction.reading import Reading
from signpost_bot.questions.redaction.showing import (
    CLOSING,
    GREETING,
    PEOPLE,
    SELF,
)


def self_named(reading: Reading, i: int) -> Iterator[int]:
    """The words that token i, as the start of a greeting or of "I am", shows to be names."""
    token = reading.tokens[i]
    if not token.low:
        return
    if token.low in GREETING:
        yield from _greeted(reading, i)
    yield from _after_self(reading, i)
    if token.is_open and _is_here(reading, i):
        yield i


def _after_self(reading: Reading, i: int) -> Iterator[int]:
    """ "I'm Dave", "its jean here", "this is Raj"."""
    start = next((s for s in SELF if _says(reading, i, s)), None)
    if start is None:
        return
    j = i + len(start)
    if reading.at(j).is_open and reading.touches(j):
        me = start[0] in ("i'm", "im", "i", "am") or start == ("this", "is")
        if _fits_self(reading, j, me, reading.tokens[i].starts):
            yield j


def _says(reading: Reading, i: int, start: tuple[str, ...]) -> bool:
    first = reading.tokens[i]
    words = (first.low + ("'s" if first.possessive and "'" not in first.low else ""),)
    return words + tuple(reading.low(i + n) for n in range(1, len(start))) == start


def _fits_self(reading: Reading, j: int, me: bool, opens: bool) -> bool:
    token, lexicon = reading.tokens[j], reading.lexicon
    here = reading.low(j + 1) in ("here", "speaking", "again")
    if token.kind == "name":
        slip = not token.capital and reading.is_misspelt(token.low)
        return lexicon.is_first(token.low) and (me or here) and not slip
    if token.kind == "new":
        goes_on = reading.low(j + 1) in ("and", "i", "from") or reading.gap(j + 1)[:1] == ","
        shown = here or (me and (token.capital or goes_on))
        return shown and len(token.low) > 2 and not reading.is_slip(j) and not token.branded
    if token.kind == "either" and token.capital:
        return True
    if token.kind == "either":
        if token.low in PEOPLE:
            return here or (me and _introduces(reading, j))
        return me and opens and reading.gap(j + 1)[:1] == "," and token.low not in _MOODS
    return token.capital and lexicon.is_first(token.low) and here


_MOODS = frozenset("frank sunny gay merry grant bonny serene".split())


def _introduces(reading: Reading, j: int) -> bool:
    """ "im mark and i care for", "i am rose, 54"."""
    goes_on = reading.low(j + 1) in ("and", "i", "from", "im")
    return goes_on or reading.gap(j + 1)[:1] in (",", ".") or j + 1 >= len(reading.tokens)


def _is_here(reading: Reading, i: int) -> bool:
    """ "jean here", "Pat speaking", at the start of what is said."""
    token = reading.tokens[i]
    if reading.after(i) not in ("here", "speaking"):
        return False
    if not (token.starts or reading.low(i - 1) in GREETING | {"its", "it's", "is", "it"}):
        return False
    if token.kind == "either":
        return token.low in PEOPLE or token.capital
    if token.kind == "new":
        return token.capital and not reading.is_slip(i)
    return token.kind == "name" and reading.lexicon.is_first(token.low)


def _greeted(reading: Reading, i: int) -> Iterator[int]:
    """ "Hi Sarah,", "thanks pat", "thank you Jo"."""
    j = i + 1
    while reading.low(j) in ("you", "there", "again", "to"):
        j += 1
    token = reading.at(j)
    if not token.is_open or not (reading.touches(j) or reading.gap(j) in (",", ", ")):
        return
    closed = reading.closes(j) or reading.low(j + 1) in _OPENING
    last = j + 1 >= len(reading.tokens)
    if token.kind == "either":
        fits = closed and (token.capital or token.low in PEOPLE or last)
    elif token.kind == "name":
        small = closed and not reading.is_misspelt(token.low)
        fits = reading.lexicon.is_first(token.low) and (token.capital or small)
    else:
        shown = token.capital or (reading.low(i) in ("hi", "hello", "dear") and not last)
        fits = token.kind == "new" and closed and shown and not reading.is_slip(j)
    if fits:
        yield j


_OPENING = frozenset("i im i'm i've ive my our can we it's its could x xx thanks thank".split())


# --- the end of a letter ----------------------------------------------------------------


def signed(reading: Reading) -> list[int]:
    """The name that ends a message: "love, Siobhán x", "thanks pat", a last line of its own."""
    tokens = reading.tokens
    end = len(tokens) - 1
    while end >= 0 and (
        re.fullmatch("[xo]*x[xo]*", tokens[end].low) or tokens[end].named or tokens[end].is_detail
    ):
        end -= 1
    start = end
    while start > 0 and end - start < 3 and not tokens[start].starts and reading.touches(start):
        if tokens[start - 1].low in CLOSING:
            break
        start -= 1
    if end < 0 or "?" in reading.tail:
        return []
    closing = _is_closing(reading, start - 1)
    own_line = re.search(r"\n|- ?$|[.!] ", tokens[start].before) is not None
    if not (closing or (own_line and (start > 0 or "-" in tokens[0].before))):
        return []
    found = range(start, end + 1)
    fit = all(_may_sign(reading, i, closing) or _is_family(reading, start, i) for i in found)
    return list(found) if fit else []


def _is_family(reading: Reading, start: int, i: int) -> bool:
    """ "ken tattersall": a surname in small letters, behind a name."""
    token = reading.tokens[i]
    return i > start and token.is_open and token.kind == "name" and not reading.is_slip(i)


def _is_closing(reading: Reading, i: int) -> bool:
    """ "thanks", but of "from Hull" only one that opens a line."""
    return reading.low(i) in CLOSING and (reading.low(i) != "from" or reading.at(i).starts)


def _may_sign(reading: Reading, i: int, closing: bool) -> bool:
    token, lexicon = reading.tokens[i], reading.lexicon
    if not token.is_open or token.low in CLOSING:
        return False
    if token.kind == "place" or (not closing and token.low in lexicon.places):
        return False  # "Need a hoist for mum. Lincoln"
    if token.kind == "name":
        small = lexicon.is_first(token.low) and not reading.is_misspelt(token.low)
        return token.capital or token.shouted or small
    if token.kind == "either":
        return token.capital or closing
    if token.kind == "new":
        return (token.capital or (closing and len(token.low) > 2)) and not reading.is_slip(i)
    if len(token.low) == 1:
        return token.capital
    named = lexicon.is_name(token.low) if closing else lexicon.is_first(token.low)
    return token.capital and named
