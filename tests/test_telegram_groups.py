"""The bot in groups, forums and channels, end to end against a strict stand-in for Telegram."""

import asyncio
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import Message as TelegramMessage
from telegram_serving import (
    BOT,
    DANGER,
    DEBT,
    FALLS,
    SECRET,
    UNKNOWN,
    Served,
    ask,
    comes,
    serving,
)
from telegram_standin.methods import sending
from telegram_standin.people import Person
from telegram_standin.places import Place
from telegram_standin.rules import Limits
from telegram_standin.telegram import Telegram
from telegram_standin.world import Message

from signpost_bot.channels.telegram.addressed import addressed
from signpost_bot.channels.telegram.alone import Links
from signpost_bot.channels.telegram.community import HERE, Communities
from signpost_bot.channels.telegram.digest import send_digests
from signpost_bot.channels.telegram.sending import Pace
from signpost_bot.knowledge import load_knowledge
from signpost_bot.knowledge.names import ServiceNames
from signpost_bot.matching.selecting import Fit
from signpost_bot.model import Alarm, Tally
from signpost_bot.questions.conversations import Conversations
from signpost_bot.questions.daily import regularly
from signpost_bot.replies import chat, groups, wording
from signpost_bot.signposter import Signposter

pytest_plugins = ["telegram_standin.plugin", "telegram_fixtures"]


@pytest.fixture
def telegram(telegram: Telegram) -> Telegram:
    """One that tells the bot of mentions, though it has no other word of a group."""
    telegram.change(mentions_pass_privacy=True)
    return telegram


@pytest.fixture
def by_webhook() -> bool:
    """Nothing waits for the next look."""
    return True


@pytest.fixture
async def place(telegram: Telegram, served: Served, ada: Person) -> Place:
    """A group of Ada's in which the bot has said hello."""
    return await group(telegram, ada)


@pytest.fixture
async def ben(telegram: Telegram, place: Place) -> Person:
    """Somebody else in the group."""
    ben = telegram.person("Ben")
    place.admits(ben)
    await ben.hears(place)
    return ben


@pytest.fixture
async def small(telegram: Telegram, served: Served, ada: Person) -> Place:
    """A group that is no supergroup yet."""
    return await group(telegram, ada, kind="group")


@pytest.fixture
def communities(served: Served, signposter: Signposter) -> Communities:
    """What was set for groups, as another copy of the program reads it."""
    return Communities(Conversations(served.store, SECRET), signposter)


async def group(telegram: Telegram, *people: Person, **kind: Any) -> Place:
    """A group in which the bot has said hello."""
    place = await telegram.group_with_bot("Carers of Lewisham", *people, **kind)
    for one in people:
        await one.hears(place)
    return place


async def set_up(ada: Person, place: Place, what: str, value: str) -> Message:
    """An administrator gives a value; returns the message that shows how it is set up now."""
    shown = await ask(ada, "/setup", place)
    await ada.presses(shown, groups.SETUP_BUTTONS[what])
    prompt = await ada.hears(place)
    assert prompt.text == groups.PROMPTS[what]
    return await ask(ada, value, place, reply_to=prompt)


async def wants_digest(ada: Person, shown: Message) -> None:
    """An administrator presses that the group wants one, where it is set up."""
    await ada.presses(shown, groups.switch("digest", False))
    await ada.sees_edit(shown)


async def shown_alone(telegram: Telegram, person: Person, place: Place) -> Message:
    """The next message, which only this person sees, once it says what it is to say."""
    shown = await person.hears(place)
    assert shown.receiver is person.user
    await telegram.until(lambda: shown.text != groups.HERE_IT_IS)
    return shown


# --- answering ----------------------------------------------------------------------------


@pytest.mark.parametrize("by_webhook", [False, True], ids=["polling", "webhook"])
async def test_a_mention_is_answered_in_one_message(ada: Person, place: Place) -> None:
    asked = await ada.writes(f"{BOT} {FALLS}", place)
    reply = await ada.hears(place)
    assert "1. " in reply.text
    assert reply.reply_to is asked
    await ada.hears_nothing(place)


