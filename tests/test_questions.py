"""What is kept of a question, in which order, and what happens when it cannot be."""

import asyncio
import csv
import io
import json
import logging
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from signpost_bot.knowledge import load_knowledge
from signpost_bot.meaning import Encoder
from signpost_bot.model import Answer, Match, Place, Question, Reply, Suggestion, Tally, Waiting
from signpost_bot.questions import daily
from signpost_bot.questions.alike import group
from signpost_bot.questions.conversations import Conversation, Conversations
from signpost_bot.questions.export import as_csv, as_json
from signpost_bot.questions.keeper import MOST_AT_ONCE, Keeper
from signpost_bot.questions.records import (
    Record,
    of_answer,
    of_helpful,
    of_suggestion,
    of_unhelpful,
)
from signpost_bot.questions.review import queue
from signpost_bot.signposter import Signposter
from signpost_bot.store import Store

ROOT = Path(__file__).parent.parent
DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(tmp_path / "signpost.db") as opened:
        yield opened


def waiting(text: str, **more: object) -> Waiting:
    return replace(Waiting(os.urandom(8).hex(), "unanswered", text, DAY, "web"), **more)  # type: ignore[arg-type]


def record(text: str) -> Record:
    return Record(waiting(text), (Tally(DAY, "outcome", "unanswered", "web"),))


async def texts(store: Store) -> list[str]:
    return [one.text async for one in store.waiting()]


# --- what an exchange leaves behind -----------------------------------------------------


def test_a_question_without_an_answer_is_kept_without_its_personal_details() -> None:
    asked = Question(
        "my son Alfie needs a magician, ring me on 07700 900123, SE6 4TW", channel="web"
    )
    answer = Answer(
        "unanswered",
        Reply(()),
        topics=(Match("play", 0.2), Match("leisure", 0.1)),
        place=Place("SE6 4TW", "england", ("lewisham",)),
    )
    kept = of_answer(asked, answer, DAY).waiting
    assert kept is not None
    assert "magician" in kept.text
    assert not any(word in kept.text for word in ("Alfie", "07700", "900123", "4TW"))
    assert (kept.place, kept.area) == ("SE6", "lewisham")
    assert kept.topics == (("play", 0.2), ("leisure", 0.1))
    assert kept.day == DAY


def test_an_answered_question_leaves_counts_and_no_words(signposter: Signposter) -> None:
    asked = Question("mum keeps falling, we are in Lewisham", channel="web", community="north")
    answer = signposter.answer(asked)
    left = of_answer(asked, answer, DAY)
    assert answer.outcome == "answer"
    assert left.waiting is None
    counted = {(t.about, t.name) for t in left.tallies}
    assert ("outcome", "answer") in counted
    assert ("topic", answer.topics[0].label) in counted
    assert ("area", "lewisham") in counted
    assert {name for about, name in counted if about == "service"} == {
        service.id for service in answer.services
    }
    assert {(t.channel, t.community) for t in left.tallies} == {("web", "north")}


def test_danger_leaves_one_count_and_nothing_beside_it(signposter: Signposter) -> None:
    asked = Question("my husband hits me", channel="web", community="north")
    answer = signposter.answer(asked)
    assert of_answer(asked, answer, DAY) == Record(
        tallies=(Tally(DAY, "danger", "domestic-abuse"),)
    )
    assert of_unhelpful(asked, "wrong-place", answer, DAY) == Record()


@pytest.mark.parametrize("said", ["hello", "thank you", "", "???", "Leeds"])
def test_what_is_no_question_does_not_wait(said: str, signposter: Signposter) -> None:
    asked = Question(said)
    assert of_answer(asked, signposter.answer(asked), DAY).waiting is None


def test_an_answer_that_did_not_help_is_kept_with_what_was_shown(signposter: Signposter) -> None:
    asked = Question("mum keeps falling")
    answer = signposter.answer(asked)
    kept = of_unhelpful(asked, "out-of-date", answer, DAY).waiting
    assert kept is not None
    assert (kept.kind, kept.reason) == ("unhelpful", "out-of-date")
    assert kept.services == tuple(service.id for service in answer.services)
    assert of_helpful(asked, DAY) == Record(tallies=(Tally(DAY, "helped", "yes", "terminal"),))


