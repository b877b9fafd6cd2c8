"""Finding the chat, the topic, the message a call speaks of, or refusing it."""

from telegram_standin.errors import RefusedError, bad, forbidden
from telegram_standin.parameters import Parameters
from telegram_standin.state import State
from telegram_standin.world import Chat, Message, User


def readable_chat(state: State, parameters: Parameters) -> Chat:
    """The chat of ``chat_id``, as far as the bot knows it."""
    wanted = parameters.text("chat_id").strip()
    if not wanted:
        raise bad("chat_id is empty")
    chat = _find(state, wanted)
    if chat is None or not (chat.known or _met(chat)):
        raise bad("chat not found")
    if chat.migrated_to:
        new = chat.migrated_to.id
        raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=new)
    if not chat.owner:
        _must_be_inside(state, chat)
    return chat


def writable_chat(state: State, parameters: Parameters) -> Chat:
    """The chat of ``chat_id``, if the bot may write there."""
    chat = readable_chat(state, parameters)
    if chat.owner and not chat.owner.started:
        raise forbidden("bot can't initiate conversation with a user")
    if chat.owner and chat.owner.blocks:
        raise forbidden("bot was blocked by the user")
    if chat.type == "channel" and not chat.is_run_by(state.bot):
        raise bad("need administrator rights in the channel chat")
    return chat


def _find(state: State, wanted: str) -> Chat | None:
    if wanted.startswith("@"):
        named = (c for c in state.chats.values() if c.username and not c.owner)
        return next((c for c in named if c.username == wanted[1:]), None)
    try:
        return state.chats.get(int(wanted))
    except ValueError:
        return None


def _met(chat: Chat) -> bool:
    return chat.owner is not None and (chat.owner.started or chat.owner.known)


def _must_be_inside(state: State, chat: Chat) -> None:
    status = chat.status(state.bot)
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if status == "left":
        raise forbidden(f"bot is not a member of the {chat.type} chat")


def thread_in(chat: Chat, parameters: Parameters) -> int | None:
    """The topic to write in."""
    thread = parameters.whole("message_thread_id")
    if not thread:
        return None
    if thread not in chat.topics:
        raise bad("message thread not found")
    return thread


def replied_in(state: State, chat: Chat, parameters: Parameters) -> Message | None:
    """The message to reply to; None when there is to be none."""
    fields = parameters.fields("reply_parameters")
    if not fields or "ephemeral_message_id" in fields:
        return None
    if fields.get("chat_id") not in (None, chat.id, str(chat.id)):
        state.complain("reply_parameters.chat_id: replies into another chat are not modelled")
    message = chat.message(int(fields.get("message_id") or 0))
    if message is None and fields.get("allow_sending_without_reply") is not True:
        raise bad("message to be replied not found")
    return message


def own_message(state: State, parameters: Parameters) -> Message:
    """The message to edit: in a chat, or behind an ``inline_message_id``."""
    if inline_id := parameters.text("inline_message_id"):
        message = state.by_inline_id(inline_id)
        if message is None:
            raise bad("MESSAGE_ID_INVALID")
        return message
    chat = writable_chat(state, parameters)
    if not parameters.whole("message_id"):
        raise bad("message identifier is not specified")
    message = chat.message(parameters.whole("message_id"))
    if message is None:
        raise bad("message to edit not found")
    if message.sender is not state.bot or message.other_markup:
        raise bad("message can't be edited")
    return message


def user_in(state: State, parameters: Parameters, name: str = "user_id") -> User:
    user = state.users.get(parameters.whole(name))
    if user is None:
        raise RefusedError(400, "Bad Request: invalid user_id specified")
    return user
