"""The one use case: a question comes in, an answer goes out. Only this file knows the order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from signpost_bot.knowledge import Knowledge
from signpost_bot.knowledge.names import Glossary, ServiceNames
from signpost_bot.knowledge.smalltalk import Pleasantries
from signpost_bot.matching import Matcher
from signpost_bot.matching.hearing import Heard, Listener, Reader
from signpost_bot.matching.learning import SentenceEncoder
from signpost_bot.matching.matcher import Reading
from signpost_bot.matching.selecting import Fit, select
from signpost_bot.matching.topics import topic_matcher
from signpost_bot.model import (
    Alarm,
    Answer,
    Decision,
    Match,
    Place,
    Question,
    Reply,
    Service,
    Signpost,
    Term,
    Topic,
)
from signpost_bot.replies import wording
from signpost_bot.replies.danger import danger_reply, weary_reply
from signpost_bot.replies.signposts import signpost

_BY_PHONE = re.compile(
    r"\b(?:by|over the|on the|via) (?:tele)?phone\b|\b(?:tele)?phone number"
    r"|\bnumber to (?:ring|call)|\b(?:who (?:can|do|should) i|rather) (?:ring|call|phone)\b"
    r"|\b(?:can i|someone to|somebody to|want to) (?:ring|call|phone)\b"
    r"|\b(?:a (?:real )?person|someone|somebody|a human) (?:to talk to )?(?:on|by) (?:the )?phone"
    r"|\b(?:speak|talk) to a (?:real )?(?:person|human)\b",
    re.IGNORECASE,
)
_LONGEST = 4_000  # characters that are searched for a place
_SHORTEST_NEED = 3  # words
_CARER_ADVICE = "carers-general"
_SUPPORT = "emotional-support"
_COUNCIL_FINDER = "find-your-local-council"


@dataclass(frozen=True)
class Signposter:
    """Answers questions from one knowledge. Safe to share between threads."""

    knowledge: Knowledge
    matcher: Matcher
    fit: Fit
    names: ServiceNames
    glossary: Glossary
    pleasantries: Pleasantries
    listener: Listener = field(default_factory=Listener)

    @classmethod
    def build(
        cls,
        knowledge: Knowledge,
        encoder: SentenceEncoder | None,
        folders: Sequence[Path] = (),
        *,
        reader: Reader | None = None,
    ) -> Signposter:
        """Make ready to answer; quick where ``folders`` keep what was worked out before.

        Args:
            encoder: None understands by words and spelling alone.
            reader: None hears danger by patterns alone.
        """
        return cls(
            knowledge,
            topic_matcher(knowledge, encoder, folders),
            Fit(knowledge.services.values(), encoder, folders),
            ServiceNames(knowledge.services.values()),
            Glossary(knowledge.terms),
            Pleasantries(knowledge.smalltalk),
            Listener(reader),
        )

    def answer(
        self, question: Question, *, why: bool = False, heard: Heard | None = None
    ) -> Answer:
        """What a person reads, and what we made of their words. Waits for nothing.

        Args:
            why: also tell which examples decided.
            heard: what the listener made of the text, where it was asked before.
        """
        # Before anything else: a person in danger must read where help is, even when all
        # that follows is broken.
        heard = heard or self.listener.hear(question.text)
        if heard.alarm:
            return self._urgent(question, heard.alarm, why)
        answer = self._ordinary(question, why)
        return self._gently(question, answer, why) if heard.weary else answer

    def place(self, words: str) -> tuple[Place, ...]:
        """What words given as a place mean: none when unknown, several when unclear."""
        return self.knowledge.areas.find(words)

    def place_at(self, latitude: float, longitude: float) -> tuple[Place, ...]:
        """The councils that a spot on the map may lie in: none when unknown, at most three."""
        return self.knowledge.areas.around(latitude, longitude)

    def only_place(self, text: str) -> tuple[Place, ...]:
        """What a message means that says where and no more ("im in leeds"); () for any other."""
        mention = self.knowledge.areas.in_question(text[:_LONGEST])
        return () if any(c.isalnum() for c in mention.rest) else tuple(mention.places)

    def _urgent(self, question: Question, danger: Alarm, why: bool) -> Answer:
        nation = question.place.nation if question.place else None
        try:
            rest = self._ordinary(question, why)
            nation = rest.place.nation if rest.place else nation
        except Exception:
            # Whatever is wrong with the rest, this goes out.
            return Answer("urgent", Reply(danger_reply(danger, nation)), urgent=danger.kind)
        shown = rest.reply if rest.outcome in ("answer", "jargon") else Reply(())
        return replace(
            rest,
            outcome="urgent",
            urgent=danger.kind,
            topics=_with_danger(danger.kind, rest.topics),
            services=rest.services if shown.parts else (),
            reply=Reply((*danger_reply(danger, nation), *shown.parts), shown.choices),
        )

    def _gently(self, question: Question, answer: Answer, why: bool) -> Answer:
        """A carer who can do no more reads first that they are heard, and who listens."""
        if answer.outcome == "smalltalk":
            return answer
        if answer.outcome in ("unanswered", "choose") and _SUPPORT in self.knowledge.topics:
            # They have said what it is about. This is no moment to ask them to sort it.
            answer = self._ordinary(replace(question, topic=_SUPPORT), why)
        place = answer.place or question.place
        reply = wording.gently(weary_reply(place.nation if place else None), answer.reply)
        return replace(answer, reply=reply)

    @cached_property
    def _by_pack(self) -> Mapping[str, Signposter]:
        """What knows the services of one pack over the national one, or of none."""
        found = {}
        for name in ("", *self.knowledge.packs):
            knowledge = self.knowledge.with_pack(name)
            names = ServiceNames(knowledge.services.values())
            found[name] = replace(self, knowledge=knowledge, names=names)
        return found

    def _ordinary(self, question: Question, why: bool) -> Answer:
        one_pack = None if question.pack is None else self._by_pack.get(question.pack)
        if one_pack:
            return one_pack._ordinary(replace(question, pack=None), why)
        if not any(c.isalnum() for c in question.text):
            return Answer("unanswered", wording.empty())
        talk = None if question.topic else self.pleasantries.answering(question.text)
        if talk:
            return Answer("smalltalk", wording.small_talk(talk.reply))

        mention = self.knowledge.areas.in_question(question.text[:_LONGEST])
        places = _meant(mention.places, question.place)
        place = places[0] if len(places) == 1 else None
        only_place = not any(c.isalnum() for c in mention.rest)
        # A message that is nothing but a place is all we have to go by.
        asked = question.text if only_place else mention.rest
        by_phone = bool(_BY_PHONE.search(asked))
        question = replace(question, place=place, wants_phone=question.wants_phone or by_phone)
        if by_phone and len((rest := _BY_PHONE.sub(" ", asked)).split()) >= _SHORTEST_NEED:
            asked = rest  # how they want to be helped is not what they want help with

        reading = self.matcher.read(asked)
        decision = self.matcher.judge(reading, why=why)
        if question.topic in self.knowledge.topics:
            decision = _chosen(question.topic or "", decision)
        elif only_place:
            if len(places) > 1:
                return Answer("where", wording.where(question, None, places))
            return self._unanswered(question, Decision("unanswered", ()), only_place=True)
        elif terms := self.glossary.asked_about(asked):
            return self._explained(question, terms, decision, reading)
        elif named := self.names.asked_for(asked):
            return self._named(question, named, decision, reading)
        if decision.outcome == "unanswered":
            return self._unanswered(question, decision)
        if len(places) > 1:
            need = decision.needs[0] if decision.outcome == "answer" else None
            reply = wording.where(question, need, places)
            return Answer("where", reply, topics=_first(decision))
        if decision.outcome == "choose":
            reply = wording.choosing(question, self._topics(decision.needs))
            return Answer("choose", reply, topics=_first(decision), place=place)
        return self._answered(question, decision, reading)

    def _answered(
        self,
        question: Question,
        decision: Decision,
        reading: Reading,
        first: Sequence[Service] = (),
    ) -> Answer:
        services = select(
            decision.needs,
            reading,
            self.knowledge,
            self.fit,
            place=question.place,
            wants_phone=question.wants_phone,
            first=first,
            page=question.page,
        )
        if not services:
            return self._nothing_there(question, decision)
        reply = wording.answered(
            self._topics(decision.needs),
            services,
            place=question.place,
            where=self._called(question.place) if question.place else None,
        )
        return Answer(
            "answer",
            reply,
            topics=_first(decision),
            services=tuple(services),
            place=question.place,
        )

    def _named(
        self,
        question: Question,
        named: Sequence[Service],
        decision: Decision,
        reading: Reading,
    ) -> Answer:
        """A service asked for by name: it comes first, or what became of it does."""
        decision = _chosen(named[0].topics[0], decision)
        if any(service.is_open for service in named):
            return self._answered(question, decision, reading, first=named)
        nation = question.place.nation if question.place else None
        parts = [
            part
            for service in named
            for part in wording.gone(service, self.knowledge.services, nation)
        ]
        shown = dict.fromkeys(
            s for service in named for s in service.successor if isinstance(s, str)
        )
        return Answer(
            "answer",
            Reply(tuple(parts)),
            topics=_first(decision),
            services=tuple(s for s in map(self.knowledge.services.get, shown) if s),
            place=question.place,
        )

    def _explained(
        self, question: Question, terms: Sequence[Term], decision: Decision, reading: Reading
    ) -> Answer:
        """What a word means, and who can help with what it stands for."""
        needs = tuple(dict.fromkeys(term.topics[0] for term in terms if term.topics))
        for need in reversed(needs):
            decision = _chosen(need, decision)
        decision = replace(decision, needs=needs)
        first = [s for term in terms for s in self.names.asked_for(term.term)]
        rest = self._answered(question, decision, reading, first) if needs else None
        reply = wording.meaning(terms, rest.reply if rest else None)
        if rest is None:
            return Answer("jargon", reply, topics=_first(decision))
        return replace(rest, outcome="jargon", reply=reply)

    def _unanswered(
        self, question: Question, decision: Decision, *, only_place: bool = False
    ) -> Answer:
        place = question.place
        services, doors = self._doors(place)
        where = self._called(place) if place and only_place else None
        return Answer(
            "unanswered",
            wording.unanswered(doors, where),
            topics=decision.matches,
            services=services,
            place=place,
        )

    def _nothing_there(self, question: Question, decision: Decision) -> Answer:
        """We know what they need, and nobody who does it where they are."""
        services, doors = self._doors(question.place)
        return Answer(
            "answer",
            wording.nothing_there(self._topics(decision.needs), doors),
            topics=_first(decision),
            services=services,
            place=question.place,
            nobody_there=True,
        )

    def _doors(self, place: Place | None) -> tuple[tuple[Service, ...], list[Signpost]]:
        """Two that always help: a carers' helpline of their nation, and whoever gives care."""
        helplines = select(
            [_CARER_ADVICE],
            self._helpline_wanted,
            self.knowledge,
            self.fit,
            place=place,
            wants_phone=True,
        )
        helpline = next((s for s in helplines if s.phone), None)
        finder = self.knowledge.services.get(_COUNCIL_FINDER)
        councils = self.knowledge.areas.doors(place) if place else ()
        doors = [signpost(helpline, place.nation if place else None)] if helpline else []
        doors += [wording.council_door(finder, councils)] if finder else []
        return tuple(s for s in (helpline, finder) if s), doors

    @cached_property
    def _helpline_wanted(self) -> Reading:
        """What ranks the helplines of every refusal: the same words, so they are read once."""
        return self.matcher.read("ring the carers helpline")

    def _called(self, place: Place) -> str:
        """ "SE6 (Lewisham)": the place as they named it, and its council where that is clear."""
        if len(place.areas) != 1:
            return place.name
        council = self.knowledge.areas.area(place.areas[0]).name
        return place.name if council == place.name else f"{place.name} ({council})"

    def _topics(self, ids: Sequence[str]) -> list[Topic]:
        return [self.knowledge.topics[id] for id in ids]


