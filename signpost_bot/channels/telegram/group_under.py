"""What stands under an answer where others read along, and what must not stand there at all."""

from __future__ import annotations

from collections.abc import Mapping

from telegram import Bot

from signpost_bot.channels.telegram import under
from signpost_bot.channels.telegram.buttons import Button, Keyboard, Press, start_link
from signpost_bot.model import Answer, Question, Topic
from signpost_bot.replies import chat, groups


def is_sensitive(answer: Answer, topics: Mapping[str, Topic]) -> bool:
    """Whether an answer speaks of what nobody should read under their name in a group."""
    spoken = {choice.topic for choice in answer.reply.choices if choice.topic}
    if answer.outcome != "unanswered":
        spoken |= {service.topics[0] for service in answer.services if service.topics}
        spoken |= {match.label for match in answer.topics[:1]}
    if answer.outcome == "choose":
        spoken |= {match.label for match in answer.topics}
    return any(id in topics and topics[id].sensitive for id in spoken)


def answer(question: Question, answer: Answer, bot: Bot) -> Keyboard:
    """The buttons under an answer: all but "this helped" and links are for whoever asked."""
    wrong = [under.wrong(question, answer)]
    if answer.reply.choices:
        return [*under.choices(answer), wrong]
    if answer.outcome not in ("answer", "jargon") or answer.nobody_there:
        return [wrong, *to_chat(bot)] if answer.topics else to_chat(bot)
    need = under.about(question, answer).need
    helped = Button(chat.BUTTONS["helped"], Press("helped"))
    return [
        [*under.otherwise(question, answer)],
        [*wrong, helped],
        *to_chat(bot, f"t_{need}" if need else "ask"),
    ]


def to_chat(bot: Bot, parameter: str = "ask") -> Keyboard:
    """The way to the private chat, and no more."""
    return [[Button(groups.BUTTONS["ask"], start_link(bot, parameter))]]


def private(link: str) -> Keyboard:
    """The way to what stands in the private chat alone."""
    return [[Button(groups.BUTTONS["private"], link)]]


def alone(link: str) -> Keyboard:
    """Both ways to an answer for one person alone."""
    return [[Button(groups.BUTTONS["mine"], Press("mine"))], *private(link)]
