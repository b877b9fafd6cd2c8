"""Once a week, what a group asked about: counts by topic, never words or names."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from telegram.error import ChatMigrated, Forbidden, TelegramError
from telegram.ext import ExtBot

from signpost_bot.channels.telegram import rendering
from signpost_bot.channels.telegram.community import Communities
from signpost_bot.channels.telegram.memory import CHANNEL
from signpost_bot.channels.telegram.sending import Urgency
from signpost_bot.model import Tally, Topic
from signpost_bot.questions.daily import is_daytime
from signpost_bot.replies import groups
from signpost_bot.store import Store

FEWEST = 3  # a smaller count would speak of one or two people

log = logging.getLogger(__name__)


async def send_digests(
    bot: ExtBot[Urgency],
    communities: Communities,
    store: Store,
    topics: Mapping[str, Topic],
    now: datetime,
) -> int:
    """Send last week's digest to every group that wants it and has not had it.

    It may be called at any time, and does nothing at night; only one copy of the program may be
    at it.

    Returns:
        How many were sent.

    Raises:
        StoreError: what is needed could not be read or kept.
    """
    if not is_daytime(now):
        return 0
    monday = now.date() - timedelta(days=now.weekday())
    week = monday.isoformat()
    waiting = [chat for chat, had in (await communities.wanting_digest()).items() if had != week]
    if not waiting:
        return 0
    tallies = await store.tallies(since=monday - timedelta(days=7))
    sent = 0
    for chat_id in waiting:
        community = await communities.of(chat_id)
        if community.is_quiet(now):
            continue  # later
        wanted = community.name if community.digest else None
        counts = counted(tallies, wanted, monday, topics) if wanted else ()
        if counts and not await _send(bot, communities, chat_id, counts):
            continue
        await communities.had_digest(chat_id, week)
        sent += bool(counts)
    return sent


def counted(
    tallies: Sequence[Tally], community: str, before: date, topics: Mapping[str, Topic]
) -> Sequence[tuple[str, int]]:
    """How often a community asked about what in the week before a Monday, most often first.

    What nobody should read under their name in a group is left out, as are small numbers.
    """
    week = range((before - timedelta(days=7)).toordinal(), before.toordinal())
    numbers: Counter[str] = Counter()
    for tally in tallies:
        ours = tally.community == community and tally.channel == CHANNEL
        if ours and tally.about == "topic" and tally.day.toordinal() in week:
            numbers[tally.name] += tally.number
    return [
        (topics[id].title, number)
        for id, number in numbers.most_common()
        if number >= FEWEST and id in topics and not topics[id].sensitive
    ]


async def _send(
    bot: ExtBot[Urgency],
    communities: Communities,
    chat_id: int,
    counts: Sequence[tuple[str, int]],
) -> bool:
    """Whether the group has it now; False where it is to be tried another time, or never."""
    try:
        # Silently: it is no answer that somebody waits for.
        text = rendering.messages(groups.digest(counts))[0]
        await bot.send_message(chat_id, text, "HTML", disable_notification=True)
    except ChatMigrated as moved:
        await communities.moved(chat_id, moved.new_chat_id)
        return False
    except Forbidden:
        await communities.forget(chat_id)  # we are no longer there
        return False
    except TelegramError as error:
        log.warning("A digest could not be sent: %s", type(error).__name__)
        return False
    return True
