"""Whether an answer helped, and what was wrong with it.

The question is read from the message that our answer is a reply to, so nothing is remembered
meanwhile. It is asked again to know what was shown.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from telegram import CallbackQuery, Message

from signpost_bot.channels.telegram import buttons, under
from signpost_bot.channels.telegram.answering import Answering, in_thread, question_above
from signpost_bot.channels.telegram.buttons import About
from signpost_bot.channels.telegram.memory import CHANNEL
from signpost_bot.channels.telegram.speaking import acknowledge
from signpost_bot.model import Question
from signpost_bot.questions.records import of_helpful, of_unhelpful, today
from signpost_bot.replies import chat, wording


class Feedback:
    """What people tell us of our answers."""

    def __init__(self, answering: Answering) -> None:
        self._speaker = answering.speaker
        self._signposter = answering.signposter
        self._passing_on = answering.passing_on
        self._memory = answering.memory
        self._follower = answering.follower

    async def helped(self, query: CallbackQuery, message: Message) -> None:
        await acknowledge(query, chat.GLAD)
        left = buttons.without(message.reply_markup, "helped", "wrong")
        await self._speaker.put_under(message, left)
        question = Question(question_above(message), channel=CHANNEL)
        await self._passing_on.later(partial(of_helpful, question, today()))

    async def unhelpful(self, query: CallbackQuery, message: Message, value: str) -> None:
        name, _, rest = value.partition(":")
        reason = next((id for id in wording.REASONS if id == name), None)
        question = self._complained_of(message, About.read(rest))
        if question is None or reason is None:
            await acknowledge(query, chat.TOO_OLD)
            return
        settings = await self._memory.settings(message.chat_id)
        conversation = await self._memory.conversation(message.chat_id)
        question = replace(question, place=conversation.place or settings.place)
        answer = await in_thread(partial(self._signposter.answer, question))
        if answer.urgent:
            await acknowledge(query, wording.NEVER_KEPT, alert=True)
        elif self._passing_on.keeper is None:
            await acknowledge(query, wording.THANKS)
        else:
            passed = await self._passing_on.now(
                partial(of_unhelpful, question, reason, answer, today())
            )
            words = wording.PASSED_ON if passed else wording.NOT_PASSED_ON
            await acknowledge(query, f"{wording.THANKS} {words}", alert=True)
        known = self._signposter.knowledge.topics
        others = [known[match.label] for match in answer.topics[1:4] if match.label in known]
        await self._speaker.put_under(message, under.after_reason(reason, others))

    def _complained_of(self, message: Message, about: About) -> Question | None:
        text = question_above(message)
        known = self._signposter.knowledge.topics
        if not text and about.need not in known:
            return None
        question = Question(text or known[about.need].title, channel=CHANNEL)
        if about.need not in known:
            return question
        if text and self._follower.says_only_where_or_how(text):
            return self._follower.about(question, about.need)
        return replace(question, topic=about.need if about.chosen or not text else None)
