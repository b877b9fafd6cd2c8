"""The bot in Telegram as it runs: nothing lost, nothing answered twice, and an orderly end."""

from __future__ import annotations

import asyncio
import logging
import re
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from programs import Run, started
from telegram_process import Bot, free_port, says, stopped
from telegram_serving import FALLS, Served, serving

from signpost_bot.channels.telegram.sending import Pace
from signpost_bot.channels.telegram.webhook import HEADER
from signpost_bot.replies import chat
from signpost_bot.signposter import Signposter
from signpost_bot.store import Store

if TYPE_CHECKING:
    from telegram_standin.people import Person
    from telegram_standin.telegram import Telegram

pytest_plugins = ["telegram_standin.plugin", "telegram_fixtures"]

DANGER = "i am going to kill myself tonight"
BADGE = "how do i get a blue badge"


def answers_to(telegram: Telegram, person: Person) -> list[str]:
    """The questions that were answered in somebody's chat, in the order of the answers."""
    told = telegram.private_messages(person)
    return [one.reply_to.text for one in told if one.reply_to and one.text != chat.SLOWLY]


# --- the program in a process of its own ---------------------------------------------------


@pytest.fixture
def bot(telegram: Telegram, environment: dict[str, str], tmp_path: Path) -> Bot:
    telegram.patience = 20
    return Bot(telegram, environment, tmp_path)


async def test_what_waits_when_it_is_stopped_is_answered_after_the_restart(
    telegram: Telegram, bot: Bot
) -> None:
    ada, ben = telegram.person("Ada"), telegram.person("Ben")
    asked = [f"{BADGE} for mum, {number} of 6" for number in range(6)]
    async with bot.running() as child:
        await ben.writes(FALLS)
        await ben.hears()
        for each in asked:
            await ada.writes(each)
        await ada.hears()
        await ada.hears()
        said = await asyncio.to_thread(stopped, child)
    assert not said, said
    before = len(answers_to(telegram, ada))
    assert 2 <= before < 6

    async with bot.running() as child:
        await telegram.settles(within=20)
        await asyncio.to_thread(stopped, child)
    assert answers_to(telegram, ada) == asked
    assert answers_to(telegram, ben) == [FALLS]


async def crashed(telegram: Telegram, bot: Bot) -> tuple[Person, Person]:
    """Killed when Ada was answered, and Ben, who had asked before her, not for the second time."""
    from telegram_standin.faults import ServerError

    ada, ben = telegram.person("Ada"), telegram.person("Ben")
    async with bot.running() as child:
        # Ben's is open, so Telegram tells Ada's again after the crash, though it was answered.
        await ben.writes(FALLS)
        await ben.hears()
        telegram.faults.often(ServerError(), 1.0, "sendMessage")
        await ben.writes(BADGE)
        await asyncio.sleep(0.5)
        telegram.faults.clear()
        telegram.faults.next(ServerError(), "sendMessage", times=1)
        await ada.writes(BADGE)
        await asyncio.sleep(1.0)
        child.kill()
        child.communicate()
    return ada, ben


async def test_a_crash_loses_nothing_and_answers_nothing_twice(
    telegram: Telegram, bot: Bot
) -> None:
    ada, ben = await crashed(telegram, bot)
    async with bot.running() as child:
        await telegram.settles(within=20)
        await asyncio.to_thread(stopped, child)
    assert answers_to(telegram, ben) == [FALLS, BADGE]
    assert answers_to(telegram, ada) == [BADGE]


async def test_a_database_that_is_slow_to_open_lets_nothing_be_answered_twice(
    telegram: Telegram, bot: Bot
) -> None:
    ada, ben = await crashed(telegram, bot)
    file = bot.place / "data" / "signpost.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        async with bot.running() as child:
            await asyncio.sleep(3)
            busy.execute("COMMIT")
            await telegram.settles(within=20)
            await asyncio.to_thread(stopped, child)
    assert answers_to(telegram, ada) == [BADGE]
    assert answers_to(telegram, ben) == [FALLS, BADGE]


async def test_it_stops_in_time_though_telegram_and_the_database_hang(
    telegram: Telegram, bot: Bot
) -> None:
    from telegram_standin.faults import Slow

    ada = telegram.person("Ada")
    async with bot.running() as child:
        telegram.faults.often(Slow(30), 1.0, "sendMessage")
        locked = sqlite3.connect(bot.place / "data" / "signpost.db", isolation_level=None)
        locked.execute("BEGIN EXCLUSIVE")
        await ada.writes(FALLS)
        await asyncio.sleep(1)
        await asyncio.to_thread(stopped, child, 5.2)
        locked.close()


