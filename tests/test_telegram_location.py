"""A location shared in Telegram: it gives the council, and nothing else of it is kept."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from telegram_serving import FALLS, SECRET, Served, ask, serving
from telegram_standin.people import Person
from telegram_standin.telegram import Telegram
from telegram_standin.world import Message

from signpost_bot.model import Place
from signpost_bot.questions.conversations import Conversation, Conversations
from signpost_bot.replies import chat
from signpost_bot.signposter import Signposter

pytest_plugins = ["telegram_standin.plugin", "telegram_fixtures"]

CATFORD = (51.445213, -0.020742)
LEEDS = (53.800417, -1.549083)
CARDIFF = (51.481619, -3.179081)
ST_PAULS = (51.513612, -0.098401)  # three councils within a short walk
CALAIS = (50.951319, 1.858713)
DUNDALK = (54.002719, -6.403741)  # ten kilometres beyond the border
NORTH_SEA = (56.514113, 1.002317)


@pytest.fixture
async def served(
    telegram: Telegram, signposter: Signposter, tmp_path: Path
) -> AsyncIterator[Served]:
    async with serving(telegram, signposter, tmp_path, limits=False) as running:
        yield running


async def share(person: Person, spot: tuple[float, float], **how: object) -> Message:
    """Share a location and hear what comes of it."""
    await person.shares(*spot, **how)  # type: ignore[arg-type]
    return await person.hears()


async def kept_of(person: Person, served: Served) -> tuple[dict[str, object], Conversation]:
    """All that is kept under a chat, as it is once it is unlocked."""
    conversations = Conversations(served.store, SECRET)
    key, now = conversations.key("telegram", str(person.id)), datetime.now(UTC)
    found = await conversations.settings(key, now)
    return dict(found), await conversations.recall(key, now)


# --- what it leads to ---------------------------------------------------------------------


async def test_it_answers_where_are_you(ada: Person, served: Served) -> None:
    prompt = await ask(ada, "/near")
    reply = await share(ada, LEEDS, reply_to=prompt)
    typed = await ask(ada, "/near Leeds")
    assert reply.text == typed.text, "the same words as for one who typed it"
    assert "From now on I look for help in Leeds" in reply.text
    assert "I looked for help in Leeds" in (await ask(ada, FALLS)).text


async def test_out_of_the_blue_it_is_remembered_and_changed(ada: Person, served: Served) -> None:
    assert "in Lewisham" in (await share(ada, CATFORD)).text
    assert "Lewisham" in (await ask(ada, FALLS)).text
    assert "in Cardiff" in (await share(ada, CARDIFF)).text
    assert "Cardiff" in (await ask(ada, FALLS)).text
    assert "C.A.L.L." in (await ask(ada, "/urgent")).text, "the nation goes with it"


async def test_a_venue_is_a_place_like_any_other(ada: Person, served: Served) -> None:
    assert "in Leeds" in (await share(ada, LEEDS, venue="Leeds Carers")).text


async def test_the_last_need_is_answered_for_there(ada: Person, served: Served) -> None:
    answer = await ask(ada, FALLS)
    await ada.presses(answer, "Near me")
    assert (await ada.hears()).text == chat.ASK_WHERE
    there = await share(ada, CARDIFF)
    assert there.text.startswith("Falls") and "I looked for help in Cardiff" in there.text
    assert chat.WHERE_KEPT in there.text


async def test_where_councils_meet_one_is_chosen(ada: Person, served: Served) -> None:
    which = await share(ada, ST_PAULS)
    assert which.text == chat.WHICH_COUNCIL
    assert "City of London" in which.buttons and 2 <= len(which.buttons) <= 3
    assert "place" not in (await kept_of(ada, served))[0], "nothing before they have said which"
    await ada.sees_answer(await ada.presses(which, "City of London"))
    assert "From now on I look for help in City of London" in (await ada.sees_edit(which)).text
    assert "City of London" in (await ask(ada, FALLS)).text


async def test_none_of_those_offered_it_can_be_written(ada: Person, served: Served) -> None:
    await share(ada, ST_PAULS)
    assert "From now on I look for help in SE6" in (await ask(ada, "se6")).text


async def test_a_choice_after_near_me_answers_the_last_need(ada: Person, served: Served) -> None:
    await ada.presses(await ask(ada, FALLS), "Near me")
    await ada.hears()
    which = await share(ada, ST_PAULS)
    await ada.sees_answer(await ada.presses(which, "City of London"))
    there = await ada.sees_edit(which)
    assert there.text.startswith("Falls") and "City of London" in there.text


@pytest.mark.parametrize("spot", [CALAIS, DUNDALK, NORTH_SEA], ids=["calais", "dundalk", "sea"])
async def test_abroad_and_at_sea_get_one_kind_sentence(
    ada: Person, served: Served, spot: tuple[float, float]
) -> None:
    await ask(ada, "/near Leeds")
    assert (await share(ada, spot)).text == chat.NO_COUNCIL_THERE
    await ada.hears_nothing()
    assert (await kept_of(ada, served))[0] == {"place": "Leeds"}, "what they said before holds"


async def test_a_live_location_is_not_followed(ada: Person, served: Served) -> None:
    message = await ada.shares(*LEEDS, live=True)
    assert "in Leeds" in (await ada.hears()).text
    await ada.moves(message, *CARDIFF)
    await ada.hears_nothing()
    assert (await kept_of(ada, served))[0] == {"place": "Leeds"}


async def test_the_place_of_a_suggested_service_is_not_where_they_are(
    ada: Person, served: Served
) -> None:
    prompt = await ask(ada, "/suggest")
    assert (await share(ada, LEEDS, reply_to=prompt)).text == chat.NO_MAPS
    assert (await kept_of(ada, served))[0] == {}


async def test_in_a_group_it_is_not_for_us(
    telegram: Telegram, ada: Person, served: Served
) -> None:
    group = await telegram.group_with_bot("Carers", ada)
    greeting = await ada.hears(group)
    answer = await ask(ada, FALLS, group, reply_to=greeting)
    await ada.shares(*LEEDS, group)
    await ada.shares(*LEEDS, group, reply_to=answer)
    await ada.hears_nothing(group)
    await ada.hears_nothing()


# --- what is kept of it -------------------------------------------------------------------


@pytest.mark.parametrize("chooses", [False, True], ids=["clear", "chosen"])
async def test_nothing_is_kept_but_the_council(
    telegram: Telegram,
    ada: Person,
    served: Served,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    chooses: bool,
) -> None:
    caplog.set_level(logging.DEBUG, "signpost_bot")
    caplog.set_level(logging.INFO)
    spot, council = (ST_PAULS, "City of London") if chooses else (LEEDS, "Leeds")
    reply = await share(ada, spot)
    if chooses:
        await ada.sees_answer(await ada.presses(reply, council))
        await ada.sees_edit(reply)
    await asyncio.sleep(0.2)  # what is kept after the answer

    id = council.lower().replace(" ", "-")
    settings, conversation = await kept_of(ada, served)
    assert settings == {"place": council}
    there = Conversation(place=Place(council, "england", (id,)))
    assert replace(conversation, answers=()) == there
    async with httpx.AsyncClient() as client:
        counted = (await client.get(f"{served.address}/metrics")).text
    files = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    shown = f"{reply.text} {reply.keyboard} {caplog.text} {counted} {files.decode('latin-1')}"
    for degrees in spot:
        assert f"{abs(degrees):.6f}"[:-2] not in shown


async def test_it_is_forgotten_like_any_place(ada: Person, served: Served) -> None:
    await share(ada, LEEDS)
    assert (await ask(ada, "/forget")).text == chat.FORGOTTEN
    assert (await kept_of(ada, served))[0] == {}
    assert (await ask(ada, "/near")).text == chat.ASK_WHERE


async def test_with_the_store_gone_it_says_so(
    telegram: Telegram, signposter: Signposter, tmp_path: Path, ada: Person
) -> None:
    (tmp_path / "signpost.db").mkdir()
    async with serving(telegram, signposter, tmp_path, limits=False):
        assert (await share(ada, LEEDS)).text == chat.NOT_REMEMBERED
        which = await share(ada, ST_PAULS)
        assert which.text == chat.WHICH_COUNCIL
        await ada.sees_answer(await ada.presses(which, "City of London"))
        assert (await ada.sees_edit(which)).text == chat.NOT_REMEMBERED
        assert (await share(ada, CALAIS)).text == chat.NO_COUNCIL_THERE
