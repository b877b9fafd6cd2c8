"""The buttons under an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from signpost_bot.channels.telegram import buttons
from signpost_bot.channels.telegram.buttons import About, Button, Keyboard, Press
from signpost_bot.matching.selecting import MOST_SERVICES
from signpost_bot.model import Answer, Question, Topic
from signpost_bot.questions.records import went_unanswered
from signpost_bot.replies import chat, wording

Row = Sequence[Button]


def answer(
    question: Question, answer: Answer, *, weary: bool = False, tell: str | None = None
) -> Keyboard:
    """What can be pressed under an answer; nothing under small talk.

    Args:
        weary: whoever asks can do no more.
        tell: the id under which the question waits for a maintainer, if it does.
    """
    if answer.urgent:
        return danger()
    match answer.outcome:
        case "choose" | "where":
            return [*choices(answer), [wrong(question, answer)], *([_urgent()] if weary else [])]
        case "unanswered":
            return list(_unanswered(question, answer, tell))
        case "answer" | "jargon":
            return list(_answered(question, answer, weary, tell))
    return ()


def danger() -> Keyboard:
    """What stands under every answer to a danger."""
    return [_urgent()]


def reasons(about: About) -> Keyboard:
    """Why an answer did not help."""
    return [
        [Button(words, press)]
        for reason, words in wording.REASONS.items()
        if buttons.fits(press := Press("why", f"{reason}:{about}"))
    ]


def after_reason(reason: str, others: Sequence[Topic]) -> Keyboard:
    """What may help now that this did not.

    Args:
        others: the needs that it could also have been.
    """
    rows: list[Row] = []
    if reason == "not-what-i-meant":
        rows += [[Button(need.title, Press("need", need.id))] for need in others]
    if reason == "wrong-place":
        rows.append([Button(chat.BUTTONS["where"], Press("near"))])
    return [*rows, _urgent()]


def about(question: Question, answer: Answer) -> About:
    """What the buttons under an answer speak of."""
    need = answer.topics[0].label if answer.topics and answer.outcome != "choose" else ""
    return About(need, question.page, question.topic is not None)


def choices(answer: Answer) -> Iterator[Row]:
    """What was offered to choose from, as far as a button can say it."""
    for choice in answer.reply.choices:
        of_need = answer.outcome == "choose" and choice.topic
        press = Press("need", of_need) if of_need else Press("place", choice.area or "")
        if buttons.fits(press):
            yield [Button(choice.title, press)]


def otherwise(question: Question, answer: Answer) -> Iterator[Button]:
    """The same need with other services, or by phone."""
    spoken = about(question, answer)
    if len(answer.services) == MOST_SERVICES:
        more = replace(spoken, page=spoken.page + 1)
        yield Button(chat.BUTTONS["more"], Press("more", str(more)))
    if not question.wants_phone:
        yield Button(chat.BUTTONS["phone"], Press("phone", str(spoken)))


def wrong(question: Question, answer: Answer) -> Button:
    return Button(chat.BUTTONS["wrong"], Press("wrong", str(about(question, answer))))


def _answered(
    question: Question, answer: Answer, weary: bool, tell: str | None
) -> Iterator[Row]:
    spoken = about(question, answer)
    first, second = [], []
    if question.page:
        back = replace(spoken, page=spoken.page - 1)
        first.append(Button(chat.BUTTONS["back"], Press("more", str(back))))
    if not answer.nobody_there:
        first += otherwise(question, answer)
    if not answer.place or answer.nobody_there:
        words = chat.BUTTONS["where" if answer.place else "near"]
        second.append(Button(words, Press("near")))
    second.append(wrong(question, answer))
    yield from (first, second)
    if weary or answer.nobody_there:
        yield _urgent()
    if tell and went_unanswered(answer):
        yield [Button(chat.BUTTONS["tell"], Press("tell", tell))]
    if not answer.nobody_there:
        yield [Button(chat.BUTTONS["helped"], Press("helped"))]


def _unanswered(question: Question, answer: Answer, tell: str | None) -> Iterator[Row]:
    yield _urgent()
    yield [Button(chat.BUTTONS["topics"], Press("groups", "new"))]
    if went_unanswered(answer):
        yield [wrong(question, answer)]
        if tell:
            yield [Button(chat.BUTTONS["tell"], Press("tell", tell))]


def _urgent() -> Row:
    return [Button(chat.BUTTONS["urgent"], Press("urgent"))]
