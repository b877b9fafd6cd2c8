"""What the bot has yet to hear of, and the two ways to hear of it."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

import httpx

from telegram_standin.bell import Bell
from telegram_standin.errors import conflict
from telegram_standin.faults import Faults
from telegram_standin.rules import Rules
from telegram_standin.world import Json

# Sent only to those who ask for them.
_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}
_FIRST_ID = 700_000_001
_LONGEST_POLL = 50
_MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True, eq=False)
class Update:
    id: int
    kind: str
    body: Json
    lane: int  # updates of one chat (or one person's queries) are told one after another

    def to_json(self) -> Json:
        return {"update_id": self.id, self.kind: self.body}


class Updates:
    """Keeps each update until the bot confirms it, by ``offset`` or by 2xx."""

    def __init__(self, rules: Rules, faults: Faults) -> None:
        self.rules = rules
        self.faults = faults
        self.pending: dict[int, Update] = {}
        self.allowed: list[str] = []  # empty: all but the ones told on request
        self.webhook: Webhook | None = None
        self.called: Callable[[Json], Awaitable[None]] | None = None  # in a webhook's answer
        self.bell = Bell()
        self._again: list[Update] = []
        self._next_id = _FIRST_ID
        self._poll = 0

    def add(self, kind: str, body: Json, lane: int) -> None:
        wanted = kind in self.allowed if self.allowed else kind not in _ON_REQUEST
        if not wanted:
            return
        update = Update(self._next_id, kind, body, lane)
        self._next_id += 1
        self.pending[update.id] = update
        if self.webhook:
            self.webhook.take([update])
        self.bell.ring()

    def allow(self, kinds: list[str] | None) -> None:
        """Which kinds to tell from now on; None leaves it as it was."""
        if kinds is not None:
            self.allowed = [str(kind) for kind in kinds]

    async def get(self, offset: int, limit: int, seconds: int) -> list[Json]:
        """getUpdates: confirm all below ``offset``, wait up to ``seconds`` for what comes next."""
        if self.webhook:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self._poll = mine = self._poll + 1
        self.bell.ring()  # whoever polled before is told to go
        self._confirm(offset)
        await self.bell.until(
            lambda: mine != self._poll or self.webhook or self.pending or self._again,
            min(seconds, _LONGEST_POLL),
        )
        if mine != self._poll:
            raise conflict(
                "terminated by other getUpdates request; "
                "make sure that only one bot instance is running"
            )
        if self.webhook:
            raise conflict("terminated by setWebhook request")
        told = list(self.pending.values())[: min(limit or _MOST_AT_ONCE, _MOST_AT_ONCE)]
        again, self._again = self._again, []
        return [update.to_json() for update in again + self.faults.disordered(told)]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = ([0, *self.pending][offset:] or [0])[0]
        for done in [update for update in self.pending.values() if update.id < offset]:
            del self.pending[done.id]
            if self.faults.comes_twice():
                self._again.append(done)

    async def use_webhook(self, webhook: "Webhook | None") -> None:
        """From now on tell the webhook, or (None) whoever asks; what is pending goes there too."""
        if self.webhook:
            await self.webhook.close()
        self.webhook = webhook
        if webhook:
            webhook.take(self.pending.values())
        self.bell.ring()

    def drop(self) -> None:
        self.pending.clear()
        self._again.clear()
        if self.webhook:
            self.webhook.lanes.clear()

    async def close(self) -> None:
        """Nobody waits any longer."""
        self._poll += 1
        await self.use_webhook(None)


class Webhook:
    """Posts updates to an address: one at a time in each lane, the lanes side by side."""

    def __init__(self, updates: Updates, url: str, secret: str, connections: int) -> None:
        self.url = url
        self.secret = secret
        self.connections = connections
        self.last_error: tuple[int, str] | None = None  # when, and what
        self.lanes: dict[int, deque[Update]] = {}
        self._updates = updates
        self._working: dict[int, asyncio.Task[None]] = {}
        self._free = asyncio.Semaphore(connections)
        # The address is the test's own: no certificate is looked at.
        self._client = httpx.AsyncClient(
            timeout=updates.rules.webhook_timeout, verify=False, trust_env=False
        )

    def take(self, updates: Iterable[Update]) -> None:
        for update in updates:
            self.lanes.setdefault(update.lane, deque()).append(update)
            if update.lane not in self._working:
                work = asyncio.get_running_loop().create_task(self._work(update.lane))
                self._working[update.lane] = work

    async def close(self) -> None:
        for work in self._working.values():
            work.cancel()
        await asyncio.gather(*self._working.values(), return_exceptions=True)
        await self._client.aclose()

    async def _work(self, lane: int) -> None:
        try:
            while waiting := self.lanes.get(lane):
                if len(waiting) > 1:
                    waiting = self.lanes[lane] = deque(self._updates.faults.disordered([*waiting]))
                await self._tell(waiting[0])
                if self._updates.faults.comes_twice():
                    await self._tell(waiting[0])
                self._updates.pending.pop(waiting[0].id, None)
                waiting.popleft()
        finally:
            self.lanes.pop(lane, None)
            self._working.pop(lane, None)

    async def _tell(self, update: Update) -> None:
        """Post until it is taken, with growing pauses."""
        rules = self._updates.rules
        pause = rules.webhook_pause
        while True:
            async with self._free:
                fault = await self._post(update)
            if not fault:
                return
            self.last_error = int(time.time()), fault
            await asyncio.sleep(pause)
            pause = min(pause * 2, rules.webhook_longest_pause)

    async def _post(self, update: Update) -> str | None:
        """None when it was taken, else what went wrong."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        try:
            response = await self._client.post(self.url, json=update.to_json(), headers=headers)
        except httpx.TimeoutException:
            return "Read timeout expired"
        except httpx.HTTPError as error:
            return f"Connection failed: {type(error).__name__}"
        if not response.is_success:
            return (
                f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}"
            )
        called = _call_in(response)
        if called and self._updates.called:
            await self._updates.called(called)
        return None


def _call_in(response: httpx.Response) -> Json | None:
    """The method call a webhook may put into its answer."""
    try:
        body: Any = response.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) and body.get("method") else None
