"""Answers to presses, inline queries and guests."""

import re
from typing import Any

from telegram_standin.errors import TOO_OLD, RefusedError, bad
from telegram_standin.keyboards import read_markup
from telegram_standin.methods.registry import method
from telegram_standin.methods.wording import read_text
from telegram_standin.parameters import Parameters
from telegram_standin.queries import Caching, InlineAnswer, PressAnswer, Query
from telegram_standin.state import State
from telegram_standin.world import Json

MOST_RESULTS = 50


@method("answerCallbackQuery", "callback_query_id text show_alert url cache_time")
def answer_callback_query(state: State, parameters: Parameters) -> bool:
    press = state.presses.get(parameters.text("callback_query_id"))
    text, url = parameters.text("text"), parameters.text("url")
    _check_open(state, press, state.rules.press_lasts)
    assert press
    if len(text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    if url and not re.match(rf"(https://)?t\.me/{state.bot.username}\?start=[\w-]+$", url):
        raise bad("URL_INVALID")
    press.answer = PressAnswer(text, parameters.flag("show_alert"), url)
    state.note(state.bot.first_name, "answers the press", press.message.chat.title, text)
    return True


@method(
    "answerInlineQuery", "inline_query_id results cache_time is_personal next_offset button"
)
def answer_inline_query(state: State, parameters: Parameters) -> bool:
    results = parameters.nested("results")
    if not isinstance(results, list):
        raise bad("expected an Array of inline query results")
    if len(results) > MOST_RESULTS:
        raise bad("too many inline query results specified")
    read = tuple(read_result(state, result) for result in results)
    query = state.inline_queries.get(parameters.text("inline_query_id"))
    _check_open(state, query, state.rules.inline_lasts)
    assert query
    if len({result["id"] for result in read}) < len(read):
        raise bad("RESULT_ID_DUPLICATE")
    if len(parameters.text("next_offset").encode()) > 64:
        raise bad("NEXT_OFFSET_INVALID")
    query.answer = InlineAnswer(
        read,
        _results_button(parameters),
        parameters.text("next_offset"),
        parameters.flag("is_personal"),
        parameters.whole("cache_time", 300),
    )
    keep = Caching(query.text, query.offset, query.user.id if query.answer.personal else None)
    state.inline_cache[keep] = state.now() + query.answer.cache_time, query.answer
    titles = "\n".join(query.answer.titles)
    state.note(state.bot.first_name, "offers", f"inline, {query.user.first_name}", titles)
    return True


def _results_button(parameters: Parameters) -> Json | None:
    button = parameters.fields("button")
    if not button:
        return None
    if not button.get("text"):
        raise bad("can't parse inline query results button: Can't find field \"text\"")
    start = button.get("start_parameter")
    if "web_app" not in button and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", str(start or "")):
        raise bad("START_PARAM_INVALID" if start else "START_PARAM_EMPTY")
    return button


@method("answerGuestQuery", "guest_query_id result")
def answer_guest_query(state: State, parameters: Parameters) -> Json:
    result = read_result(state, parameters.nested("result"))
    query = state.guest_queries.get(parameters.text("guest_query_id"))
    _check_open(state, query, state.rules.guest_lasts)
    assert query
    chat = query.message.chat
    query.answer = state.post(
        chat,
        state.bot,
        result["text"],
        entities=result["entities"],
        keyboard=result["keyboard"],
        reply_to=query.message,
        inline_id=f"guest-{query.id}",
        extra={"guest_bot_caller_user": query.user.to_json()},
    )
    state.note(
        state.bot.first_name,
        "answers as a guest",
        chat.title,
        query.answer.text,
        buttons=tuple(query.answer.buttons),
        message_id=query.answer.id,
        chat_id=chat.id,
    )
    return {"inline_message_id": query.answer.inline_id}


def _check_open(state: State, query: Query | None, lasts: float) -> None:
    """Asked, not answered yet, and not too long ago."""
    if query is None or query.answer is not None or state.now() - query.at > lasts:
        raise bad(TOO_OLD)


def read_result(state: State, result: Any) -> Json:
    """An inline result, with the ``text``, ``entities`` and ``keyboard`` it would send."""
    wrong = "can't parse inline query result: "
    if not isinstance(result, dict):
        raise bad(wrong + "expected an Object")
    needed = ["type", "id"] + (["title"] if result.get("type") == "article" else [])
    for field in needed:
        if field not in result:
            raise bad(f'{wrong}Can\'t find field "{field}"')
    if not 1 <= len(str(result["id"]).encode()) <= 64:
        raise bad("RESULT_ID_INVALID")
    if result["type"] != "article":
        state.complain(f"inline results of type {result['type']!r} are not modelled")
    content = result.get("input_message_content")
    if not isinstance(content, dict) or "message_text" not in content:
        raise bad(f'{wrong}Can\'t find field "message_text"')
    try:
        text, entities = read_text(
            Parameters(content),
            state.complain,
            name="message_text",
            too_long="MESSAGE_TOO_LONG",
        )
    except RefusedError as refusal:
        reason = refusal.description.removeprefix("Bad Request: ")
        raise bad(reason if reason.isupper() else wrong + reason) from None
    keyboard, _ = read_markup(result.get("reply_markup"), state.complain)
    return result | {"text": text, "entities": entities, "keyboard": keyboard}
