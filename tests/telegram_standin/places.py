"""Groups, supergroups, channels, as a test acts on them."""

from typing import TYPE_CHECKING

from telegram_standin.seeing import tell_bot_status, tell_message
from telegram_standin.world import INSIDE, Chat, Message, Status

if TYPE_CHECKING:
    from telegram_standin.people import Person
    from telegram_standin.telegram import Telegram


class Place:
    """A chat of several people."""

    def __init__(self, telegram: "Telegram", chat: Chat) -> None:
        self._telegram = telegram
        self._state = telegram.state
        self.chat = chat

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def title(self) -> str:
        return self.chat.title

    @property
    def messages(self) -> list[Message]:
        """All that stands here, oldest first."""
        return [message for message in list(self.chat.messages) if not message.deleted]

    @property
    def from_bot(self) -> list[Message]:
        return [message for message in self.messages if message.sender is self._state.bot]

    def admits(self, *people: "Person", status: Status = "member") -> None:
        """People join, or get another standing. Nobody is told."""
        for person in people:
            self.chat.members[person.id] = status

    async def adds_bot(self, by: "Person", status: Status = "member") -> None:
        """The bot joins, or its standing changes ("administrator", "member")."""
        self._telegram.do(lambda: self._set_bot(by, status))

    async def removes_bot(self, by: "Person", *, kicks: bool = True) -> None:
        self._telegram.do(lambda: self._set_bot(by, "kicked" if kicks else "left"))

    def _set_bot(self, by: "Person", new: Status) -> None:
        state, bot = self._state, self._state.bot
        old = self.chat.status(bot)
        self.chat.members[bot.id] = new
        tell_bot_status(state, self.chat, by.user, old, new)
        state.note(by.name, f"makes the bot {new}", self.title)
        if (old in INSIDE) == (new in INSIDE) or self.chat.type == "channel":
            return
        told = {"new_chat_members": [bot.to_json()]}
        if new not in INSIDE:
            told = {"left_chat_member": bot.to_json()}  # type: ignore[dict-item]
        service = state.post(self.chat, by.user, extra=told)
        if new in INSIDE:
            tell_message(state, service)
        else:
            state.tell("message", service.to_json(), self.chat.id)

    def topic(self, name: str, by: "Person") -> int:
        """Open a topic in a forum; returns its ``message_thread_id``."""
        if not self.chat.is_forum:
            raise ValueError(f"{self.title} is no forum: make it with forum=True")

        def opened() -> int:
            told = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
            service = self._state.post(self.chat, by.user, extra=told)
            service.thread = service.id
            self.chat.topics[service.id] = name
            tell_message(self._state, service)
            return service.id

        return self._telegram.do(opened)

    async def becomes_supergroup(self, by: "Person") -> "Place":
        """The group gets another id; the old one is refused from now on."""
        return self._telegram.do(lambda: self._migrate(by))

    def _migrate(self, by: "Person") -> "Place":
        state, old = self._state, self.chat
        new = state.chat("supergroup", old.title)
        new.members = dict(old.members)
        tell_message(
            state, state.post(old, by.user, extra={"migrate_to_chat_id": new.id})
        )
        old.migrated_to = new
        tell_message(
            state, state.post(new, by.user, extra={"migrate_from_chat_id": old.id})
        )
        state.note(by.name, "makes it a supergroup", old.title)
        return Place(self._telegram, new)

    async def posts(self, text: str) -> Message:
        """A channel speaks, in nobody's name."""

        def post() -> Message:
            message = self._state.post(self.chat, None, text)
            number = {"message_id": message.id, "chat_id": self.id}
            self._state.note(self.title, "posts", self.title, text, **number)
            tell_message(self._state, message)
            return message

        return self._telegram.do(post)
