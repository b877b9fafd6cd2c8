"""What an exchange leaves behind: words for a maintainer where we failed, counts for the rest.

Nothing here says who asked, in which chat, or at what time of day. What a person in danger
wrote leaves one count behind, and no word.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Literal

from signpost_bot.model import (
    Answer,
    Match,
    Place,
    Question,
    Reason,
    Suggestion,
    Tally,
    Waiting,
)
from signpost_bot.questions.redact import outward, redact

MOST_TOPICS = 3  # guesses kept with a question
LONGEST = 1_000  # characters kept of a question
_READ = 20_000  # characters looked at: far more than are kept, so that no detail is cut in half


@dataclass(frozen=True, slots=True)
class Record:
    """What is to be kept of one exchange."""

    waiting: Waiting | None = None
    tallies: tuple[Tally, ...] = ()


def today() -> date:
    """The day as every copy of the program counts it."""
    return datetime.now(UTC).date()


def of_answer(question: Question, answer: Answer, day: date) -> Record:
    """What one question leaves behind: its words only where we had no answer."""
    if answer.urgent:
        # Counted by kind and day alone: with the channel beside it, a count of one in a small
        # community would say too much.
        return Record(tallies=(Tally(day, "danger", answer.urgent),))
    unanswered = went_unanswered(answer)
    counted: list[Tally] = []
    if unanswered or answer.outcome != "unanswered":
        counted.append(_tally(question, day, "outcome", answer.outcome))
    if answer.outcome == "answer":
        counted += [_tally(question, day, "topic", m.label) for m in answer.topics[:1]]
        counted += [_tally(question, day, "service", s.id) for s in answer.services]
    if area := _area(answer.place):
        counted.append(_tally(question, day, "area", area))
    if not unanswered:
        return Record(tallies=tuple(counted))
    return Record(_waiting("unanswered", question, answer, day), tuple(counted))


def went_unanswered(answer: Answer) -> bool:
    """Whether somebody asked for something that we do not know, or know nowhere near them.

    A place alone, or a message without words, is told that we need to hear more. Nothing was
    matched then, so there is not one guess.
    """
    return answer.nobody_there or (answer.outcome == "unanswered" and bool(answer.topics))


def of_unhelpful(
    question: Question, reason: Reason | None, answer: Answer, day: date
) -> Record:
    """An answer that did not help: what was asked, what was shown, and why it failed.

    Args:
        question: what the answer was to, asked again of the person's own screen: nothing was
            remembered meanwhile.
        answer: what is said to it.
    """
    if answer.urgent:
        return Record()
    waiting = replace(
        _waiting("unhelpful", question, answer, day),
        reason=reason,
        services=tuple(service.id for service in answer.services),
    )
    return Record(waiting, (_tally(question, day, "helped", "no"),))


def of_helpful(question: Question, day: date) -> Record:
    """Somebody was helped: a count, and no more."""
    return Record(tallies=(_tally(question, day, "helped", "yes"),))


def of_suggestion(
    suggestion: Suggestion, channel: str, community: str | None, day: date
) -> Record:
    """A service that somebody wants us to know.

    Its fields are asked for one by one as public contact details and stay as they are. Only
    what is free text, what the service does, loses what looks personal.
    """
    what = redact(suggestion.what) if suggestion.what else None
    kept = Suggestion(
        name=suggestion.name,
        what=what,
        phone=suggestion.phone,
        url=suggestion.url,
        email=suggestion.email,
        where=outward(suggestion.where) if suggestion.where else None,
    )
    return Record(
        Waiting(
            id=secrets.token_hex(16),
            kind="suggestion",
            text=f"{kept.name}: {what}" if what else kept.name,
            day=day,
            channel=channel,
            community=community,
            suggestion=kept,
        )
    )


def _waiting(
    kind: Literal["unanswered", "unhelpful"], question: Question, answer: Answer, day: date
) -> Waiting:
    return Waiting(
        id=secrets.token_hex(16),
        kind=kind,
        text=_kept(question.text),
        day=day,
        channel=question.channel,
        community=question.community,
        place=_called(answer.place),
        area=_area(answer.place),
        topics=_guesses(answer.topics),
    )


def _tally(question: Question, day: date, about: str, name: str) -> Tally:
    return Tally(day, about, name, question.channel, question.community or "")  # type: ignore[arg-type]


def _kept(text: str) -> str:
    # Cut afterwards: half a phone number is no longer seen as one.
    text = redact(text[:_READ])
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " ..."


def _area(place: Place | None) -> str | None:
    return place.areas[0] if place and len(place.areas) == 1 else None


def _called(place: Place | None) -> str | None:
    return outward(place.name) if place else None


def _guesses(topics: Sequence[Match]) -> tuple[tuple[str, float], ...]:
    return tuple((match.label, match.score) for match in topics[:MOST_TOPICS])
