"""What the bot may ask about a chat and the people in it."""

from telegram_standin.errors import bad, forbidden
from telegram_standin.methods.access import readable_chat, user_in
from telegram_standin.methods.registry import method
from telegram_standin.parameters import Parameters
from telegram_standin.seeing import tell_bot_status
from telegram_standin.state import State
from telegram_standin.world import Json, member_json

_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"), False
) | {"gifts_from_channels": False}


@method("getChat", "chat_id")
def get_chat(state: State, parameters: Parameters) -> Json:
    chat = readable_chat(state, parameters)
    return chat.to_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": _GIFTS,
    }


@method("getChatMember", "chat_id user_id")
def get_chat_member(state: State, parameters: Parameters) -> Json:
    chat = readable_chat(state, parameters)
    user = user_in(state, parameters)
    return member_json(user, chat.status(user))


@method("getChatAdministrators", "chat_id return_bots")
def get_chat_administrators(state: State, parameters: Parameters) -> list[Json]:
    chat = readable_chat(state, parameters)
    if chat.owner:
        raise bad("there are no administrators in the private chat")
    people = (state.users[user_id] for user_id in chat.members)
    running = (user for user in people if chat.is_run_by(user))
    bots = parameters.flag("return_bots")
    return [member_json(u, chat.status(u)) for u in running if bots or not u.is_bot]


@method("leaveChat", "chat_id")
def leave_chat(state: State, parameters: Parameters) -> bool:
    chat = readable_chat(state, parameters)
    if chat.owner:
        raise forbidden("bot can't leave private chats")
    old = chat.status(state.bot)
    chat.members[state.bot.id] = "left"
    tell_bot_status(state, chat, state.bot, old, "left")
    state.note(state.bot.first_name, "leaves", chat.title)
    return True