async def test_where_mentions_are_hidden_commands_and_replies_are_answered(
    telegram: Telegram, ada: Person, place: Place
) -> None:
    telegram.change(mentions_pass_privacy=False)
    await ada.writes(f"{BOT} {FALLS}", place)
    await ada.hears_nothing(place)
    how = await ask(ada, "/help", place)
    assert BOT in how.text
    assert "1. " in (await ask(ada, FALLS, place, reply_to=how)).text


@pytest.mark.parametrize(
    "text",
    [
        FALLS,
        "@other_bot how do i get a blue badge",
        "/help@other_bot",
        "/ban",
        "mail me: x@signpost_bot.example",
        "@signpost_bots how do i get a blue badge",
        DANGER,
    ],
)
async def test_what_is_for_others_is_not_answered_even_where_the_bot_sees_it(
    telegram: Telegram, served: Served, ada: Person, place: Place, text: str
) -> None:
    telegram.change(privacy=False)
    await ada.writes(text, place)
    await telegram.settles()
    await ada.hears_nothing(place)
    assert await served.waiting() == []


async def test_a_reply_to_another_person_is_not_answered(
    telegram: Telegram, ada: Person, ben: Person, place: Place
) -> None:
    telegram.change(privacy=False)
    said = await ada.writes("hello all", place)
    await ben.writes(FALLS, place, reply_to=said)
    await ben.hears_nothing(place)


@pytest.mark.parametrize(
    ("fields", "ours"),
    [
        ({}, True),
        ({"via_bot": {"id": 7, "is_bot": True, "first_name": "Signpost"}}, False),
        ({"from": {"id": 9, "is_bot": True, "first_name": "Other bot"}}, False),
        ({"is_automatic_forward": True}, False),
        ({"sender_chat": {"id": -9, "type": "channel", "title": "News"}}, False),
        ({"sender_chat": {"id": -5, "type": "supergroup", "title": "Carers"}}, True),
        ({"text": "/help@signpost_bot", "entities": []}, True),
        ({"text": "/help@other_bot", "entities": []}, False),
        ({"text": "@signpost_bot no entity", "entities": []}, False),
    ],
)
def test_who_speaks_to_us(fields: dict[str, Any], ours: bool) -> None:
    message = {
        "message_id": 1,
        "date": 0,
        "chat": {"id": -5, "type": "supergroup", "title": "Carers"},
        "from": {"id": 5, "is_bot": False, "first_name": "Ada"},
        "text": "@signpost_bot hello",
        "entities": [{"type": "mention", "offset": 0, "length": 13}],
    }
    read = TelegramMessage.de_json(message | fields, None)
    assert (addressed(read, 7, "Signpost_Bot") is not None) == ours


async def test_channels_are_left_alone(telegram: Telegram, served: Served, ada: Person) -> None:
    channel = telegram.channel("News", ada)
    await channel.adds_bot(ada, status="administrator")
    await channel.posts(f"{BOT} {FALLS}")
    await telegram.settles()
    assert channel.from_bot == []


async def test_the_question_is_the_text_without_the_mention(
    served: Served, ada: Person, place: Place
) -> None:
    await ask(ada, f"{UNKNOWN} 😀, {BOT.upper()}?", place)
    assert await comes(served.waiting) == [f"{UNKNOWN} 😀, ?"]


async def test_a_mention_alone_hears_how_to_ask(ada: Person, place: Place) -> None:
    assert "For example" in (await ask(ada, BOT, place)).text


async def test_an_answer_stands_in_the_thread_of_its_question(
    telegram: Telegram, served: Served, ada: Person
) -> None:
    place = await group(telegram, ada, forum=True)
    thread = place.topic("Benefits", ada)
    assert (await ask(ada, f"{BOT} {FALLS}", place, thread=thread)).thread == thread
    assert (await ask(ada, f"{BOT} {DEBT}", place, thread=thread)).thread == thread
    assert (await ask(ada, "/setup", place, thread=thread)).thread == thread


async def test_a_reply_to_an_answer_means_the_same_need_again(ada: Person, place: Place) -> None:
    reply = await ask(ada, f"{BOT} how do i get a blue badge", place)
    again = await ask(ada, "what about in scotland", place, reply_to=reply)
    assert "Blue Badge" in again.text and "Scotland" in again.text


