"""The knowledge's needs as examples to match against."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from signpost_bot.knowledge.loading import Knowledge
from signpost_bot.matching.learning import SentenceEncoder
from signpost_bot.matching.matcher import Matcher

# A topic sounds no different with more of them, and a question is compared with each.
_MOST_ASKS = 6_000


def topic_matcher(
    knowledge: Knowledge,
    encoder: SentenceEncoder | None,
    folders: Sequence[Path] = (),
    *,
    only_kept: bool = False,
) -> Matcher:
    """A matcher whose labels are the ids of topics; see :meth:`Matcher.from_examples`."""
    return Matcher.from_examples(
        topic_examples(knowledge),
        knowledge.outside,
        beside=_service_asks(knowledge),
        encoder=encoder,
        folders=folders,
        only_kept=only_kept,
    )


def topic_examples(knowledge: Knowledge) -> Mapping[str, Sequence[str]]:
    """Everything that says what a topic sounds like: id -> texts."""
    return {t.id: (t.title, t.covers, *t.asks) for t in knowledge.topics.values()}


def _service_asks(knowledge: Knowledge) -> Mapping[str, Sequence[str]]:
    """What people ask of each topic's services; what services say of themselves did not help."""
    found: dict[str, list[str]] = defaultdict(list)
    for service in knowledge.services.values():
        found[service.topics[0]] += service.asks
    if sum(map(len, found.values())) <= _MOST_ASKS:
        return found
    share = _MOST_ASKS // len(found)
    return {topic: _some(asks, share) for topic, asks in found.items()}


def _some(asks: Sequence[str], most: int) -> Sequence[str]:
    """So many of them, taken evenly from all."""
    few = min(most, len(asks))
    return [asks[i * len(asks) // few] for i in range(few)]