def test_a_wrong_token_is_said_in_a_sentence(telegram: Telegram, bot: Bot, run: Run) -> None:
    wrong = "123456789:AAnot_the_token_of_this_bot_00000000"
    ran = run("run", env={**bot.environment, "SIGNPOST_TELEGRAM_TOKEN": wrong})
    assert ran.returncode == 1
    assert "Telegram does not know the token in SIGNPOST_TELEGRAM_TOKEN" in ran.stderr
    assert wrong not in ran.stderr + ran.stdout
    assert len(ran.stderr.splitlines()) == 2, ran.stderr  # the first says that it is ready


@pytest.mark.parametrize("token", ["nonsense", "123456789", "12345:with a space in it", "1:é" * 9])
def test_what_is_no_token_is_said_at_once(run: Run, token: str) -> None:
    ran = run("run", env={"SIGNPOST_TELEGRAM_TOKEN": token})
    assert ran.returncode == 1
    assert "SIGNPOST_TELEGRAM_TOKEN" in ran.stderr and "BotFather" in ran.stderr
    assert token not in ran.stderr and len(ran.stderr.splitlines()) == 1


async def test_without_a_network_it_says_so_once_and_keeps_trying(
    telegram: Telegram, bot: Bot
) -> None:
    from telegram_standin.faults import Dropped

    telegram.faults.next(Dropped(), "getMe", times=2)
    with started(["run"], bot.environment, bot.place) as child:
        said = await says(child, "The bot is ready")
        assert said.count("Telegram cannot be reached") == 1
        stopped(child)


async def test_asking_twice_is_said_once(telegram: Telegram, bot: Bot) -> None:
    async with bot.running() as one, bot.running(SIGNPOST_PORT=str(free_port())) as two:
        await asyncio.sleep(3)
        said = await asyncio.to_thread(stopped, one)
        said += await asyncio.to_thread(stopped, two)
    assert "Another copy of this bot asks Telegram for updates too" in said
    assert said.count("Another copy") <= 2, said  # each may say it once


async def test_the_log_is_lines_of_fields_without_words_or_ids(
    telegram: Telegram, bot: Bot
) -> None:
    ada = telegram.person("Ada", username="ada_of_leeds")
    with started(["run"], bot.environment, bot.place) as child:
        said = await says(child, "The bot is ready")
        await ada.writes("xyzzy plugh frobnicate")
        await ada.hears()
        await ada.writes(DANGER)
        await ada.hears()
        said += await asyncio.to_thread(stopped, child)
    for line in said.splitlines()[1:]:
        assert re.match(r'time=\d{4}-\d\d-\d\dT[\d:.]+Z level=[a-z]+ what=(".*"|\S+)', line), line
    assert re.search(r"ms=\d+$", said, re.MULTILINE)
    for secret in (telegram.token, "xyzzy", "kill", str(ada.id), "Ada", "ada_of_leeds"):
        assert secret not in said


# --- the token and the words ---------------------------------------------------------------


