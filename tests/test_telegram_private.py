"""Private chats in Telegram, end to end over real HTTP against the stand-in for Telegram."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from telegram.error import BadRequest
from telegram.ext import ExtBot
from telegram_serving import FALLS, SECRET, Served, ask, serving
from telegram_standin.people import Person
from telegram_standin.telegram import Telegram
from telegram_standin.world import Message, media

from signpost_bot.model import NATIONS, Alarm, Danger, Nation, Paragraph, Waiting
from signpost_bot.questions.conversations import Conversations
from signpost_bot.questions.promises import Promises
from signpost_bot.replies import chat, urgent, wording
from signpost_bot.replies.danger import danger_reply
from signpost_bot.signposter import Signposter
from signpost_bot.store import Store

pytest_plugins = ["telegram_standin.plugin", "telegram_fixtures"]

UNKNOWN = "who won the football match last night"
DANGER = "he hit me and i am scared"
FIRST = "If you are in danger now, ring 999."


@pytest.fixture
async def served(
    telegram: Telegram, signposter: Signposter, tmp_path: Path
) -> AsyncIterator[Served]:
    async with serving(telegram, signposter, tmp_path, limits=False) as running:
        yield running


async def press(person: Person, message: Message, words: str) -> Message:
    """Press a button that changes its message."""
    before = message.edits
    pressed = await person.presses(message, words)
    await person.sees_answer(pressed)
    person._seen_edits[message] = before
    return await person.sees_edit(message)


def every_word_in(path: Path) -> str:
    """All that stands in the database's files, whatever the table."""
    files = path.glob("signpost.db*")
    return "\n".join(file.read_bytes().decode("utf-8", "ignore") for file in files)


# --- commands -----------------------------------------------------------------------------


async def test_start_help_and_what_is_no_command(ada: Person, served: Served) -> None:
    hello = await ask(ada, "/start")
    assert "I am a program, not a person" in hello.text
    assert "Numbers for a crisis" in hello.buttons
    shown = (await ask(ada, "/help")).text
    assert all(f"/{name}" in shown for name in ("near", "suggest", "forget"))
    assert (await ask(ada, "/dance")).text == chat.UNKNOWN_COMMAND


async def test_a_start_link_that_leads_nowhere_does_no_harm(ada: Person, served: Served) -> None:
    for parameter in ("x", "t_", "t_nothing", "p_", "p_unknown", "-" * 64):
        reply = await ask(ada, f"/start {parameter}")
        assert reply.text.startswith(("Hello.", chat.NO_SUCH_LINK)), parameter


async def test_start_links_lead_to_a_need_and_to_the_numbers(
    telegram: Telegram, ada: Person, served: Served
) -> None:
    await ada.opens(f"https://t.me/{telegram.username}?start=t_falls")
    reply = await ada.hears()
    assert "1. " in reply.text
    assert {"By phone", "Back", "This helped"} <= set(reply.buttons)
    by_phone = await press(ada, reply, "By phone")
    assert by_phone.text.startswith("Falls")
    await ada.opens(f"https://t.me/{telegram.username}?start=urgent")
    assert "116 123" in (await ada.hears()).text


async def test_needs_are_browsed_back_and_forth_in_one_message(
    ada: Person, served: Served, signposter: Signposter
) -> None:
    shown = await ask(ada, "/topics")
    assert shown.buttons == list(signposter.knowledge.groups.values())
    first = shown.buttons[0]
    await press(ada, shown, first)
    need = shown.buttons[0]
    assert shown.text == first and shown.buttons[-1] == "Back"
    await press(ada, shown, need)
    assert need in shown.text and "1. " in shown.text
    await press(ada, shown, "Back")
    assert shown.text == first
    await press(ada, shown, "Back")
    assert shown.text == chat.LOOK_THROUGH
    await ada.hears_nothing()


@pytest.mark.parametrize("nation", [None, *NATIONS])
def test_every_number_on_the_card_is_one_that_danger_replies_give(nation: Nation | None) -> None:
    kinds: Sequence[Danger] = (
        "suicide", "domestic-abuse", "adult-safeguarding", "child-protection", "emergency",
    )  # fmt: skip
    parts = [p for kind in kinds for p in danger_reply(Alarm(kind, "worried"), nation)]
    known = set(_numbers(parts)) | {"111", "999"}
    card = [p for p in urgent.card(nation).parts if isinstance(p, Paragraph)]
    numbers = _numbers(card)
    assert {"999", "116 123", "85258", "0800 1111"} <= set(numbers) <= known
    assert card[0].tone == "urgent" and "999" in card[0].text
    assert sum(len(p.text) for p in card) < 1_400


