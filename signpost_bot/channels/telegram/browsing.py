"""Looking through what we know: groups, the needs of one, and one need, in one message."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from telegram import Message

from signpost_bot.channels.telegram.buttons import Button, Press
from signpost_bot.channels.telegram.memory import CHANNEL, Memory
from signpost_bot.channels.telegram.speaking import Speaker
from signpost_bot.model import Question
from signpost_bot.replies import chat
from signpost_bot.signposter import Signposter

Row = Sequence[Button]
# Answers a question in place of these messages of ours, with these buttons below its own.
Answering = Callable[[Message, Question, Sequence[int], Sequence[Row]], Awaitable[None]]


class Browsing:
    """Shows groups, needs and services, back and forth."""

    def __init__(
        self, speaker: Speaker, signposter: Signposter, memory: Memory, answering: Answering
    ) -> None:
        self._speaker = speaker
        self._knowledge = signposter.knowledge
        self._memory = memory
        self._answering = answering

    async def show(self, message: Message, press: Press, *, new: bool = False) -> None:
        """What a button leads to; all groups where it leads nowhere any more.

        Args:
            message: ours, which changes; or what a new one is a reply to.
        """
        ours: Sequence[int] = ()
        if not new and press.value != "new":
            conversation = await self._memory.conversation(message.chat_id)
            ours = conversation.parts(message.message_id)
        if press.act == "browse" and press.value in self._knowledge.topics:
            await self._need(message, press.value, ours)
        elif press.act == "group" and press.value in self._knowledge.groups:
            await self._group(message, press.value, ours)
        else:
            rows = [
                [Button(title, Press("group", id))]
                for id, title in self._knowledge.groups.items()
            ]
            await self._speaker.say(message, chat.said(chat.LOOK_THROUGH), rows, in_place_of=ours)

    async def _group(self, message: Message, group: str, ours: Sequence[int]) -> None:
        needs = [need for need in self._knowledge.topics.values() if need.group == group]
        rows = [[Button(need.title, Press("browse", need.id))] for need in needs]
        rows.append([Button(chat.BUTTONS["back"], Press("groups"))])
        title = chat.said(self._knowledge.groups[group])
        await self._speaker.say(message, title, rows, in_place_of=ours)

    async def _need(self, message: Message, need_id: str, ours: Sequence[int]) -> None:
        need = self._knowledge.topics[need_id]
        settings = await self._memory.settings(message.chat_id)
        question = Question(
            need.title,
            place=settings.place,
            topic=need.id,
            wants_phone=settings.by_phone,
            channel=CHANNEL,
        )
        back = [Button(chat.BUTTONS["back"], Press("group", need.group))]
        await self._answering(message, question, ours, [back])
