"""The bot's commands, descriptions and menu button."""

import json
import re
from typing import Any

from telegram_standin.errors import bad
from telegram_standin.methods.access import readable_chat
from telegram_standin.methods.registry import method
from telegram_standin.parameters import Parameters
from telegram_standin.state import State
from telegram_standin.world import Json

_SCOPES = {
    "default": frozenset[str](),
    "all_private_chats": frozenset[str](),
    "all_group_chats": frozenset[str](),
    "all_chat_administrators": frozenset[str](),
    "chat": frozenset({"chat_id"}),
    "chat_administrators": frozenset({"chat_id"}),
    "chat_member": frozenset({"chat_id", "user_id"}),
}


@method("setMyCommands", "commands scope language_code")
def set_my_commands(state: State, parameters: Parameters) -> bool:
    commands = parameters.nested("commands")
    if not isinstance(commands, list):
        raise bad("expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check_command(state, command)
    state.settings[_of(state, parameters)] = commands
    return True


def _check_command(state: State, command: Any) -> None:
    if not isinstance(command, dict):
        raise bad("can't parse BotCommand: expected an Object")
    for field in ("command", "description"):
        if field not in command:
            raise bad(f'can\'t parse BotCommand: Can\'t find field "{field}"')
    if unknown := sorted(command.keys() - {"command", "description", "is_ephemeral"}):
        state.complain(f"a command has unknown fields {', '.join(unknown)}")
    if not re.fullmatch(r"/?[a-z0-9_]{1,32}", str(command["command"])):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(str(command["description"])) <= 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")


@method("getMyCommands", "scope language_code")
def get_my_commands(state: State, parameters: Parameters) -> list[Json]:
    commands: list[Json] = state.settings.get(_of(state, parameters), [])
    return commands


@method("deleteMyCommands", "scope language_code")
def delete_my_commands(state: State, parameters: Parameters) -> bool:
    state.settings.pop(_of(state, parameters), None)
    return True


def _of(state: State, parameters: Parameters) -> tuple[str, ...]:
    scope = parameters.fields("scope") or {"type": "default"}
    return commands_key(state, scope, _language(parameters))


def commands_key(state: State, scope: Json, language: str) -> tuple[str, ...]:
    """Where the commands for a scope and a language are kept."""
    kind = str(scope.get("type"))
    if kind not in _SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    if missing := _SCOPES[kind] - scope.keys():
        raise bad(f'can\'t parse BotCommandScope: Can\'t find field "{min(missing)}"')
    if "chat_id" in scope:
        readable_chat(state, Parameters(scope))
    return "commands", json.dumps(scope, sort_keys=True), language


def _language(parameters: Parameters) -> str:
    language = parameters.text("language_code")
    if not re.fullmatch(r"([a-z]{2})?", language):
        raise bad("LANG_CODE_INVALID")
    return language


def _described(name: str, field: str, longest: int, refusal: str) -> None:
    """Registers the pair of methods for one text about the bot."""

    @method(f"setMy{name}", f"{field} language_code")
    def set_text(state: State, parameters: Parameters) -> bool:
        if len(parameters.text(field)) > longest:
            raise bad(refusal)
        state.settings[field, _language(parameters)] = parameters.text(field)
        return True

    @method(f"getMy{name}", "language_code")
    def get_text(state: State, parameters: Parameters) -> Json:
        anywhere = state.settings.get((field, ""), "")
        return {field: state.settings.get((field, _language(parameters)), anywhere)}


_described("Description", "description", 512, "BOT_DESCRIPTION_TOO_LONG")
_described("ShortDescription", "short_description", 120, "BOT_SHORT_DESCRIPTION_TOO_LONG")


@method("setChatMenuButton", "chat_id menu_button")
def set_chat_menu_button(state: State, parameters: Parameters) -> bool:
    button = parameters.fields("menu_button") or {"type": "default"}
    if button.get("type") not in {"default", "commands", "web_app"}:
        raise bad("can't parse menu button: Unsupported type specified")
    state.settings[_menu_key(state, parameters)] = button
    return True


@method("getChatMenuButton", "chat_id")
def get_chat_menu_button(state: State, parameters: Parameters) -> Json:
    button: Json = state.settings.get(_menu_key(state, parameters), {"type": "default"})
    return button


def _menu_key(state: State, parameters: Parameters) -> tuple[str, ...]:
    if "chat_id" not in parameters:
        return "menu button", ""
    return "menu button", str(readable_chat(state, parameters).id)
