"""Messages: sent, edited, deleted, shown to one person only."""

from typing import Any

from telegram_standin.errors import EPHEMERAL_REFUSED, bad
from telegram_standin.keyboards import read_markup
from telegram_standin.methods.access import (
    own_message,
    readable_chat,
    replied_in,
    thread_in,
    user_in,
    writable_chat,
)
from telegram_standin.methods.registry import method
from telegram_standin.methods.wording import read_text
from telegram_standin.parameters import Parameters
from telegram_standin.state import State
from telegram_standin.world import Chat, Json, Message, User

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
ACTIONS = frozenset(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document "
    "choose_sticker find_location record_video_note upload_video_note".split()
)
_OPTIONS = ("link_preview_options", "disable_notification", "protect_content")


@method(
    "sendMessage",
    "business_connection_id chat_id message_thread_id direct_messages_topic_id "
    "ephemeral_message_parameters text parse_mode entities link_preview_options "
    "disable_notification protect_content allow_paid_broadcast message_effect_id "
    "suggested_post_parameters reply_parameters reply_markup",
)
def send_message(state: State, parameters: Parameters) -> Json:
    text, entities = read_text(parameters, state.complain)
    chat = writable_chat(state, parameters)
    keyboard, other = read_markup(
        parameters.values.get("reply_markup"), state.complain, in_channel=chat.type == "channel"
    )
    content: dict[str, Any] = {
        "text": text,
        "entities": entities,
        "keyboard": keyboard,
        "other_markup": other,
        "thread": thread_in(chat, parameters),
        "reply_to": replied_in(state, chat, parameters),
        "options": {n: parameters.nested(n) for n in _OPTIONS if n in parameters},
    }
    receiver = _receiver(state, chat, parameters)
    state.meter.count(chat)
    if receiver:
        message = state.ephemeral(chat, state.bot, receiver, **content)
        if receiver.id in state.offline:
            message.deleted = True  # Telegram does not keep it for later
    else:
        message = state.post(chat, state.bot, **content)
    _note(state, "sends", message)
    return message.to_json()


def _receiver(state: State, chat: Chat, parameters: Parameters) -> User | None:
    """The one person an ephemeral message is for, if the bot may send it now."""
    wanted = parameters.fields("ephemeral_message_parameters")
    if not wanted:
        return None
    if unknown := wanted.keys() - {
        "receiver_user_id",
        "callback_query_id",
        "replace_callback_query_message",
    }:
        state.complain(f"ephemeral_message_parameters: unknown fields {', '.join(sorted(unknown))}")
    if chat.type not in {"group", "supergroup"}:
        raise bad("ephemeral messages can be sent only in groups")  # our wording
    user = user_in(state, Parameters(wanted), "receiver_user_id")
    if user.is_bot or not chat.has(user):
        raise bad("USER_NOT_PARTICIPANT")
    if not chat.is_run_by(state.bot) and not _invited(state, chat, user, parameters):
        raise bad(EPHEMERAL_REFUSED)
    return user


def _invited(state: State, chat: Chat, user: User, parameters: Parameters) -> bool:
    """Whether that person pressed a button or sent an ephemeral command a moment ago."""
    since = state.now() - state.rules.ephemeral_window
    wanted = parameters.fields("ephemeral_message_parameters")
    press = state.presses.get(str(wanted.get("callback_query_id", "")))
    if press and press.user is user and press.message.chat is chat and press.at >= since:
        return True
    command = parameters.fields("reply_parameters").get("ephemeral_message_id")
    return any(
        m.ephemeral_id == command and m.sender is user and state.said_at.get(m, 0.0) >= since
        for m in chat.messages
        if m.ephemeral_id
    )


@method(
    "editMessageText",
    "business_connection_id chat_id message_id inline_message_id text parse_mode entities "
    "link_preview_options reply_markup",
)
def edit_message_text(state: State, parameters: Parameters) -> Json | bool:
    text, entities = read_text(parameters, state.complain, too_long="MESSAGE_TOO_LONG")
    message = own_message(state, parameters)
    return _edit(state, message, parameters, text=text, entities=entities)