def _numbers(parts: Sequence[Paragraph]) -> list[str]:
    return re.findall(r"\d[\d ]+\d", " / ".join(p.text for p in parts))


async def test_the_card_is_the_one_of_their_nation(ada: Person, served: Served) -> None:
    assert "Scotland: Breathing Space" in (await ask(ada, "/urgent")).text
    await ask(ada, "/near Cardiff")
    card = (await ask(ada, "/urgent")).text
    assert "C.A.L.L." in card and "Breathing Space" not in card
    under_unknown = await ask(ada, UNKNOWN)
    await ada.presses(under_unknown, "Numbers for a crisis")
    assert (await ada.hears()).text == card


async def test_a_word_is_explained(ada: Person, served: Served) -> None:
    reply = await ask(ada, "/what respite")
    assert reply.text.startswith("Respite: ")
    assert "This helped" in reply.buttons
    prompt = await ask(ada, "/what")
    assert prompt.text == chat.WHICH_WORD
    assert prompt.other_markup and prompt.other_markup["force_reply"]
    await ada.writes("respite", reply_to=prompt)
    assert (await ada.hears()).text.startswith("Respite: ")
    assert (await ask(ada, "/what flibbertigibbet")).text == chat.NOT_A_WORD


async def test_privacy_tells_what_is_kept_of_chats(ada: Person, served: Served) -> None:
    text = (await ask(ada, "/privacy")).text
    assert "30 minutes" in text and "90 days" in text and "Example Carers" in text


# --- where somebody is --------------------------------------------------------------------


async def test_a_place_is_given_changed_and_forgotten(
    telegram: Telegram, ada: Person, served: Served
) -> None:
    prompt = await ask(ada, "/near")
    assert prompt.text == chat.ASK_WHERE
    await press(ada, prompt, "Scotland")
    assert "From now on I look for help in Scotland" in prompt.text
    assert "I looked for help in Scotland" in (await ask(ada, FALLS)).text

    assert "in SE6" in (await ask(ada, "/near se6 4tw")).text
    assert "SE6 (Lewisham)" in (await ask(ada, FALLS)).text
    prompt = await ask(ada, "/near")
    await ada.writes("hull", reply_to=prompt)
    assert "Hull" in (await ada.hears()).text
    await ask(ada, "/near")
    assert "Leeds" in (await ask(ada, "leeds")).text, "the next message is the place"
    assert "I looked for help in Leeds" in (await ask(ada, FALLS)).text

    prompt = await ask(ada, "/near")
    await press(ada, prompt, "Forget where I am")
    assert prompt.text == chat.NOWHERE
    assert "Tell me your town" in (await ask(ada, FALLS)).text
    await ask(ada, "/near Leeds")
    await ask(ada, "/near forget")
    assert (await ask(ada, "/near")).text == chat.ASK_WHERE


async def test_an_unclear_and_an_unknown_place(ada: Person, served: Served) -> None:
    which = await ask(ada, "/near Newport")
    assert which.text.startswith("There is more than one place")
    await press(ada, which, "Newport, Wales")
    assert "in Newport, Wales" in which.text
    assert "Newport" in (await ask(ada, FALLS)).text
    assert "I do not know the place" in (await ask(ada, "/near xyzzy")).text
    await ask(ada, "/near")
    assert "I do not know the place" in (await ask(ada, "<b>xyzzy")).text


async def test_near_me_asks_and_answers_again_for_there(ada: Person, served: Served) -> None:
    answer = await ask(ada, FALLS)
    await ada.presses(answer, "Near me")
    prompt = await ada.hears()
    assert prompt.text == chat.ASK_WHERE
    there = await ask(ada, "cardiff")
    assert there.text.startswith("Falls") and "I looked for help in Cardiff" in there.text
    assert chat.WHERE_KEPT in there.text
    await press(ada, there, "By phone")
    assert "Cardiff" in there.text
    again = await ask(ada, "anything near me?")
    assert again.text.startswith("Falls") and "Cardiff" in again.text
    await ask(ada, "/forget")
    await ask(ada, FALLS)
    assert (await ask(ada, "near me")).text == chat.ASK_WHERE
    assert "in Leeds" in (await ask(ada, "leeds")).text

    await ada.presses(await ask(ada, "/start t_falls"), "Not what I meant")
    other = await ask(ada, "/near")
    await press(ada, other, "England")
    assert "England" in other.text


