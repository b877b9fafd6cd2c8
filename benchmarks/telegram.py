"""How fast updates are answered through the webhook, beside a bot that only echoes.

    python benchmarks/telegram.py [--quick]

README.md beside this file says what is measured and how.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import platform
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from store import processor, resident  # the script beside this one

# Else this very file would be what the bots import as python-telegram-bot.
sys.path = [place for place in sys.path if Path(place) != Path(__file__).parent]

CHATS = 50  # side by side; in each, one question after another
SECONDS = 20.0
QUICK = 6.0
EARLY, LATE = 2_000, 20_000  # updates after which memory is compared
TOKEN = "123456789:AAbenchmark_token_that_opens_nothing"
SECRET = "benchmark_secret_of_32_letters_or_more"
HEADER = "X-Telegram-Bot-Api-Secret-Token"

QUESTIONS = [
    "how do i get a blue badge",
    "mum keeps falling and i cant lift her",
    "i need a break from caring",
    "what benefits can i claim as a carer",
    "anything by phone?",
    "who can sit with dad while i am at work",
    "se6",
    "thanks",
]


@dataclass(slots=True)
class Figures:
    """What one bot did."""

    a_second: float
    waits: list[float]  # seconds from bringing an update to hearing its answer

    def wait(self, share: float) -> float:
        """Milliseconds."""
        return 1_000 * sorted(self.waits)[int(share * (len(self.waits) - 1))]


class Telegram:
    """A Bot API that says yes to everything at once, and tells when an answer has come."""

    def __init__(self) -> None:
        self.answered: dict[int, asyncio.Event] = {}
        self._ids = itertools.count(1)

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/bot{token}/{method}", self._call, methods=["POST"])])

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"]
        form = await request.form() if method != "getMe" else {}
        if method == "getMe":
            me = {"id": 123456789, "is_bot": True, "first_name": "Bot", "username": "a_bot"}
            return JSONResponse({"ok": True, "result": me})
        if method == "sendMessage":
            place = int(str(form["chat_id"]))
            if place in self.answered:
                self.answered[place].set()
            sent = {"message_id": next(self._ids), "date": 1, "text": "sent"}
            chat = {"id": place, "type": "private"}
            return JSONResponse({"ok": True, "result": sent | {"chat": chat}})
        return JSONResponse({"ok": True, "result": True})


class People:
    """Bring what they write to the webhook: each chat its next update once it is answered."""

    def __init__(self, telegram: Telegram, url: str) -> None:
        self._telegram = telegram
        self._url = url
        self._numbers = itertools.count(1)
        self.done = 0

    async def write(self, until: float, most: int) -> Figures:
        waits: list[float] = []
        limits = httpx.Limits(max_connections=2 * CHATS, max_keepalive_connections=2 * CHATS)
        start = time.perf_counter()
        async with httpx.AsyncClient(timeout=60, limits=limits, trust_env=False) as client:
            chats = range(1_000_001, 1_000_001 + CHATS)
            await asyncio.gather(*(self._chat(client, c, until, most, waits) for c in chats))
        return Figures(len(waits) / (time.perf_counter() - start), waits)

    async def _chat(
        self, client: httpx.AsyncClient, chat: int, until: float, most: int, waits: list[float]
    ) -> None:
        while time.perf_counter() < until and self.done < most:
            self.done += 1
            number = next(self._numbers)
            heard = self._telegram.answered[chat] = asyncio.Event()
            begun = time.perf_counter()
            told = asyncio.create_task(
                client.post(self._url, json=_update(number, chat), headers={HEADER: SECRET})
            )
            async with asyncio.timeout(60):
                await heard.wait()
            waits.append(time.perf_counter() - begun)
            (await told).raise_for_status()


def _update(number: int, chat: int) -> dict[str, Any]:
    text = QUESTIONS[number % len(QUESTIONS)]
    place = {"id": chat, "type": "private", "first_name": "Ada"}
    sender = {"id": chat, "is_bot": False, "first_name": "Ada"}
    message = {"message_id": number, "date": 1, "chat": place, "from": sender, "text": text}
    return {"update_id": number, "message": message}


# --- the two bots, each in a process of its own ---------------------------------------------


async def ours(api: str, port: int, folder: Path) -> None:
    """The whole program but for its limits: database, records, danger and all."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `signpost-bot run` does

    from signpost_bot.channels.telegram import webhook
    from signpost_bot.channels.telegram.running import TelegramBot
    from signpost_bot.channels.web.app import create_app
    from signpost_bot.knowledge import load_knowledge
    from signpost_bot.meaning import Encoder
    from signpost_bot.meaning.danger import DangerReader
    from signpost_bot.questions.conversations import Conversations
    from signpost_bot.questions.keeper import Keeper
    from signpost_bot.settings import cache_folders
    from signpost_bot.signposter import Signposter
    from signpost_bot.store import Store

    signposter = Signposter.build(
        load_knowledge(), Encoder.load(), cache_folders(), reader=DangerReader.load()
    )
    store = Store(folder / "signpost.db")
    key = secrets.token_bytes(32)

    def bot(passing_on: Any) -> TelegramBot:
        made = TelegramBot(
            TOKEN,
            signposter,
            passing_on,
            Conversations(store, key),
            secret=key,
            api_url=api,
            webhook_url=f"http://127.0.0.1:{port}",
            pace=None,
        )
        made._webhook = webhook.Webhook(made.channel, SECRET)
        return made

    app = create_app(signposter, Keeper(store, signposter.matcher.meaning_of), telegram=bot)
    config = uvicorn.Config(app, port=port, log_level="error", access_log=False)
    await uvicorn.Server(config).serve()