def _meant(mentioned: Sequence[Place], known: Place | None) -> Sequence[Place]:
    """Where the person is: what their words say, or what we knew before."""
    if known and (not mentioned or known in mentioned):
        return (known,)
    return mentioned


def _chosen(topic: str, decision: Decision) -> Decision:
    """The decision as it is once somebody has said which need they mean."""
    found = next((m for m in decision.matches if m.label == topic), None)
    others = tuple(m for m in decision.matches if m.label != topic)
    match = replace(found, score=1.0) if found else Match(topic, 1.0)
    return Decision("answer", (match, *others)[:5], (topic,))


def _first(decision: Decision) -> tuple[Match, ...]:
    """The matches, those that are answered or offered first and in that order."""
    by_label = {match.label: match for match in decision.matches}
    needs = tuple(by_label.get(label) or Match(label, 0.0) for label in decision.needs)
    if decision.outcome == "choose":
        return needs
    return (*needs, *(m for m in decision.matches if m.label not in decision.needs))[:5]


def _with_danger(kind: str, topics: Sequence[Match]) -> tuple[Match, ...]:
    """The kind of danger is a need too.

    First where the matching hears it as well; else behind the need that it heard instead.
    """
    heard = next((match for match in topics if match.label == kind), None)
    others = [match for match in topics if match.label != kind]
    best = others[0].score if others else 1.0
    if heard:
        return (replace(heard, score=max(heard.score, best)), *others)[:5]
    return (*others[:1], Match(kind, best), *others[1:])[:5]
