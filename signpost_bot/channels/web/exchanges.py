"""From the fields of the page's form to a question, and to the reply as the page shows it.

Nothing is remembered from one question to the next. What the next one may need (where somebody
is, what they asked last) stands in the page's own form and comes back with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from signpost_bot.model import Answer, Paragraph, Place, Question, Signpost
from signpost_bot.questions.records import went_unanswered
from signpost_bot.replies import wording
from signpost_bot.signposter import Signposter

FIELDS = ("question", "area", "topic", "about", "said")
_MAY_HAVE_HELPED = ("answer", "choose", "jargon")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what we said to it, as the page shows them."""

    said: str  # the question, a place, or what stood on the button
    question: Question
    answer: Answer
    note: str  # on a place that we could not make sense of
    # What the next question may need, in the page's own form:
    place: str  # as the person gave it or as we understood it
    about: str  # what a place alone would then be the answer to
    topic: str  # the need that was chosen for it

    @property
    def runs(self) -> list[tuple[str, list[Paragraph | Signpost]]]:
        """The reply in runs of one kind: "urgent", "text" or "signposts"."""
        return [(kind, list(run)) for kind, run in groupby(self.answer.reply.parts, _kind)]

    @property
    def may_have_helped(self) -> bool:
        """Whether to ask "Did this help?": never under danger, nor under a question of ours."""
        return self.answer.outcome in _MAY_HAVE_HELPED or went_unanswered(self.answer)


class Asking:
    """Answers what the page's form holds."""

    def __init__(self, signposter: Signposter) -> None:
        self.signposter = signposter

    def exchange(self, fields: Mapping[str, str]) -> Exchange:
        """What was typed or pressed, and our reply to it."""
        asked, about, area, topic = (fields[n] for n in ("question", "about", "area", "topic"))
        if not about:
            exchange = self.answered(asked, area, topic)
            return replace(exchange, said=fields["said"] or asked)
        if not asked:  # only "Where?" was filled in: the last question again, for that place
            return replace(self._elsewhere(about, area, topic, self._places(area)), said=area)
        exchange = self.answered(asked, area)
        if places := self._given_as_place(asked, exchange.answer):
            return replace(self._elsewhere(about, asked, topic, places), said=asked)
        return exchange

    def answered(self, asked: str, area: str, topic: str = "") -> Exchange:
        """Answers with or without the place: nobody waits for help over a typing error."""
        return self._answered(asked, area, topic, self._places(area))

    def _given_as_place(self, asked: str, answer: Answer) -> tuple[Place, ...]:
        """What words in reply to "where are you?" mean, if they say just that.

        Whatever says more is a question of its own, danger above all.
        """
        if answer.urgent:
            return ()
        alone = self.signposter.only_place(asked)
        return self._places(asked) if alone or answer.outcome == "unanswered" else ()

    def _elsewhere(
        self, about: str, area: str, topic: str, places: Sequence[Place]
    ) -> Exchange:
        """The last question again, for the place given now and not for the one it named."""
        exchange = self._answered(about, area, topic, places)
        if exchange.answer.urgent or not places:  # danger is heard in all of the words
            return exchange
        mention = self.signposter.knowledge.areas.in_question(about)
        if mention.places and any(c.isalnum() for c in mention.rest):
            return self._answered(mention.rest, area, topic, places)
        return exchange

    def _answered(self, asked: str, area: str, topic: str, places: Sequence[Place]) -> Exchange:
        place = places[0] if len(places) == 1 else None
        question = Question(asked, place=place, topic=topic or None, channel="web")
        answer = self.signposter.answer(question)
        note = ""
        if area and not places:
            note = wording.not_a_place(area[:60])
        elif len(places) > 1 and not answer.place and answer.outcome != "where":
            which = wording.where(question, question.topic, places)
            note = "\n".join(part.text for part in which.parts if isinstance(part, Paragraph))
            reply = replace(answer.reply, choices=which.choices + answer.reply.choices)
            answer = replace(answer, reply=reply)
        wants_words = answer.outcome == "unanswered" and not went_unanswered(answer)
        return Exchange(
            asked,
            question,
            answer,
            note=note,
            place=answer.place.name if answer.place else area,
            about="" if answer.outcome == "smalltalk" or wants_words else asked,
            topic=topic,
        )

    def _places(self, area: str) -> tuple[Place, ...]:
        try:
            return self.signposter.place(area) if area else ()
        except Exception:
            # Danger is looked for after this. Whatever is wrong with places must not be what
            # keeps somebody from reading where help is; any other question fails by itself.
            return ()


def _kind(part: Paragraph | Signpost) -> str:
    if isinstance(part, Signpost):
        return "signposts"
    return "urgent" if part.tone == "urgent" else "text"
