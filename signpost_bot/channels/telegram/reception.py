"""Which updates are for us, and who attends to each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from functools import partial

from telegram import CallbackQuery, Chat, InlineQuery, Message, Update, User

from signpost_bot.channels.telegram import under
from signpost_bot.channels.telegram.addressed import Addressed
from signpost_bot.channels.telegram.alone import PARAMETER, Links
from signpost_bot.channels.telegram.groups import GroupChats
from signpost_bot.channels.telegram.guest import Guests
from signpost_bot.channels.telegram.inline import Inline
from signpost_bot.channels.telegram.private import PrivateChats
from signpost_bot.matching.hearing import Heard
from signpost_bot.model import Alarm, Reply
from signpost_bot.replies.danger import danger_reply

# In a group many ask, and Telegram lets us answer but twenty a minute. Not more: of a bot that
# polls it tells no more than a hundred updates past the oldest that is not finished.
_MOST, _MOST_IN_GROUP = 30, 60


@dataclass(frozen=True, slots=True)
class Heeded:
    """An update that is for us."""

    lane: Hashable  # it has its turn after all that is in the same lane
    attend: Callable[[Heard, int], Awaitable[None]]  # takes how much of the lane is not done yet
    text: str = ""  # to be listened to for danger
    answerable: Message | None = None  # to reply to when something goes wrong on our side

    @property
    def most(self) -> int:
        """How many updates of its lane are kept waiting."""
        is_group = isinstance(self.lane, int) and self.lane < 0
        return _MOST_IN_GROUP if is_group else _MOST


class Reception:
    """Knows from an update alone whether it is for us."""

    def __init__(
        self,
        chats: PrivateChats,
        groups: GroupChats,
        inline: Inline,
        guests: Guests,
        links: Links,
    ) -> None:
        self.chats = chats
        self.groups = groups
        self.inline = inline
        self.guests = guests
        self._links = links
        self._typed: dict[int, str] = {}  # the last inline query of whoever types just now

    def heeds(self, update: Update) -> Heeded | None:
        """Who attends to an update, and when; None for what is not for us."""
        user, place = update.effective_user, update.effective_chat
        if update.guest_message:
            return self._guest(update.guest_message)
        if update.inline_query:
            return self._inline(update.inline_query)
        if place is None:
            return self._pressed_far_away(update.callback_query)
        if place.type == Chat.PRIVATE:
            return self._private(update, user, place) if user and not user.is_bot else None
        if place.type in (Chat.GROUP, Chat.SUPERGROUP):
            return self._group(update, place)
        return None

    def _private(self, update: Update, user: User, place: Chat) -> Heeded | None:
        query, edited, message = update.callback_query, update.edited_message, update.message
        if query:

            async def pressed(_: Heard, __: int) -> None:
                await self.chats.pressed(query)

            return Heeded(place.id, pressed)
        if edited:

            async def changed(heard: Heard, _: int) -> None:
                await self.chats.edited(edited, heard)

            return Heeded(place.id, changed, words_of(edited), edited)
        if message:
            attend = partial(self._wrote, message, user)
            return Heeded(place.id, attend, words_of(message), message)
        return None

    async def _wrote(self, message: Message, user: User, heard: Heard, waiting: int) -> None:
        _, _, parameter = (message.text or "").partition("/start ")
        if parameter.startswith(PARAMETER):
            leads_to = self._links.read(parameter.strip(), user.id)
            if isinstance(leads_to, Alarm):
                # It was counted when it was asked.
                reply = Reply(danger_reply(leads_to))
                await self.chats.speaker.say(message, reply, under.danger(), urgency="danger")
                return
            start = f"/start t_{leads_to}" if isinstance(leads_to, str) and leads_to else "/start"
            message = _saying(message, start)
        await self.chats.wrote(message, user, heard, waiting)

    def _group(self, update: Update, place: Chat) -> Heeded | None:
        query, member = update.callback_query, update.my_chat_member
        message = update.message or update.edited_message
        if member:

            async def told(_: Heard, __: int) -> None:
                await self.groups.standing(member)

            return Heeded(place.id, told)
        if query:
            return self._pressed(query)
        if message is None:
            return None
        if message.migrate_to_chat_id or message.migrate_from_chat_id:

            async def moved(_: Heard, __: int) -> None:
                await self.groups.moved(message)

            return Heeded(place.id, moved)
        said = self.groups.heard_in(message)
        if said is None:
            return None
        edited = update.edited_message is not None
        attend = partial(self._said, message, said, edited)
        return Heeded(place.id, attend, said.text, message)

    async def _said(
        self, message: Message, said: Addressed, edited: bool, heard: Heard, _: int
    ) -> None:
        if edited:
            await self.groups.edited(message, said, heard)
        else:
            await self.groups.wrote(message, said, heard)

    def _pressed(self, query: CallbackQuery) -> Heeded:
        message = query.message

        async def pressed(_: Heard, __: int) -> None:
            if isinstance(message, Message):
                await self.groups.pressed(query, message)
            else:
                await self.chats.pressed(query)  # which says that the button is too old

        return Heeded(message.chat.id if message else query.from_user.id, pressed)

    def _pressed_far_away(self, query: CallbackQuery | None) -> Heeded | None:
        """Under a message that we do not see."""
        return self._pressed(query) if query else None

    def _inline(self, query: InlineQuery) -> Heeded | None:
        person = query.from_user.id
        self._typed[person] = query.id

        async def typed(heard: Heard, _: int) -> None:
            # Who has typed on does not wait for this any more.
            if self._typed.get(person) == query.id:
                try:
                    await self.inline.typed(query, heard)
                finally:
                    if self._typed.get(person) == query.id:
                        del self._typed[person]

        return Heeded(("inline", person), typed, query.query)

    def _guest(self, message: Message) -> Heeded | None:
        if message.from_user is None or message.from_user.is_bot:
            return None

        async def asked(heard: Heard, _: int) -> None:
            await self.guests.asked(message, heard)

        return Heeded(("guest", message.chat_id), asked, self.guests.words_of(message))


def words_of(message: Message) -> str:
    """What somebody typed: a text, or the words under a picture."""
    return message.text or message.caption or ""


def _saying(message: Message, text: str) -> Message:
    """The same message with other words."""
    fields = message.to_dict()
    fields.pop("entities", None)
    return Message.de_json(fields | {"text": text}, message.get_bot())
