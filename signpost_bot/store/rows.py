"""Our values as rows, and back."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Row

from signpost_bot.errors import StoreError
from signpost_bot.model import Suggestion, Tally, Waiting

T = TypeVar("T")

as_json = json.JSONEncoder(ensure_ascii=False).encode  # for people to read with any tool

LONGEST_NAME = 200  # characters; PostgreSQL cannot count by more than some 2,700 bytes in all


def waiting_row(waiting: Waiting, as_day: Callable[[date], object]) -> tuple[object, ...]:
    """In the order of the table's columns, as the driver takes them."""
    return (
        clean(waiting.id),
        waiting.kind,
        clean(waiting.text),
        as_day(waiting.day),
        clean(waiting.channel),
        _clean_or_none(waiting.community),
        _clean_or_none(waiting.place),
        _clean_or_none(waiting.area),
        waiting.reason,
        as_json([clean(service) for service in waiting.services]),
        as_json([(clean(topic), float(score)) for topic, score in waiting.topics]),
        None if waiting.suggestion is None else _as_json(waiting.suggestion),
        waiting.vector,
    )


def waiting_of(row: Row[Any]) -> Waiting:
    suggestion = row.suggestion
    return Waiting(
        id=row.id,
        kind=row.kind,
        text=row.text,
        day=row.day,
        channel=row.channel,
        community=row.community,
        place=row.place,
        area=row.area,
        reason=row.reason,
        services=tuple(row.services),
        topics=tuple((topic, score) for topic, score in row.topics),
        suggestion=None if suggestion is None else Suggestion(**suggestion),
        vector=row.vector,
    )


def tally_rows(
    tallies: Iterable[Tally], as_day: Callable[[date], object]
) -> list[tuple[object, ...]]:
    """One row for each that can be told apart, as the driver takes it, always in one order.

    The order matters: two that write at once wait for each other's rows, and if one went up
    the list and the other down, each would wait for the other.
    """
    numbers: dict[tuple[Any, ...], int] = {}
    for tally in tallies:
        key = tally.day, tally.about, tally.name, tally.channel, tally.community
        numbers[key] = numbers.get(key, 0) + tally.number
    cleaned: dict[tuple[Any, ...], int] = {}
    for (day, about, *names), number in numbers.items():
        key = as_day(day), about, *(clean(name)[:LONGEST_NAME] for name in names)
        cleaned[key] = cleaned.get(key, 0) + number
    return [(*key, cleaned[key]) for key in sorted(cleaned)]


def tally_of(row: Row[Any]) -> Tally:
    return Tally(row.day, row.about, row.name, row.channel, row.community, row.number)


def read(rows: Iterable[Row[Any]], make: Callable[[Row[Any]], T], table: str) -> list[T]:
    """
    Raises:
        StoreError: a row is not what we write; somebody changed it with another tool.
    """
    try:
        return [make(row) for row in rows]
    except (ValueError, TypeError):
        pass  # out here, or the error would carry the row's words along
    raise StoreError(
        f"A row of the table {table} cannot be read: it was changed by another program. "
        "Mend or remove that row, or put back a copy of the database."
    )


def clean(text: str) -> str:
    """The text as both databases take it: U+FFFD for a NUL and for half a character.

    PostgreSQL has no room for NUL, and neither database for one half of a surrogate pair. Two
    halves that belong together become the character they stand for.
    """
    if not text.isascii():
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\0", "\ufffd") if "\0" in text else text


def clean_json(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same with every text in it cleaned, keys too."""
    cleaned: dict[str, Any] = _clean_all(data)
    return cleaned


def _clean_all(data: Any) -> Any:
    if isinstance(data, str):
        return clean(data)
    if isinstance(data, Mapping):
        return {clean(str(key)): _clean_all(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_clean_all(value) for value in data]
    return data


def _clean_or_none(text: str | None) -> str | None:
    return None if text is None else clean(text)


def _as_json(suggestion: Suggestion) -> str:
    fields = asdict(suggestion).items()
    return as_json({name: clean(value) for name, value in fields if value is not None})