async def test_an_edited_question_changes_its_answer(ada: Person, place: Place) -> None:
    asked = await ada.writes(f"{BOT} {FALLS}", place)
    reply = await ada.hears(place)
    before = reply.text
    await ada.edits(asked, f"{BOT} how do i get a blue badge")
    assert "Blue Badge" in (await ada.sees_edit(reply)).text != before
    await ada.hears_nothing(place)


async def test_unknown_commands_are_answered_only_where_they_are_ours(
    ada: Person, place: Place
) -> None:
    await ada.writes("/frobnicate", place)
    assert (await ask(ada, f"/frobnicate{BOT}", place)).text == chat.UNKNOWN_COMMAND
    await ada.hears_nothing(place)


async def test_commands_are_registered_for_groups_and_their_administrators(
    telegram: Telegram, served: Served
) -> None:
    await telegram.until(lambda: telegram.commands({"type": "all_chat_administrators"}))
    assert telegram.commands({"type": "all_group_chats"}) == list(groups.COMMANDS)
    assert "setup" in telegram.commands({"type": "all_chat_administrators"})
    assert "setup" not in telegram.commands({"type": "all_private_chats"})


@pytest.mark.parametrize("command", ["/help", "/what respite", "/urgent", "/privacy", "/near"])
async def test_commands(ada: Person, place: Place, command: str) -> None:
    assert await ask(ada, command, place)


async def test_the_numbers_for_a_crisis_are_those_of_the_private_chat(
    ada: Person, place: Place
) -> None:
    assert (await ask(ada, "/urgent", place)).text == (await ask(ada, "/urgent")).text


async def test_what_is_no_word_of_ours_may_still_lead_to_services(
    ada: Person, place: Place
) -> None:
    assert "1. " in (await ask(ada, "/what council tax reduction", place)).text


# --- for one person alone -----------------------------------------------------------------


@pytest.mark.parametrize(("asked", "inside"), [(DEBT, "debt"), (DANGER, "abuse")])
async def test_a_sensitive_answer_is_for_whoever_asked(
    telegram: Telegram, ada: Person, ben: Person, place: Place, asked: str, inside: str
) -> None:
    line = await ask(ada, f"{BOT} {asked}", place)
    assert line.text == groups.ALONE and "999" in line.text
    assert not any(inside in link for link in line.links())

    press = await ben.presses(line, groups.BUTTONS["mine"])
    await ben.hears(place)  # the line
    assert (await ben.sees_answer(press)).text == groups.NOT_YOURS
    await ben.hears_nothing(place)

    await ada.presses(line, groups.BUTTONS["mine"])
    shown = await shown_alone(telegram, ada, place)
    assert inside in shown.text.lower()
    assert shown.buttons == [groups.BUTTONS["private"]]


async def test_the_public_line_is_the_same_whatever_was_asked(ada: Person, place: Place) -> None:
    lines = []
    for asked in (DEBT, DANGER):
        line = await ask(ada, f"{BOT} {asked}", place)
        lines.append((line.text, line.buttons, {len(link) for link in line.links()}))
    assert lines[0] == lines[1]


@pytest.mark.parametrize(("asked", "inside"), [(DEBT, "debt"), (DANGER, "abuse")])
async def test_the_link_leads_whoever_asked_to_the_answer_and_nobody_else(
    ada: Person, ben: Person, place: Place, asked: str, inside: str
) -> None:
    link = (await ask(ada, f"{BOT} {asked}", place)).links()[0]
    await ada.opens(link)
    assert inside in (await ada.hears()).text.lower()
    await ben.opens(link)
    assert inside not in (await ben.hears()).text.lower()


async def test_an_administrator_bot_shows_it_at_once(
    telegram: Telegram, served: Served, ada: Person
) -> None:
    place = telegram.group("Carers", ada)
    await place.adds_bot(ada, status="administrator")
    await ada.hears(place)
    assert (await ask(ada, f"{BOT} {DEBT}", place)).text == groups.ALONE
    shown = await shown_alone(telegram, ada, place)
    assert "debt" in shown.text.lower()


