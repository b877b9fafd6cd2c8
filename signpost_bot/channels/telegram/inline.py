"""Answers while somebody types ``@bot blue badge`` in any chat. Nothing that is typed is kept."""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from html import unescape
from typing import TypeVar

from rapidfuzz import fuzz, process, utils
from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)
from telegram.error import BadRequest
from telegram.ext import ExtBot

from signpost_bot.channels.telegram import buttons, group_under
from signpost_bot.channels.telegram.answering import in_thread
from signpost_bot.channels.telegram.buttons import Keyboard
from signpost_bot.channels.telegram.memory import Memory
from signpost_bot.channels.telegram.rendering import one_message
from signpost_bot.channels.telegram.sending import Urgency
from signpost_bot.channels.telegram.speaking import NO_PREVIEW
from signpost_bot.matching.hearing import Heard
from signpost_bot.model import Place, Question, Reply, Service, Topic
from signpost_bot.replies import groups
from signpost_bot.replies.danger import danger_reply
from signpost_bot.replies.signposts import signpost
from signpost_bot.signposter import Signposter

K = TypeVar("K")

MOST = 50  # results that Telegram takes
_TOPICS, _SERVICES = 12, 20
_FIRST_TOPICS = 20  # shown before anything is typed
_KEPT = 1_000  # answers to topics that are kept ready
_CACHED = 60  # seconds for which Telegram may show the same again: a place may be changed
_LONGEST_ID, _LONGEST_ABOUT = 64, 100
_ALIKE = 80  # of 100
_LIKELY = 0.02  # of 1
_TAG = re.compile(r"<[^>]*>")


