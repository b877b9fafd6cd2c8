"""Whether an answer helped, and what was wrong with it.

The question is read from the message that our answer is a reply to, so nothing is remembered
meanwhile. It is asked again to know what was shown.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from telegram import CallbackQuery, Message

from signpost_bot.channels.passing_on import PassingOn
from signpost_bot.channels.telegram import buttons, under
from signpost_bot.channels.telegram.answering import Answering, in_thread, question_above
from signpost_bot.channels.telegram.buttons import About
from signpost_bot.channels.telegram.following import Follower
from signpost_bot.channels.telegram.memory import CHANNEL
from signpost_bot.channels.telegram.speaking import acknowledge
from signpost_bot.model import Answer, Question
from signpost_bot.questions.records import of_helpful, of_unhelpful, today
from signpost_bot.replies import chat, wording
from signpost_bot.signposter import Signposter


class Feedback:
    """What people tell us of our answers."""

    def __init__(self, answering: Answering) -> None:
        self._speaker = answering.speaker
        self._topics = answering.signposter.knowledge.topics
        self._passing_on = answering.passing_on
        self._memory = answering.memory
        self._complaints = Complaints(answering.signposter, answering.passing_on)

    async def helped(self, query: CallbackQuery, message: Message) -> None:
        await acknowledge(query, chat.GLAD)
        left = buttons.without(message.reply_markup, "helped", "wrong")
        await self._speaker.put_under(message, left)
        question = Question(question_above(message), channel=CHANNEL)
        await self._passing_on.later(partial(of_helpful, question, today()))

    async def unhelpful(self, query: CallbackQuery, message: Message, value: str) -> None:
        settings, conversation = await self._memory.of(message.chat_id)
        place = conversation.place or settings.place
        question = Question(question_above(message), place=place, channel=CHANNEL)
        answer = await self._complaints.taken(query, question, value)
        if answer:
            known = self._topics
            others = [known[match.label] for match in answer.topics[1:4] if match.label in known]
            reason = value.partition(":")[0]
            await self._speaker.put_under(message, under.after_reason(reason, others))


class Complaints:
    """Takes what was wrong with an answer, in any chat."""

    def __init__(self, signposter: Signposter, passing_on: PassingOn) -> None:
        self._signposter = signposter
        self._passing_on = passing_on
        self._follower = Follower(signposter)

    async def taken(
        self, query: CallbackQuery, question: Question, value: str
    ) -> Answer | None:
        """Pass on that an answer did not help, and say so to whoever pressed the button.

        Args:
            question: what stands above the answer, for the place that the answer was for; without
                words where that is gone.
            value: of the button: the reason, then About.

        Returns:
            The answer; None where nothing tells any more what it was to.
        """
        name, _, rest = value.partition(":")
        reason = next((id for id in wording.REASONS if id == name), None)
        meant = self._complained_of(question, About.read(rest))
        if meant is None or reason is None:
            await acknowledge(query, chat.TOO_OLD)
            return None
        answer = await in_thread(partial(self._signposter.answer, meant))
        if answer.urgent:
            await acknowledge(query, wording.NEVER_KEPT, alert=True)
        elif self._passing_on.keeper is None:
            await acknowledge(query, wording.THANKS)
        else:
            make = partial(of_unhelpful, meant, reason, answer, today())
            passed = await self._passing_on.now(make)
            words = wording.PASSED_ON if passed else wording.NOT_PASSED_ON
            await acknowledge(query, f"{wording.THANKS} {words}", alert=True)
        return answer

    def _complained_of(self, question: Question, about: About) -> Question | None:
        known = self._signposter.knowledge.topics
        if about.need not in known:
            return question if question.text else None
        if not question.text:
            return replace(question, text=known[about.need].title, topic=about.need)
        if self._follower.says_only_where_or_how(question.text):
            return self._follower.about(question, about.need)
        return replace(question, topic=about.need if about.chosen else None)
