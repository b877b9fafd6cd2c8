"""The knowledge's needs as examples to match against."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from signpost_bot.knowledge.loading import Knowledge
from signpost_bot.matching.learning import SentenceEncoder
from signpost_bot.matching.matcher import Matcher


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
        encoder=encoder,
        folders=folders,
        only_kept=only_kept,
    )


def topic_examples(knowledge: Knowledge) -> Mapping[str, Sequence[str]]:
    """Everything that says what a topic sounds like: id -> texts.

    A service's asks stand for the topic that matters most to it; what it says of itself does
    not help: measured, people's words are nearer to people's words.
    """
    found = {t.id: [t.title, t.covers, *t.asks] for t in knowledge.topics.values()}
    for service in knowledge.services.values():
        found[service.topics[0]] += service.asks
    return found