async def test_where_nothing_can_be_shown_to_one_person_the_press_leads_to_the_private_chat(
    telegram: Telegram, ada: Person, place: Place
) -> None:
    telegram.change(ephemeral_window=0.0)
    line = await ask(ada, f"{BOT} {DEBT}", place)
    answer = await ada.sees_answer(await ada.presses(line, groups.BUTTONS["mine"]))
    await ada.hears_nothing(place)
    await ada.opens(answer.url)
    assert "debt" in (await ada.hears()).text.lower()


async def test_a_server_that_would_show_it_to_all_is_found_out_with_harmless_words(
    telegram: Telegram, ada: Person, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An older Bot API server takes no notice of what it does not know.
    monkeypatch.setattr(sending, "_receiver", lambda *_: None)
    line = await ask(ada, f"{BOT} {DEBT}", place)
    answer = await ada.sees_answer(await ada.presses(line, groups.BUTTONS["mine"]))
    await ada.opens(answer.url)
    assert "debt" in (await ada.hears()).text.lower()
    said = [m.text for m in place.chat.messages if m.sender is telegram.state.bot]
    assert said[1:] == [groups.ALONE, groups.HERE_IT_IS]  # with those deleted
    assert [m.text for m in place.from_bot][1:] == [groups.ALONE]


async def test_what_is_asked_with_ask_only_that_person_sees(
    telegram: Telegram, ada: Person, ben: Person, place: Place
) -> None:
    await telegram.until(lambda: telegram.commands({"type": "all_chat_administrators"}))
    await ada.writes(f"/ask {FALLS}", place)
    shown = await shown_alone(telegram, ada, place)
    assert "1. " in shown.text
    await ben.hears_nothing(place)


async def test_danger_in_a_group_leaves_one_count_and_no_word(
    served: Served, ada: Person, place: Place
) -> None:
    await set_up(ada, place, "name", "Carers of Lewisham")
    await ask(ada, f"{BOT} {DANGER}", place)
    tallies = await _tallies(served)
    assert [(t.about, t.name, t.community, t.number) for t in tallies] == [
        ("danger", "domestic-abuse", "", 1)
    ]
    assert await served.waiting() == []


async def test_danger_does_not_wait_for_the_limits_of_the_group(
    telegram: Telegram, signposter: Signposter, tmp_path: Path, ada: Person
) -> None:
    async with serving(telegram, signposter, tmp_path):
        ben = telegram.person("Ben")
        place = await group(telegram, ada, ben)
        for _ in range(22):
            await ada.writes("/help", place)
        await ben.writes(f"{BOT} {DANGER}", place)
        found = await telegram.until(
            lambda: [m for m in place.from_bot if m.text == groups.ALONE], within=4.0
        )
        assert found and len(place.from_bot) < 22


async def test_the_limit_of_a_group_is_kept_by_waiting(
    telegram: Telegram, signposter: Signposter, tmp_path: Path, ada: Person
) -> None:
    telegram.limit(Limits(group_minute=6, minute=1.0, second=0.05))
    async with serving(
        telegram, signposter, tmp_path, pace=Pace(group=(5, 1.1))
    ) as served:
        place = await group(telegram, ada)
        asked = [await ada.writes(f"{BOT} hello", place) for _ in range(14)]
        answers = [await ada.hears(place) for _ in asked]
        assert [answer.reply_to for answer in answers] == asked
        async with httpx.AsyncClient() as client:
            metrics = (await client.get(f"{served.address}/metrics")).text
        assert "signpost_send_retries_total 0.0" in metrics  # Telegram never had to say so


async def test_an_edit_into_danger_is_a_new_message(ada: Person, place: Place) -> None:
    asked = await ada.writes(f"{BOT} {FALLS}", place)
    await ada.hears(place)
    await ada.edits(asked, f"{BOT} {DANGER}")
    assert (await ada.hears(place)).text == groups.ALONE


def test_links_hold_no_topic_and_are_good_for_one_person(signposter: Signposter) -> None:
    links = Links(SECRET, signposter.knowledge.topics)
    alarm = Alarm("suicide", "worried")
    for leads_to in ("debt", "", alarm):
        parameter = links.parameter(leads_to, 5)
        assert len(parameter) <= 64 and "debt" not in parameter
        assert links.read(parameter, 5) == leads_to
        assert links.read(parameter, 6) is None
        assert links.read(links.parameter(leads_to, None), 6) == leads_to
        assert Links(b"another secret", signposter.knowledge.topics).read(parameter, 5) is None
    assert links.read("a_" + "é" * 22, 5) is None


# --- buttons ------------------------------------------------------------------------------


async def test_personal_buttons_work_for_whoever_asked_and_public_ones_for_all(
    served: Served, ada: Person, ben: Person, place: Place
) -> None:
    reply = await ask(ada, f"{BOT} my dad has dementia", place)
    before = reply.text
    refused = await ben.sees_answer(await ben.presses(reply, chat.BUTTONS["phone"]))
    assert refused.text == groups.NOT_YOURS and refused.alert
    assert reply.text == before

    await ada.sees_answer(await ada.presses(reply, chat.BUTTONS["more"]))
    assert (await ada.sees_edit(reply)).text != before

    glad = await ben.sees_answer(await ben.presses(reply, chat.BUTTONS["helped"]))
    assert glad.text == chat.GLAD
    assert [t.number for t in await _tallies(served, "helped")] == [1]


async def complains(ada: Person, reply: Message, reason: str) -> str:
    """That an answer did not help; returns what is said to it."""
    await ada.presses(reply, chat.BUTTONS["wrong"])
    await ada.sees_edit(reply)
    return (await ada.sees_answer(await ada.presses(reply, reason))).text or ""


async def test_not_what_i_meant_asks_why_and_passes_it_on(
    served: Served, ada: Person, place: Place
) -> None:
    reply = await ask(ada, f"{BOT} {FALLS}", place)
    await complains(ada, reply, "It is not what I meant")
    assert await comes(served.waiting) == [FALLS]


async def test_what_is_passed_on_is_what_was_shown(
    served: Served, signposter: Signposter, ada: Person, place: Place
) -> None:
    await set_up(ada, place, "place", "wales")
    reply = await ask(ada, f"{BOT} {FALLS}", place)
    await complains(ada, reply, "It is out of date")
    again = await ask(ada, "what about in scotland", place, reply_to=reply)
    await complains(ada, again, "It is hard to read")
    kept = {one.reason: one async for one in served.store.waiting()}
    first, then = kept["out-of-date"], kept["hard-to-read"]
    assert (first.text, first.place) == (FALLS, "Wales")
    assert then.text == "Falls and staying steady. what about in scotland"
    assert then.place == "Scotland"
    for one, shown in ((first, reply), (then, again)):
        assert one.services
        assert all(signposter.knowledge.services[id].name in shown.text for id in one.services)


async def test_where_nothing_is_kept_nothing_is_said_to_be_passed_on(
    telegram: Telegram, signposter: Signposter, tmp_path: Path, ada: Person
) -> None:
    async with serving(telegram, signposter, tmp_path, webhook=True, keeps=False):
        place = await group(telegram, ada)
        reply = await ask(ada, f"{BOT} {FALLS}", place)
        assert await complains(ada, reply, "It is out of date") == wording.THANKS


async def test_a_choice_changes_the_answer_in_place(ada: Person, place: Place) -> None:
    reply = await ask(ada, f"{BOT} help in newport", place)
    before, first = reply.text, reply.buttons[0]
    await ada.presses(reply, first)
    assert (await ada.sees_edit(reply)).text != before


# --- /setup -------------------------------------------------------------------------------


async def test_only_administrators_set_the_bot_up_and_telegram_is_asked_each_time(
    ada: Person, ben: Person, place: Place
) -> None:
    assert (await ask(ben, "/setup", place)).text == groups.ADMINISTRATORS_ONLY

    place.admits(ben, status="administrator")
    shown = await ask(ben, "/setup", place)
    await ben.presses(shown, groups.SETUP_BUTTONS["name"])
    prompt = await ben.hears(place)

    place.admits(ben)  # no longer
    refused = await ben.sees_answer(await ben.presses(shown, groups.switch("smalltalk", True)))
    assert refused.text == groups.ADMINISTRATORS_ONLY
    assert (await ask(ben, "Ben's own", place, reply_to=prompt)).text == groups.ADMINISTRATORS_ONLY


async def test_an_administrator_may_speak_in_the_groups_name(ada: Person, place: Place) -> None:
    assert "Name: none" in (await ask(ada, "/setup", place, anonymous=True)).text
    reply = await ask(ada, f"{BOT} my dad has dementia", place, anonymous=True)
    before = reply.text
    await ada.presses(reply, chat.BUTTONS["more"])
    assert (await ada.sees_edit(reply)).text != before


async def test_settings_count_and_survive_a_restart(
    telegram: Telegram, signposter: Signposter, tmp_path: Path, ada: Person
) -> None:
    async with serving(telegram, signposter, tmp_path, webhook=True):
        place = await group(telegram, ada)
        assert "Carers & <co>" in (await set_up(ada, place, "name", "Carers & <co>")).text
        assert "Wales" in (await set_up(ada, place, "place", "wales")).text
    async with serving(telegram, signposter, tmp_path, webhook=True) as served:
        assert "Wales" in (await ask(ada, f"{BOT} {FALLS}", place)).text
        tallies = await _tallies(served, "topic")
        assert {t.community for t in tallies} == {"Carers & <co>"}
    with closing(sqlite3.connect(tmp_path / "signpost.db")) as database:
        kept = json.dumps(database.execute("SELECT key, what, data FROM chats").fetchall())
    assert str(place.id) not in kept and str(abs(place.id)) not in kept


def brings(folder: Path, service: str, name: str) -> Path:
    """A pack with one more service for falls."""
    file = folder / "services" / f"{service}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        f"id: {service}\nname: {name}\norganisation: {name}\nwhat: People who come and help.\n"
        "who_for: People who fall\nurl: https://example.org\ncost: Free\n"
        "nations: [england, wales, scotland, northern-ireland]\nareas: [lewisham]\n"
        "topics: [falls]\nasks: []\nsources: [https://example.org]\nseen: '2026'\n"
    )
    return folder


