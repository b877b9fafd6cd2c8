"""Reply markup: what Telegram takes for a keyboard and what it refuses."""

import json
from collections.abc import Callable
from typing import Any

from telegram_standin.errors import bad
from telegram_standin.links import fault_of

Button = dict[str, Any]
Keyboard = list[list[Button]]

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8  # undocumented: what stands further right is not shown

_ACTIONS = (
    "url",
    "callback_data",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
)
_LOOKS = {"text", "style", "icon_custom_emoji_id"}
_OTHER_MARKUPS = ("keyboard", "remove_keyboard", "force_reply")


def read_markup(
    value: Any, complain: Callable[[str], None], *, in_channel: bool = False
) -> tuple[Keyboard, dict[str, Any] | None]:
    """The inline keyboard, or any other kind of reply markup as it was given.

    Args:
        value: ``reply_markup`` as it came: JSON text, or an object already; None for none.
        complain: told of what Telegram lets pass and no bot can mean.
        in_channel: where nobody could press a button that starts an inline query.
    """
    if value is None or value == "":
        return [], None
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise bad("can't parse reply keyboard markup JSON object") from None
    if not isinstance(value, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in value:
        return _inline(value["inline_keyboard"], complain, in_channel), None
    if any(name in value for name in _OTHER_MARKUPS):
        return [], value
    return [], None


def _inline(rows: Any, complain: Callable[[str], None], in_channel: bool) -> Keyboard:
    field = 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array'
    if not isinstance(rows, list):
        raise bad(field)
    if not all(isinstance(row, list) for row in rows):
        raise bad(f"{field} of Arrays")
    keyboard: Keyboard = []
    for row in rows:
        if len(row) > MOST_IN_A_ROW:
            complain(f"a row of {len(row)} buttons: only {MOST_IN_A_ROW} are shown")
        read = [_button(button, complain, in_channel) for button in row[:MOST_IN_A_ROW]]
        if read:
            keyboard.append(read)
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad("reply markup is too long")
    return keyboard


def _button(button: Any, complain: Callable[[str], None], in_channel: bool) -> Button:
    wrong = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad(wrong + "InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise bad(wrong + 'Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise bad(wrong + 'Field "text" must be of type String')
    actions = [name for name in _ACTIONS if button.get(name) is not None]
    if unknown := sorted(button.keys() - _LOOKS - set(_ACTIONS)):
        complain(f"a button has {', '.join(unknown)}, which this stand-in does not know")
    if not actions:
        raise bad(wrong + "Text buttons are unallowed in the inline keyboard")
    if not button["text"]:
        raise bad("inline keyboard button text must be non-empty")
    if len(actions) > 1:
        # Telegram quietly takes the first, so half of what was meant would be lost.
        complain(f"the button {button['text']!r} has two actions: {' and '.join(actions)}")
    _check_action(actions[0], button[actions[0]], in_channel)
    return {"text": button["text"], actions[0]: button[actions[0]]}


def _check_action(action: str, value: Any, in_channel: bool) -> None:
    if action == "callback_data" and not 1 <= len(str(value).encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if action == "url" and (fault := fault_of(str(value))):
        raise bad(f"inline keyboard button URL '{value}' is invalid: {fault}")
    if action == "copy_text":
        if not isinstance(value, dict):
            raise bad('field "copy_text" must be of type Object')
        if not 1 <= len(str(value.get("text", ""))) <= 256:
            raise bad("BUTTON_COPY_TEXT_INVALID")
    if action.startswith("switch_inline") and in_channel:
        raise bad(
            f"can't use {action} button in a channel chat, because users will not be able to use "
            "the button without knowing bot's username"
        )
