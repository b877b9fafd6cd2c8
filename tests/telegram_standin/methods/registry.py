"""Methods by name, each with the parameters Telegram documents for it."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from telegram_standin.errors import RefusedError
from telegram_standin.parameters import Parameters
from telegram_standin.state import State

Run = Callable[[State, Parameters], Any]
R = TypeVar("R", bound=Run)


@dataclass(frozen=True, slots=True)
class Method:
    name: str
    parameters: frozenset[str]
    run: Run


METHODS: dict[str, Method] = {}  # by name in small letters: Telegram does not mind the case


def method(name: str, parameters: str = "") -> Callable[[R], R]:
    """Registers a method. ``parameters``: their names, apart by spaces."""

    def register(run: R) -> R:
        METHODS[name.lower()] = Method(name, frozenset(parameters.split()), run)
        return run

    return register


async def carry_out(state: State, name: str, parameters: Parameters) -> Any:
    """The result of a call.

    Raises:
        RefusedError: Telegram would say no.
    """
    known = METHODS.get(name.lower())
    if known is None:
        state.complain(f"{name}: this stand-in has no such method")
        raise RefusedError(404, "Not Found: method not found")
    if unknown := sorted(set(parameters) - known.parameters):
        state.complain(f"{known.name}: unknown parameters {', '.join(unknown)}")
    result = known.run(state, parameters)
    if inspect.isawaitable(result):
        result = await result
    state.calls.append((known.name, dict(parameters.values)))
    return result
