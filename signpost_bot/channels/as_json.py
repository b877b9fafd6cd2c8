"""Answer -> the JSON object that `ask --json` prints and `POST /api/ask` returns."""

from typing import Any

from signpost_bot.model import Answer, Choice, Match, Service
from signpost_bot.replies.text import as_text


def as_json(question: str, answer: Answer, milliseconds: float) -> dict[str, Any]:
    """One object, its shape a contract: fields are added, never renamed or taken away."""
    return {
        "question": question,
        "outcome": answer.outcome,
        "urgent": answer.urgent,
        "topics": [_topic(match) for match in answer.topics],
        "services": [_service(service) for service in answer.services],
        "choices": [_choice(choice) for choice in answer.reply.choices],
        "text": as_text(answer.reply),
        "ms": round(milliseconds, 2),
    }


def _topic(match: Match) -> dict[str, Any]:
    found: dict[str, Any] = {"id": match.label, "score": match.score}
    if match.because:
        found["because"] = [
            {"example": e.text, "likeness": e.likeness, "words": list(e.shared)}
            for e in match.because
        ]
    return found


def _service(service: Service) -> dict[str, Any]:
    return {
        "id": service.id,
        "name": service.name,
        "url": service.url,
        "phone": service.phone,
        "topics": list(service.topics),
        "areas": list(service.areas),
        "seen": service.seen,
        "checked": service.checked and service.checked.isoformat(),
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "title": choice.title,
        "question": choice.question,
        "topic": choice.topic,
        "area": choice.area,
    }
