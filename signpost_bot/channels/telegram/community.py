"""How the bot works in one group: what its administrators set, kept without the group's number."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from signpost_bot.channels.telegram.memory import CHANNEL, PATIENCE, recalled, remembered
from signpost_bot.errors import StoreError
from signpost_bot.model import Place
from signpost_bot.questions.conversations import Conversation, Conversations
from signpost_bot.questions.daily import HERE
from signpost_bot.questions.locking import Lock
from signpost_bot.questions.redact import outward
from signpost_bot.signposter import Signposter

_TRIES = 5  # at a list that another copy writes too


@dataclass(frozen=True, slots=True)
class Community:
    """What was set for a group, or what we take where nothing was."""

    name: str | None = None
    place: Place | None = None
    smalltalk: bool = True
    quiet: tuple[int, int] | None = None  # the hours at which it begins and ends
    digest: bool = False
    pack: str | None = None  # see Question

    def is_quiet(self, now: datetime) -> bool:
        """Whether this moment is in the quiet hours."""
        if self.quiet is None:
            return False
        begins, ends = self.quiet
        hour = now.astimezone(HERE).hour
        return begins <= hour < ends if begins < ends else not ends <= hour < begins


class Communities:
    """Reads and writes what was set. Where it cannot be read in time, the bot goes on without.

    Args:
        conversations: None remembers nothing.
    """

    def __init__(self, conversations: Conversations | None, signposter: Signposter) -> None:
        self._conversations = conversations
        self._signposter = signposter
        self._turn = asyncio.Lock()

    async def of(self, chat_id: int) -> Community:
        """What was set for a group."""
        found: Mapping[str, Any] = {}
        with suppress(StoreError, TimeoutError):
            found = await self._found(chat_id)
        places = self._signposter.place(str(found["place"])) if found.get("place") else ()
        quiet = found.get("quiet")
        return Community(
            name=found.get("name"),
            place=places[0] if places else None,
            smalltalk=bool(found.get("smalltalk", True)),
            quiet=(int(quiet[0]), int(quiet[1])) if quiet else None,
            digest=bool(found.get("digest")),
            pack=found.get("pack"),
        )

    async def change(self, chat_id: int, community: Community) -> bool:
        """Keep what an administrator set; False when it could not be."""
        try:
            async with asyncio.timeout(2 * PATIENCE):
                before = await self._found(chat_id)  # what cannot be read must not be written over
                await self._keep(chat_id, community)
                if bool(before.get("digest")) != community.digest:
                    await self._list(chat_id, community.digest)
        except (StoreError, TimeoutError):
            return False
        return self._conversations is not None

    async def forget(self, chat_id: int) -> None:
        """Let go of a group.

        Raises:
            StoreError: it could not be done.
        """
        if self._conversations:
            await self._list(chat_id, False)
            await self._conversations.forget(self._key(chat_id))

    async def moved(self, old: int, new: int) -> None:
        """The group has another number from now on. May be told twice.

        Raises:
            StoreError: it could not be done.
        """
        if self._conversations is None:
            return
        now = datetime.now(UTC)
        settings = await self._conversations.settings(self._key(old), now)
        if not settings:
            return
        await self._conversations.set(self._key(new), settings)
        if settings.get("digest"):
            await self._list(new, True)
        await self.forget(old)

    # --- what an answer was about -----------------------------------------------------------

    async def conversation(self, chat_id: int, message: int) -> Conversation:
        """What a message was about, if that was less than half an hour ago.

        Args:
            message: the number of a question, or of our answer.
        """
        if self._conversations is None:
            return Conversation()
        return await recalled(self._conversations, self._key(chat_id, message))

    async def remember(self, chat_id: int, message: int, conversation: Conversation) -> None:
        """Keep what a message is about for half an hour."""
        if self._conversations:
            await remembered(self._conversations, self._key(chat_id, message), conversation)

    # --- the groups that want a digest ------------------------------------------------------

    async def wanting_digest(self) -> Mapping[int, str]:
        """The numbers of these groups, and the week for which each last had its digest.

        Raises:
            StoreError: it could not be read.
        """
        found = {}
        for entry in (await self._listed()).values():
            if chat_id := self._lock().unlocked(str(entry["chat"])):
                found[int(chat_id)] = str(entry.get("week", ""))
        return found

    async def had_digest(self, chat_id: int, week: str) -> None:
        """A group has had its digest for this week.

        Raises:
            StoreError: that could not be kept.
        """
        await self._list(chat_id, True, week)

    async def _list(self, chat_id: int, wanted: bool, week: str = "") -> None:
        """Put a group on the list, or take it off."""
        if self._conversations is None:
            return
        own = self._key(chat_id)
        async with self._turn:
            for _ in range(_TRIES):
                listed = dict(await self._listed())
                before = listed.pop(own, None)
                if not wanted and before is None:
                    return
                if wanted:
                    listed[own] = {"chat": self._lock().locked(str(chat_id)), "week": week}
                await self._conversations.set(self._list_key(), listed)
                # Another copy may have written its own list in between.
                now = await self._listed()
                if now.get(own) == listed.get(own):
                    return

    async def _listed(self) -> Mapping[str, Mapping[str, Any]]:
        if self._conversations is None:
            return {}
        return await self._conversations.settings(self._list_key(), datetime.now(UTC))

    def _lock(self) -> Lock:
        return self._made_by().lock("the numbers of groups that want a digest")

    def _list_key(self) -> str:
        return self._made_by().key(f"{CHANNEL} digests", "")

    # --- within -----------------------------------------------------------------------------

    async def _keep(self, chat_id: int, community: Community) -> None:
        settings: dict[str, Any] = {
            "name": community.name,
            "place": outward(community.place.name) if community.place else None,
            "smalltalk": community.smalltalk,
            "quiet": list(community.quiet) if community.quiet else None,
            "digest": community.digest,
            "pack": community.pack,
        }
        if self._conversations:
            await self._conversations.set(self._key(chat_id), settings)

    async def _found(self, chat_id: int) -> Mapping[str, Any]:
        if self._conversations is None:
            return {}
        async with asyncio.timeout(PATIENCE):
            return await self._conversations.settings(self._key(chat_id), datetime.now(UTC))

    def _key(self, chat_id: int, message: int | None = None) -> str:
        name = str(chat_id) if message is None else f"{chat_id}/{message}"
        return self._made_by().key(f"{CHANNEL} group", name)

    def _made_by(self) -> Conversations:
        assert self._conversations  # noqa: S101 - asked for only where something is remembered
        return self._conversations


def switched(community: Community, name: Literal["smalltalk", "digest"]) -> Community:
    """The same with one switch the other way."""
    if name == "digest":
        return replace(community, digest=not community.digest)
    return replace(community, smalltalk=not community.smalltalk)
