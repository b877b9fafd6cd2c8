"""What is said in a private chat."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from telegram import CallbackQuery, Message, User
from telegram.ext import ExtBot

from signpost_bot.channels.passing_on import PassingOn
from signpost_bot.channels.telegram import buttons, under
from signpost_bot.channels.telegram.answering import (
    COMMAND,
    Answering,
    about_word,
    in_thread,
)
from signpost_bot.channels.telegram.browsing import Browsing
from signpost_bot.channels.telegram.buttons import About, Button, Keyboard, Press
from signpost_bot.channels.telegram.feedback import Feedback
from signpost_bot.channels.telegram.memory import Memory, Settings
from signpost_bot.channels.telegram.promising import PARAMETER, Promising, can_tell
from signpost_bot.channels.telegram.sending import Urgency
from signpost_bot.channels.telegram.speaking import Speaker, acknowledge, is_ours
from signpost_bot.channels.telegram.suggesting import Suggesting
from signpost_bot.matching.hearing import Heard
from signpost_bot.model import Paragraph, Reply
from signpost_bot.replies import chat, privacy, urgent
from signpost_bot.signposter import Signposter

_MANY = 3  # messages of one person that wait
_MOST_DONE = 2_000  # albums and presses that are known to be done

T = TypeVar("T")


class PrivateChats:
    """Answers people who write to the bot alone.

    Args:
        memory: what is remembered from one message to the next.
    """

    def __init__(
        self,
        bot: ExtBot[Urgency],
        signposter: Signposter,
        passing_on: PassingOn,
        memory: Memory,
        *,
        operator: str | None = None,
        retention_days: int = 365,
    ) -> None:
        self.bot = bot
        self.signposter = signposter
        self.passing_on = passing_on
        self.memory = memory
        self.operator = operator
        self.retention_days = retention_days
        self.speaker = Speaker(bot)
        self.promising = Promising(
            self.speaker, signposter, memory.promises(retention_days), retention_days
        )
        self.answering = Answering(
            self.speaker, signposter, passing_on, memory, promises=self.promising.can
        )
        self._placing = self.answering.placing
        self._feedback = Feedback(self.answering)
        self._browsing = Browsing(self.speaker, signposter, memory, self.answering.browsed)
        self._suggesting = Suggesting(self.speaker, passing_on)
        self._albums: OrderedDict[str, None] = OrderedDict()
        self._done: OrderedDict[tuple[int, int, str], None] = OrderedDict()
        self._commands: Mapping[str, Callable[[Message, str], Awaitable[None]]] = {
            "start": self._start,
            "help": self._help,
            "topics": self._topics,
            "near": self._placing.command,
            "what": self._what,
            "urgent": self._urgent,
            "suggest": self._suggesting.start,
            "privacy": self._privacy,
            "forget": self._forget,
            "settings": self._settings_shown,
        }

    # --- what comes in --------------------------------------------------------------------

    async def wrote(self, message: Message, user: User, heard: Heard, waiting: int) -> None:
        """A message: a question, a command, or something that is no words.

        Args:
            waiting: how many messages of theirs are not answered yet, this one among them.
        """
        text = message.text or message.caption
        if not text:
            await self._no_words(message)
        elif heard.alarm:
            await self.answering.in_danger(message, text, heard, heard.alarm)
        else:
            if waiting == _MANY:
                await self.speaker.say(message, chat.said(chat.SLOWLY))
            await self._said(message, text, heard)

    async def edited(self, message: Message, heard: Heard) -> None:
        """A question put another way: its answer changes with it; danger gets a new message."""
        text = message.text or message.caption
        if not text:
            return  # such as a location that moves: where it began is what counts
        if heard.alarm:
            await self.answering.in_danger(message, text, heard, heard.alarm)
            return
        conversation = await self.memory.conversation(message.chat_id)
        ours = conversation.answers_to(message.message_id)
        await self._said(message, text, heard, ours)

    async def pressed(self, query: CallbackQuery) -> None:
        """A button under one of our messages."""
        press = buttons.read(query.data or "")
        message = query.message
        if press is None or not isinstance(message, Message):
            await acknowledge(query, chat.TOO_OLD)
            return
        match press.act:
            case "helped" | "why" | "suggest" if self._is_done(message, press):
                await acknowledge(query, chat.ALREADY)
            case "helped":
                await self._feedback.helped(query, message)
            case "why":
                await self._feedback.unhelpful(query, message, press.value)
            case "suggest":
                await self._suggesting.pressed(query, message, press.value)
            case "set":
                await self._set(query, message, press.value)
            case _:
                await acknowledge(query)
                await self._followed(message, press)

    async def _followed(self, message: Message, press: Press) -> None:
        """What a button leads to that needs no word back."""
        match press.act:
            case "wrong":
                await self.speaker.put_under(message, under.reasons(About.read(press.value)))
            case "urgent":
                await self._urgent(message, "")
            case "near" if press.value:
                await self._placing.pressed(message, press.value)
            case "near":
                settings = await self.memory.settings(message.chat_id)
                await self._placing.ask(message, known=settings.place)
            case "groups" | "group" | "browse":
                await self._browsing.show(message, press)
            case "tell":
                await self.promising.pressed(message, press.value)
            case _:
                await self.answering.again(message, press)

    async def _said(
        self, message: Message, text: str, heard: Heard, ours: Sequence[int] = ()
    ) -> None:
        """Words that speak of no danger.

        Args:
            ours: the messages that answered them before they were changed.
        """
        asked = message.reply_to_message
        prompt = asked if asked and is_ours(asked) else None
        if command := COMMAND.fullmatch(text):
            known = self._commands.get(command[1].lower())
            if known:
                await known(message, command[2].strip())
            else:
                await self.speaker.say(message, chat.said(chat.UNKNOWN_COMMAND))
        elif prompt and self._suggesting.asked_in(prompt):
            await self._suggesting.answered(message, prompt, text)
        elif prompt and chat.asks_which_word(prompt.text or ""):
            await self._what(message, text)
        else:
            asks_where = bool(prompt and chat.asks_where(prompt.text or ""))
            await self.answering.asked(message, text, heard, ours, asks_where=asks_where)

    async def _no_words(self, message: Message) -> None:
        """A spot on a map, or a picture, a voice: one kind sentence, for an album too."""
        if message.media_group_id:
            if message.media_group_id in self._albums:
                return
            _note(self._albums, message.media_group_id)
        spot = message.venue.location if message.venue else message.location
        asked = message.reply_to_message
        if spot and asked and is_ours(asked) and self._suggesting.asked_in(asked):
            # It is where a service is, not they themselves.
            await self.speaker.say(message, chat.said(chat.NO_MAPS))
        elif spot:
            await self._placing.shared(message, spot)
        elif message.effective_attachment or message.contact:
            await self.speaker.say(message, chat.said(chat.ONLY_WORDS))

    def _is_done(self, message: Message, press: Press) -> bool:
        """Whether this very button was pressed before."""
        done = (message.chat_id, message.message_id, f"{press.act}{press.value}")
        if done in self._done:
            return True
        _note(self._done, done)
        return False

    # --- commands -------------------------------------------------------------------------

    async def _start(self, message: Message, parameter: str) -> None:
        if parameter.startswith("t_") and parameter[2:] in self.signposter.knowledge.topics:
            await self._browsing.show(message, Press("browse", parameter[2:]), new=True)
        elif parameter == "urgent":
            await self._urgent(message, "")
        elif parameter.startswith(PARAMETER):
            await self._link_opened(message, parameter.removeprefix(PARAMETER))
        else:
            await self.speaker.say(message, chat.said(*chat.HELLO), under.danger())

    async def _link_opened(self, message: Message, code: str) -> None:
        """Ask again what somebody once asked: we may know by now."""
        question = await self.promising.question_of(message, code)
        if question is None:
            return
        answer = await in_thread(partial(self.signposter.answer, question))
        if not can_tell(answer):
            await self.speaker.say(message, chat.said(chat.NOT_YET))
            return
        reply = Reply((Paragraph(chat.CAN_ANSWER), *answer.reply.parts), answer.reply.choices)
        settings, conversation = await self.memory.of(message.chat_id)
        # The message above is no question, so the buttons have to know the need.
        question = replace(question, topic=answer.topics[0].label if answer.topics else None)
        await self.answering.reply(
            message, question, replace(answer, reply=reply), settings, conversation, counts=False
        )

    async def _help(self, message: Message, _: str) -> None:
        await self.speaker.say(message, chat.said(*chat.HELP))

    async def _urgent(self, message: Message, _: str) -> None:
        nation = await self.answering.nation(message.chat_id)
        await self.speaker.say(message, urgent.card(nation), urgency="danger")

    async def _privacy(self, message: Message, _: str) -> None:
        keeps = self.retention_days if self.passing_on.keeper else None
        notice = privacy.notice(
            retention_days=keeps, operator=self.operator, also=privacy.IN_TELEGRAM
        )
        await self.speaker.say(message, notice)

    async def _what(self, message: Message, word: str) -> None:
        if not word:
            await self.speaker.say(
                message, chat.said(chat.WHICH_WORD), asks=chat.BUTTONS["word"]
            )
            return
        settings, conversation = await self.memory.of(message.chat_id)
        question = self.answering.question(about_word(word), settings, conversation)
        answer = await in_thread(partial(self.signposter.answer, question))
        if answer.outcome in ("jargon", "answer"):
            await self.answering.reply(message, question, answer, settings, conversation)
        else:
            await self.speaker.say(message, chat.said(chat.NOT_A_WORD))

    async def _forget(self, message: Message, _: str) -> None:
        forgotten = await self.promising.forget(message.chat_id)
        forgotten = await self.memory.forget(message.chat_id) and forgotten
        words = chat.FORGOTTEN if forgotten else chat.NOT_FORGOTTEN
        await self.speaker.say(message, chat.said(words))

    async def _settings_shown(self, message: Message, _: str) -> None:
        settings = await self.memory.settings(message.chat_id)
        await self.speaker.say(message, chat.settings_of(settings.place), _switches(settings))

    async def _set(self, query: CallbackQuery, message: Message, name: str) -> None:
        if name not in ("by_phone", "short"):
            await acknowledge(query, chat.TOO_OLD)
            return
        settings = await self.memory.settings(message.chat_id)
        kept = await self.memory.change(message.chat_id, **{name: not getattr(settings, name)})
        await acknowledge(query, None if kept else chat.NOT_REMEMBERED)
        changed = await self.memory.settings(message.chat_id)
        await self.speaker.put_under(message, _switches(changed))

    async def _topics(self, message: Message, _: str) -> None:
        await self._browsing.show(message, Press("groups"), new=True)


def _switches(settings: Settings) -> Keyboard:
    return [
        [Button(chat.BUTTONS["where" if settings.place else "here"], Press("near"))],
        [Button(chat.switch("by_phone", settings.by_phone), Press("set", "by_phone"))],
        [Button(chat.switch("short", settings.short), Press("set", "short"))],
    ]


def _note(done: OrderedDict[T, None], one: T) -> None:
    done[one] = None
    if len(done) > _MOST_DONE:
        done.popitem(last=False)