def test_a_suggestion_keeps_its_public_details_and_no_others() -> None:
    suggested = Suggestion(
        "Tea at the Hall",
        what="Tea for carers on Tuesdays. My mum Doreen Clarke loves it, 07700 900123",
        phone="020 7946 0000",
        email="hello@teahall.example",
        where="SE6 4TW",
    )
    kept = of_suggestion(suggested, "web", None, DAY).waiting
    assert kept is not None
    assert kept.suggestion is not None
    assert kept.suggestion.phone == "020 7946 0000"
    assert kept.suggestion.email == "hello@teahall.example"
    assert kept.suggestion.where == "SE6"
    assert "Doreen" not in f"{kept.suggestion.what}{kept.text}"
    assert "07700" not in f"{kept.suggestion.what}{kept.text}"


# --- keeping ----------------------------------------------------------------------------


async def test_what_is_said_to_be_kept_is_in_the_database(store: Store) -> None:
    async with Keeper(store, lambda text: bytes(768)) as keeper:
        assert await keeper.keep(record("who mends clocks"))
        assert keeper.ready
        found = [one async for one in store.waiting()]
    assert [(one.text, one.vector) for one in found] == [("who mends clocks", bytes(768))]
    assert await store.tallies() == [Tally(DAY, "outcome", "unanswered", "web")]


async def test_many_at_once_go_in_together_and_are_counted_once_each(store: Store) -> None:
    async with Keeper(store) as keeper:
        told = await asyncio.gather(*(keeper.keep(record(f"question {n}")) for n in range(500)))
    assert all(told)
    assert len(await texts(store)) == 500
    assert await store.tallies() == [Tally(DAY, "outcome", "unanswered", "web", number=500)]


async def test_what_still_waits_is_written_on_the_way_out(tmp_path: Path) -> None:
    store = Store(tmp_path / "signpost.db")
    async with Keeper(store) as keeper:
        waits = [asyncio.create_task(keeper.keep(record(f"{n}"))) for n in range(MOST_AT_ONCE + 5)]
        await asyncio.sleep(0)
    assert all(await asyncio.gather(*waits))
    assert len(await texts(store)) == MOST_AT_ONCE + 5
    await store.close()


async def test_words_are_kept_when_their_meaning_cannot_be(store: Store) -> None:
    def broken(text: str) -> bytes:
        raise RuntimeError("the model has gone")

    async with Keeper(store, broken) as keeper:
        assert await keeper.keep(record("who mends clocks"))
    assert [one.vector async for one in store.waiting()] == [None]


async def test_trouble_is_said_once_and_what_waited_is_kept_when_it_is_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    in_the_way = tmp_path / "data"
    in_the_way.write_text("a file where the folder should be")
    store = Store.at(None, in_the_way)
    with caplog.at_level(logging.INFO, "signpost_bot"):
        async with Keeper(store) as keeper:
            told = await asyncio.gather(*(keeper.keep(record(f"dad {n}")) for n in range(1_000)))
            assert not any(told)
            assert not keeper.ready
            assert keeper.trouble
            assert str(in_the_way) in keeper.trouble
            in_the_way.unlink()
            for _ in range(200):
                if keeper.ready:
                    break
                await asyncio.sleep(0.05)
            assert keeper.ready
    assert len(await texts(store)) == 1_000
    await store.close()
    said = [r.getMessage() for r in caplog.records if r.name.startswith("signpost_bot")]
    assert len(said) == 2, said
    assert "cannot be kept for now" in said[0]
    assert "back" in said[1]
    assert "dad" not in "".join(said)


async def test_what_was_lost_in_the_end_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "data").write_text("")
    async with Keeper(Store.at(None, tmp_path / "data")) as keeper:
        assert not await keeper.keep(record("who mends clocks"))
    assert "Lost, because it could never be kept: 1 of what was asked." in caplog.text


async def test_one_record_that_nothing_can_keep_does_not_stop_the_others(store: Store) -> None:
    poisoned = Record(replace(waiting("x"), day="no day"))  # type: ignore[arg-type]
    async with Keeper(store) as keeper:
        told = await asyncio.gather(
            *(keeper.keep(one) for one in (record("before"), poisoned, record("after")))
        )
        for _ in range(200):
            if len(await texts(store)) == 2:
                break
            await asyncio.sleep(0.05)
    assert told[1] is False
    assert sorted(await texts(store)) == ["after", "before"]


# --- killed -----------------------------------------------------------------------------

KILLED = """
import os, sys
from pathlib import Path
from signpost_bot.channels.keeping import Keeping
from signpost_bot.knowledge import load_knowledge
from signpost_bot.model import Question
from signpost_bot.questions.keeper import Keeper
from signpost_bot.questions.records import of_answer, today
from signpost_bot.signposter import Signposter
from signpost_bot.store import Store

data, caches = map(Path, sys.argv[1:])
signposter = Signposter.build(load_knowledge(), None, [caches])
for line in sys.stdin:
    if os.fork():
        os.wait()
        print("gone", flush=True)
        continue
    begun = int(line)
    with Keeping(lambda: Keeper(Store.at(None, data))) as keeping:
        for number in range(begun, begun + 1_000):
            asked = Question(f"who tunes church organ {number}")
            answer = signposter.answer(asked)
            print("answered", number, os.getpid(), flush=True)
            if keeping.kept(of_answer(asked, answer, today())):
                print("kept", number, os.getpid(), flush=True)
    os._exit(0)
"""


