"""The bot from start to stop: by polling or by webhook."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from signpost_bot import logs
from signpost_bot.channels.passing_on import PassingOn
from signpost_bot.channels.telegram.alone import Links
from signpost_bot.channels.telegram.channel import UPDATES, Channel
from signpost_bot.channels.telegram.community import Communities
from signpost_bot.channels.telegram.digest import send_digests
from signpost_bot.channels.telegram.group_speaking import GroupSpeaker
from signpost_bot.channels.telegram.groups import GroupChats
from signpost_bot.channels.telegram.guest import Guests
from signpost_bot.channels.telegram.inline import Inline
from signpost_bot.channels.telegram.memory import Memory
from signpost_bot.channels.telegram.polling import AWAY, Poller
from signpost_bot.channels.telegram.private import PrivateChats
from signpost_bot.channels.telegram.reception import Reception
from signpost_bot.channels.telegram.seen import Seen
from signpost_bot.channels.telegram.sending import Limiter, Pace, make_bot
from signpost_bot.channels.telegram.webhook import Webhook, secret_token
from signpost_bot.questions.conversations import Conversations
from signpost_bot.questions.daily import regularly
from signpost_bot.signposter import Signposter

STOPPING = 2.0  # seconds for what is under way
CONFIRMING = 0.5  # seconds to tell Telegram what is finished
_PATH = "/telegram/webhook"
_CONNECTIONS = 100  # that Telegram may open to our webhook
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0

NOT_KNOWN = (
    "Telegram does not know the token in SIGNPOST_TELEGRAM_TOKEN. Copy it from BotFather again."
)
NOT_AN_ADDRESS = (
    "Telegram does not take the address in SIGNPOST_WEBHOOK_URL. It must begin with https://, lead "
    "to this program from the internet, and use port 443, 80, 88 or 8443."
)
STARTING = "The bot is starting or stopping."

log = logging.getLogger(__name__)


class TelegramBot:
    """Connects the program to Telegram.

    Args:
        token: from BotFather. It never comes into a log or a message.
        api_url: the root of a Bot API server; None is Telegram's own.
        webhook_url: where Telegram brings updates: ``https://...``, without the path. None asks
            for them.
        secret: the same for every copy of the program.
        give_up: called with a sentence when there is no way on.
        pace: how fast it sends; None as fast as it can, for measuring.
        clock: tells when digests and what was promised are due.
    """

    def __init__(
        self,
        token: str,
        signposter: Signposter,
        passing_on: PassingOn,
        conversations: Conversations | None,
        *,
        secret: bytes,
        api_url: str | None = None,
        webhook_url: str | None = None,
        operator: str | None = None,
        retention_days: int = 365,
        pace: Pace | None = Pace(),  # noqa: B008  # nothing in it can change
        give_up: Callable[[str], None] = log.error,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        logs.keep_the_token_out()
        metrics = passing_on.metrics
        self.bot = make_bot(token, api_url, Limiter(pace, metrics.sending))
        memory = Memory(conversations, signposter)
        chats = PrivateChats(
            self.bot,
            signposter,
            passing_on,
            memory,
            operator=operator,
            retention_days=retention_days,
        )
        self._promising = chats.promising
        self.communities = Communities(conversations, signposter)
        links = Links(secret, signposter.knowledge.topics)
        speaker = GroupSpeaker(self.bot)
        reception = Reception(
            chats,
            GroupChats(speaker, signposter, passing_on, self.communities, links),
            Inline(self.bot, signposter, memory),
            Guests(self.bot, signposter, passing_on, links),
            links,
        )
        store = passing_on.keeper.store if passing_on.keeper else None
        # Whoever asks for updates is alone, and goes on at once with what a crash left.
        seen = Seen(store, secrets.token_hex(8) if webhook_url else "poller")
        self.channel = Channel(self.bot, signposter, reception, seen, metrics)
        self._store = store
        self._topics = signposter.knowledge.topics
        self._holder = secrets.token_hex(8)
        self._webhook_url = webhook_url
        self._webhook_token = secret_token(secret, token)
        self._webhook = Webhook(self.channel, self._webhook_token)
        self._give_up = give_up
        self._clock = clock
        self._ready = asyncio.Event()
        self._began = time.monotonic()
        self._task: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The bot at work. Leaving finishes what is under way and leaves the rest to Telegram."""
        self._task = task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            self.stop()
            await asyncio.wait([task])
            with suppress(TelegramError):
                await self.bot.shutdown()

    def stop(self) -> None:
        """Begin to stop. May be called before `running` is left, so that time is not lost."""
        self._ready.clear()
        task, self._task = self._task, None
        if task:
            task.cancel()

    @property
    def routes(self) -> list[Route]:
        """``POST /telegram/webhook``, for the web server beside it."""
        return [Route(_PATH, self._updated, methods=["POST"])]

    async def _updated(self, request: Request) -> Response:
        if self._webhook_url is None:
            raise HTTPException(404)
        if not self._ready.is_set():
            raise HTTPException(503, STARTING)
        return await self._webhook(request)

    async def _run(self) -> None:
        try:
            await self._started()
            async with self._beside():
                if self._webhook_url:
                    await self._by_webhook(self._webhook_url)
                else:
                    await self._by_polling()
        except InvalidToken:
            self._give_up(NOT_KNOWN)
        except TelegramError as error:
            self._give_up(f"Telegram refused to start the bot: {type(error).__name__}.")
        except Exception as fault:
            # Not its message: it may hold an address with the token.
            self._give_up(f"The bot failed: this is a fault in Signpost ({type(fault).__name__}).")

    @asynccontextmanager
    async def _beside(self) -> AsyncIterator[None]:
        """What nobody asks for just now: digests of groups, and what was promised."""
        store, topics = self._store, self._topics
        if store is None:
            yield
            return

        async def digests(now: datetime) -> None:
            await send_digests(self.bot, self.communities, store, topics, now)

        works = [
            asyncio.create_task(regularly(work, name, store, self._holder, self._clock))
            for name, work in {"digests": digests, "promises": self._promising.keep_daily}.items()
        ]
        try:
            yield
        finally:
            for work in works:
                work.cancel()

    async def _by_webhook(self, url: str) -> None:
        address = url.rstrip("/") + _PATH
        self._ready.set()
        try:
            try:
                await self.bot.set_webhook(
                    address,
                    secret_token=self._webhook_token,
                    max_connections=_CONNECTIONS,
                    allowed_updates=UPDATES,
                )
            except BadRequest:
                self._give_up(NOT_AN_ADDRESS)
                return
            log.info("The bot is ready: Telegram brings updates.", extra=self._took())
            await asyncio.Event().wait()
        finally:
            # The webhook stays: other copies may be behind it, and what comes meanwhile waits at
            # Telegram. Only a copy that asks for updates itself removes it, when it starts.
            await self.channel.close(STOPPING)

    async def _by_polling(self) -> None:
        await self.bot.delete_webhook()
        log.info("The bot is ready: it asks Telegram for updates.", extra=self._took())
        poller = Poller(self.channel)
        self._ready.set()
        try:
            await poller.run()
        finally:
            await self.channel.close(STOPPING)
            with suppress(TimeoutError):
                async with asyncio.timeout(CONFIRMING):
                    await poller.confirm()

    def _took(self) -> dict[str, int]:
        return logs.took(time.monotonic() - self._began)

    async def _started(self) -> None:
        """Say hello to Telegram, again and again while it cannot be reached."""
        pause, told = _FIRST_PAUSE, False
        while True:
            try:
                await self.bot.initialize()
                await self.channel.introduce()
                return
            except (InvalidToken, BadRequest, Forbidden):
                raise
            except TelegramError as error:
                if not told:
                    log.warning(AWAY, type(error).__name__)
                told = True
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