@pytest.fixture
def with_packs(signposter: Signposter, tmp_path: Path) -> Signposter:
    """Two packs are laid over the national one, and the second mends an entry of the first."""
    first = brings(tmp_path / "hill", "hill-steady", "Steady on the Hill")
    second = brings(tmp_path / ("valley" * 12), "valley", "Valley Risers")
    brings(second, "hill-steady", "Steady Hill Group")
    knowledge = load_knowledge([first, second])
    names = ServiceNames(knowledge.services.values())
    fit = Fit(knowledge.services.values(), None)
    return replace(signposter, knowledge=knowledge, names=names, fit=fit)


async def test_a_group_may_choose_one_pack(
    telegram: Telegram, with_packs: Signposter, tmp_path: Path, ada: Person
) -> None:
    hill, valley = "Steady Hill Group", "Valley Risers"
    async with serving(telegram, with_packs, tmp_path, webhook=True):
        place = await group(telegram, ada)
        await set_up(ada, place, "place", "lewisham")
        both = (await ask(ada, f"{BOT} {FALLS}", place)).text
        assert hill in both and valley in both

        async def choose(says: str) -> None:
            shown = await ask(ada, "/setup", place)
            await ada.presses(shown, groups.SETUP_BUTTONS["packs"])
            await ada.sees_edit(shown)
            assert shown.buttons[:2] == ["all that I know", "the national list alone"]
            await ada.presses(shown, says)
            assert f"Knowledge: {says}" in (await ada.sees_edit(shown)).text

        await choose("the national list and hill")
        one = await ask(ada, f"{BOT} {FALLS}", place)
        assert hill in one.text and valley not in one.text
        assert valley not in (await ask(ada, f"{BOT} tell me about Valley Risers", place)).text
        await choose("the national list alone")
        none = (await ask(ada, f"{BOT} {FALLS}", place)).text
        assert hill not in none and valley not in none and "1. " in none
        await choose(f"the national list and {'valley' * 12}")
    async with serving(telegram, with_packs, tmp_path, webhook=True):
        one = await ask(ada, f"{BOT} {FALLS}", place)
        assert valley in one.text and hill not in one.text
        assert hill in (await ask(ada, f"{FALLS} in lewisham")).text, "in private all is known"


