"""The program at work in this process, as the tests of the bot in Telegram share it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from telegram_standin.telegram import Telegram

from signpost_bot.channels.passing_on import PassingOn
from signpost_bot.channels.telegram.running import TelegramBot
from signpost_bot.channels.telegram.sending import Pace
from signpost_bot.channels.web.app import create_app
from signpost_bot.questions.conversations import Conversations
from signpost_bot.questions.keeper import Keeper
from signpost_bot.signposter import Signposter
from signpost_bot.store import Store

SECRET = b"a secret of the tests, long enough"
FALLS = "mum keeps falling what can help her"


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
    **more: Any,
) -> AsyncIterator[Served]:
    """The whole program, but for the process: web page, store and bot.

    Args:
        place: the folder of the database, ``signpost.db``.
        limits: False sends at once.
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
                    Conversations(store, SECRET),
                    secret=SECRET,
                    api_url=telegram.url,
                    webhook_url=address if webhook else None,
                    operator="Example Carers",
                    **{"pace": Pace() if limits else None, "give_up": pytest.fail, **more},
                )
            )
            return made[0]

        app = create_app(signposter, Keeper(store), operator="Example Carers", telegram=bot)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
        server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        task = asyncio.create_task(server.serve([listening]))
        try:
            yield Served(store, made[0], address)
        finally:
            server.should_exit = True
            await task
