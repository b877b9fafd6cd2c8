"""The program at work in this process, as the tests of the bot in Telegram share it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
import uvicorn
from telegram_standin.people import Person
from telegram_standin.places import Place
from telegram_standin.telegram import Telegram
from telegram_standin.world import Message

from signpost_bot.channels.passing_on import PassingOn
from signpost_bot.channels.telegram.running import TelegramBot
from signpost_bot.channels.telegram.sending import Pace
from signpost_bot.channels.web.app import create_app
from signpost_bot.questions.conversations import Conversations
from signpost_bot.questions.keeper import Keeper
from signpost_bot.signposter import Signposter
from signpost_bot.store import Store

T = TypeVar("T")

SECRET = b"a secret of the tests, long enough"
BOT = "@signpost_bot"
FALLS = "mum keeps falling what can help her"
DEBT = "bailiffs are coming and i cannot pay my debts"
DANGER = "my husband hits me and i am scared he will do it again tonight"
UNKNOWN = "who tunes a church organ"


class Served:
    """The program at work, and what it keeps."""

    def __init__(self, store: Store, bot: TelegramBot, address: str) -> None:
        self.store = store
        self.bot = bot
        self.address = address

    async def waiting(self) -> list[str]:
        """The words that wait for a maintainer."""
        return [one.text async for one in self.store.waiting()]


@asynccontextmanager
async def serving(
    telegram: Telegram,
    signposter: Signposter,
    place: Path,
    *,
    webhook: bool = False,
    limits: bool = True,
    keeps: bool = True,
    **more: Any,
) -> AsyncIterator[Served]:
    """The whole program, but for the process: web page, store and bot.

    Args:
        place: the folder of the database, ``signpost.db``.
        limits: False sends at once.
        keeps: False keeps nothing.
        more: for the bot.
    """
    store = Store(place / "signpost.db")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        made: list[TelegramBot] = []

        def bot(passing_on: PassingOn) -> TelegramBot:
            made.append(
                TelegramBot(
                    telegram.token,
                    signposter,
                    passing_on,
                    Conversations(store, SECRET) if keeps else None,
                    secret=SECRET,
                    api_url=telegram.url,
                    webhook_url=address if webhook else None,
                    operator="Example Carers",
                    **{"pace": Pace() if limits else None, "give_up": pytest.fail, **more},
                )
            )
            return made[0]

        keeper = Keeper(store) if keeps else None
        app = create_app(signposter, keeper, operator="Example Carers", telegram=bot)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
        server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        task = asyncio.create_task(server.serve([listening]))
        try:
            yield Served(store, made[0], address)
        finally:
            server.should_exit = True
            await task


async def ask(
    person: Person, text: str, where: Place | None = None, **how: Any
) -> Message:
    """Write and hear the answer."""
    await person.writes(text, where, **how)
    return await person.hears(where)


async def comes(find: Callable[[], Awaitable[list[T]]]) -> list[T]:
    """What is found, once anything is."""
    for _ in range(100):
        if found := await find():
            return found
        await asyncio.sleep(0.02)
    return []