async def test_a_pack_that_is_gone_leaves_all_that_is_known(
    telegram: Telegram,
    signposter: Signposter,
    with_packs: Signposter,
    tmp_path: Path,
    ada: Person,
) -> None:
    async with serving(telegram, with_packs, tmp_path, webhook=True):
        place = await group(telegram, ada)
        shown = await ask(ada, "/setup", place)
        await ada.presses(shown, groups.SETUP_BUTTONS["packs"])
        await ada.sees_edit(shown)
        await ada.presses(shown, "the national list and hill")
        await ada.sees_edit(shown)
    async with serving(telegram, signposter, tmp_path, webhook=True):
        assert "1. " in (await ask(ada, f"{BOT} {FALLS}", place)).text
        shown = await ask(ada, "/setup", place)
        assert "Knowledge" not in shown.text
        assert groups.SETUP_BUTTONS["packs"] not in shown.buttons


async def test_a_place_that_means_several_or_none_is_asked_again(ada: Person, place: Place) -> None:
    assert "more than one" in (await set_up(ada, place, "place", "newport")).text
    assert "do not know" in (await set_up(ada, place, "place", "xyzzy<b>")).text


async def test_small_talk_can_be_left_alone(ada: Person, place: Place) -> None:
    assert await ask(ada, f"{BOT} hello", place)
    shown = await ask(ada, "/setup", place)
    await ada.presses(shown, groups.switch("smalltalk", True))
    assert "not answered" in (await ada.sees_edit(shown)).text
    await ada.writes(f"{BOT} hello", place)
    await ada.hears_nothing(place)