async def test_nothing_secret_is_logged_even_when_everything_is(
    telegram: Telegram, served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    from telegram_standin.faults import Dropped, Flooded, ServerError

    caplog.set_level(logging.DEBUG)
    for fault in (ServerError(), ServerError(502), Dropped(), Flooded(1)):
        telegram.faults.next(fault, "sendMessage")
    ada = telegram.person("Ada")
    await ada.writes("xyzzy plugh frobnicate")
    await ada.hears(within=10)
    await telegram.settles()
    logged = "\n".join(f"{record.getMessage()} {record.exc_info}" for record in caplog.records)
    for secret in (telegram.token, "xyzzy", str(ada.id), "frobnicate"):
        assert secret not in logged


async def test_no_page_tells_the_token(telegram: Telegram, served: Served) -> None:
    async with httpx.AsyncClient(base_url=served.address) as client:
        for path in ("/", "/privacy", "/healthz", "/readyz", "/metrics", "/telegram/webhook", "/x"):
            assert telegram.token not in (await client.get(path)).text
            assert telegram.token not in (await client.post(path, content=b"{")).text


async def test_metrics_count_without_words_or_ids(telegram: Telegram, served: Served) -> None:
    from telegram_standin.faults import ServerError

    telegram.faults.next(ServerError(), "sendMessage")
    ada = telegram.person("Ada")
    for words in (FALLS, "xyzzy plugh frobnicate", DANGER):
        await ada.writes(words)
        await ada.hears()
    await telegram.settles()
    async with httpx.AsyncClient(base_url=served.address) as client:
        await client.post("/api/ask", json={"question": BADGE})

        async def told() -> str:
            return (await client.get("/metrics")).text

        for line in (
            'signpost_outcomes_total{channel="telegram",outcome="answer"} 1.0',
            'signpost_outcomes_total{channel="telegram",outcome="unanswered"} 1.0',
            'signpost_outcomes_total{channel="",outcome="urgent"} 1.0',
            'signpost_outcomes_total{channel="api",outcome="answer"} 1.0',
            'signpost_updates_total{kind="message"} 3.0',
            "signpost_update_seconds_count 3.0",
            "signpost_send_retries_total 1.0",
        ):
            assert await _in_time(told, line), f"{line}\n\n{await told()}"
        page = await told()
    for secret in (telegram.token, "xyzzy", str(ada.id), "suicide"):
        assert secret not in page


async def _in_time(told: Any, line: str) -> bool:
    for _ in range(100):
        if line in await told():
            return True
        await asyncio.sleep(0.05)
    return False


# --- the webhook ----------------------------------------------------------------------------


@pytest.fixture
async def webhook(
    telegram: Telegram, signposter: Signposter, tmp_path: Path
) -> AsyncIterator[Served]:
    async with serving(telegram, signposter, tmp_path, webhook=True) as running:
        assert await telegram.until(lambda: telegram.state.updates.webhook)
        yield running


def update_of(telegram: Telegram, person: Person, text: str) -> dict[str, Any]:
    """What somebody wrote, for us to bring instead of Telegram."""
    state = telegram.state
    person.user.started = True
    message = telegram.do(lambda: state.post(state.chats[person.id], person.user, text))
    return {"update_id": 900_000_001, "message": message.to_json()}


async def test_the_webhook_takes_nothing_without_the_secret(
    telegram: Telegram, webhook: Served
) -> None:
    ada = telegram.person("Ada")
    url = f"{webhook.address}/telegram/webhook"
    body = update_of(telegram, ada, BADGE)
    async with httpx.AsyncClient() as client:
        for headers in ({}, {HEADER: "wrong"}, {HEADER: "x" * 64}):
            told = await client.post(url, json=body, headers=headers)
            assert told.status_code == 403
        right = {HEADER: telegram.state.updates.webhook.secret}  # type: ignore[union-attr]
        assert (await client.post(url, content=b"x" * 70_000, headers=right)).status_code == 413
        assert (await client.post(url, content=b"{}", headers=right)).status_code == 204
        assert (await client.post(url, content=b"not json", headers=right)).status_code == 204
        assert (await client.get(url, headers=right)).status_code == 405
    await ada.hears_nothing()


async def test_without_a_webhook_its_address_is_not_there(
    telegram: Telegram, signposter: Signposter, tmp_path: Path
) -> None:
    patient = httpx.AsyncHTTPTransport(retries=6)
    async with (
        serving(telegram, signposter, tmp_path) as running,
        httpx.AsyncClient(transport=patient) as client,
    ):
        told = await client.post(f"{running.address}/telegram/webhook", json={})
        assert told.status_code == 404


async def test_the_webhook_stays_when_one_copy_stops_and_goes_when_updates_are_asked_for(
    telegram: Telegram, signposter: Signposter, tmp_path: Path
) -> None:
    async with serving(telegram, signposter, tmp_path, webhook=True) as running:
        assert await telegram.until(lambda: telegram.state.updates.webhook)
        there = telegram.state.updates.webhook
        assert there and there.url == f"{running.address}/telegram/webhook"
        assert re.fullmatch(r"[0-9a-f]{64}", there.secret) and there.connections == 100
    assert telegram.state.updates.webhook is there

    ada = telegram.person("Ada")
    await ada.writes(BADGE)  # while no copy is there
    async with serving(telegram, signposter, tmp_path):
        await ada.hears()
        assert telegram.state.updates.webhook is None


async def test_of_several_copies_one_answers(
    telegram: Telegram, signposter: Signposter, tmp_path: Path
) -> None:
    from telegram_standin.faults import Slow

    ada = telegram.person("Ada")
    body = update_of(telegram, ada, BADGE)
    async with (
        serving(telegram, signposter, tmp_path, webhook=True) as one,
        serving(telegram, signposter, tmp_path, webhook=True) as two,
        httpx.AsyncClient() as client,
    ):
        assert await telegram.until(lambda: telegram.state.updates.webhook)
        headers = {HEADER: telegram.state.updates.webhook.secret}  # type: ignore[union-attr]

        async def tell(copy: Served) -> int:
            url = f"{copy.address}/telegram/webhook"
            return (await client.post(url, json=body, headers=headers)).status_code

        telegram.faults.next(Slow(1.0), "sendMessage")
        first = asyncio.create_task(tell(one))
        await asyncio.sleep(0.4)
        assert await tell(two) == 503  # the other is at it: come back
        assert await first == 204
        await asyncio.sleep(0.2)
        assert await tell(two) == 204
        assert await tell(one) == 204
        assert len(telegram.private_messages(ada)) == 1


async def test_what_a_copy_left_when_it_crashed_another_takes_over(
    telegram: Telegram, signposter: Signposter, tmp_path: Path
) -> None:
    ada = telegram.person("Ada")
    body = update_of(telegram, ada, BADGE)
    async with Store(tmp_path / "signpost.db") as store:
        now = datetime.now(UTC)
        await store.claim([body["update_id"]], "crashed", now - timedelta(seconds=28), 30)
    async with (
        serving(telegram, signposter, tmp_path, webhook=True) as copy,
        httpx.AsyncClient() as client,
    ):
        assert await telegram.until(lambda: telegram.state.updates.webhook)
        headers = {HEADER: telegram.state.updates.webhook.secret}  # type: ignore[union-attr]
        told, asked = [], time.monotonic()
        while 204 not in told and time.monotonic() - asked < 10:
            url = f"{copy.address}/telegram/webhook"
            told.append((await client.post(url, json=body, headers=headers)).status_code)
            await asyncio.sleep(0.1)
    assert told[0] == 503 and told[-1] == 204
    assert len(telegram.private_messages(ada)) == 1


# --- sending --------------------------------------------------------------------------------


async def test_updates_that_come_twice_are_answered_once(
    telegram: Telegram, served: Served
) -> None:
    telegram.faults.double = 1.0
    people = [telegram.person(f"Person {number}") for number in range(4)]
    for person in people:
        await person.writes(BADGE)
        await person.writes(FALLS)
    for person in people:
        await person.hears()
        await person.hears()
    await telegram.settles()
    await asyncio.sleep(0.5)
    for person in people:
        assert answers_to(telegram, person) == [BADGE, FALLS]


async def test_whatever_fails_for_a_while_is_tried_again(
    telegram: Telegram, served: Served
) -> None:
    from telegram_standin.faults import Dropped, ServerError

    for fault in (ServerError(), ServerError(502), Dropped()):
        telegram.faults.next(fault, "sendMessage")
    ada = telegram.person("Ada")
    await ada.writes(BADGE)
    await ada.hears(within=10)
    await telegram.settles()
    assert answers_to(telegram, ada) == [BADGE]


async def test_being_told_to_wait_in_one_chat_stops_no_other(
    telegram: Telegram, served: Served
) -> None:
    from telegram_standin.faults import Flooded

    ada, ben = telegram.person("Ada"), telegram.person("Ben")
    telegram.faults.next(Flooded(3), "sendMessage")
    await ada.writes(BADGE)
    assert await telegram.until(lambda: telegram.faults.drawn)
    asked = time.monotonic()
    await ben.writes(BADGE)
    await ben.hears()
    assert time.monotonic() - asked < 2
    await ada.hears()
    assert time.monotonic() - asked > 2


async def test_danger_waits_for_nobody(
    telegram: Telegram, served: Served, by_webhook: bool
) -> None:
    """Not for others who wait, nor for a queue of their own as far as Telegram tells us of it."""
    from telegram_standin.faults import Slow

    others = [telegram.person(f"Person {number}") for number in range(8)]
    ada = telegram.person("Ada")
    busy = others if by_webhook else [*others, ada]  # a webhook is told of one after another
    telegram.faults.next(Slow(4), "sendMessage", times=len(busy))
    for person in busy:
        for number in range(4):
            await person.writes(f"{BADGE} {number}")
    assert await telegram.until(lambda: len(telegram.faults.drawn) == len(busy))
    asked = time.monotonic()
    await ada.writes(DANGER)
    assert "116 123" in (await ada.hears()).text
    assert time.monotonic() - asked < 1.5


@pytest.mark.parametrize("trouble", ["locked", "gone"])
async def test_danger_is_answered_without_the_store(
    telegram: Telegram, served: Served, tmp_path: Path, trouble: str
) -> None:
    await asyncio.sleep(0.3)
    file = tmp_path / "signpost.db"
    locked = sqlite3.connect(file, isolation_level=None)
    if trouble == "locked":
        locked.execute("BEGIN EXCLUSIVE")
    else:
        file.rename(tmp_path / "away.db")
    ada = telegram.person("Ada")
    asked = time.monotonic()
    await ada.writes(DANGER)
    assert "116 123" in (await ada.hears()).text
    assert time.monotonic() - asked < 2
    locked.close()


async def test_who_has_blocked_the_bot_stops_nothing(
    telegram: Telegram, served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    from telegram_standin.faults import Slow

    ada, ben = telegram.person("Ada"), telegram.person("Ben")
    telegram.faults.next(Slow(0.3), "sendMessage")
    await ada.writes(BADGE)
    assert await telegram.until(lambda: telegram.faults.drawn)
    await ada.blocks()
    await ben.writes(BADGE)
    await ben.hears()
    await telegram.settles()
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_who_floods_is_slowed_kindly_and_slows_nobody(
    telegram: Telegram, signposter: Signposter, tmp_path: Path, by_webhook: bool
) -> None:
    pace = Pace(chat=(2, 1.0))
    ada, ben = telegram.person("Ada"), telegram.person("Ben")
    async with serving(telegram, signposter, tmp_path, webhook=by_webhook, pace=pace):
        await ben.writes(FALLS)
        await ben.hears()
        asked = [f"{BADGE} for mum, {number}" for number in range(8)]
        for each in asked:
            await ada.writes(each)
        before = time.monotonic()
        await ben.writes(BADGE)
        await ben.hears()
        assert time.monotonic() - before < 2
        await telegram.settles(within=20)
    assert answers_to(telegram, ada) == asked
    said = [one.text for one in telegram.private_messages(ada)]
    # Telegram itself brings one update of a chat at a time, so a webhook sees no flood.
    assert said.count(chat.SLOWLY) == (0 if by_webhook else 1)


async def test_who_floods_without_end_does_not_keep_others_from_being_heard(
    telegram: Telegram, signposter: Signposter, tmp_path: Path
) -> None:
    """Telegram tells no more than a hundred updates past the oldest that is not finished."""
    ada, ben = telegram.person("Ada"), telegram.person("Ben")
    for number in range(150):
        await ada.writes(f"{BADGE} {number}")
    await ada.writes(DANGER)
    await ben.writes(FALLS)
    async with serving(telegram, signposter, tmp_path, pace=Pace(chat=(10, 1.0))):
        await ben.hears(within=5)
        assert await telegram.until(
            lambda: any("116 123" in m.text for m in telegram.private_messages(ada))
        )
        await telegram.settles(within=20)
    said = [one.text for one in telegram.private_messages(ada)]
    assert said.count(chat.TOO_MANY) in (1, 2)  # once for each hundred that Telegram tells of
    assert 30 <= len([one for one in said if "lue Badge" in one]) < 100


async def test_a_group_gets_no_more_than_it_may_and_loses_nothing(
    telegram: Telegram, signposter: Signposter, tmp_path: Path
) -> None:
    from telegram_standin.rules import Limits

    telegram.change(mentions_pass_privacy=True)
    telegram.limit(Limits(group_minute=12, minute=1.0, chat_burst=50))
    ada = telegram.person("Ada")
    pace = Pace(group=(12, 1.05))
    async with serving(telegram, signposter, tmp_path, pace=pace) as running:
        group = await telegram.group_with_bot("Carers of Lewisham", ada)
        await ada.hears(group)  # its hello
        asked = [f"@{telegram.username} {BADGE} {number}" for number in range(50)]
        for each in asked:
            await ada.writes(each, group)
        replies = [await ada.hears(group, within=15) for _ in asked]
        async with httpx.AsyncClient(base_url=running.address) as client:
            told = (await client.get("/metrics")).text
    assert [one.reply_to.text for one in replies if one.reply_to] == asked
    assert "signpost_send_retries_total 0.0" in told  # Telegram never had to refuse


def test_what_is_logged_is_one_line_of_fields() -> None:
    from signpost_bot.logs import Logfmt, took

    record = logging.makeLogRecord(
        {"levelno": logging.WARNING, "levelname": "WARNING", "msg": 'a "b"\nc', "created": 0}
        | took(0.0123)
    )
    line = Logfmt().format(record)
    assert line == 'time=1970-01-01T00:00:00.000Z level=warning what="a \\"b\\"\\nc" ms=12'
    token = logging.makeLogRecord({"msg": "at /bot123456789:AAabcdefghijklmnopqrstuvwxyz_0/x"})
    assert "AAabc" not in Logfmt().format(token)