async def test_killed_at_any_moment_fifty_times_nothing_confirmed_is_lost(
    tmp_path: Path, caches: Path
) -> None:
    """The person has read before anything is kept; what was kept stays."""
    Signposter.build(load_knowledge(), None, [caches / "signpost-bot"])  # learned beforehand
    seed = random.randrange(1_000_000)
    moments = random.Random(seed)
    answered: set[int] = set()
    kept: set[int] = set()
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path), str(caches / "signpost-bot")],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as program:  # fmt: skip
        assert program.stdin and program.stdout
        for round_ in range(50):
            program.stdin.write(f"{round_ * 1_000}\n")
            program.stdin.flush()
            kill_at = None
            for line in program.stdout:
                if line == "gone\n":
                    break
                what, number, child = line.split()
                (answered if what == "answered" else kept).add(int(number))
                kill_at = kill_at or time.monotonic() + moments.uniform(0, 0.5)
                if time.monotonic() >= kill_at:
                    os.kill(int(child), signal.SIGKILL)
        program.stdin.close()
    async with Store(tmp_path / "signpost.db") as store:
        found = {int(text.split()[-1]) for text in await texts(store)}
    assert len(kept) >= 50, seed  # at least one in each round
    assert kept <= found <= answered, seed


# --- read by a maintainer ---------------------------------------------------------------

ASKED = (
    ("who can cut mums toenails", "lewisham"),
    ("someone to cut my mother's toe nails please", "leeds"),
    ("toenail cutting for dad at home", "lewisham"),
    ("where do I get a piano tuned", None),
)


async def asked(store: Store, encoder: Encoder | None) -> None:
    def vector(text: str) -> bytes | None:
        return encoder.encode([text])[0].astype(np.float16).tobytes() if encoder else None

    for days, (text, area) in enumerate(ASKED):
        one = waiting(
            text,
            day=DAY + timedelta(days=days),
            area=area,
            vector=vector(text),
            topics=(("foot-care", 0.4), ("nhs", 0.1)) if "nail" in text else (),
        )
        await store.keep([one])


async def test_what_most_people_ask_stands_first(store: Store, encoder: Encoder) -> None:
    await asked(store, encoder)
    first, second = (await queue(store)).needs
    assert {first.text, *first.wordings} == {text for text, _ in ASKED[:3]}
    assert first.count == 3
    assert first.places == [("lewisham", 2), ("leeds", 1)]
    assert first.topics[0] == ("foot-care", 0.4)
    assert first.days == (DAY, DAY + timedelta(days=2))
    assert second.text == ASKED[3][0]


async def test_without_a_model_alike_words_stand_together(store: Store) -> None:
    await store.keep([waiting("cut mums toenails"), waiting("toenails cut mums"), waiting("piano")])
    assert [need.count for need in (await queue(store)).needs] == [2, 1]


async def test_only_the_newest_are_put_together_and_the_rest_is_counted(store: Store) -> None:
    await store.keep([waiting(f"w{n}", day=DAY + timedelta(days=n)) for n in range(5)])
    found = await queue(store, most=2)
    assert {need.text for need in found.needs} == {"w3", "w4"}
    assert found.left_out == 3


def test_no_odd_question_chains_two_needs_together() -> None:
    """What lies half-way between two groups joins one of them and pulls no other in."""
    angle = np.deg2rad([0, 0, 0, 50, 100, 100, 100])
    vectors = np.zeros((7, 384), np.float16)
    vectors[:, 0], vectors[:, 1] = np.cos(angle), np.sin(angle)
    found = group([waiting(f"{n}", vector=v.tobytes()) for n, v in enumerate(vectors)])
    assert sorted(map(len, found)) == [3, 4]