async def test_in_quiet_hours_only_danger_is_answered_in_the_group(
    ada: Person, place: Place
) -> None:
    hour = datetime.now(HERE).hour
    ends = (hour + 2) % 24
    shown = await set_up(ada, place, "quiet", f"from {hour} to {ends}:00")
    assert f"{hour}:00 to {ends}:00" in shown.text
    quiet = await ask(ada, f"{BOT} {FALLS}", place)
    assert quiet.text == groups.quiet_now(ends)
    assert quiet.options["disable_notification"] is True
    await ada.opens(quiet.links()[0])
    assert "1. " in (await ada.hears()).text
    assert (await ask(ada, f"{BOT} {DANGER}", place)).text == groups.ALONE
    assert "none" in (await set_up(ada, place, "quiet", "none")).text


@pytest.mark.parametrize("hours", ["all night", "25 to 7", "7 to 7", "0 to 24"])
async def test_hours_that_are_none_are_asked_again(ada: Person, place: Place, hours: str) -> None:
    assert (await set_up(ada, place, "quiet", hours)).text == groups.NOT_HOURS


async def test_settings_move_with_the_group(
    telegram: Telegram, ada: Person, small: Place, communities: Communities
) -> None:
    await set_up(ada, small, "name", "Carers of Lewisham")
    await wants_digest(ada, await set_up(ada, small, "place", "wales"))
    moved = await small.becomes_supergroup(ada)
    await telegram.settles()
    assert "Name: Carers of Lewisham" in (await ask(ada, "/setup", moved)).text
    assert list(await communities.wanting_digest()) == [moved.id]
    assert (await communities.of(small.id)).name is None


async def test_a_button_from_before_the_group_moved_is_answered_where_it_is_now(
    telegram: Telegram, ada: Person, small: Place
) -> None:
    reply = await ask(ada, f"{BOT} {FALLS}", small)
    moved = await small.becomes_supergroup(ada)
    await telegram.settles()
    await ada.presses(reply, chat.BUTTONS["phone"])
    assert "1. " in (await ada.hears(moved)).text


# --- coming and going ---------------------------------------------------------------------


async def test_joining_says_one_hello(telegram: Telegram, served: Served, ada: Person) -> None:
    place = await telegram.group_with_bot("Carers", ada)
    hello = await ada.hears(place)
    assert BOT in hello.text and "nothing else" in hello.text
    await place.adds_bot(ada, status="administrator")
    await place.adds_bot(ada, status="member")
    await telegram.settles()
    await ada.hears_nothing(place)