async def echo(api: str, port: int, folder: Path) -> None:
    """What python-telegram-bot's own example of a webhook does, answering with the words."""
    from telegram import Update
    from telegram.ext import Application, ContextTypes, MessageHandler, filters

    application = (
        Application.builder()
        .token(TOKEN)
        .base_url(f"{api}/bot")
        .updater(None)
        .concurrent_updates(True)
        .build()
    )

    async def say_it_again(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and update.message.text:
            await update.message.reply_text(update.message.text)

    application.add_handler(MessageHandler(filters.TEXT, say_it_again))

    async def take(request: Request) -> Response:
        update = Update.de_json(await request.json(), application.bot)
        await application.update_queue.put(update)
        return Response()

    app = Starlette(routes=[Route("/telegram/webhook", take, methods=["POST"])])
    async with application:
        await application.start()
        config = uvicorn.Config(app, port=port, log_level="error", access_log=False)
        await uvicorn.Server(config).serve()
        await application.stop()


BOTS = {"ours": ours, "echo": echo}


# --- measuring ------------------------------------------------------------------------------


@asynccontextmanager
async def telegram_served() -> AsyncIterator[tuple[Telegram, str]]:
    telegram = Telegram()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        # The echo bot loses what it sends just when a connection is closed for being idle.
        config = uvicorn.Config(
            telegram.app(), log_level="error", access_log=False, timeout_keep_alive=600
        )
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve([listening]))
        yield telegram, f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        await task


@asynccontextmanager
async def bot_served(name: str, api: str, folder: Path) -> AsyncIterator[tuple[str, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, __file__, "--bot", name, api, str(port), str(folder)]
    child = subprocess.Popen(command)  # noqa: ASYNC220  # an instant
    url = f"http://127.0.0.1:{port}/telegram/webhook"
    try:
        async with httpx.AsyncClient(trust_env=False) as client:
            for _ in range(1_200):
                try:
                    told = await client.post(url, json={"update_id": 0}, headers={HEADER: SECRET})
                    if told.status_code < 300:
                        break
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.1)
        yield url, child.pid
    finally:
        child.terminate()
        child.wait(20)


async def measured(name: str, seconds: float, folder: Path) -> Figures:
    async with (
        telegram_served() as (telegram, api),
        bot_served(name, api, folder) as (url, _),
    ):
        people = People(telegram, url)
        await people.write(time.perf_counter() + 2, sys.maxsize)  # to warm up
        return await people.write(time.perf_counter() + seconds, sys.maxsize)


async def memory(early: int, late: int, folder: Path) -> tuple[float, float]:
    """Megabytes that our process has, early and late."""
    async with (
        telegram_served() as (telegram, api),
        bot_served("ours", api, folder) as (url, pid),
    ):
        people = People(telegram, url)
        await people.write(float("inf"), early)
        first = resident(pid)
        await people.write(float("inf"), late)
        return first, resident(pid)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="How fast updates of Telegram are answered.")
    parser.add_argument("--quick", action="store_true", help="a few seconds, without memory")
    parser.add_argument("--memory", action="store_true", help="only memory")
    parser.add_argument("--bot", nargs=4, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.bot:
        name, api, port, folder = asked.bot
        asyncio.run(BOTS[name](api, int(port), Path(folder)))
        return
    with tempfile.TemporaryDirectory(prefix="signpost-telegram-") as place:
        if not asked.memory:
            speed(QUICK if asked.quick else SECONDS, Path(place))
        if not asked.quick:
            first, last = asyncio.run(memory(EARLY, LATE, Path(place, "memory")))
            print(
                f"memory: {first:.0f} MB after {EARLY:,} updates, {last:.0f} MB after {LATE:,}: "
                f"{last - first:+.0f} MB"
            )
    parts = ("python-telegram-bot", "uvicorn", "httpx")
    versions = ", ".join(f"{part} {version(part)}" for part in parts)
    threads, python = os.cpu_count(), platform.python_version()
    print(f"\n{processor()}, {threads} threads; Python {python}, {versions}")


def speed(seconds: float, folder: Path) -> None:
    found = {}
    print(f"{CHATS} chats side by side, each its next message once the last is answered")
    print(f"  {'':<8} {'updates /s':>10}  {'p50 ms':>8}  {'p99 ms':>8}")
    for name in ("echo", "ours"):
        found[name] = one = asyncio.run(measured(name, seconds, folder / name))
        row = f"{one.a_second:>10,.0f}  {one.wait(0.5):>8,.0f}  {one.wait(0.99):>8,.0f}"
        print(f"  {name:<8} {row}", flush=True)
    print(f"  ratio    {found['ours'].a_second / found['echo'].a_second:>10.2f}")


if __name__ == "__main__":
    main()
