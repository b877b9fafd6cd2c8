"""Which messages in a group are for us, and what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import Message, MessageEntity

_COMMAND = re.compile(r"/(\w+)(?:@(\w+))?\s*(.*)", re.DOTALL)
_SPACES = re.compile(r"[^\S\n]{2,}")


@dataclass(frozen=True, slots=True)
class Addressed:
    """A message that is for us."""

    text: str  # without our name
    command: str = ""
    by_name: bool = False  # it names us, and no other bot can be meant
    reply: bool = False  # to a message of ours


def addressed(message: Message, bot_id: int, username: str) -> Addressed | None:
    """What a message in a group says to us; None where it is for others."""
    if not _is_from_person(message):
        return None
    text = (message.text or message.caption or "").strip()
    if found := _COMMAND.match(text):
        if found[2] and found[2].lower() != username.lower():
            return None
        words, _ = without_mention(message, username)
        rest = _COMMAND.match(words)
        return Addressed((rest or found)[3].strip(), found[1].lower(), by_name=bool(found[2]))
    words, named = without_mention(message, username)
    reply = _is_reply_to(message, bot_id)
    if named:
        return Addressed(words, by_name=True, reply=reply)
    return Addressed(words, reply=True) if reply and words else None


def without_mention(message: Message, username: str) -> tuple[str, bool]:
    """What somebody wrote without our name in it, and whether that was in it."""
    text = message.text or message.caption or ""
    units = text.encode("utf-16-le", "surrogatepass")  # as Telegram counts
    entities = message.entities or message.caption_entities
    named = False
    for entity in sorted(entities, key=lambda entity: -entity.offset):
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        name = units[start:end].decode("utf-16-le", "replace")
        if entity.type == MessageEntity.MENTION and name.lower() == f"@{username}".lower():
            units, named = units[:start] + units[end:], True
    words = units.decode("utf-16-le", "replace") if named else text
    return _SPACES.sub(" ", words).strip(" ,:;\n\t") if named else words.strip(), named


def is_anonymous(message: Message) -> bool:
    """Whether an administrator speaks in the group's name."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat_id


def _is_from_person(message: Message) -> bool:
    if message.via_bot or message.is_automatic_forward or message.forward_origin:
        return False
    if is_anonymous(message):
        return True
    return bool(message.from_user and not message.from_user.is_bot and not message.sender_chat)


def _is_reply_to(message: Message, bot_id: int) -> bool:
    to = message.reply_to_message
    if to is None or to.from_user is None or to.from_user.id != bot_id:
        return False
    return not to.forum_topic_created and not to.via_bot
