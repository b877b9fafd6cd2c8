"""What happened, in order."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. ``at`` counts seconds from the start."""

    at: float
    who: str
    did: str  # writes, sends, edits, presses, answers, deletes, joins ...
    where: str
    text: str = ""
    buttons: tuple[str, ...] = ()
    message_id: int | None = None
    chat_id: int | None = None


def readable(entries: Iterable[Entry]) -> str:
    """One line a thing, what was said indented beneath it."""
    lines = []
    for entry in entries:
        number = f" #{entry.message_id}" if entry.message_id else ""
        lines.append(f"{entry.at:8.3f}  {entry.who} {entry.did}{number} [{entry.where}]")
        lines += [f"          | {line}" for line in entry.text.splitlines()]
        if entry.buttons:
            lines.append("          " + " ".join(f"[{words}]" for words in entry.buttons))
    return "\n".join(lines)
