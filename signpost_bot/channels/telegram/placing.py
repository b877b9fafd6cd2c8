"""Where somebody is: asked, given, changed and forgotten."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import anyio.to_thread
from telegram import Location, Message

from signpost_bot.channels.telegram import buttons
from signpost_bot.channels.telegram.buttons import Button, Keyboard, Press
from signpost_bot.channels.telegram.memory import Memory
from signpost_bot.channels.telegram.speaking import Speaker
from signpost_bot.model import NATIONS, Place, Question, Reply
from signpost_bot.questions.conversations import Awaits, Conversation
from signpost_bot.replies import chat, wording
from signpost_bot.signposter import Signposter

_FORGET = "-"  # on a button
_FORGETS = ("-", "forget", "nowhere", "delete", "none")  # behind /near
_MOST_OFFERED = 8

# Answers the last need again, for a place that is now remembered; False: there is none.
Again = Callable[[Message, Place, Conversation, Sequence[int]], Awaitable[bool]]


class Placing:
    """Asks where people are and remembers it as long as they like."""

    def __init__(
        self, speaker: Speaker, signposter: Signposter, memory: Memory, again: Again
    ) -> None:
        self._speaker = speaker
        self._signposter = signposter
        self._memory = memory
        self._again = again

    async def command(self, message: Message, words: str) -> None:
        """``/near``, alone or with a place behind it."""
        if not words:
            settings = await self._memory.settings(message.chat_id)
            await self.ask(message, "place", settings.place)
        elif words.strip().lower() in _FORGETS:
            await self._forgotten(message, ())
        else:
            await self.given(message, words, self._signposter.place(words))

    async def ask(
        self, message: Message, awaits: Awaits = "nearer", known: Place | None = None
    ) -> None:
        """Ask where somebody is; their next message may say it, or a button.

        Args:
            awaits: what follows from it.
            known: what we take it to be.
        """
        rows = [[_button(name)] for name in NATIONS.values()]
        if known:
            rows.append([Button(chat.BUTTONS["nowhere"], Press("near", _FORGET))])
        await self._speaker.say(message, chat.near(known), rows)
        conversation = await self._memory.conversation(message.chat_id)
        await self._memory.remember(message.chat_id, replace(conversation, awaits=awaits))

    async def given(self, message: Message, words: str, places: Sequence[Place]) -> None:
        """What somebody wrote as a place, and what it may mean."""
        if not places:
            await self._speaker.say(message, chat.said(wording.not_a_place(words[:60])))
        elif len(places) > 1:
            await self._which(message, wording.where(Question(""), None, places), places)
        else:
            await self._set(message, places[0], ())

    async def shared(self, message: Message, spot: Location) -> None:
        """A spot on the map. What is kept is the council, as if they had written its name."""
        # All places are looked over, and made ready for the first of them.
        places = await anyio.to_thread.run_sync(
            self._signposter.place_at, spot.latitude, spot.longitude
        )
        if not places:
            await self._speaker.say(message, chat.said(chat.NO_COUNCIL_THERE))
        elif len(places) > 1:
            await self._which(message, chat.said(chat.WHICH_COUNCIL), places)
            conversation = await self._memory.conversation(message.chat_id)
            if not conversation.awaits:  # they may write what it is
                await self._memory.remember(
                    message.chat_id, replace(conversation, awaits="place")
                )
        else:
            await self._set(message, places[0], ())

    async def pressed(self, message: Message, value: str) -> None:
        """A place, or forgetting it, was chosen by a button under this message."""
        ours = (message.message_id,)
        if value == _FORGET:
            await self._forgotten(message, ours)
            return
        places = self._signposter.place(value)
        if len(places) == 1:
            await self._set(message, places[0], ours)
        else:
            await self.given(message, value, places)

    async def _which(self, message: Message, which: Reply, places: Sequence[Place]) -> None:
        offered = [_button(place.name) for place in places[:_MOST_OFFERED]]
        rows: Keyboard = [
            [button]
            for button in offered
            if isinstance(button.does, Press) and buttons.fits(button.does)
        ]
        await self._speaker.say(message, replace(which, choices=()), rows)

    async def _set(self, message: Message, place: Place, ours: Sequence[int]) -> None:
        kept = await self._memory.change(message.chat_id, place=place.name)
        conversation = await self._memory.conversation(message.chat_id)
        awaited = conversation.awaits
        conversation = replace(conversation, place=place, awaits="")
        await self._memory.remember(message.chat_id, conversation)
        if awaited == "nearer" and await self._again(message, place, conversation, ours):
            return
        reply = chat.now_near(place) if kept else chat.said(chat.NOT_REMEMBERED)
        await self._speaker.say(message, reply, in_place_of=ours)

    async def _forgotten(self, message: Message, ours: Sequence[int]) -> None:
        kept = await self._memory.change(message.chat_id, place=None)
        conversation = await self._memory.conversation(message.chat_id)
        await self._memory.remember(
            message.chat_id, replace(conversation, place=None, awaits="")
        )
        words = chat.NOWHERE if kept else chat.NOT_REMEMBERED
        await self._speaker.say(message, chat.said(words), in_place_of=ours)


def _button(name: str) -> Button:
    return Button(name, Press("near", name))
