"""What waits for a maintainer as a file: CSV for a spreadsheet, JSON for a program."""

import csv
import io
import json
import re
from typing import Any

from signpost_bot.model import Waiting
from signpost_bot.questions.review import Need, Queue

_COLUMNS = (
    "need", "asked", "kind", "text", "reason", "day", "place", "area", "channel", "community",
    "topics", "services", "id", "name", "what", "phone", "url", "email", "where",
)  # fmt: skip
# What spreadsheets take for the start of a formula, also in its wide forms:
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def as_csv(queue: Queue) -> str:
    """One line for each thing that waits; lines of one need share its number and stand together.

    No cell can be read as a formula, and the mark at the start tells Excel that it is UTF-8.
    """
    written = io.StringIO()
    written.write("\ufeff")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for number, need in enumerate(queue.needs, 1):
        for one in need.waiting:
            writer.writerow(_cells(one, str(number), str(need.count)))
    for one in queue.suggestions:
        writer.writerow(_cells(one, "", ""))
    return written.getvalue()


def as_json(queue: Queue) -> str:
    """One object: the needs, most asked first, each with all that was asked; suggestions."""
    found = {
        "needs": [_need(need) for need in queue.needs],
        "suggestions": [_waiting(one) for one in queue.suggestions],
        "left_out": queue.left_out,
    }
    return json.dumps(found, indent=1, ensure_ascii=False)


def seen(text: str) -> str:
    """Text as a terminal or a cell may show it: no letter in it moves a cursor or hides."""
    return _UNSEEN.sub("", text)


def _cells(one: Waiting, number: str, asked: str) -> list[str]:
    suggested = one.suggestion
    cells = [
        *(number, asked, one.kind, one.text, one.reason, one.day.isoformat(), one.place, one.area),
        *(one.channel, one.community),
        " ".join(f"{topic} {score:.2f}" for topic, score in one.topics),
        " ".join(one.services),
        one.id,
        *(getattr(suggested, name, None) for name in _COLUMNS[-6:]),
    ]
    return [_safe(seen(cell or "")) for cell in cells]


def _safe(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _need(need: Need) -> dict[str, Any]:
    first, last = need.days
    return {
        "text": need.text,
        "asked": need.count,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "places": dict(need.places),
        "topics": dict(need.topics),
        "reasons": dict(need.reasons),
        "services": dict(need.services),
        "waiting": [_waiting(one) for one in need.waiting],
    }


def _waiting(one: Waiting) -> dict[str, Any]:
    suggested = one.suggestion
    return {
        "id": one.id,
        "kind": one.kind,
        "text": one.text,
        "reason": one.reason,
        "day": one.day.isoformat(),
        "place": one.place,
        "area": one.area,
        "channel": one.channel,
        "community": one.community,
        "topics": dict(one.topics),
        "services": list(one.services),
        "suggestion": suggested and {n: getattr(suggested, n) for n in _COLUMNS[-6:]},
    }
