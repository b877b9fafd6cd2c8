"""Questions and their answers: asked, asked again by a button, and in danger."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

import anyio
import anyio.to_thread
from telegram import Message

from signpost_bot.channels.passing_on import PassingOn
from signpost_bot.channels.telegram import under
from signpost_bot.channels.telegram.buttons import About, Press
from signpost_bot.channels.telegram.following import Follower
from signpost_bot.channels.telegram.memory import CHANNEL, Memory, Settings
from signpost_bot.channels.telegram.placing import Placing
from signpost_bot.channels.telegram.speaking import Speaker, is_ours
from signpost_bot.matching.hearing import Heard
from signpost_bot.model import NATIONS, Alarm, Answer, Nation, Paragraph, Place, Question, Reply
from signpost_bot.questions.conversations import Conversation
from signpost_bot.questions.records import Record, of_answer, today, went_unanswered
from signpost_bot.replies import chat
from signpost_bot.replies.danger import danger_reply
from signpost_bot.signposter import Signposter

log = logging.getLogger(__name__)

_AT_ONCE = 0.4  # seconds that danger waits to learn somebody's nation
_SOON = 1.0  # seconds that it waits for what else may help
_IN_DANGER = 8  # people whose answer is worked out at a time, past everybody else's
_MOST_ANSWERS = 10  # of one chat, that an edited question can still change
_MOST_PAGES = 99

COMMAND = re.compile(r"/(\w+)(?:@\w+)?\s*(.*)", re.DOTALL)

T = TypeVar("T")


class Answering:
    """Answers in one chat after another.

    Args:
        promises: whether "tell me when you can answer" can be offered.
    """

    def __init__(
        self,
        speaker: Speaker,
        signposter: Signposter,
        passing_on: PassingOn,
        memory: Memory,
        *,
        promises: bool,
    ) -> None:
        self.speaker = speaker
        self.signposter = signposter
        self.passing_on = passing_on
        self.memory = memory
        self.follower = Follower(signposter)
        self.placing = Placing(speaker, signposter, memory, self._for_there)
        self._promises = promises
        self._urgent_threads: anyio.CapacityLimiter | None = None

    async def asked(
        self,
        message: Message,
        text: str,
        heard: Heard,
        ours: Sequence[int] = (),
        *,
        asks_where: bool = False,
    ) -> None:
        settings, conversation = await self.memory.of(message.chat_id)
        question = self.question(text, settings, conversation)
        if self.follower.says_near_me(question, conversation):
            await self.placing.ask(message)
            return
        meant = self.follower.meant(question, conversation)
        answer = self.follower.which(question, conversation)
        if answer is None:
            answer = await in_thread(partial(self.signposter.answer, meant, heard=heard))
        if conversation.awaits or asks_where:
            places = self.follower.place(text, answer)
            if places or self.follower.is_short(text, answer):
                await self.placing.given(message, text, places)
                return
        answer = self.follower.still_choosing(meant, conversation, answer)
        await self.reply(message, meant, answer, settings, conversation, ours, weary=heard.weary)

    def question(
        self, text: str, settings: Settings, conversation: Conversation
    ) -> Question:
        return Question(
            text,
            place=conversation.place or settings.place,
            wants_phone=settings.by_phone,
            channel=CHANNEL,
        )

    async def reply(
        self,
        message: Message,
        question: Question,
        answer: Answer,
        settings: Settings,
        conversation: Conversation,
        ours: Sequence[int] = (),
        *,
        weary: bool = False,
        counts: bool = True,
        below: Sequence[under.Row] = (),
    ) -> None:
        """Answer, hand over what is kept of it, and remember what the next message may mean.

        Args:
            counts: whether it is a question, and not the same again in another way.
            below: more buttons.
        """
        told = self.passing_on.told(answer) if counts else answer
        waits = secrets.token_hex(16) if counts and went_unanswered(answer) else None
        promised = waits if self._promises and self.passing_on.ready else None
        keyboard = [*under.answer(question, answer, weary=weary, tell=promised), *below]
        said = await self.speaker.say(
            message,
            told.reply,
            keyboard,
            short=settings.short,
            in_place_of=ours,
            urgency="danger" if answer.urgent else None,
        )
        if counts:
            await self.passing_on.later(partial(_record_of, question, answer, waits))
        if not answer.urgent:
            asked = message.reply_to_message if is_ours(message) else message
            number = asked.message_id if asked else 0
            after = _after(conversation, question, answer, (number, *said))
            await self.memory.remember(message.chat_id, after)

    async def nation(self, chat_id: int) -> Nation | None:
        """Where somebody is, as far as that can be known at once. Never raises."""
        try:
            settings = await self.memory.settings(chat_id, within=_AT_ONCE)
        except Exception as fault:
            log.error("What was set could not be read: %s", type(fault).__name__)
            return None
        return settings.place.nation if settings.place else None

    async def in_danger(
        self, message: Message, text: str, heard: Heard, alarm: Alarm
    ) -> None:
        """Where help is, at once: nothing is waited for, and nothing of it is kept."""
        question = Question(text, channel=CHANNEL)
        answer = Answer("urgent", Reply(danger_reply(alarm)), urgent=alarm.kind)
        with anyio.move_on_after(_SOON):
            try:
                nation = await self.nation(message.chat_id)
                answer = replace(answer, reply=Reply(danger_reply(alarm, nation)))
                there = Place(NATIONS[nation], nation) if nation else None
                work = partial(self.signposter.answer, replace(question, place=there), heard=heard)
                answer = await self._past_the_others(work)
            except Exception as fault:
                # Whatever is wrong with the rest, this goes out. Not the fault's message: that
                # may hold what somebody wrote.
                log.error("The rest of an urgent answer failed: %s", type(fault).__name__)
        await self.speaker.say(message, answer.reply, under.danger(), urgency="danger")
        await self.passing_on.later(partial(_record_of, question, answer))

    async def _past_the_others(self, work: Callable[[], T]) -> T:
        if self._urgent_threads is None:  # it belongs to the loop that is running
            self._urgent_threads = anyio.CapacityLimiter(_IN_DANGER)
        return await anyio.to_thread.run_sync(
            work, abandon_on_cancel=True, limiter=self._urgent_threads
        )

    # --- the same again, by a button --------------------------------------------------------

    async def again(self, message: Message, press: Press) -> None:
        """The same question some other way; the answer changes in place."""
        settings, conversation = await self.memory.of(message.chat_id)
        question = self._meant_by(message, press, settings, conversation)
        if question is None:
            await self.speaker.say(message, chat.said(chat.TOO_OLD))
            return
        heard = await in_thread(partial(self.signposter.listener.hear, question.text))
        answer = await in_thread(partial(self.signposter.answer, question, heard=heard))
        if press.act == "more" and question.page and answer.nobody_there:
            await self.speaker.say(message, chat.said(chat.NO_MORE))
            return
        await self.reply(
            message,
            question,
            answer,
            settings,
            conversation,
            conversation.parts(message.message_id),
            weary=heard.weary,
            counts=press.act in ("need", "place"),
        )

    def _meant_by(
        self, message: Message, press: Press, settings: Settings, conversation: Conversation
    ) -> Question | None:
        """What the button stands for; None where neither it nor the question tells any more."""
        text = question_above(message)
        known = self.signposter.knowledge.topics
        about = About(press.value, chosen=True) if press.act == "need" else About()
        if press.act in ("more", "phone"):
            about = About.read(press.value)
        if about.need and about.need not in known:
            return None
        if not text and not about.need:
            return None
        question = self.question(text, settings, conversation)
        if press.act == "place":
            found = self.signposter.place(press.value)
            question = replace(question, place=found[0] if found else question.place)
            return self.follower.meant(question, conversation)
        if not text:
            question = replace(question, text=known[about.need].title)
        by_phone = settings.by_phone or press.act == "phone"
        need = about.need if about.chosen or not text else None
        page = min(about.page, _MOST_PAGES)
        return replace(question, topic=need, wants_phone=by_phone, page=page)

    async def _for_there(
        self, message: Message, place: Place, conversation: Conversation, ours: Sequence[int]
    ) -> bool:
        """The last need again, for where somebody now said they are."""
        known = self.signposter.knowledge.topics
        needs = [need for need in conversation.topics if need in known]
        if len(needs) != 1:
            return False
        settings = await self.memory.settings(message.chat_id)
        question = replace(
            self.question(known[needs[0]].title, settings, conversation),
            place=place,
            topic=needs[0],
        )
        answer = await in_thread(partial(self.signposter.answer, question))
        reply = answer.reply
        if settings.place:
            reply = Reply((*reply.parts, Paragraph(chat.WHERE_KEPT)), reply.choices)
        await self.reply(
            message, question, replace(answer, reply=reply), settings, conversation, ours
        )
        return True

    async def browsed(
        self,
        message: Message,
        question: Question,
        ours: Sequence[int],
        below: Sequence[under.Row],
    ) -> None:
        """One need, come to by looking through them."""
        settings, conversation = await self.memory.of(message.chat_id)
        answer = await in_thread(partial(self.signposter.answer, question))
        await self.reply(message, question, answer, settings, conversation, ours, below=below)


def question_above(message: Message) -> str:
    """What our message is a reply to, as a question; empty when it is gone or is none."""
    asked = message.reply_to_message
    text = (asked.text or asked.caption or "") if asked else ""
    if command := COMMAND.fullmatch(text):
        return about_word(command[2].strip()) if command[1].lower() == "what" else ""
    return text


def about_word(word: str) -> str:
    """The question behind ``/what``."""
    return f"what is {word}?"


async def in_thread(work: Callable[[], T]) -> T:
    """Do what keeps the processor busy, so that others are heard meanwhile."""
    return await anyio.to_thread.run_sync(work)


def _after(
    conversation: Conversation, question: Question, answer: Answer, numbers: tuple[int, ...]
) -> Conversation:
    """What the next message may refer to, now that this was answered."""
    topics = conversation.topics
    if answer.outcome == "choose":
        topics = tuple(choice.topic for choice in answer.reply.choices if choice.topic)
    elif answer.outcome in ("answer", "jargon"):
        topics = tuple(match.label for match in answer.topics[:1])
    elif answer.outcome == "where":
        topics = tuple({choice.topic: None for choice in answer.reply.choices if choice.topic})
    others = [one for one in conversation.answers if one[0] != numbers[0]]
    return replace(
        conversation,
        topics=topics or conversation.topics,
        place=answer.place or conversation.place,
        answers=(*others, numbers)[-_MOST_ANSWERS:],
        awaits="",
    )


def _record_of(question: Question, answer: Answer, waits: str | None = None) -> Record:
    """What is kept; what waits for a maintainer, under this id."""
    record = of_answer(question, answer, today())
    if record.waiting and waits:
        return replace(record, waiting=replace(record.waiting, id=waits))
    return record