async def test_being_removed_deletes_what_was_set(
    telegram: Telegram, ada: Person, place: Place, communities: Communities
) -> None:
    await wants_digest(ada, await set_up(ada, place, "name", "Carers of Lewisham"))
    assert (await communities.of(place.id)).name
    await place.removes_bot(ada)
    await telegram.settles()
    assert (await communities.of(place.id)).name is None
    assert not await communities.wanting_digest()


# --- digest -------------------------------------------------------------------------------


async def test_the_digest_counts_topics_of_at_least_three(
    telegram: Telegram,
    served: Served,
    signposter: Signposter,
    tmp_path: Path,
    ada: Person,
    place: Place,
    communities: Communities,
) -> None:
    await wants_digest(ada, await set_up(ada, place, "name", "Carers of Lewisham"))
    now = datetime(2026, 10, 14, 10, tzinfo=UTC)  # a Wednesday
    week = datetime(2026, 10, 7).date()
    ours = {"channel": "telegram", "community": "Carers of Lewisham"}
    counts = [
        Tally(week, "topic", "falls", **ours, number=2),
        Tally(week + timedelta(days=4), "topic", "falls", **ours, number=2),
        Tally(week, "topic", "blue-badge", **ours, number=2),  # too few
        Tally(week + timedelta(days=5), "topic", "blue-badge", **ours, number=9),  # this week
        Tally(week - timedelta(days=3), "topic", "blue-badge", **ours, number=9),  # before
        Tally(week, "topic", "debt", **ours, number=9),  # sensitive
        Tally(week, "topic", "dementia", "telegram", "Others", number=9),
    ]
    await served.store.keep(tallies=counts)
    topics = signposter.knowledge.topics

    async def sent(when: datetime) -> int:
        return await send_digests(served.bot.bot, communities, served.store, topics, when)

    assert await sent(now - timedelta(hours=8)) == 0  # nobody is woken
    assert await sent(now) == 1
    digest = await ada.hears(place)
    assert f"{topics['falls'].title}: 4" in digest.text
    for id in ("blue-badge", "debt", "dementia"):
        assert topics[id].title not in digest.text
    assert digest.options["disable_notification"] is True
    assert await sent(now + timedelta(days=1)) == 0
    assert await sent(now + timedelta(days=7)) == 1  # the nine
    await place.removes_bot(ada)
    await telegram.settles()
    assert await sent(now + timedelta(days=14)) == 0
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("signpost.db*"))
    assert str(abs(place.id)).encode() not in kept


async def test_one_copy_alone_sends_digests(
    served: Served, signposter: Signposter, ada: Person, place: Place, communities: Communities
) -> None:
    await wants_digest(ada, await set_up(ada, place, "name", "Carers"))
    now = datetime(2026, 10, 14, 10, tzinfo=UTC)
    week = datetime(2026, 10, 7).date()
    await served.store.keep(tallies=[Tally(week, "topic", "falls", "telegram", "Carers", 5)])
    assert await served.store.lease("digests", "another copy", now, 60)

    def started() -> asyncio.Task[None]:
        topics = signposter.knowledge.topics
        work = partial(send_digests, served.bot.bot, communities, served.store, topics)
        return asyncio.create_task(
            regularly(work, "digests", served.store, "us", lambda: now)
        )

    ours = started()
    await ada.hears_nothing(place)
    ours.cancel()
    await served.store.release("digests", "another copy")
    ours = started()
    assert "5" in (await ada.hears(place)).text
    ours.cancel()


async def test_a_digest_needs_a_name(ada: Person, place: Place) -> None:
    shown = await ask(ada, "/setup", place)
    press = await ada.presses(shown, groups.switch("digest", False))
    assert (await ada.sees_answer(press)).text == groups.NAME_FIRST


# --- within -------------------------------------------------------------------------------


async def _tallies(served: Served, about: str | None = None) -> list[Tally]:
    """What is counted, once anything is."""

    async def find() -> list[Tally]:
        return [t for t in await served.store.tallies() if about in (None, t.about)]

    return await comes(find)
