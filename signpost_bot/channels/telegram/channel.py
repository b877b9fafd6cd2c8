"""The bot at work in Telegram: each update goes to whoever handles it, once and in its turn."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from telegram import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    Message,
    Update,
)
from telegram.error import Forbidden, TelegramError
from telegram.ext import ExtBot

from signpost_bot.channels.metrics import Metrics
from signpost_bot.channels.telegram.lanes import Lanes
from signpost_bot.channels.telegram.reception import Heeded, Reception
from signpost_bot.channels.telegram.seen import Seen, whose
from signpost_bot.channels.telegram.sending import Urgency
from signpost_bot.channels.telegram.speaking import reply_to, thread_of
from signpost_bot.matching.hearing import Heard
from signpost_bot.replies import chat, groups
from signpost_bot.signposter import Signposter
from signpost_bot.store.store import Claim

UPDATES = [  # what we ask Telegram to tell us
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
    "guest_message",
]
_EPHEMERAL = "ask"  # the command that Telegram shows to nobody but us
_PATIENCE_IN_DANGER = 0.5  # seconds that danger waits to know whether another copy is at it
_CALM = Heard()

log = logging.getLogger(__name__)


class HeldElsewhere(Exception):  # noqa: N818  # nothing went wrong
    """Another copy is at work on this update."""


class Channel:
    """Receives updates, from wherever they come.

    Args:
        bot: must be initialised.
        reception: knows what is for us, and who attends to it.
        seen: knows which updates are finished.
        metrics: counts what happens.
    """

    def __init__(
        self,
        bot: ExtBot[Urgency],
        signposter: Signposter,
        reception: Reception,
        seen: Seen,
        metrics: Metrics,
    ) -> None:
        self.bot = bot
        self._reception = reception
        self._seen = seen
        self._metrics = metrics
        self._listener = signposter.listener
        self._lanes = Lanes()
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._flooded: set[Hashable] = set()  # who has been told that it was too much
        # Danger is listened for in a thread of its own, so that it waits for no other answer.
        self._ears = ThreadPoolExecutor(1, "danger")

    async def introduce(self) -> None:
        """Tell Telegram what the bot is for and which commands it has."""
        commands = _commands(chat.COMMANDS)
        await self.bot.set_my_commands(commands, BotCommandScopeAllPrivateChats())
        await self.bot.set_my_commands(commands)
        in_groups = _commands(groups.COMMANDS)
        await self.bot.set_my_commands(in_groups, BotCommandScopeAllGroupChats())
        await self.bot.set_my_commands(
            [*in_groups, *_commands(groups.COMMANDS_OF_ADMINISTRATORS)],
            BotCommandScopeAllChatAdministrators(),
        )
        await self.bot.set_my_description(chat.ABOUT)
        await self.bot.set_my_short_description(chat.ABOUT_SHORT)

    def receive(self, update: Update) -> asyncio.Task[None] | None:
        """Handle an update in its turn.

        Returns:
            What ends when it is finished, and fails or is cancelled where it has to be told
            again; None when it was finished before.
        """
        number = update.update_id
        if self._seen.knows(number):
            return None
        if number not in self._under_way:
            task = asyncio.create_task(self._handle(update))
            self._under_way[number] = task
            task.add_done_callback(partial(self._ended, update, time.monotonic()))
        return self._under_way[number]

    async def close(self, seconds: float) -> None:
        """Let what is under way finish, for so long. What waits stays unfinished."""
        await self._lanes.close(seconds)
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)
        self._ears.shutdown(wait=False, cancel_futures=True)
        await self._seen.close()

    def _ended(self, update: Update, began: float, task: asyncio.Task[None]) -> None:
        del self._under_way[update.update_id]
        if task.cancelled() or task.exception():
            self._seen.let_go(update.update_id)
            return
        self._seen.finish(update.update_id, for_all=not update.inline_query)
        self._metrics.update_finished(kind_of(update), time.monotonic() - began)

    async def _handle(self, update: Update) -> None:
        """In its turn; danger past it.

        Raises:
            HeldElsewhere: another copy is at work on it.
        """
        heeded = self._reception.heeds(update)
        if heeded is None:
            return
        asked = self._ask(update)
        hearing = asyncio.create_task(self._hear(heeded.text))
        waiting = self._lanes.waiting(heeded.lane) + 1
        past = False

        async def in_turn() -> None:
            heard = await hearing
            if not past and await self._is_ours(asked, self._seen.patience):
                await self._attend(heeded, heard, waiting)

        async def now() -> None:
            if await self._is_ours(asked, _PATIENCE_IN_DANGER):
                await self._attend(heeded, await hearing, 1)

        if self._is_flooding(heeded, waiting):
            # Only danger is still listened for; of the rest they know that it is not answered.
            if (await hearing).alarm:
                await self._lanes.at_once(now)
            else:
                await self._say_too_many(heeded)
            return
        turn = self._lanes.put(heeded.lane, in_turn)
        if (await hearing).alarm:
            past = True
            await self._lanes.at_once(now)
        await turn

    def _is_flooding(self, heeded: Heeded, waiting: int) -> bool:
        """From more than we keep waiting, until half of it is answered."""
        if waiting <= heeded.most // 2:
            self._flooded.discard(heeded.lane)
        return waiting > heeded.most or heeded.lane in self._flooded

    def _ask(self, update: Update) -> asyncio.Future[Claim]:
        if update.inline_query:  # typing is not worth it: the next letter asks again
            ours: asyncio.Future[Claim] = asyncio.get_running_loop().create_future()
            ours.set_result("ours")
            return ours
        return self._seen.ask(update.update_id)

    async def _say_too_many(self, heeded: Heeded) -> None:
        """Say once that what one chat wrote too fast is not answered one by one.

        If it were, nobody else would be: Telegram tells no more than a hundred updates from the
        oldest on that is not finished.
        """
        if heeded.lane in self._flooded or not heeded.answerable:
            return
        self._flooded.add(heeded.lane)
        await self._say(heeded.answerable, chat.TOO_MANY)

    async def _is_ours(self, asked: asyncio.Future[Claim], patience: float) -> bool:
        """Whether we are to answer; False where it was answered before.

        Raises:
            HeldElsewhere: another copy is at it. Telegram is to tell it again, in case that fails.
        """
        claim = await whose(asked, patience)
        if claim == "theirs":
            raise HeldElsewhere
        return claim == "ours"

    async def _hear(self, text: str) -> Heard:
        if not text:
            return _CALM
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._ears, self._listener.hear, text)

    async def _attend(self, heeded: Heeded, heard: Heard, waiting: int) -> None:
        """Answer whatever it is.

        Args:
            waiting: how many updates of its lane were not finished when it came, with it.
        """
        try:
            await heeded.attend(heard, waiting)
        except Forbidden:
            pass  # they have blocked or removed the bot: nobody is there to be answered
        except TelegramError as error:
            # Telegram will say the same the next time.
            self._metrics.failed(error)
            log.error("Telegram refused an answer: %s", type(error).__name__)
        except Exception as fault:
            # Not its message: that may hold what somebody wrote.
            self._metrics.failed(fault)
            log.error("An update could not be handled: %s", type(fault).__name__)
            if heeded.answerable:
                await self._say(heeded.answerable, chat.FAULT)

    async def _say(self, message: Message, words: str) -> None:
        try:
            await self.bot.send_message(
                message.chat_id,
                words,
                message_thread_id=thread_of(message),
                reply_parameters=reply_to(message),
            )
        except TelegramError as error:
            log.error("Nor could that be said: %s", type(error).__name__)


def kind_of(update: Update) -> str:
    """What an update is, as Telegram names it."""
    return next((kind for kind in UPDATES if getattr(update, kind, None)), "other")


def _commands(known: Mapping[str, str]) -> list[BotCommand]:
    # Not known to python-telegram-bot yet: what follows such a command is shown to nobody else.
    seen_by_us = {"is_ephemeral": True}
    return [
        BotCommand(name, about, api_kwargs=seen_by_us if name == _EPHEMERAL else None)
        for name, about in known.items()
    ]