async def test_a_place_alone_is_remembered_for_the_conversation(
    ada: Person, served: Served
) -> None:
    alone = await ask(ada, "leeds")
    assert "I can look for help in Leeds" in alone.text
    assert "Numbers for a crisis" in alone.buttons
    assert "I looked for help in Leeds" in (await ask(ada, FALLS)).text
    assert (await ask(ada, "/near")).text == chat.ASK_WHERE, "no longer than that"


# --- questions ----------------------------------------------------------------------------


async def test_a_question_gets_one_message_with_buttons(
    telegram: Telegram, ada: Person, served: Served
) -> None:
    reply = await ask(ada, FALLS)
    assert {"By phone", "Near me", "Not what I meant", "This helped"} <= set(reply.buttons)
    assert reply.options["link_preview_options"] == {"is_disabled": True}
    assert any(url.startswith("https://") for url in reply.links())
    assert re.search(r"\+44 \d{3}", reply.text)
    assert reply.reply_to and reply.reply_to.text == FALLS
    await ada.hears_nothing()


async def test_what_follows_is_about_the_last_need(ada: Person, served: Served) -> None:
    await ask(ada, FALLS)
    for follow_up, then in {
        "what about in scotland": "I looked for help in Scotland",
        "se6": "SE6 (Lewisham)",
        "and wales?": "I looked for help in Wales",
        "anything by phone?": "I looked for help in Wales",
        "can i ring someone": "I looked for help in Wales",
    }.items():
        reply = await ask(ada, follow_up)
        assert reply.text.startswith("Falls") and then in reply.text, follow_up
        if "phone" in follow_up or "ring" in follow_up:
            assert "By phone" not in reply.buttons
            assert "Phone: " in reply.text.split("2. ")[0]


async def test_the_last_place_named_counts(ada: Person, served: Served) -> None:
    await ask(ada, FALLS)
    await ask(ada, "what about in scotland")
    assert "SE6 (Lewisham)" in (await ask(ada, "se6")).text
    which = await ask(ada, "newport")
    assert which.text.startswith("There is more than one place")
    await press(ada, which, "Newport, Wales")
    assert which.text.startswith("Falls") and "in Newport" in which.text


async def test_small_talk_has_no_buttons(ada: Person, served: Served) -> None:
    await ask(ada, FALLS)
    for said in ("thanks", "ok", "hello"):
        reply = await ask(ada, said)
        assert reply.buttons == []
        assert "1. " not in reply.text


async def test_by_phone_and_more_change_the_answer_in_place(ada: Person, served: Served) -> None:
    reply = await ask(ada, "who can help with dementia")
    first = reply.text
    assert "More like this" in reply.buttons
    await press(ada, reply, "More like this")
    assert reply.text != first and "1. " in reply.text
    await press(ada, reply, "Back")
    assert reply.text == first
    await press(ada, reply, "By phone")
    assert "By phone" not in reply.buttons
    await ada.hears_nothing()


async def test_a_need_is_chosen_where_several_are_near(ada: Person, served: Served) -> None:
    reply = await ask(ada, "care")
    assert reply.text.startswith("I want to get this right")
    need = reply.buttons[0]
    again = await ask(ada, "leeds")
    assert again.text == reply.text, "still the same choice, for there"
    await press(ada, again, need)
    assert need in again.text and "Leeds" in again.text


