"""Inline mode and guest mode, end to end against a strict stand-in for Telegram."""

from pathlib import Path

import pytest
from telegram_serving import BOT, DANGER, DEBT, FALLS, UNKNOWN, Served, ask, comes
from telegram_standin.people import Person
from telegram_standin.places import Place
from telegram_standin.telegram import Telegram
from telegram_standin.world import Message

from signpost_bot.channels.telegram.inline import Inline
from signpost_bot.channels.telegram.memory import Memory
from signpost_bot.matching.hearing import Heard
from signpost_bot.replies import groups
from signpost_bot.signposter import Signposter

pytest_plugins = ["telegram_standin.plugin", "telegram_fixtures"]


@pytest.fixture
def by_webhook() -> bool:
    return True


# --- inline -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("blue badge", "Blue Badge parking"),
        ("blu", "Blue Badge parking"),
        ("badge", "Blue Badge parking"),
        ("dementia", "Memory loss and dementia"),
        (FALLS, "Falls and staying steady"),
        ("strok", "After a stroke"),
    ],
)
async def test_results_while_typing(ada: Person, served: Served, typed: str, first: str) -> None:
    offered = await ada.types_inline(typed)
    assert first in offered.titles[:2]
    assert len(offered.results) <= 50
    assert offered.button == {"text": groups.BUTTONS["ask"], "start_parameter": "ask"}


@pytest.mark.parametrize("typed", ["", " ", "?"])
async def test_before_the_first_word_there_is_something_to_look_through(
    ada: Person, served: Served, typed: str
) -> None:
    assert len((await ada.types_inline(typed)).results) >= 10


async def test_a_service_is_found_by_its_name(ada: Person, served: Served) -> None:
    offered = await ada.types_inline("national debtl")
    assert "National Debtline" in offered.titles


async def test_the_chosen_result_is_a_whole_answer(
    telegram: Telegram, ada: Person, served: Served
) -> None:
    ben = telegram.person("Ben")
    place = telegram.group("Friends", ada, ben)
    offered = await ada.types_inline("blue badge")
    sent = await ada.chooses(offered.titles[0], place)
    assert "1. " in sent.text and "Blue Badge" in sent.text
    assert sent.links()
    await telegram.settles()
    assert place.from_bot == []


async def test_the_place_of_the_person_matters_and_the_results_are_theirs_alone(
    telegram: Telegram, ada: Person, served: Served
) -> None:
    ben = telegram.person("Ben")
    await ask(ada, "/near scotland")
    hers = await ada.types_inline("blue badge")
    his = await ben.types_inline("blue badge")
    assert hers.personal and his.personal and not his.from_cache
    assert "Scotland" in hers.results[0]["text"]
    assert hers.results[0]["text"] != his.results[0]["text"]


async def test_a_place_in_the_words_is_the_same_for_everybody(
    telegram: Telegram, ada: Person, served: Served
) -> None:
    ben = telegram.person("Ben")
    offered = await ada.types_inline("blue badge in wales")
    assert not offered.personal and "Wales" in offered.results[0]["text"]
    assert (await ben.types_inline("blue badge in wales")).from_cache


async def test_danger_that_is_typed_is_answered_first(ada: Person, served: Served) -> None:
    offered = await ada.types_inline(DANGER)
    assert offered.titles == [groups.DANGER_TITLE]
    assert "999" in offered.results[0]["description"]
    assert "999" in offered.results[0]["text"]
    assert offered.cache_time == 0


@pytest.mark.parametrize("typed", [UNKNOWN, FALLS, DANGER])
async def test_nothing_typed_is_kept_or_counted(
    telegram: Telegram, ada: Person, served: Served, typed: str, tmp_path: Path
) -> None:
    await ada.types_inline(typed)
    await telegram.settles()
    assert await served.waiting() == []
    assert await served.store.tallies() == []
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("signpost.db*"))
    assert typed.encode() not in kept


@pytest.mark.parametrize("typed", ["<b>&", "'\"<script>", "🙂", "a", "x" * 256, "b", "\u0000"])
async def test_whatever_is_typed_is_answered(ada: Person, served: Served, typed: str) -> None:
    assert len((await ada.types_inline(typed)).results) <= 50


async def test_no_two_results_are_alike_and_none_is_empty(
    telegram: Telegram, served: Served, signposter: Signposter
) -> None:
    await telegram.person("Ada").types_inline("a")  # by now the bot is ready
    inline = Inline(served.bot.bot, signposter, Memory(None, signposter))
    for word in ("carers", "age", "mind", "council", "england", "uk"):
        results = inline.results(word, None, Heard())
        assert results and len({result.id for result in results}) == len(results)
        for result in results:
            assert 1 <= len(result.id.encode()) <= 64
            assert result.title and result.input_message_content.message_text  # type: ignore[union-attr]


# --- guest mode ---------------------------------------------------------------------------


async def guest_asks(telegram: Telegram, ada: Person, text: str) -> tuple[Place, Message]:
    """In a group that the bot has not joined; returns it and the one answer there."""
    place = telegram.group("Carers", ada)
    asked = await ada.writes(f"{BOT} {text}", place)
    answer = await ada.hears(place)
    assert answer.reply_to is asked and "guest_bot_caller_user" in answer.extra
    assert [name for name, _ in telegram.calls].count("sendMessage") == 0
    return place, answer


async def test_a_guest_answers_once_and_never_with_a_message(
    telegram: Telegram, ada: Person, served: Served
) -> None:
    place, answer = await guest_asks(telegram, ada, FALLS)
    assert "1. " in answer.text
    await ada.opens(answer.links()[-1])
    assert "1. " in (await ada.hears()).text
    await ada.hears_nothing(place)


async def test_an_unknown_question_to_a_guest_is_passed_on(
    telegram: Telegram, ada: Person, served: Served
) -> None:
    await guest_asks(telegram, ada, UNKNOWN)
    assert await comes(served.waiting) == [UNKNOWN]


@pytest.mark.parametrize(("asked", "inside"), [(DEBT, "debt"), (DANGER, "abuse")])
async def test_a_guests_sensitive_answer_is_for_whoever_asked(
    telegram: Telegram, ada: Person, served: Served, asked: str, inside: str
) -> None:
    ben = telegram.person("Ben")
    _, answer = await guest_asks(telegram, ada, asked)
    assert answer.text == groups.ALONE
    (link,) = answer.links()
    assert inside not in link
    await ada.opens(link)
    assert inside in (await ada.hears()).text.lower()
    await ben.opens(link)
    assert inside not in (await ben.hears()).text.lower()


async def test_a_mention_alone_hears_how_to_ask(
    telegram: Telegram, ada: Person, served: Served
) -> None:
    _, answer = await guest_asks(telegram, ada, "")
    assert "For example" in answer.text
    assert await served.waiting() == []


async def test_a_guest_is_told_of_nothing_but_mentions(
    telegram: Telegram, ada: Person, served: Served
) -> None:
    place = telegram.group("Carers", ada)
    await ada.writes(FALLS, place)
    await ada.hears_nothing(place)