@pytest.mark.parametrize(
    "typed",
    ["=1+1", "+44 20", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "\u200b=cmd()", '=LINK("1")'],
)
async def test_no_cell_is_a_formula(typed: str, store: Store) -> None:
    suggested = Suggestion(typed, what=typed, phone=typed)
    await store.keep(
        [waiting(typed), waiting(typed, kind="suggestion", suggestion=suggested, community=typed)]
    )
    rows = list(csv.reader(io.StringIO(as_csv(await queue(store)).removeprefix("\ufeff"))))
    cells = [cell for row in rows[1:] for cell in row]
    assert any("1" in c or "4" in c or "2" in c or "cmd" in c for c in cells)
    assert not any(cell[:1] in tuple("=+-@\t\r＝") for cell in cells if cell)
    assert all(len(row) == len(rows[0]) for row in rows)


async def test_the_csv_holds_all_that_waits(store: Store, encoder: Encoder) -> None:
    await asked(store, encoder)
    await store.keep([waiting("a, \"quoted\"\nword; £5")])
    rows = list(csv.DictReader(io.StringIO(as_csv(await queue(store)).removeprefix("\ufeff"))))
    assert [row["asked"] for row in rows] == ["3", "3", "3", "1", "1"]
    assert {row["need"] for row in rows[:3]} == {"1"}
    assert rows[0]["topics"] == "foot-care 0.40 nhs 0.10"
    assert "a, \"quoted\"\nword; £5" in {row["text"] for row in rows}


async def test_the_json_holds_all_that_waits(store: Store, encoder: Encoder) -> None:
    await asked(store, encoder)
    suggested = Suggestion("Tea", phone="020 7946 0000")
    await store.keep([waiting("Tea", kind="suggestion", suggestion=suggested)])
    found = json.loads(as_json(await queue(store)))
    assert [need["asked"] for need in found["needs"]] == [3, 1]
    assert found["needs"][0]["places"] == {"lewisham": 2, "leeds": 1}
    assert found["suggestions"][0]["suggestion"]["phone"] == "020 7946 0000"


# --- remembered for a while -------------------------------------------------------------


async def test_a_conversation_is_remembered_for_half_an_hour(store: Store) -> None:
    conversations = Conversations(store, b"s" * 32)
    key = conversations.key("telegram", "12345")
    said = Conversation(("falls",), Place("SE6 4TW", "england", ("lewisham",)))
    await conversations.remember(key, said, NOW)
    assert await conversations.recall(key, NOW + timedelta(minutes=29)) == Conversation(
        ("falls",), Place("SE6", "england", ("lewisham",))
    )
    assert await conversations.recall(key, NOW + timedelta(minutes=31)) == Conversation()
    await conversations.set(key, {"by_phone": True})
    assert await store.sweep(NOW + timedelta(minutes=31)) == 1
    assert await conversations.settings(key, NOW + timedelta(days=300)) == {"by_phone": True}
    assert await conversations.forget(key) == 1
    assert await conversations.settings(key, NOW) == {}


async def test_nobody_can_tell_whose_conversation_it_is(tmp_path: Path) -> None:
    async with Store(tmp_path / "signpost.db") as store:
        one, other = Conversations(store, b"1" * 32), Conversations(store, b"2" * 32)
        key = one.key("telegram", "7123456789")
        assert len(key) == 64
        assert key != other.key("telegram", "7123456789")
        assert key != one.key("web", "7123456789")
        await one.remember(key, Conversation(("falls",)), NOW)
    on_disk = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert key.encode() in on_disk
    assert b"7123456789" not in on_disk


# --- daily ------------------------------------------------------------------------------


async def test_what_is_old_is_forgotten_once_a_day_by_one_copy(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    old, young = NOW.date() - timedelta(days=366), NOW.date() - timedelta(days=364)
    await store.keep([waiting("an old question", day=old), waiting("a young one", day=young)])
    other = Store(tmp_path / "signpost.db")
    with caplog.at_level(logging.INFO, "signpost_bot"):
        did = await asyncio.gather(
            daily.do_daily_work(store, "one", 365, NOW),
            daily.do_daily_work(other, "other", 365, NOW),
        )
        assert sorted(did, key=str) == [1, None]
        assert await texts(store) == ["a young one"]
        assert "Forgot 1 records older than 365 days" in caplog.text
        assert await daily.do_daily_work(store, "one", 365, NOW + timedelta(hours=2)) is None
        assert await daily.do_daily_work(store, "one", 363, NOW + timedelta(days=1)) == 1
    await other.close()
    assert b"an old question" not in b"".join(f.read_bytes() for f in tmp_path.iterdir())


async def test_work_that_failed_is_tried_again_the_same_day(store: Store, tmp_path: Path) -> None:
    await store.keep([waiting("old", day=NOW.date() - timedelta(days=400))])
    with pytest.raises(OverflowError):
        await daily.do_daily_work(store, "one", 10_000_000, NOW)
    assert await daily.do_daily_work(store, "other", 365, NOW) == 1
