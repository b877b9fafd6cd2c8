"""The text of a message to send: parsed, trimmed, measured."""

from collections.abc import Callable

from telegram_standin.entities import MOST_ENTITIES, Entity, found_in, length, parse_html
from telegram_standin.errors import bad
from telegram_standin.parameters import Parameters

LONGEST = 4096  # in UTF-16 units, the stricter of the two counts in use


def read_text(
    parameters: Parameters,
    complain: Callable[[str], None],
    *,
    name: str = "text",
    too_long: str = "message is too long",
) -> tuple[str, list[Entity]]:
    """Text and entities as they will stand in the message."""
    raw = parameters.text(name)
    if not raw:
        raise bad("message text is empty")
    text, marked = _parse(raw, parameters, complain)
    text, marked = _trim(text, marked)
    if not text:
        raise bad("text must be non-empty")
    if length(text) > LONGEST:
        raise bad(too_long)
    found = [entity for entity in found_in(text) if not any(_overlap(entity, m) for m in marked)]
    entities = sorted(marked + found, key=lambda entity: int(entity["offset"]))
    return text, entities[:MOST_ENTITIES]


def _parse(
    raw: str, parameters: Parameters, complain: Callable[[str], None]
) -> tuple[str, list[Entity]]:
    mode = parameters.text("parse_mode").lower()
    if mode == "html":
        return parse_html(raw, complain)
    if mode in {"markdown", "markdownv2"}:
        complain(f"parse_mode {mode} is not modelled: use HTML")
    elif mode:
        raise bad("unsupported parse_mode")
    return raw, list(parameters.nested("entities") or [])


def _trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without white space around it, as Telegram sends it."""
    start = length(text) - length(text.lstrip())
    text = text.strip()
    kept = []
    for entity in entities:
        begins = max(entity["offset"] - start, 0)
        ends = min(entity["offset"] + entity["length"] - start, length(text))
        if ends > begins:
            kept.append(entity | {"offset": begins, "length": ends - begins})
    return text, kept


def _overlap(one: Entity, other: Entity) -> bool:
    # Bold words may well hold an address; a link or code is not looked into.
    if other["type"] not in {"text_link", "code", "pre", "mention", "url", "bot_command"}:
        return False
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )
