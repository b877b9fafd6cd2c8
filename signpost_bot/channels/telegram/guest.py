"""Answers where somebody names the bot in a chat that it has not joined.

The answer goes through ``answerGuestQuery`` alone: the bot reads and writes nothing else there.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from telegram import Message
from telegram.error import BadRequest
from telegram.ext import ExtBot

from signpost_bot.channels.passing_on import PassingOn
from signpost_bot.channels.telegram.addressed import without_mention
from signpost_bot.channels.telegram.alone import Links, about
from signpost_bot.channels.telegram.answering import in_thread
from signpost_bot.channels.telegram.buttons import Button, start_link
from signpost_bot.channels.telegram.group_under import is_sensitive
from signpost_bot.channels.telegram.inline import article
from signpost_bot.channels.telegram.memory import CHANNEL
from signpost_bot.channels.telegram.sending import Urgency
from signpost_bot.matching.hearing import Heard
from signpost_bot.model import Answer, Question, Reply
from signpost_bot.questions.records import of_answer, today
from signpost_bot.replies import chat, groups
from signpost_bot.replies.danger import danger_reply
from signpost_bot.signposter import Signposter


class Guests:
    """Answers as a guest: one message for a mention."""

    def __init__(
        self, bot: ExtBot[Urgency], signposter: Signposter, passing_on: PassingOn, links: Links
    ) -> None:
        self.bot = bot
        self._signposter = signposter
        self._passing_on = passing_on
        self._links = links

    def words_of(self, message: Message) -> str:
        """What somebody asks us, without our name."""
        return without_mention(message, self.bot.username)[0]

    async def asked(self, message: Message, heard: Heard) -> None:
        """A message that names us."""
        text = self.words_of(message)
        question = Question(text, channel=CHANNEL)
        if heard.alarm:
            answer = Answer("urgent", Reply(danger_reply(heard.alarm)), urgent=heard.alarm.kind)
            await self._say_alone(message, answer, heard)
        elif not any(c.isalnum() for c in text):
            await self._say(message, groups.how_to_ask_as_guest(self.bot.username), "ask")
            return
        else:
            answer = await in_thread(partial(self._signposter.answer, question, heard=heard))
            if is_sensitive(answer, self._signposter.knowledge.topics):
                await self._say_alone(message, answer, heard)
            else:
                need = answer.topics[0].label if answer.topics else ""
                known = answer.outcome in ("answer", "jargon", "choose") and need
                told = self._passing_on.told(answer)
                await self._say(message, told.reply, f"t_{need}" if known else "ask")
        await self._passing_on.later(partial(of_answer, question, answer, today()))

    async def _say_alone(self, message: Message, answer: Answer, heard: Heard) -> None:
        person = message.from_user.id if message.from_user else None
        parameter = self._links.parameter(about(answer, heard.alarm), person)
        await self._say(message, chat.said(groups.ALONE), parameter, "private")

    async def _say(
        self, message: Message, reply: Reply, start: str, button: str = "ask"
    ) -> None:
        leads_to = [(c.title, f"t_{c.topic}") for c in reply.choices if c.topic]
        leads_to.append((groups.BUTTONS[button], start))
        rows = [[Button(words, start_link(self.bot, to))] for words, to in leads_to]
        said = article("answer", groups.BUTTONS[button], reply, rows)
        with suppress(BadRequest):  # too late, or answered before
            await self.bot.answer_guest_query(message.guest_query_id or "", said)
