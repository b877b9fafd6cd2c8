"""How administrators set the bot up for their group: by buttons, and by replies to its prompts."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from typing import Literal

from telegram import CallbackQuery, ChatMember, Message
from telegram.error import BadRequest
from telegram.ext import ExtBot

from signpost_bot.channels.telegram.addressed import is_anonymous
from signpost_bot.channels.telegram.buttons import Button, Keyboard, Press
from signpost_bot.channels.telegram.community import Communities, Community, switched
from signpost_bot.channels.telegram.group_speaking import GroupSpeaker
from signpost_bot.channels.telegram.sending import Urgency
from signpost_bot.channels.telegram.speaking import acknowledge
from signpost_bot.model import Reply
from signpost_bot.replies import chat, groups
from signpost_bot.signposter import Signposter

_LONGEST_NAME = 60  # characters
_LONGEST_PLACE = 100
_HOURS = re.compile(
    r"(?:from|between)?\s*(\d{1,2})(?:[:.]00)?\s*(?:to|until|till|and|-|–)\s*(\d{1,2})(?:[:.]00)?",
    re.IGNORECASE,
)
_PACK = "pack:"
_NONE = ("none", "no", "off", "-")


async def is_administrator(bot: ExtBot[Urgency], chat_id: int, person: int) -> bool:
    """Whether somebody runs this group, as Telegram knows it now."""
    try:
        member = await bot.get_chat_member(chat_id, person)
    except BadRequest:
        return False
    return member.status in (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


class Setup:
    """Shows and changes how the bot works in a group. Telegram is asked each time who may."""

    def __init__(
        self, speaker: GroupSpeaker, communities: Communities, signposter: Signposter
    ) -> None:
        self._speaker = speaker
        self._communities = communities
        self._signposter = signposter
        packs = signposter.knowledge.packs
        self._names = ("", *packs) if packs else ()  # "": the national one alone

    async def asked(self, message: Message) -> None:
        """``/setup``."""
        if await self._may(message):
            community = await self._communities.of(message.chat_id)
            await self._speaker.say(message, self._shown(community), self._keyboard(community))
        else:
            await self._speaker.say(message, chat.said(groups.ADMINISTRATORS_ONLY))

    async def pressed(self, query: CallbackQuery, message: Message, what: str) -> None:
        """A button under how the bot is set up; ``message`` is changed in place."""
        if not await is_administrator(self._speaker.bot, message.chat_id, query.from_user.id):
            await acknowledge(query, groups.ADMINISTRATORS_ONLY, alert=True)
        elif what in groups.PROMPTS:
            await acknowledge(query)
            await self._speaker.say(message, chat.said(groups.PROMPTS[what]), asks=True)
        elif what == "packs":
            await acknowledge(query)
            await self._speaker.put_under(message, self._packs())
        elif what.startswith(_PACK):
            await self._choose(query, message, what.removeprefix(_PACK))
        elif what == "smalltalk":
            await self._switch(query, message, "smalltalk")
        elif what == "digest":
            await self._switch(query, message, "digest")
        elif what == "done":
            await acknowledge(query)
            community = await self._communities.of(message.chat_id)
            shown = self._shown(community)
            done = Reply((*shown.parts, *chat.said(groups.SETUP_DONE).parts))
            await self._speaker.say(message, done, in_place_of=message.message_id)
        else:
            await acknowledge(query, chat.TOO_OLD)

    async def replied(self, message: Message, text: str) -> bool:
        """Whether a reply to a message of ours was the value that a prompt asked for."""
        to = message.reply_to_message
        what = next((k for k, words in groups.PROMPTS.items() if to and to.text == words), None)
        if what is None:
            return False
        if not await self._may(message):
            await self._speaker.say(message, chat.said(groups.ADMINISTRATORS_ONLY))
            return True
        community = await self._communities.of(message.chat_id)
        changed = self._changed(community, what, " ".join(text.split()))
        if isinstance(changed, str):
            await self._speaker.say(message, chat.said(changed))
        elif await self._communities.change(message.chat_id, changed):
            await self._speaker.say(message, self._shown(changed), self._keyboard(changed))
        else:
            await self._speaker.say(message, chat.said(groups.SETUP_GONE))
        return True

    async def _choose(self, query: CallbackQuery, message: Message, sign: str) -> None:
        """One pack, or all of them, or none."""
        found = [name for name in (None, *self._names) if _sign(name) == sign]
        if found:
            community = await self._communities.of(message.chat_id)
            await self._keep(query, message, replace(community, pack=found[0]))
        else:
            await acknowledge(query, chat.TOO_OLD)

    async def _switch(
        self, query: CallbackQuery, message: Message, what: Literal["smalltalk", "digest"]
    ) -> None:
        changed = switched(await self._communities.of(message.chat_id), what)
        if changed.digest and not changed.name:
            await acknowledge(query, groups.NAME_FIRST, alert=True)
        else:
            await self._keep(query, message, changed)

    async def _keep(self, query: CallbackQuery, message: Message, changed: Community) -> None:
        if await self._communities.change(message.chat_id, changed):
            await acknowledge(query)
            number = message.message_id
            await self._speaker.say(
                message, self._shown(changed), self._keyboard(changed), in_place_of=number
            )
        else:
            await acknowledge(query, groups.SETUP_GONE, alert=True)

    async def _may(self, message: Message) -> bool:
        if is_anonymous(message):
            return True  # only administrators can speak in the group's name
        person = message.from_user
        return person is not None and await is_administrator(
            self._speaker.bot, message.chat_id, person.id
        )

    def _changed(self, community: Community, what: str, value: str) -> Community | str:
        """How it is set up with this value, or what is wrong with that."""
        cleared = value.lower() in _NONE
        if what == "name":
            if cleared:
                return replace(community, name=None, digest=False)
            too_long = len(value) > _LONGEST_NAME
            return groups.NAME_TOO_LONG if too_long else replace(community, name=value)
        if what == "place":
            value = value[:_LONGEST_PLACE]
            places = () if cleared else self._signposter.place(value)
            if len(places) != 1 and not cleared:
                return groups.not_one_place(value, places)
            return replace(community, place=None if cleared else places[0])
        hours = None if cleared else _HOURS.fullmatch(value)
        if hours is None:
            return replace(community, quiet=None) if cleared else groups.NOT_HOURS
        begins, ends = int(hours[1]), int(hours[2])
        if max(begins, ends) > 24 or begins % 24 == ends % 24:
            return groups.NOT_HOURS
        return replace(community, quiet=(begins % 24, ends % 24))

    def _shown(self, community: Community) -> Reply:
        known = community.pack is None or community.pack in self._names
        return groups.setup(
            community.name,
            community.place,
            smalltalk=community.smalltalk,
            quiet=community.quiet,
            digest=community.digest,
            knows=groups.knowing(community.pack if known else None) if self._names else None,
        )

    def _keyboard(self, community: Community) -> Keyboard:
        texts = ["name", "place", "quiet", *(["packs"] if self._names else [])]
        return [
            [Button(groups.SETUP_BUTTONS[name], Press("setup", name)) for name in texts],
            [Button(groups.switch("smalltalk", community.smalltalk), Press("setup", "smalltalk"))],
            [Button(groups.switch("digest", community.digest), Press("setup", "digest"))],
            [Button(groups.SETUP_BUTTONS["done"], Press("setup", "done"))],
        ]

    def _packs(self) -> Keyboard:
        return [
            [Button(groups.knowing(name), Press("setup", f"{_PACK}{_sign(name)}"))]
            for name in (None, *self._names)
        ]


def _sign(pack: str | None) -> str:
    """Letters that stand for a pack on a button, where its name may be too long."""
    return "all" if pack is None else sha256(pack.encode()).hexdigest()[:16]
