"""Which messages the bot gets to see, and as which kind of update."""

import re
import time

from telegram_standin.entities import part
from telegram_standin.queries import GuestQuery
from telegram_standin.state import State
from telegram_standin.world import Chat, Message, Status, User, member_json

_SERVICE = {
    "new_chat_members",
    "left_chat_member",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "forum_topic_created",
    "group_chat_created",
}


def tell_message(state: State, message: Message, *, edited: bool = False) -> bool:
    """Tell the bot of a message, if Telegram would. Returns whether it did."""
    chat, user = message.chat, message.sender
    if chat.owner:
        if chat.owner.blocks:
            return False
        chat.owner.started = True
        kind = "message"
    elif not chat.has(state.bot):
        return not edited and _tell_guest(state, message)
    elif chat.type == "channel":
        kind = "channel_post"
    elif _hidden(state, message):
        return False
    else:
        kind = "message"
    chat.known = True
    if user:
        user.known = True
    if edited:
        kind = f"edited_{kind}"
    state.tell(kind, message.to_json(), chat.id)
    return True


def _hidden(state: State, message: Message) -> bool:
    """Whether privacy mode keeps a group's message from the bot."""
    if not state.rules.privacy or message.chat.is_run_by(state.bot):
        return False
    if message.extra.keys() & _SERVICE or message.via_bot is state.bot or message.ephemeral_id:
        return False
    if message.reply_to and message.reply_to.sender is state.bot:
        return False
    if _commanded(state, message):
        return False
    return not (state.rules.mentions_pass_privacy and mentions(state, message))


def _commanded(state: State, message: Message) -> bool:
    """Begins with a command for every bot or for this one."""
    match = re.match(r"/\w+(?:@(\w+))?", message.text)
    return match is not None and _is_bot(state, match[1] or state.bot.username or "")


def mentions(state: State, message: Message) -> bool:
    named = (part(message.text, e) for e in message.entities if e["type"] == "mention")
    return any(_is_bot(state, name[1:]) for name in named)


def _is_bot(state: State, username: str) -> bool:
    return username.lower() == (state.bot.username or "").lower()


def _tell_guest(state: State, message: Message) -> bool:
    """A mention where the bot is no member reaches it as a guest's."""
    if not (state.rules.guests and message.sender and mentions(state, message)):
        return False
    query = GuestQuery(state.query_id(), message.sender, message, state.now())
    state.guest_queries[query.id] = query
    message.chat.known = message.sender.known = True
    body = message.to_json() | {"guest_query_id": query.id}
    state.tell("guest_message", body, message.chat.id)
    return True


def tell_bot_status(state: State, chat: Chat, by: User, old: Status, new: Status) -> None:
    """The bot's own place in a chat has changed."""
    body = {
        "chat": chat.to_json(),
        "from": by.to_json(),
        "date": int(time.time()),
        "old_chat_member": member_json(state.bot, old),
        "new_chat_member": member_json(state.bot, new),
    }
    chat.known = by.known = True
    state.tell("my_chat_member", body, chat.id)
