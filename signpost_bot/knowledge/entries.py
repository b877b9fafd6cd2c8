"""An entry's plain text -> a value of our model, or what is wrong with it."""

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from signpost_bot.knowledge.packs import Entry, Kind, Problem, nearest
from signpost_bot.model import Service, SmallTalk, Term, Topic

_SHAPES: dict[Kind, type] = {
    "topic": Topic,
    "service": Service,
    "term": Term,
    "smalltalk": SmallTalk,
}


def to_value(entry: Entry) -> Any | list[Problem]:
    """The Topic, Service, Term or SmallTalk that an entry describes, or its problems."""
    shape = _SHAPES[entry.kind]
    unknown = entry.value.keys() - {f.name for f in fields(shape)}
    problems = [_unknown_field(entry, name, shape) for name in sorted(unknown)]
    given = {name: value for name, value in entry.value.items() if value is not None}
    try:
        value = _adapter(shape).validate_python({k: v for k, v in given.items() if k not in unknown})
    except ValidationError as wrong:
        return problems + list(_problems(entry, wrong))
    return problems or value


@cache
def _adapter(shape: type) -> TypeAdapter[Any]:
    return TypeAdapter(_configured(shape))


def _configured(shape: type) -> type:
    # pydantic reads its settings from the class; our model knows nothing of pydantic
    shape.__pydantic_config__ = ConfigDict(str_strip_whitespace=True)  # type: ignore[attr-defined]
    return shape


def _unknown_field(entry: Entry, name: str, shape: type) -> Problem:
    known = [f.name for f in fields(shape)]
    return entry.problem(
        "unknown-field",
        f"unknown field {name!r}.{nearest(name, known) or ' Remove it.'}",
        name,
    )


def _problems(entry: Entry, wrong: ValidationError) -> Iterator[Problem]:
    told = set()
    for error in wrong.errors(include_url=False):
        steps = tuple(step for step in error["loc"] if not _is_inner(step))
        # one sentence a place: a value that fits none of several shapes fails once for each
        if steps not in told:
            told.add(steps)
            yield entry.problem(_rule(error), _sentence(error, steps), *steps)


def _is_inner(step: str | int) -> bool:
    """pydantic names the branch of a union it tried; nobody wrote that."""
    return isinstance(step, str) and (step in ("str", "Successor") or "[" in step)


def _rule(error: ErrorDetails) -> str:
    return {"missing": "missing-field", "literal_error": "unknown-value"}.get(error["type"], "value")


def _sentence(error: ErrorDetails, steps: tuple[str | int, ...]) -> str:
    name = str(steps[0]) if steps else "entry"
    given = error["input"]
    if error["type"] == "missing":
        return f"the field {name!r} is missing. Add a line '{name}: ...'."
    if error["type"] == "literal_error":
        expected = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        what = "nation" if name == "nations" else name
        return f"unknown {what} {given!r}.{nearest(str(given), expected)} Known: {', '.join(expected)}."
    if error["type"] in ("tuple_type", "list_type"):
        return f"{name!r} must be a list: one line for each, after '- '."
    if error["type"] == "string_type":
        return f"{name!r} must be text. Put quotation marks around it."
    if error["type"].startswith("date"):
        return f"{name!r} must be a date such as 2026-11-21, not {given!r}."
    if error["type"].startswith("bool"):
        return f"{name!r} must be true or false, not {given!r}."
    return f"{name!r} cannot be used ({error['msg']})."
