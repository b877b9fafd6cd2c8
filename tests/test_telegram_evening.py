"""An evening of 500 messages while everything fails now and then, and the program is killed once.

Telegram answers a fifth of all calls with an error, tells us to wait at a tenth, breaks one
connection in twenty, and tells updates twice. Each question is answered once, in its turn.

The program is killed while Telegram takes nothing. Between Telegram's taking an answer and our
noting it lie milliseconds in which no program can be killed without doubt: there we answer once
more after the restart, because an answer twice is better than none.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from telegram_process import Bot, stopped

from signpost_bot.replies import chat

if TYPE_CHECKING:
    from telegram_standin.people import Person
    from telegram_standin.telegram import Telegram

pytest_plugins = ["telegram_standin.plugin"]

PEOPLE, GROUPS, IN_A_GROUP = 20, 5, 15
MESSAGES = 500

QUESTIONS = [
    "how do i get a blue badge",
    "mum keeps falling what can help her",
    "i need a break from caring",
    "carers allowance and my job",
    "who helps with dementia",
    "dad cant wash himself any more",
]
NOT_ANSWERS = {chat.SLOWLY}


async def test_an_evening(
    environment: dict[str, str], tmp_path: Path, telegram: Telegram
) -> None:
    telegram.change(mentions_pass_privacy=True)
    bot = Bot(telegram, environment, tmp_path)
    people = [telegram.person(f"Person {number}") for number in range(PEOPLE)]
    owner = telegram.person("Olive")
    groups: list[Any] = []
    chance = random.Random(7)
    plan: list[Any] = [group for group in range(GROUPS) for _ in range(IN_A_GROUP)]
    plan += [people[number % PEOPLE] for number in range(MESSAGES - len(plan))]
    chance.shuffle(plan)
    asked: dict[int, list[str]] = {}

    async def ask(some: list[Any]) -> None:
        for number, whoever in enumerate(some):
            question = f"{chance.choice(QUESTIONS)}, question {len(asked)}.{number}"
            place = groups[whoever] if isinstance(whoever, int) else None
            person: Person = owner if place else whoever
            words = f"@{telegram.username} {question}" if place else question
            await person.writes(words, place)
            asked.setdefault(place.chat.id if place else person.id, []).append(words)
            await asyncio.sleep(0.01)

    began = time.monotonic()
    async with bot.running() as child:
        for number in range(GROUPS):
            groups.append(await telegram.group_with_bot(f"Carers {number}", owner))
        await telegram.settles(within=20)
        fail(telegram)
        await ask(plan[: MESSAGES // 2])
        telegram.faults.clear()
        quiet(telegram)
        await noted(tmp_path)
        child.kill()
        child.communicate()
    telegram.faults.clear()
    async with bot.running() as child:
        fail(telegram)
        await ask(plan[MESSAGES // 2 :])
        await telegram.settles(within=120)
        said = await asyncio.to_thread(stopped, child)
    assert "level=error" not in said, said

    assert sum(map(len, asked.values())) == MESSAGES
    for place, questions in asked.items():
        answered = [
            one.reply_to.text
            for one in list(telegram.state.chats[place].messages)
            if one.sender is telegram.state.bot and one.reply_to and one.text not in NOT_ANSWERS
        ]
        assert answered == questions, place
    struck = [type(fault).__name__ for _, fault in telegram.faults.drawn]
    assert {"ServerError", "Flooded", "Dropped"} <= set(struck)
    print(f"{time.monotonic() - began:.0f} s, {len(struck)} faults")  # noqa: T201


def fail(telegram: Telegram) -> None:
    from telegram_standin.faults import Dropped, Flooded, ServerError

    telegram.faults.often(ServerError(), 0.2)
    telegram.faults.often(Flooded(1), 0.1)
    telegram.faults.often(Dropped(), 0.05)
    telegram.faults.double = 0.2


async def noted(place: Path) -> None:
    """All that Telegram took is noted as finished, as far as one can see from outside."""
    before = -1
    file = f"file:{place}/data/signpost.db?mode=ro"
    for _ in range(30):
        with closing(sqlite3.connect(file, uri=True)) as database:
            (done,) = database.execute("SELECT count(*) FROM updates WHERE done").fetchone()
        if done == before:
            return
        before = done
        await asyncio.sleep(3)
    raise AssertionError("updates are still being finished, though Telegram takes nothing")


def quiet(telegram: Telegram) -> None:
    """From now on Telegram takes no message."""
    from telegram_standin.faults import ServerError

    telegram.faults.often(ServerError(), 1.0)
