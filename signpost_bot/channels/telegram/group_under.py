"""What stands under an answer where others read along, and what must not stand there at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from signpost_bot.channels.telegram import buttons
from signpost_bot.channels.telegram.buttons import About, Button, Keyboard, Press
from signpost_bot.matching.selecting import MOST_SERVICES
from signpost_bot.model import Answer, Question, Topic
from signpost_bot.replies import chat, groups

Link = Callable[[str], str]  # a start parameter -> the address of our private chat


def is_sensitive(answer: Answer, topics: Mapping[str, Topic]) -> bool:
    """Whether an answer speaks of what nobody should read under their name in a group."""
    spoken = {choice.topic for choice in answer.reply.choices if choice.topic}
    if answer.outcome != "unanswered":
        spoken |= {service.topics[0] for service in answer.services if service.topics}
        spoken |= {match.label for match in answer.topics[:1]}
    if answer.outcome == "choose":
        spoken |= {match.label for match in answer.topics}
    return any(id in topics and topics[id].sensitive for id in spoken)


def answer(question: Question, answer: Answer, link: Link) -> Keyboard:
    """The buttons under an answer: all but "this helped" and links are for whoever asked."""
    if answer.reply.choices:
        return [*([button] for button in _choices(answer)), [_wrong()]]
    if answer.outcome not in ("answer", "jargon") or answer.nobody_there:
        return [[_wrong()], *to_chat(link)] if answer.topics else to_chat(link)
    need = answer.topics[0].label if answer.topics else ""
    first = []
    if len(answer.services) == MOST_SERVICES:
        more = About(need, question.page + 1, question.topic is not None)
        first.append(Button(chat.BUTTONS["more"], Press("more", str(more))))
    if not question.wants_phone:
        spoken = About(need, 0, question.topic is not None)
        first.append(Button(chat.BUTTONS["phone"], Press("phone", str(spoken))))
    private = Button(groups.BUTTONS["ask"], link(f"t_{need}" if need else "ask"))
    helped = Button(chat.BUTTONS["helped"], Press("helped"))
    return [first, [_wrong(), helped], [private]]


def to_chat(link: Link) -> Keyboard:
    """The way to the private chat, and no more."""
    return [[Button(groups.BUTTONS["ask"], link("ask"))]]


def _choices(answer: Answer) -> Iterator[Button]:
    for choice in answer.reply.choices:
        of_need = answer.outcome == "choose" and choice.topic
        press = Press("need", of_need) if of_need else Press("place", choice.area or "")
        if buttons.fits(press):
            yield Button(choice.title, press)


def _wrong() -> Button:
    return Button(chat.BUTTONS["wrong"], Press("wrong"))
