"""What came in: the fields of a form or the values of a JSON object, made safe to work with.

Whatever cannot be used is refused in one sentence (an ``HTTPException``).
"""

import json
import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from signpost_bot.model import Suggestion
from signpost_bot.replies import wording

BODY_LIMIT = 64 * 1024  # bytes: some twenty pages of writing
DRAIN_LIMIT = 16 * BODY_LIMIT  # what is still read, and thrown away, before we refuse
LONGEST = {"name": 120, "what": 1_000, "phone": 60, "url": 300, "email": 250, "where": 120}

TOO_LONG = "That is too long for us to read. Please say it in a few sentences."

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CONTROL_BUT_LINES = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


async def body(request: Request) -> bytes:
    """The body, if it is no longer than we read.

    A little more is read and thrown away: who is cut off while sending never sees our answer.
    """
    kept, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= BODY_LIMIT:
            kept += chunk
        elif size > DRAIN_LIMIT:
            break
    if size > BODY_LIMIT:
        raise HTTPException(413, TOO_LONG, headers={"Connection": "close"})
    return bytes(kept)


async def fields(request: Request, *names: str) -> dict[str, str]:
    """The fields of a form of ours that was posted, each there, perhaps empty."""
    text = (await body(request)).decode("utf-8", "replace")
    try:
        sent = dict(parse_qsl(text, errors="replace", max_num_fields=20))
    except ValueError:
        raise HTTPException(400, "We could not read this form. Please try again.") from None
    return {name: _clean(sent.get(name, "")).strip() for name in names}


async def values(request: Request, needed: str) -> Mapping[str, object]:
    """The JSON object that was posted.

    Args:
        needed: the value that an object without any other has to hold.
    """
    try:
        sent = json.loads(await body(request))
    except (ValueError, RecursionError):
        raise HTTPException(400, "The body is not JSON.") from None
    if not isinstance(sent, dict):
        raise HTTPException(400, f'Send a JSON object: {{"{needed}": "..."}}.')
    return sent


def text(sent: Mapping[str, object], name: str) -> str | None:
    """One value of a JSON object, if it is there."""
    value = sent.get(name)
    if not isinstance(value, str | None):
        raise HTTPException(400, f"{name!r} has to be text.")
    return value if value is None else _clean(value)


def suggestion(typed: Mapping[str, str | None]) -> tuple[Suggestion | None, dict[str, str]]:
    """A service as somebody described it, kept as typed.

    Returns:
        The suggestion; or None, and for each field that cannot be used a sentence on why.
    """
    tidy = {name: _tidy(name, typed.get(name) or "") for name in wording.SUGGESTION_FIELDS}
    wrong = {name: why for name, value in tidy.items() if (why := _why_not(name, value))}
    if wrong:
        return None, wrong
    return Suggestion(tidy.pop("name"), **{n: value or None for n, value in tidy.items()}), {}


def only_known(sent: Mapping[str, object], known: Sequence[str], name: str) -> str | None:
    """A value that has to be one of ours, if it is there."""
    value = text(sent, name)
    if value is not None and value not in known:
        raise HTTPException(400, f"{name!r} has to be one of: {', '.join(known)}.")
    return value


def _why_not(name: str, value: str) -> str | None:
    if name == "name" and not value:
        return "Please tell us what it is called."
    if len(value) > LONGEST[name]:
        return f"Please use at most {LONGEST[name]} characters here. This has {len(value)}."
    return None


def _tidy(name: str, value: str) -> str:
    """Trimmed and without control characters; lines stay where several can be typed."""
    if name == "what":
        return _CONTROL_BUT_LINES.sub(" ", value.replace("\r\n", "\n")).strip()
    return _CONTROL.sub(" ", value).strip()


def _clean(text: str) -> str:
    """Without NULs and halves of characters, which JSON can hold and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")
