"""How the running program writes its log: ``time=... level=... what="..." ms=...``, a line each.

The form is logfmt, which people read and programs split. What happened is a sentence of ours;
never somebody's words, nor a number that stands for a person.
"""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime

_TOKEN = re.compile(r"\d{5,}:[\w-]{20,}")  # of a bot in Telegram
_TALKATIVE = ("httpx", "httpcore", "telegram")  # what they log holds addresses with the token


def start(level: int = logging.INFO) -> None:
    """From now on the program logs to standard error: our own lines from this level on."""
    handler = logging.StreamHandler()
    handler.setFormatter(Logfmt())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("signpost_bot").setLevel(level)
    keep_the_token_out()


def keep_the_token_out() -> None:
    """Keep others from logging what they do in Telegram: it holds the token, and words."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def took(seconds: float) -> dict[str, int]:
    """For a line of the log: ``log.info("Ready.", extra=took(1.2))``."""
    return {"ms": round(seconds * 1000)}


class Logfmt(logging.Formatter):
    """One line for each thing that happened, whatever stands in it."""

    def format(self, record: logging.LogRecord) -> str:
        """Of an error its kind alone: its message may hold what somebody wrote."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields = {
            "time": moment.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "what": record.getMessage(),
        }
        if (ms := getattr(record, "ms", None)) is not None:
            fields["ms"] = str(ms)
        if record.exc_info and record.exc_info[0]:
            fields["error"] = record.exc_info[0].__name__
        return " ".join(f"{name}={_quoted(value)}" for name, value in fields.items())


def _quoted(value: str) -> str:
    value = _TOKEN.sub("[token]", value)
    if re.fullmatch(r"[\w.:-]+", value, re.ASCII):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
