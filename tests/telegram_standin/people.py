"""People, as a test lets them act: they write, press, type, block, and hear what comes back."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from telegram_standin.entities import found_in
from telegram_standin.places import Place
from telegram_standin.queries import (
    Caching,
    InlineAnswer,
    InlineQuery,
    Press,
    PressAnswer,
    chat_instance,
)
from telegram_standin.seeing import tell_bot_status, tell_message
from telegram_standin.world import MEDIA, Chat, Json, Message, User, media, spot

if TYPE_CHECKING:
    from telegram_standin.telegram import Telegram

T = TypeVar("T")

_ANONYMOUS = User(1087968824, "Group", "GroupAnonymousBot", is_bot=True)
_DEEP_LINK = re.compile(r"https://(?:t\.me|telegram\.me)/(\w+)(?:\?start=([^&]*))?")


class Person:
    """Somebody with Telegram on their phone. ``where`` is a group; without it the private chat."""

    def __init__(self, telegram: "Telegram", user: User) -> None:
        self._telegram = telegram
        self._state = telegram.state
        self.user = user
        self._heard: dict[int, int] = {}  # how far each chat was read
        self._seen_edits: dict[Message, int] = {}
        self._typed: InlineQuery | None = None

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.first_name

    # Speaking

    async def writes(
        self,
        text: str,
        where: Place | None = None,
        *,
        reply_to: Message | None = None,
        thread: int | None = None,
        anonymous: bool = False,
    ) -> Message:
        """A message, told to the bot if Telegram would. ``anonymous``: as a group's admin."""
        return self._say(
            where,
            text,
            entities=found_in(text),
            reply_to=reply_to,
            thread=thread,
            sender=_ANONYMOUS if anonymous else self.user,
        )

    async def sends(self, kind: str, where: Place | None = None, *, caption: str = "") -> Message:
        """A photo, voice, sticker, document, contact or location."""
        return self._say(where, caption, entities=found_in(caption), extra=media(kind))

    async def shares(
        self,
        latitude: float,
        longitude: float,
        where: Place | None = None,
        *,
        reply_to: Message | None = None,
        live: bool = False,
        venue: str = "",
    ) -> Message:
        """A spot on the map: where they are, ``live`` for an hour, or a ``venue`` by its name."""
        extra = spot(latitude, longitude, live=live, venue=venue)
        return self._say(where, "", reply_to=reply_to, extra=extra)

    async def moves(self, message: Message, latitude: float, longitude: float) -> None:
        """Go elsewhere while a location is shared live: its message changes."""
        assert "live_period" in message.extra.get("location", {}), "it is not shared live"

        def move() -> None:
            message.extra |= spot(latitude, longitude, live=True)
            self._told_of_edit("moves", message)

        self._telegram.do(move)

    async def edits(self, message: Message, text: str) -> None:
        def edit() -> None:
            message.text, message.entities = text, found_in(text)
            self._told_of_edit("edits", message)

        self._telegram.do(edit)

    def _told_of_edit(self, did: str, message: Message) -> None:
        message.edits += 1
        self._note(did, message)
        tell_message(self._state, message, edited=True)

    async def deletes(self, message: Message) -> None:
        """Gone for everybody; bots are not told of it."""

        def delete() -> None:
            message.deleted = True
            self._note("deletes", message)

        self._telegram.do(delete)

    async def opens(self, link: str) -> Message:
        """Follow a deep link into the bot's private chat and press "Start"."""
        match = _DEEP_LINK.fullmatch(link)
        assert match, f"{link} does not lead to a private chat"
        assert match[1].lower() == (self._state.bot.username or "").lower(), f"{link}: another bot"
        parameter = match[2] or ""
        assert re.fullmatch(r"[A-Za-z0-9_-]{0,64}", parameter), f"{link}: a bad parameter"
        return await self.writes(f"/start {parameter}".strip())

    def _say(self, where: Place | None, text: str, **more: Any) -> Message:
        chat = self._chat(where)
        sender = more.pop("sender", self.user)

        def say() -> Message:
            if self._is_ephemeral(chat, text):
                message = self._state.ephemeral(chat, sender, None, text=text, **more)
                self._state.said_at[message] = self._state.now()
            else:
                message = self._state.post(chat, sender, text, **more)
            if sender is _ANONYMOUS:
                message.extra |= {"sender_chat": chat.to_json()}
            self._note("writes", message)
            tell_message(self._state, message)
            return message

        return self._telegram.do(say)

    def _is_ephemeral(self, chat: Chat, text: str) -> bool:
        """Whether this is a command the bot declared to be seen by itself only."""
        match = re.match(r"/([a-z0-9_]+)", text)
        if not match or not chat.has(self._state.bot) or chat.owner:
            return False
        declared = (v for key, v in self._state.settings.items() if key[0] == "commands")
        return any(
            command.get("is_ephemeral") and command["command"].lstrip("/") == match[1]
            for commands in declared
            for command in commands
        )

    # Hearing

    async def hears(self, where: Place | None = None, *, within: float | None = None) -> Message:
        """The next message of the bot there, in order.

        Raises:
            AssertionError: none came ``within`` seconds; with all that happened so far.
        """
        chat = self._chat(where)
        waited = within or self._telegram.patience
        message = await self._wait(lambda: self._next(chat), waited)
        assert message, self._telegram.failure(f"{self.name} heard nothing within {waited:g} s")
        self._heard[chat.id] = chat.messages.index(message) + 1
        return message

    async def hears_nothing(self, where: Place | None = None, *, within: float = 0.3) -> None:
        chat = self._chat(where)
        message = await self._wait(lambda: self._next(chat), within)
        assert not message, self._telegram.failure(f"{self.name} heard {message and message.text}")

    def _next(self, chat: Chat) -> Message | None:
        for message in chat.messages[self._heard.get(chat.id, 0) :]:
            mine = message.receiver in (None, self.user) and not message.deleted
            if message.sender is self._state.bot and mine:
                return message
        return None

    async def sees_edit(self, message: Message, *, within: float | None = None) -> Message:
        """Waits until the message was edited once more than this person has seen."""
        seen = self._seen_edits.get(message, 0)
        waited = within or self._telegram.patience
        edited = await self._wait(lambda: message.edits > seen, waited)
        assert edited, self._telegram.failure(f"{self.name} saw no edit within {waited:g} s")
        self._seen_edits[message] = seen + 1
        return message

    # Pressing

    async def presses(self, message: Message, words: str) -> Press:
        """Press a button under a message; wait for its answer with ``sees_answer``."""
        button = message.button(words)
        assert "callback_data" in button, f"{words!r} is not for the bot to hear: {button}"
        return self._telegram.do(lambda: self._press(message, words, button["callback_data"]))

    def _press(self, message: Message, words: str, data: str) -> Press:
        state = self._state
        press = Press(state.query_id(), self.user, message, data, state.now())
        state.presses[press.id] = press
        did, chat = f"presses [{words}]", message.chat
        state.note(self.name, did, chat.title, message_id=message.id, chat_id=chat.id)
        body: Json = {
            "id": press.id,
            "from": self.user.to_json(),
            "chat_instance": chat_instance(message.chat),
            "data": data,
        }
        if message.inline_id:
            body["inline_message_id"] = message.inline_id
        else:
            body["message"] = message.to_json()
        self.user.known = True
        state.tell("callback_query", body, message.chat.id)
        return press

    async def sees_answer(self, press: Press, *, within: float | None = None) -> PressAnswer:
        """What appears after a press; until then the button turns and turns."""
        waited = within or self._telegram.patience
        answer = await self._wait(lambda: press.answer, waited)
        assert answer, self._telegram.failure(f"the press was not answered within {waited:g} s")
        return answer

    # Inline

    async def types_inline(
        self, text: str, *, offset: str = "", within: float | None = None
    ) -> InlineAnswer:
        """Type ``@bot text`` anywhere; what is offered may come from Telegram's cache."""
        assert self._state.rules.inline, "inline mode is off: no bot hears of it"
        query, kept = self._telegram.do(lambda: self._type(text[:256], offset))
        if kept:
            return kept
        waited = within or self._telegram.patience
        answer = await self._wait(lambda: query.answer, waited)
        assert answer, self._telegram.failure(f"nothing was offered for {text!r}")
        return answer

    def _type(self, text: str, offset: str) -> tuple[InlineQuery, InlineAnswer | None]:
        state = self._state
        query = self._typed = InlineQuery(state.query_id(), self.user, text, offset, state.now())
        for whose in (self.id, None):
            until, answer = state.inline_cache.get(Caching(text, offset, whose), (0.0, None))
            if answer and state.now() < until:
                query.answer = answer
                return query, replace(answer, from_cache=True)
        state.inline_queries[query.id] = query
        state.note(self.name, "types inline", "anywhere", text)
        body = {"id": query.id, "from": self.user.to_json(), "query": text, "offset": offset}
        state.tell("inline_query", body, self.id)
        return query, None

    async def chooses(self, title: str, where: Place | None = None) -> Message:
        """Send the result with this title; the message stands there in the person's name."""
        return self._telegram.do(lambda: self._choose(title, self._chat(where)))

    def _choose(self, title: str, chat: Chat) -> Message:
        state, query = self._state, self._typed
        assert query and query.answer, f"{self.name} was offered nothing"
        offered = [r for r in query.answer.results if r.get("title") == title]
        assert offered, f"{title!r} was not offered: {query.answer.titles}"
        result = offered[0]
        message = state.post(
            chat,
            self.user,
            result["text"],
            entities=result["entities"],
            keyboard=result["keyboard"],
            via_bot=state.bot,
            inline_id=f"inline-{query.id}" if result["keyboard"] else None,
        )
        self._note("sends by inline", message)
        if state.rules.inline_feedback:
            body = {"result_id": result["id"], "from": self.user.to_json(), "query": query.text}
            if message.inline_id:
                body["inline_message_id"] = message.inline_id
            state.tell("chosen_inline_result", body, self.id)
        tell_message(state, message)
        return message

    # Coming and going

    async def blocks(self) -> None:
        """The bot can no longer write to this person."""
        self._telegram.do(lambda: self._block(True))

    async def unblocks(self) -> None:
        self._telegram.do(lambda: self._block(False))

    def _block(self, blocks: bool) -> None:
        self.user.blocks = blocks
        old, new = ("member", "kicked") if blocks else ("kicked", "member")
        self._state.note(self.name, "blocks the bot" if blocks else "unblocks the bot", self.name)
        chat = self._state.chats[self.id]
        tell_bot_status(self._state, chat, self.user, old, new)  # type: ignore[arg-type]

    def goes_offline(self) -> None:
        """No ephemeral message reaches this person any more."""
        self._state.offline.add(self.id)

    def _chat(self, where: Place | None) -> Chat:
        if where is None:
            return self._state.chats[self.id]
        assert where.chat.has(self.user), f"{self.name} is not in {where.title}: use admits()"
        return where.chat

    def _note(self, did: str, message: Message) -> None:
        carried = "".join(f"({kind}) " for kind in message.extra if kind in MEDIA)
        where = message.chat.title if not message.chat.owner else "private"
        self._state.note(
            self.name,
            did,
            where,
            carried + message.text,
            message_id=message.id or message.ephemeral_id,
            chat_id=message.chat.id,
        )

    async def _wait(self, look: Callable[[], T], seconds: float) -> T:
        return await self._telegram.wait(self._state.bell.until(look, seconds))