async def test_a_setting_holds_over_a_restart(
    telegram: Telegram, signposter: Signposter, tmp_path: Path, ada: Person
) -> None:
    async with serving(telegram, signposter, tmp_path, limits=False):
        shown = await ask(ada, "/settings")
        await press(ada, shown, "Short answers, please")
        assert "Full answers, please" in shown.buttons
        await press(ada, shown, "A person by phone first, please")
        await ada.presses(shown, "Say where I am")
        prompt = await ada.hears()
        await ask(ada, "Leeds", reply_to=prompt)
        shown = await ask(ada, "/settings")
        assert "Leeds" in shown.text and shown.buttons[0] == "Somewhere else"
    async with serving(telegram, signposter, tmp_path, limits=False):
        reply = await ask(ada, FALLS)
        assert "Last seen" not in reply.text and "Leeds" in reply.text
        assert "By phone" not in reply.buttons
        assert (await ask(ada, "/forget")).text == chat.FORGOTTEN
        reply = await ask(ada, FALLS)
        assert "By phone" in reply.buttons and "Leeds" not in reply.text
        assert re.search(r"Last seen|not been able to confirm", reply.text)


async def test_what_is_no_words_gets_one_kind_sentence(ada: Person, served: Served) -> None:
    for kind in ("photo", "voice", "sticker", "document", "contact"):
        await ada.sends(kind)
        assert (await ada.hears()).text == chat.ONLY_WORDS
    for kind in ("photo", "document"):
        await ada.sends(kind, caption=FALLS)
        assert "1. " in (await ada.hears()).text


async def test_an_album_gets_one_sentence(ada: Person, served: Served) -> None:
    for _ in range(3):
        ada._say(None, "", extra=media("photo") | {"media_group_id": "77"})
    assert (await ada.hears()).text == chat.ONLY_WORDS
    await ada.hears_nothing()


async def test_what_is_typed_is_never_markup(ada: Person, served: Served) -> None:
    reply = await ask(ada, "/near <a href='https://evil.example'>&lt;x</a>")
    assert "<a href=" in reply.text and "&lt;x" in reply.text
    assert not [link for link in reply.links() if "evil" in link]


# --- questions that change ------------------------------------------------------------------


async def test_an_edited_question_changes_its_answer(
    telegram: Telegram, ada: Person, served: Served
) -> None:
    asked = await ada.writes(UNKNOWN)
    reply = await ada.hears()
    await ada.edits(asked, FALLS)
    await ada.sees_edit(reply)
    assert reply.text.startswith("Falls") and "By phone" in reply.buttons
    await ada.edits(asked, "how do i get a blue badge")
    await ada.sees_edit(reply)
    assert "Blue" in reply.text
    await ada.hears_nothing()
    reply.deleted = True
    await ada.edits(asked, FALLS)
    assert (await ada.hears()).text.startswith("Falls")


async def test_edited_into_danger_is_a_new_message(
    ada: Person, served: Served, tmp_path: Path
) -> None:
    asked = await ada.writes(FALLS)
    reply = await ada.hears()
    await ada.edits(asked, DANGER)
    urgent_reply = await ada.hears()
    assert "999" in urgent_reply.text.split("\n")[0]
    assert reply.edits == 0
    await ada.edits(asked, FALLS)
    await ada.hears_nothing()
    assert (reply.edits, reply.text[:5]) == (0, "Falls"), "it still says so"


async def test_an_edited_command_is_no_question(ada: Person, served: Served) -> None:
    asked = await ada.writes("/near Leds")
    await ada.hears()
    await ada.edits(asked, "/near Leeds")
    assert "in Leeds" in (await ada.hears()).text