@method(
    "editMessageReplyMarkup",
    "business_connection_id chat_id message_id inline_message_id reply_markup",
)
def edit_message_reply_markup(state: State, parameters: Parameters) -> Json | bool:
    return _edit(state, own_message(state, parameters), parameters)


def _edit(state: State, message: Message, parameters: Parameters, **content: Any) -> Json | bool:
    """Change a message in place. Without ``reply_markup`` its keyboard goes, as on Telegram."""
    keyboard, other = read_markup(
        parameters.values.get("reply_markup"),
        state.complain,
        in_channel=message.chat.type == "channel",
    )
    if other:
        raise bad("inline keyboard expected")
    content["keyboard"] = keyboard
    if all(getattr(message, name) == new for name, new in content.items()):
        raise bad(NOT_MODIFIED)
    state.meter.count(message.chat)
    for name, new in content.items():
        setattr(message, name, new)
    message.edits += 1
    _note(state, "edits", message)
    return True if "inline_message_id" in parameters else message.to_json()


@method("deleteMessage", "chat_id message_id")
def delete_message(state: State, parameters: Parameters) -> bool:
    chat = writable_chat(state, parameters)
    message = chat.message(parameters.whole("message_id"))
    if message is None:
        raise bad("message to delete not found")
    if not (message.sender is state.bot or chat.owner or chat.is_run_by(state.bot)):
        raise bad("message can't be deleted for everyone")
    message.deleted = True
    _note(state, "deletes", message)
    return True


@method("sendChatAction", "business_connection_id chat_id message_thread_id action")
def send_chat_action(state: State, parameters: Parameters) -> bool:
    chat = writable_chat(state, parameters)
    thread_in(chat, parameters)
    if parameters.text("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    state.note(state.bot.first_name, parameters.text("action"), chat.title)
    return True


@method(
    "editEphemeralMessageText",
    "chat_id receiver_user_id ephemeral_message_id text parse_mode entities link_preview_options "
    "reply_markup",
)
def edit_ephemeral_message_text(state: State, parameters: Parameters) -> bool:
    text, entities = read_text(parameters, state.complain, too_long="MESSAGE_TOO_LONG")
    _edit(state, _ephemeral(state, parameters), parameters, text=text, entities=entities)
    return True


@method(
    "editEphemeralMessageReplyMarkup",
    "chat_id receiver_user_id ephemeral_message_id reply_markup",
)
def edit_ephemeral_message_reply_markup(state: State, parameters: Parameters) -> bool:
    _edit(state, _ephemeral(state, parameters), parameters)
    return True


@method("deleteEphemeralMessage", "chat_id receiver_user_id ephemeral_message_id")
def delete_ephemeral_message(state: State, parameters: Parameters) -> bool:
    message = _ephemeral(state, parameters, "message to delete not found")
    message.deleted = True
    _note(state, "deletes", message)
    return True


def _ephemeral(
    state: State, parameters: Parameters, missing: str = "message to edit not found"
) -> Message:
    chat = readable_chat(state, parameters)
    number = parameters.whole("ephemeral_message_id")
    receiver = user_in(state, parameters, "receiver_user_id")
    for message in chat.messages:
        if message.ephemeral_id == number and message.receiver is receiver and not message.deleted:
            return message
    raise bad(missing)


def _note(state: State, did: str, message: Message) -> None:
    where = message.chat.title
    if message.thread:
        where += f" / {message.chat.topics[message.thread]}"
    if message.receiver:
        where += f", for {message.receiver.first_name} only"
    state.note(
        state.bot.first_name,
        did,
        where,
        message.text,
        buttons=tuple(message.buttons),
        message_id=message.id or message.ephemeral_id,
        chat_id=message.chat.id,
    )
