"""How Telegram says no: a code, a sentence, and sometimes what to do instead."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class RefusedError(Exception):
    """An answer with ``"ok": false``, worded as Telegram words it."""

    code: int
    description: str
    parameters: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code} {self.description}"

    def to_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad(reason: str, **parameters: Any) -> RefusedError:
    """400. The first letter becomes small, unless the reason is a code like USER_ID_INVALID."""
    code_like = len(reason) > 1 and (reason[1].isupper() or reason[1] == "_")
    said = reason if code_like else reason[0].lower() + reason[1:]
    return RefusedError(400, f"Bad Request: {said}", parameters)


def forbidden(reason: str) -> RefusedError:
    return RefusedError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> RefusedError:
    return RefusedError(409, f"Conflict: {reason}")


def too_many(retry_after: int) -> RefusedError:
    """429, with the whole seconds to wait."""
    wait = {"retry_after": retry_after}
    return RefusedError(429, f"Too Many Requests: retry after {retry_after}", wait)


TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
EPHEMERAL_REFUSED = "ephemeral message can't be sent to the user"  # not published: our wording