class Inline:
    """Offers answers, topics and services for what is typed after the bot's name.

    Args:
        memory: knows the place that somebody set in their private chat.
    """

    def __init__(self, bot: ExtBot[Urgency], signposter: Signposter, memory: Memory) -> None:
        self.bot = bot
        self._signposter = signposter
        self._memory = memory
        knowledge = signposter.knowledge
        self._open = [service for service in knowledge.services.values() if service.is_open]
        self._topic_names = {id: utils.default_process(t.title) for id, t in _all(signposter)}
        self._service_names = {
            i: utils.default_process(f"{service.name} {' '.join(service.also)}")
            for i, service in enumerate(self._open)
        }
        self._ready: OrderedDict[tuple[str, Place | None], InlineQueryResultArticle] = (
            OrderedDict()
        )

    async def typed(self, query: InlineQuery, heard: Heard) -> None:
        """Offer what fits the words so far."""
        settings = await self._memory.settings(query.from_user.id)
        # Danger waits for nothing; the rest is worked out beside other answers.
        results = await in_thread(partial(self.results, query.query, settings.place, heard))
        mentions = self._signposter.knowledge.areas.in_question(query.query).places
        with suppress(BadRequest):  # they have typed on: nobody waits for this any more
            await query.answer(
                results,
                cache_time=0 if heard.alarm else _CACHED,
                # What is answered depends on where somebody is, but for a place in the words.
                is_personal=not mentions,
                button=InlineQueryResultsButton(groups.BUTTONS["ask"], start_parameter="ask"),
            )

    def results(
        self, text: str, place: Place | None, heard: Heard
    ) -> Sequence[InlineQueryResultArticle]:
        """What is offered, best first: at most 50, no two alike."""
        found: dict[str, InlineQueryResultArticle] = {}
        for article in self._found(text.strip(), place, heard):
            found.setdefault(article.id, article)
            if len(found) == MOST:
                break
        return tuple(found.values())

    def _found(
        self, text: str, place: Place | None, heard: Heard
    ) -> Iterator[InlineQueryResultArticle]:
        if heard.alarm:
            reply = Reply(danger_reply(heard.alarm, place.nation if place else None))
            yield self._article(
                "danger", groups.DANGER_TITLE, groups.DANGER_ABOUT, reply, "urgent"
            )
            return
        known = self._signposter.knowledge.topics
        if not any(c.isalnum() for c in text):
            firsts = {topic.group: topic for topic in reversed([*known.values()])}
            for topic in [*reversed(firsts.values()), *known.values()][:_FIRST_TOPICS]:
                yield self._of_topic(topic, place)
            return
        mention = self._signposter.knowledge.areas.in_question(text)
        if len(mention.places) == 1:
            place = mention.places[0]
        asked = mention.rest if any(c.isalnum() for c in mention.rest) else text
        words = utils.default_process(asked)
        begun = [id for id, title in self._topic_names.items() if _begins(words, title)]
        titled = [self._of_topic(known[id], place) for id in begun[:_TOPICS]]
        whole = self._answer(text, place)
        # One word is most often the beginning of a name; more are a question.
        yield from (*titled, *whole) if len(words.split()) == 1 else (*whole, *titled)
        named, others = self._services(asked, words, place)
        yield from (self._of_service(service, place) for service in named)
        yield from (self._of_topic(known[id], place) for id in self._guesses(asked, words))
        yield from (self._of_service(service, place) for service in others)

    def _answer(self, text: str, place: Place | None) -> Iterator[InlineQueryResultArticle]:
        """What somebody would read who asked this."""
        answer = self._signposter.answer(Question(text, place=place))
        if answer.outcome not in ("answer", "jargon") or answer.urgent or not answer.services:
            return
        need = answer.topics[0].label if answer.topics else ""
        titles = self._signposter.knowledge.topics
        title = titles[need].title if need in titles else answer.services[0].name
        named = ", ".join(service.name for service in answer.services)
        # In place of what is offered for that topic without the words.
        number = f"t:{need}" if need in titles else "answer"
        yield self._article(number, title, named, answer.reply, f"t_{need}" if need else "ask")

    def _guesses(self, text: str, words: str) -> Sequence[str]:
        """Ids of the topics that it may mean: by a title that is nearly so, or by meaning."""
        matches = self._signposter.matcher.decide(text).matches
        likely = [m.label for i, m in enumerate(matches) if i == 0 or m.score > _LIKELY]
        ids = dict.fromkeys([*_alike(words, self._topic_names, _TOPICS), *likely])
        return [id for id in ids if id in self._topic_names][:_TOPICS]

    def _services(
        self, text: str, words: str, place: Place | None
    ) -> tuple[Sequence[Service], Sequence[Service]]:
        """Open services where somebody is: those whose names begin so, and others with a name
        that is alike."""
        begun = [self._open[i] for i, name in self._service_names.items() if _begins(words, name)]
        asked_for = [s for s in self._signposter.names.asked_for(text) if s.is_open]
        others = [self._open[i] for i in _alike(words, self._service_names, _SERVICES)]

        def there(found: Sequence[Service]) -> Sequence[Service]:
            unlike = {s.id: s for s in found if place is None or place.nation in s.nations}
            return list(unlike.values())[:_SERVICES]

        return there([*asked_for, *begun]), there(others)

    def _of_service(self, service: Service, place: Place | None) -> InlineQueryResultArticle:
        reply = Reply((signpost(service, place.nation if place else None),))
        start = f"t_{service.topics[0]}" if service.topics else "ask"
        return self._article(f"s:{service.id}", service.name, service.what, reply, start)

    def _of_topic(self, topic: Topic, place: Place | None) -> InlineQueryResultArticle:
        key = topic.id, place
        article = self._ready.get(key)
        if article is None:
            question = Question(topic.title, place=place, topic=topic.id)
            reply = self._signposter.answer(question).reply
            article = self._article(
                f"t:{topic.id}", topic.title, topic.covers, reply, f"t_{topic.id}"
            )
            self._ready[key] = article
            if len(self._ready) > _KEPT:
                self._ready.popitem(last=False)
        return article

    def _article(
        self, number: str, title: str, about: str, reply: Reply, start: str
    ) -> InlineQueryResultArticle:
        # Who reads it in that chat cannot press what only the bot understands: a link can be.
        keyboard = group_under.to_chat(self.bot, start)
        return article(_short(number), title, reply, keyboard, _cut(about))


def article(
    number: str, title: str, reply: Reply, keyboard: Keyboard, about: str | None = None
) -> InlineQueryResultArticle:
    """A reply that Telegram brings into a chat where we are not."""
    return InlineQueryResultArticle(
        number,
        title,
        InputTextMessageContent(one_message(reply), "HTML", link_preview_options=NO_PREVIEW),
        description=about,
        reply_markup=buttons.markup(keyboard),
    )


def _all(signposter: Signposter) -> Sequence[tuple[str, Topic]]:
    return list(signposter.knowledge.topics.items())


def _alike(words: str, names: Mapping[K, str], most: int) -> list[K]:
    """What has a name that is nearly so, the likest first."""
    near = process.extract(
        words, names, scorer=fuzz.token_set_ratio, score_cutoff=_ALIKE, limit=most
    )
    return [key for _, _, key in near]


def _begins(words: str, name: str) -> bool:
    """Whether a name, or a word in it, begins with this: "blu", "badge"."""
    return bool(words) and f" {words}" in f" {name}"


def _short(number: str) -> str:
    if len(number.encode()) <= _LONGEST_ID:
        return number
    return hashlib.sha256(number.encode()).hexdigest()[:32]


def _cut(text: str) -> str:
    text = unescape(_TAG.sub("", text))
    if len(text) <= _LONGEST_ABOUT:
        return text
    return text[:_LONGEST_ABOUT].rsplit(" ", 1)[0] + " ..."
