"""An entry's plain text -> a value of our model, or what is wrong with it."""

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from signpost_bot.knowledge.packs import Entry, Kind, Problem, nearest, shown
from signpost_bot.model import Service, SmallTalk, Successor, Term, Topic

_SHAPES: dict[Kind, type] = {
    "topic": Topic,
    "service": Service,
    "term": Term,
    "smalltalk": SmallTalk,
}
_DATES = {
    "seen": (
        re.compile(r"20\d\d(-(0[1-9]|1[0-2]))?", re.ASCII),
        "a year or a year and month, such as 2026-10",
    ),
    "checked": (re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), "a date such as 2026-11-21"),
}


def to_value(entry: Entry) -> Any | list[Problem]:
    """The Topic, Service, Term or SmallTalk that an entry describes, or its problems."""
    shape = _SHAPES[entry.kind]
    known = [f.name for f in fields(shape)]
    problems = [
        entry.problem(
            "unknown-field",
            f"unknown field {shown(name)}.{nearest(name, known) or ' Remove it.'}",
            name,
        )
        for name in entry.value
        if name not in known
    ]
    misformed = dict(_misformed(entry))
    problems += misformed.values()
    given = {
        name: value
        for name, value in entry.value.items()
        # a field left blank is as good as a field left out
        if name in known and name not in misformed and not _is_blank(value)
    }
    try:
        value = _adapter(shape).validate_python(given)
    except ValidationError as wrong:
        return problems + list(_problems(entry, wrong))
    problems += _blanks(entry)
    return problems or value


def _misformed(entry: Entry) -> Iterator[tuple[str, Problem]]:
    """Dates that are none; pydantic would take a bare number for seconds since 1970."""
    for name, (form, such_as) in _DATES.items():
        given = entry.value.get(name)
        if isinstance(given, str) and not _is_blank(given) and not form.fullmatch(given.strip()):
            message = f"{name!r} must be {such_as}, not {shown(given)}."
            yield name, entry.problem("value", message, name)


@cache
def _adapter(shape: type) -> TypeAdapter[Any]:
    # pydantic reads its settings from the class; our model knows nothing of pydantic
    for one in (shape, Successor):
        one.__pydantic_config__ = ConfigDict(  # type: ignore[attr-defined]
            str_strip_whitespace=True, extra="forbid"
        )
    return TypeAdapter(shape)


def _is_blank(given: Any) -> bool:
    return given is None or (isinstance(given, str) and not given.strip())


def _blanks(entry: Entry) -> Iterator[Problem]:
    for name in entry.value:
        for i, text in entry.texts(name):
            if not text.strip():
                yield entry.problem("value", _EMPTY, name, i)


def _problems(entry: Entry, wrong: ValidationError) -> Iterator[Problem]:
    told = set()
    for error in wrong.errors(include_url=False):
        steps = tuple(step for step in error["loc"] if step not in _BRANCHES)
        # what fits none of several shapes fails once for each; only the likeliest is told
        if steps not in told and not _is_other_shape(error):
            told.add(steps)
            yield entry.problem(_rule(error), _sentence(error, steps), *steps)


def _is_other_shape(error: ErrorDetails) -> bool:
    """Whether it says that a successor with name and address is no id."""
    return error["loc"][-1] == "constrained-str" and isinstance(error["input"], dict)


def _rule(error: ErrorDetails) -> str:
    kinds = {
        "missing": "missing-field",
        "literal_error": "unknown-value",
        "unexpected_keyword_argument": "unknown-field",
    }
    return kinds.get(error["type"], "value")


# pydantic names the branch of a union that it tried; nobody wrote that
_BRANCHES = ("str", "constrained-str", "Successor")
_EMPTY = "a line of the list is empty. Write something there, or remove it."


def _sentence(error: ErrorDetails, steps: tuple[str | int, ...]) -> str:
    name = next((str(step) for step in reversed(steps) if isinstance(step, str)), "entry")
    given, kind = error["input"], error["type"]
    if kind == "missing":
        return f"the field {name!r} is missing. Add a line '{name}: ...'."
    if kind == "unexpected_keyword_argument":
        return f"unknown field {shown(name)}. Remove it."
    if kind == "literal_error":
        expected = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        what = "nation" if name == "nations" else name
        return (
            f"unknown {what} {shown(given)}.{nearest(str(given), expected)} "
            f"Known: {', '.join(expected)}."
        )
    if kind in ("tuple_type", "list_type"):
        return f"{name!r} must be a list: one line for each, after '- '."
    if kind in ("string_type", "dataclass_type", "dataclass_exact_type"):
        return _EMPTY if given is None else _not_text(name, given)
    if kind.startswith("date"):
        return f"{name!r} must be a date such as 2026-11-21, not {shown(given)}."
    if kind.startswith("bool"):
        return f"{name!r} must be true or false, not {shown(given)}."
    return f"{name!r} cannot be used ({error['msg']}). Write it as other entries do."


def _not_text(name: str, given: Any) -> str:
    if isinstance(given, list):
        return f"{name!r} must be one text, not a list. Write it without '- ' and [ ]."
    return f"{name!r} must be text. Put quotation marks around it: it has a colon in it."
