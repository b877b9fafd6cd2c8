"""Personal details are taken out of a question before anything of it is kept.

Each becomes a mark that says what stood there: ``[name]``, ``[phone]``, ``[postcode SE6]``. What
helps a maintainer and leads to nobody stays: towns, the first half of a postcode, ages, sums of
money, appointments, helplines, the names of services and of illnesses.

No rule finds every name, and none spares every word that is one; ``tests/test_redact.py`` says
how many. A name in other than Latin letters is found in a message that is otherwise in these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from signpost_bot.questions.redaction.addresses import addresses
from signpost_bot.questions.redaction.contacts import (
    emails,
    marks,
    outward_half,
    postcodes,
    web_addresses,
)
from signpost_bot.questions.redaction.dates import dates
from signpost_bot.questions.redaction.folding import Folded, fold
from signpost_bot.questions.redaction.handles import handles
from signpost_bot.questions.redaction.names import names
from signpost_bot.questions.redaction.numbers import (
    digits,
    lettered_numbers,
    public_numbers,
    references,
    spelled_digits,
)
from signpost_bot.questions.redaction.spans import FOUND, KEPT, NAME, Finder, Span

# In this order: a date must be known before its digits look like a number, a street before its
# words look like a name.
_FINDERS: tuple[Finder, ...] = (
    marks, emails, web_addresses, handles, dates, postcodes, spelled_digits, lettered_numbers,
    public_numbers, references, digits, addresses, names,
)  # fmt: skip
_MOST_ROUNDS = 8


def redact(text: str) -> str:
    """The text with marks where it would lead to a person.

    Args:
        text: anything a person typed.

    Returns:
        The same text, word for word, but for the marks. Redacted again, it stays as it is.
    """
    return _until_settled(text, _found, "[{}]")


def outward(text: str) -> str:
    """A place as people name it, with the first half of a postcode alone: "SE6 4TW" -> "SE6"."""
    return _until_settled(text, _outward_halves, "{}")


def _until_settled(text: str, find: Callable[[str], list[Span]], form: str) -> str:
    """Look until nothing more shows: a mark tells of the words beside it ("[name] and Rose")."""
    for _ in range(_MOST_ROUNDS):
        folded = fold(text)
        settled = _replaced(text, folded, find(folded.text), form)
        if settled == text:
            break
        text = settled
    return text


def _outward_halves(text: str) -> list[Span]:
    return [span._replace(mark=outward_half(span)) for span in postcodes(text)]


def _found(text: str) -> list[Span]:
    """What all finders find; where two overlap, what the earlier one said."""
    found: list[Span] = []
    covered = list(text)
    for finder in _FINDERS:
        if finder is names:
            # its runs of names take in those that are marks already: side by side they become one
            found = [span for span in found if span.mark != "name"]
        for span in finder("".join(covered)):
            stretch = slice(span.start, span.end)
            if finder is names or not _SIGNS & {*covered[stretch]}:
                covered[stretch] = span.sign * (span.end - span.start)
                found.append(span)
    return sorted(found)


_SIGNS = frozenset((FOUND, NAME, KEPT))


def _replaced(text: str, folded: Folded, spans: Iterable[Span], form: str) -> str:
    pieces: list[str] = []
    place = 0
    for span in spans:
        if span.mark is None:
            continue
        start, end = folded.own(span.start, span.end)
        # one character of theirs may have become several of ours ("ﬁ"): never go back
        pieces += [text[place : max(place, start)], form.format(span.mark)]
        place = max(place, end)
    return "".join([*pieces, text[place:]])