async def test_an_answer_that_telegram_does_not_let_change_is_said_anew(
    ada: Person, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(*_: object, **__: object) -> None:
        raise BadRequest("MESSAGE_ID_INVALID")

    reply = await ask(ada, FALLS)
    monkeypatch.setattr(ExtBot, "edit_message_text", refused)
    await ada.presses(reply, "By phone")
    assert (await ada.hears()).text.startswith("Falls")


async def test_an_answer_in_two_messages_changes_as_a_whole(
    telegram: Telegram, ada: Person, tmp_path: Path, signposter: Signposter
) -> None:
    services = {
        id: replace(service, what=f"{service.what} " + "It goes on. " * 150)
        for id, service in signposter.knowledge.services.items()
    }
    long = replace(signposter, knowledge=replace(signposter.knowledge, services=services))
    async with serving(telegram, long, tmp_path, limits=False):
        asked = await ada.writes(FALLS)
        parts = [await ada.hears()]
        while not parts[-1].buttons:
            parts.append(await ada.hears())
        assert len(parts) > 1
        await press(ada, parts[-1], "By phone")
        assert "".join(part.text for part in parts).count("1. ") == 1, "of one answer"
        await ada.edits(asked, "thanks")
        await telegram.until(lambda: parts[-1].deleted)
        assert all(part.deleted for part in parts[1:])
        assert parts[0].text.startswith("You are welcome")


# --- whether it helped ----------------------------------------------------------------------


async def test_this_helped_is_counted_once(
    telegram: Telegram, ada: Person, served: Served
) -> None:
    reply = await ask(ada, FALLS)
    pressed = [await ada.presses(reply, "This helped") for _ in range(3)]
    said = [(await ada.sees_answer(one)).text for one in pressed]
    assert said == [chat.GLAD, chat.ALREADY, chat.ALREADY]
    await ada.sees_edit(reply)
    assert "This helped" not in reply.buttons and "By phone" in reply.buttons

    async def helped() -> list[int]:
        tallies = await served.store.tallies()
        return [t.number for t in tallies if (t.about, t.name) == ("helped", "yes")]

    for _ in range(50):
        if await helped():
            break
        await asyncio.sleep(0.05)
    assert await helped() == [1]


async def test_why_it_did_not_help_is_passed_on(ada: Person, served: Served) -> None:
    for asked in (FALLS, UNKNOWN):
        reply = await ask(ada, asked)
        await press(ada, reply, "Not what I meant")
        assert reply.buttons == list(wording.REASONS.values())
        pressed = await ada.presses(reply, "It is out of date")
        told = await ada.sees_answer(pressed)
        assert told.text == f"{wording.THANKS} {wording.PASSED_ON}" and told.alert
        await ada.sees_edit(reply)
        assert "Numbers for a crisis" in reply.buttons
    kept = [one async for one in served.store.waiting() if one.kind == "unhelpful"]
    assert {(one.text, one.reason) for one in kept} == {
        (FALLS, "out-of-date"), (UNKNOWN, "out-of-date"),
    }  # fmt: skip
    assert all(one.services for one in kept)


async def test_not_what_i_meant_offers_other_needs(ada: Person, served: Served) -> None:
    reply = await ask(ada, FALLS)
    await press(ada, reply, "Not what I meant")
    await press(ada, reply, "It is not what I meant")
    other = reply.buttons[0]
    await press(ada, reply, other)
    assert other in reply.text and "1. " in reply.text


async def test_a_follow_up_is_passed_on_with_its_need(ada: Person, served: Served) -> None:
    await ask(ada, FALLS)
    reply = await ask(ada, "se6")
    await press(ada, reply, "Not what I meant")
    await press(ada, reply, "It is out of date")
    kept = [one.text async for one in served.store.waiting()]
    assert kept == ["Falls and staying steady. se6"]


async def test_buttons_of_a_deleted_question(ada: Person, served: Served) -> None:
    asked = await ada.writes(FALLS)
    reply = await ada.hears()
    await ada.deletes(asked)
    await press(ada, reply, "By phone")
    assert reply.text.startswith("Falls"), "the button knows the need"
    asked = await ada.writes(UNKNOWN)
    reply = await ada.hears()
    await ada.deletes(asked)
    await press(ada, reply, "Not what I meant")
    pressed = await ada.presses(reply, "It is hard to read")
    assert (await ada.sees_answer(pressed)).text in (
        chat.TOO_OLD, f"{wording.THANKS} {wording.PASSED_ON}",
    )  # fmt: skip


async def test_data_that_is_none_of_ours_gets_a_kind_sentence(
    telegram: Telegram, ada: Person, served: Served
) -> None:
    reply = await ask(ada, FALLS)
    for data in (
        "", "0|more|x", "1|fly|", "1|more|no-such-need:1:c", "1|tell|x", "1|set|admin",
        "1|suggest|send", "1|near|\u0000", "x" * 64,
    ):  # fmt: skip
        press_of = partial(ada._press, reply, "?", data)
        await ada.sees_answer(telegram.do(press_of))
    await ada.writes(FALLS)
    while not (said := await ada.hears()).text.startswith("Falls"):
        assert said.text.startswith((chat.TOO_OLD, "I do not know the place")), said.text


async def test_nothing_of_a_danger_can_be_passed_on(
    telegram: Telegram, ada: Person, served: Served, tmp_path: Path
) -> None:
    reply = await ask(ada, DANGER)
    assert reply.buttons == ["Numbers for a crisis"]
    pressed = telegram.do(lambda: ada._press(reply, "?", "1|why|out-of-date:falls:0:c"))
    assert (await ada.sees_answer(pressed)).text == wording.NEVER_KEPT
    assert await served.waiting() == []


# --- danger ---------------------------------------------------------------------------------


async def test_danger_is_never_kept(
    telegram: Telegram, ada: Person, served: Served, tmp_path: Path
) -> None:
    reply = await ask(ada, f"{DANGER} zanzibar quokka")
    assert reply.text.startswith(FIRST)
    for _ in range(40):
        if await served.store.tallies():
            break
        await asyncio.sleep(0.05)
    assert [(t.about, t.channel) for t in await served.store.tallies()] == [("danger", "")]
    kept = every_word_in(tmp_path)
    assert "quokka" not in kept and "zanzibar" not in kept and str(ada.id) not in kept


async def test_danger_is_answered_for_their_nation(ada: Person, served: Served) -> None:
    await ask(ada, "/near Glasgow")
    text = (await ask(ada, DANGER)).text
    assert "+44 800 027 1234" in text and "Northern Ireland" not in text


async def test_danger_is_answered_with_the_store_gone(
    telegram: Telegram, signposter: Signposter, tmp_path: Path, ada: Person
) -> None:
    (tmp_path / "signpost.db").mkdir()
    async with serving(telegram, signposter, tmp_path, limits=False):
        reply = await ask(ada, DANGER)
        assert reply.text.startswith(FIRST)
        assert reply.buttons == ["Numbers for a crisis"]
        assert "116 123" in (await ask(ada, "/urgent")).text
        # All else goes on without what cannot be remembered, and says so where it matters.
        answer = await ask(ada, FALLS)
        assert "1. " in answer.text
        unknown = await ask(ada, UNKNOWN)
        assert wording.PASSED_ON not in unknown.text
        assert "Tell me when you can answer" not in unknown.buttons
        assert (await ask(ada, "/near Leeds")).text == chat.NOT_REMEMBERED
        assert (await ask(ada, "/forget")).text == chat.NOT_FORGOTTEN


async def test_danger_is_answered_with_the_knowledge_broken(
    telegram: Telegram, signposter: Signposter, tmp_path: Path, ada: Person
) -> None:
    hurt = replace(signposter, matcher=object())  # type: ignore[arg-type]
    async with serving(telegram, hurt, tmp_path, limits=False):
        reply = await ask(ada, DANGER)
        assert reply.text.startswith(FIRST) and "Live Fear Free" in reply.text
        assert reply.buttons == ["Numbers for a crisis"]
        assert (await ask(ada, FALLS)).text == chat.FAULT


async def test_who_can_do_no_more_reads_the_numbers_too(ada: Person, served: Served) -> None:
    reply = await ask(ada, "i cant do this any more i am so tired")
    assert reply.text.startswith("That sounds so hard")
    assert "Numbers for a crisis" in reply.buttons


# --- a service that is missing --------------------------------------------------------------


async def suggests(ada: Person, *answers: str) -> Message:
    prompt = await ask(ada, "/suggest")
    for answer in answers:
        assert prompt.other_markup and prompt.other_markup["force_reply"], prompt.text
        await ada.writes(answer, reply_to=prompt)
        prompt = await ada.hears()
    return prompt


async def test_a_service_is_suggested_field_by_field(
    ada: Person, served: Served, tmp_path: Path
) -> None:
    name, what = "Sun & <b>Café</b>", "Tea and talk\nfor carers 😀"
    shown = await suggests(ada, name, what, "0113 496 0000", "-", "skip", "Leeds")
    assert name in shown.text and what in shown.text
    await asyncio.sleep(0.2)
    assert "Tea and talk" not in every_word_in(tmp_path), "nothing is kept meanwhile"
    pressed = [await ada.presses(shown, "Pass it on") for _ in range(2)]
    await ada.sees_edit(shown)
    assert shown.text == f"{wording.THANKS} {wording.PASSED_ON}"
    assert (await ada.sees_answer(pressed[1])).text == chat.ALREADY
    kept = [one async for one in served.store.waiting()]
    assert [one.kind for one in kept] == ["suggestion"]
    told = kept[0].suggestion
    assert told
    assert (told.name, told.what, told.phone) == (name, what, "0113 496 0000")
    assert (told.url, told.email, told.where) == (None, None, "Leeds")


async def test_danger_and_second_thoughts_in_a_suggestion(ada: Person, served: Served) -> None:
    prompt = await ask(ada, "/suggest")
    name = await ada.writes("A cafe", reply_to=prompt)
    assert "A cafe" in (await ada.hears()).text
    await ada.edits(name, "A café")
    prompt = await ada.hears()
    assert "A café" in prompt.text and wording.SUGGESTION_FIELDS["what"] in prompt.text
    await ada.writes(DANGER, reply_to=prompt)
    assert (await ada.hears()).text.startswith(FIRST)
    assert await served.waiting() == []


async def test_a_suggestion_is_stopped_and_put_right(ada: Person, served: Served) -> None:
    assert (await suggests(ada, "A café", "stop")).text == chat.NOT_SENT
    again = await suggests(ada, "-")
    assert "Please tell us what it is called." in again.text
    again = await suggests(ada, "x" * 121)
    assert "at most 120 characters" in again.text
    assert (await suggests(ada, "A café", "y" * 1_001)).text.count("1000 characters") == 1
    shown = await suggests(ada, "A café", *"-----")
    await press(ada, shown, "Do not")
    assert shown.text == chat.NOT_SENT
    assert await served.waiting() == []


async def test_a_suggestion_says_when_it_could_not_be_passed_on(
    telegram: Telegram, signposter: Signposter, tmp_path: Path, ada: Person
) -> None:
    (tmp_path / "signpost.db").mkdir()
    async with serving(telegram, signposter, tmp_path, limits=False):
        shown = await suggests(ada, "A café", *"-----")
        pressed = await ada.presses(shown, "Pass it on")
        await ada.sees_answer(pressed)
        await ada.sees_edit(shown, within=8)
        assert shown.text == f"{wording.THANKS} {wording.NOT_PASSED_ON}"


# --- tell me when you can answer --------------------------------------------------------------


async def promised(ada: Person, how: str) -> Message:
    reply = await ask(ada, UNKNOWN)
    await ada.presses(reply, "Tell me when you can answer")
    ways = await ada.hears()
    assert ways.buttons == list(chat.TELL_BUTTONS.values())
    return await press(ada, ways, how)


async def test_a_link_leads_to_nobody(
    telegram: Telegram, ada: Person, served: Served, tmp_path: Path
) -> None:
    told = await promised(ada, "Give me a link")
    link = told.text.split("\n")[-1]
    code = link.partition("p_")[2]
    assert len(code) >= 20
    await ada.opens(link)
    assert (await ada.hears()).text == chat.NOT_YET
    kept = every_word_in(tmp_path)
    assert code not in kept and str(ada.id) not in kept

    [waiting] = [one async for one in served.store.waiting()]
    await served.store.remove(waiting.id)
    await ada.opens(link)
    assert (await ada.hears()).text == chat.NO_SUCH_LINK


@pytest.fixture
def knows_nothing(signposter: Signposter) -> Signposter:
    """Of falls, that is."""
    others = {
        id: one for id, one in signposter.knowledge.services.items() if "falls" not in one.topics
    }
    return replace(signposter, knowledge=replace(signposter.knowledge, services=others))


async def test_a_link_asks_again_what_we_know_by_now(
    telegram: Telegram,
    signposter: Signposter,
    knows_nothing: Signposter,
    tmp_path: Path,
    ada: Person,
) -> None:
    async with serving(telegram, knows_nothing, tmp_path, limits=False):
        reply = await ask(ada, FALLS)
        assert reply.text.startswith("I do not know a service for that"), reply.text
        await ada.presses(reply, "Tell me when you can answer")
        told = await press(ada, await ada.hears(), "Give me a link")
        link = told.text.split("\n")[-1]
    async with serving(telegram, signposter, tmp_path, limits=False) as served:
        await ada.opens(link)
        answer = await ada.hears()
        assert answer.text.startswith(chat.CAN_ANSWER) and "1. " in answer.text
        await press(ada, answer, "By phone")
        assert answer.text.startswith("Falls")
        [waiting] = [one async for one in served.store.waiting()]
        await served.store.remove(waiting.id)
        await ada.opens(link)
        assert (await ada.hears()).text == chat.NO_SUCH_LINK


NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def promised_here(ada: Person) -> None:
    """A question about falls that we cannot answer, and a promise to write."""
    reply = await ask(ada, f"my mum <b>Edna</b> of SE6 {FALLS}")
    assert reply.text.startswith("I do not know a service for that"), reply.text
    await ada.presses(reply, "Tell me when you can answer")
    told = await press(ada, await ada.hears(), "Write to me here")
    assert told.text == chat.TELL_HERE


async def test_a_chat_is_written_to_once_we_can_answer(
    telegram: Telegram,
    signposter: Signposter,
    knows_nothing: Signposter,
    tmp_path: Path,
    ada: Person,
) -> None:
    async with serving(telegram, knows_nothing, tmp_path, limits=False, clock=lambda: NOON):
        await promised_here(ada)
        assert str(ada.id) not in every_word_in(tmp_path), "locked"
        bob = telegram.person("Bob")
        await ask(bob, f"{FALLS} says bob")  # who was promised nothing
    async with serving(telegram, knows_nothing, tmp_path, limits=False, clock=lambda: NOON):
        await ada.hears_nothing()
    late = NOON.replace(hour=23)
    async with serving(telegram, signposter, tmp_path, limits=False, clock=lambda: late):
        await ada.hears_nothing()
    async with serving(telegram, signposter, tmp_path, limits=False, clock=lambda: NOON):
        answer = await ada.hears()
        assert answer.text.startswith(chat.CAN_ANSWER) and "1. " in answer.text
        assert "Your question was: my mum <b>[name]</b> of SE6" in answer.text
        await telegram.settles()
    async with serving(telegram, signposter, tmp_path, limits=False, clock=lambda: NOON):
        await ada.hears_nothing()
        await bob.hears_nothing()


async def test_who_has_blocked_the_bot_is_not_written_to_again(
    telegram: Telegram,
    signposter: Signposter,
    knows_nothing: Signposter,
    tmp_path: Path,
    ada: Person,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with serving(telegram, knows_nothing, tmp_path, limits=False):
        await promised_here(ada)
        await ada.blocks()
        await telegram.settles()
    async with serving(telegram, signposter, tmp_path, limits=False) as served:
        promising = served.bot._promising
        assert await promising.keep(NOON) == 1
        assert await promising.keep(NOON) == 0
    assert not [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]


async def test_forget_takes_a_promise_back(
    telegram: Telegram,
    signposter: Signposter,
    knows_nothing: Signposter,
    tmp_path: Path,
    ada: Person,
) -> None:
    async with serving(telegram, knows_nothing, tmp_path, limits=False):
        await promised_here(ada)
        await ask(ada, "/forget")
    async with serving(telegram, signposter, tmp_path, limits=False) as served:
        assert await served.bot._promising.keep(NOON) == 0
        await ada.hears_nothing()


async def test_a_promise_ends(tmp_path: Path) -> None:
    async with Store(tmp_path / "signpost.db") as store:
        promises = Promises(Conversations(store, SECRET), retention_days=100)
        now = datetime(2026, 11, 1, tzinfo=UTC)
        asked = Waiting("r" * 32, "unanswered", "who feeds the cat", now.date(), "telegram")
        others = [replace(asked, id=f"{i:032x}") for i in range(1_200)]
        await store.keep([asked, *others])
        code = await promises.code("r" * 32, now)
        await promises.tell("telegram", "12345", "r" * 32, now)
        assert await promises.opened(code, now + timedelta(days=99)) == asked
        assert await promises.opened(code, now + timedelta(days=101)) is None
        soon, late = now + timedelta(days=89), now + timedelta(days=91)
        assert [told async for told in promises.to_chats(soon)] == [(asked, "12345")]
        assert [told async for told in promises.to_chats(late)] == []
        await store.sweep(now + timedelta(days=91))
        await store.forget(date(2026, 1, 1))
        other = Promises(Conversations(store, b"another secret that is long enough"))
        assert await other.opened(code, now) is None
    with sqlite3.connect(tmp_path / "signpost.db") as database:
        rows = database.execute("select data from chats").fetchall()
    assert rows and all("12345" not in str(row) for row in rows)
