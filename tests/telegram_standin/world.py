"""Who and what there is: people, chats, messages, and how each looks in the API's JSON."""

from dataclasses import dataclass, field
from typing import Any, Literal

from telegram_standin.entities import Entity
from telegram_standin.keyboards import Button, Keyboard

Json = dict[str, Any]
ChatType = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "left", "kicked"]

INSIDE = {"creator", "administrator", "member"}


@dataclass(eq=False)
class User:
    """Somebody on Telegram, the bot included."""

    id: int
    first_name: str
    username: str | None = None
    language: str | None = None
    is_bot: bool = False
    started: bool = False  # has written to the bot in private
    blocks: bool = False  # has blocked the bot
    known: bool = False  # the bot has met them in an update

    def to_json(self) -> Json:
        return _given(
            id=self.id,
            is_bot=self.is_bot,
            first_name=self.first_name,
            username=self.username,
            language_code=self.language,
        )


@dataclass(eq=False)
class Chat:
    """A place where messages stand. ``members`` keeps those who left, with their last status."""

    id: int
    type: ChatType
    title: str
    username: str | None = None
    is_forum: bool = False
    owner: User | None = None  # of a private chat: the person
    members: dict[int, Status] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    messages: list["Message"] = field(default_factory=list)
    migrated_to: "Chat | None" = None
    known: bool = False  # the bot has seen an update from here

    def status(self, user: User) -> Status:
        if self.owner:
            return "member"
        return self.members.get(user.id, "left")

    def has(self, user: User) -> bool:
        return self.status(user) in INSIDE

    def is_run_by(self, user: User) -> bool:
        return self.status(user) in {"creator", "administrator"}

    def message(self, message_id: int) -> "Message | None":
        """A message that still stands here."""
        there = (m for m in reversed(self.messages) if m.id == message_id and not m.ephemeral_id)
        return next((m for m in there if not m.deleted), None)

    def to_json(self) -> Json:
        if self.owner:
            name = {"first_name": self.owner.first_name, "username": self.owner.username}
            return _given(id=self.id, type=self.type, **name)
        return _given(
            id=self.id,
            type=self.type,
            title=self.title,
            username=self.username,
            is_forum=self.is_forum or None,
        )


@dataclass(eq=False)
class Message:
    """A message as it stands now: an edit changes it in place and counts up ``edits``."""

    id: int  # 0 for an ephemeral message, as in the API
    chat: Chat
    sender: User | None
    date: int
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    extra: Json = field(default_factory=dict)  # media, service fields, as in the API
    reply_to: "Message | None" = None
    thread: int | None = None
    keyboard: Keyboard = field(default_factory=list)
    other_markup: Json | None = None  # a reply keyboard, its removal, a forced reply
    via_bot: User | None = None
    inline_id: str | None = None
    receiver: User | None = None  # of an ephemeral message
    ephemeral_id: int | None = None
    options: Json = field(default_factory=dict)  # how it was sent: link previews, silence ...
    edits: int = 0
    deleted: bool = False

    @property
    def buttons(self) -> list[str]:
        """The words on its buttons, row by row."""
        return [button["text"] for row in self.keyboard for button in row]

    def button(self, words: str) -> Button:
        """The button with these words.

        Raises:
            AssertionError: there is none; says which there are.
        """
        for row in self.keyboard:
            for button in row:
                if button["text"] == words:
                    return button
        raise AssertionError(f"no button {words!r} under {self.text!r}; there are {self.buttons}")

    def links(self) -> list[str]:
        """The addresses behind its words and its buttons."""
        behind = [entity["url"] for entity in self.entities if "url" in entity]
        return behind + [b["url"] for row in self.keyboard for b in row if "url" in b]

    def to_json(self, *, deep: bool = True) -> Json:
        described = _given(
            message_id=self.id,
            ephemeral_message_id=self.ephemeral_id,
            receiver_user=self.receiver.to_json() if self.receiver else None,
            date=self.date,
            edit_date=self.date + 1 if self.edits else None,
            chat=self.chat.to_json(),
            message_thread_id=self.thread,
            is_topic_message=True if self.thread else None,
            via_bot=self.via_bot.to_json() if self.via_bot else None,
        )
        described["from"] = self.sender.to_json() if self.sender else None
        if not self.sender:
            del described["from"]
            described["sender_chat"] = self.chat.to_json()
        if self.reply_to and deep and not self.reply_to.deleted:
            described["reply_to_message"] = self.reply_to.to_json(deep=False)
        if self.text:
            worded = "text" if not self.extra.keys() & MEDIA else "caption"
            described[worded] = self.text
            if self.entities:
                named = "entities" if worded == "text" else "caption_entities"
                described[named] = self.entities
        if self.keyboard:
            described["reply_markup"] = {"inline_keyboard": self.keyboard}
        return described | self.extra


MEDIA = {"photo", "voice", "sticker", "document", "contact", "location"}


def media(kind: str) -> Json:
    """The fields of a message that carries one thing of a kind."""
    file = {"file_id": f"{kind}-file", "file_unique_id": f"{kind}-unique"}
    square = {"width": 512, "height": 512}
    carried: dict[str, Any] = {
        "photo": [file | square],
        "voice": file | {"duration": 3},
        "sticker": file | square | {"is_animated": False, "is_video": False, "type": "regular"},
        "document": file | {"file_name": "letter.pdf"},
        "contact": {"phone_number": "+447700900123", "first_name": "Sam"},
        "location": {"latitude": 51.4452, "longitude": -0.0207},
    }
    if kind not in carried:
        raise ValueError(f"no message carries {kind!r}; there are {', '.join(carried)}")
    return {kind: carried[kind]}


def spot(latitude: float, longitude: float, *, live: bool = False, venue: str = "") -> Json:
    """The fields of a message that carries a spot on the map."""
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError(f"{latitude}, {longitude} is nowhere on the map")
    location: Json = {"latitude": latitude, "longitude": longitude}
    if live:
        location |= {"live_period": 3600, "horizontal_accuracy": 20.0}
    if not venue:
        return {"location": location}
    # For bots that know no venues, the location stands beside it, too.
    named = {"location": location, "title": venue, "address": "1 High Street"}
    return {"location": location, "venue": named}


_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


def member_json(user: User, status: Status) -> Json:
    """A ChatMember."""
    described: Json = {"user": user.to_json(), "status": status}
    if status == "creator":
        described["is_anonymous"] = False
    if status == "administrator":
        described |= dict.fromkeys(_RIGHTS, True)
        described |= {"can_be_edited": False, "is_anonymous": False}
    if status == "kicked":
        described["until_date"] = 0
    return described


def _given(**fields: Any) -> Json:
    return {name: value for name, value in fields.items() if value is not None}
