"""/suggest: a service that is missing, asked for field by field.

Nothing is kept meanwhile. What was said so far stands in our own messages: each answer is a reply
to one, and brings it along.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from telegram import CallbackQuery, Message, MessageEntity

from signpost_bot.channels.passing_on import PassingOn
from signpost_bot.channels.telegram.buttons import Button, Press
from signpost_bot.channels.telegram.memory import CHANNEL
from signpost_bot.channels.telegram.rendering import safe
from signpost_bot.channels.telegram.speaking import Speaker, acknowledge
from signpost_bot.channels.web import forms
from signpost_bot.questions.records import of_suggestion, today
from signpost_bot.replies import chat, wording

_NAMES = tuple(wording.SUGGESTION_FIELDS)


class Suggesting:
    """Asks for one field after another, shows them all, and passes them on."""

    def __init__(self, speaker: Speaker, passing_on: PassingOn) -> None:
        self._speaker = speaker
        self._passing_on = passing_on

    async def start(self, message: Message, _: str = "") -> None:
        """``/suggest``."""
        if self._passing_on.keeper is None:
            await self._speaker.say(message, chat.said(chat.NOTHING_KEPT))
            return
        await self._ask(message, [], (chat.SUGGEST, wording.SUGGEST))

    def asked_in(self, prompt: Message) -> bool:
        """Whether this message of ours asks for a field."""
        text = prompt.text or ""
        return any(text.endswith(_asking(name)) for name in _NAMES)

    async def answered(self, message: Message, prompt: Message, text: str) -> None:
        """The answer to one field: the next one, or all of them to be passed on."""
        said = _said(prompt)
        name = next(n for n in _NAMES if (prompt.text or "").endswith(_asking(n)))
        if chat.stops(text):
            await self._speaker.say(message, chat.said(chat.NOT_SENT))
            return
        said = said[: _NAMES.index(name)]
        value = "" if chat.leaves_out(text) else text
        _, wrong = forms.suggestion(dict(zip(_NAMES, [*said, value], strict=False)))
        if name in wrong:
            await self._ask(message, said, (wrong[name],))
            return
        said = [*said, value]
        if len(said) < len(_NAMES):
            await self._ask(message, said)
        else:
            rows = [
                [Button(words, Press("suggest", do))]
                for do, words in chat.SUGGEST_BUTTONS.items()
            ]
            await self._speaker.write(message, [_all_of(said, chat.ALL_OF_IT)], rows)

    async def pressed(self, query: CallbackQuery, message: Message, value: str) -> None:
        """All of it is passed on, or nothing."""
        ours = (message.message_id,)
        if value != "send":
            await acknowledge(query)
            await self._speaker.say(message, chat.said(chat.NOT_SENT), in_place_of=ours)
            return
        suggestion, _ = forms.suggestion(dict(zip(_NAMES, _said(message), strict=False)))
        if suggestion is None:
            await acknowledge(query, chat.TOO_OLD)
            return
        await acknowledge(query)
        kept = await self._passing_on.now(
            partial(of_suggestion, suggestion, CHANNEL, None, today())
        )
        words = wording.PASSED_ON if kept else wording.NOT_PASSED_ON
        await self._speaker.say(
            message, chat.said(f"{wording.THANKS} {words}"), in_place_of=ours
        )

    async def _ask(
        self, message: Message, said: Sequence[str], first: Sequence[str] = ()
    ) -> None:
        name = _NAMES[len(said)]
        so_far = [_all_of(said, chat.SO_FAR)] if said else []
        html = "\n\n".join([*so_far, *map(safe, first), safe(_asking(name))])
        await self._speaker.write(message, [html], asks=wording.SUGGESTION_FIELDS[name])


def _asking(name: str) -> str:
    """How a message ends that asks for this field."""
    how = chat.STOP if name == _NAMES[0] else chat.SKIP_OR_STOP
    return f"{wording.SUGGESTION_FIELDS[name]}\n{how}"


def _all_of(said: Sequence[str], title: str) -> str:
    """What was said, each in a quotation of its own so that it can be read back."""
    lines = [
        f"{chat.FIELDS[name]}\n<blockquote>{safe(value) or chat.LEFT_OUT}</blockquote>"
        for name, value in zip(_NAMES, said, strict=False)
    ]
    return "\n".join([title, *lines])


def _said(prompt: Message) -> list[str]:
    """What stands in the quotations of a message of ours."""
    quoted = prompt.parse_entities([MessageEntity.BLOCKQUOTE])
    values = [quoted[entity] for entity in sorted(quoted, key=lambda entity: entity.offset)]
    return ["" if value == chat.LEFT_OUT else value for value in values]
