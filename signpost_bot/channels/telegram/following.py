"""What a message means that only makes sense after the last one: "what about in scotland"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from signpost_bot.knowledge.places import name_key
from signpost_bot.model import Answer, Place, Question
from signpost_bot.questions.conversations import Conversation
from signpost_bot.replies import wording
from signpost_bot.signposter import Signposter

_LONGEST = 200  # characters of what says no more than where or how
_PHONE = re.compile(
    r"\b(?:(?:tele)?phone|ring|call|numbers?|speak|talk to (?:a person|someone|somebody))\b",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"\b(?:near (?:me|us|here)|nearby|nearer|round here|local(?:ly)?)\b", re.IGNORECASE
)
# What says nothing of its own beside a place or "by phone".
_WORDS = (
    r"(?:and|or|ok|okay|but|so|what|how|about|if|in|for|any|anything|anyone|anybody|some"
    r"|something|someone|somebody|is|are|there|else|near|nearer|nearby|here|round|around|local"
    r"|locally|me|us|we|to|i|im|i'm|i’m|you|do|who|can|could|would|rather|live|ring|call|telephone|phone|by|over|the|on|number|numbers"
    r"|speak|talk|please|pls|with|a|an|person|help|instead|one|it|that|same)"
)
_FILLER = re.compile(rf"(?:{_WORDS}\b|\W)+", re.IGNORECASE)
_ONE_FILLER = re.compile(rf"\b{_WORDS}\b", re.IGNORECASE)
_PLACE_WORDS = 5


class Follower:
    """Reads messages in the light of what was said before."""

    def __init__(self, signposter: Signposter) -> None:
        self._signposter = signposter

    def says_only_where_or_how(self, text: str) -> bool:
        """Whether there is no need in it: "se6", "anything by phone?"."""
        places, rest = self._where(text)
        has_filler_only = _FILLER.fullmatch(f"{rest} ") is not None
        return has_filler_only and bool(places or _PHONE.search(text) or _NEAR.search(text))

    def meant(self, question: Question, conversation: Conversation) -> Question:
        """The last need again, where the words say no more than where or how."""
        needs = self._needs(conversation)
        if len(needs) != 1 or not self.says_only_where_or_how(question.text):
            return question
        by_phone = question.wants_phone or bool(_PHONE.search(question.text))
        places = self._places(question)
        if len(places) == 1:
            question = replace(question, place=places[0])
        # The words themselves say nothing more, and a place is not always heard beside others.
        title = self._signposter.knowledge.topics[needs[0]].title
        return replace(question, text=title, topic=needs[0], wants_phone=by_phone)

    def says_near_me(self, question: Question, conversation: Conversation) -> bool:
        """Whether the last need is wanted closer to home, and we do not know where that is."""
        if not _NEAR.search(question.text) or not self._needs(conversation):
            return False
        known = question.place or self._where(question.text)[0]
        return not known and self.says_only_where_or_how(question.text)

    def which(self, question: Question, conversation: Conversation) -> Answer | None:
        """Asks which place is meant, where the words say only a place and that is unclear."""
        needs = self._needs(conversation)
        if len(needs) != 1 or not self.says_only_where_or_how(question.text):
            return None
        places = self._places(question)
        if len(places) < 2:
            return None
        return Answer("where", wording.where(question, needs[0], places))

    def about(self, question: Question, need: str) -> Question:
        """The question with the need in words before it."""
        title = self._signposter.knowledge.topics[need].title
        return replace(question, text=f"{title}. {question.text}", topic=need)

    def still_choosing(
        self, question: Question, conversation: Conversation, answer: Answer
    ) -> Answer:
        """Where we asked which need it is, and heard where they are: we ask again, for there."""
        needs = self._needs(conversation)
        if len(needs) < 2 or not answer.place or not self._signposter.only_place(question.text):
            return answer
        topics = [self._signposter.knowledge.topics[need] for need in needs]
        return replace(answer, outcome="choose", reply=wording.choosing(question, topics))

    def place(self, text: str, answer: Answer | None = None) -> tuple[Place, ...]:
        """What a reply to "where are you?" means, if it says just that.

        Args:
            answer: what it would be answered with as a question, where it was asked.
        """
        if alone := self._signposter.only_place(text[:_LONGEST]):
            return alone
        return self._signposter.place(text) if self.is_short(text, answer) else ()

    def is_short(self, text: str, answer: Answer | None = None) -> bool:
        """Whether it may be the name of a place, though not of one that we know."""
        is_short = len(text.split()) <= _PLACE_WORDS and len(text) <= _LONGEST
        return is_short and (answer is None or answer.outcome == "unanswered")

    def _places(self, question: Question) -> Sequence[Place]:
        """What the words name as a place; the known one where it may be that."""
        places, _ = self._where(question.text)
        return [question.place] if question.place and question.place in places else places

    def _where(self, text: str) -> tuple[Sequence[Place], str]:
        """The places that a text names, and the text without them."""
        if len(text) > _LONGEST:
            return (), text
        areas = self._signposter.knowledge.areas
        mention = areas.in_question(text)
        if mention.places:
            return mention.places, mention.rest
        # A name alone beside such words is one though nothing says so: "what about newport".
        name = name_key(" ".join(_ONE_FILLER.sub(" ", text).split()))
        places = areas.by_name(name) if name and name not in areas.wary else ()
        return (places, "") if places else ((), text)

    def _needs(self, conversation: Conversation) -> list[str]:
        known = self._signposter.knowledge.topics
        return [need for need in conversation.topics if need in known]
