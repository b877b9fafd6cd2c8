"""Updates that Telegram brings to us."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from telegram import Update

from signpost_bot.channels.telegram.channel import Channel
from signpost_bot.channels.web import forms

HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LONGEST = 50.0  # seconds until Telegram is asked to come back later

log = logging.getLogger(__name__)


def secret_token(secret: bytes, bot_token: str) -> str:
    """What Telegram shows us with each update: the same in all copies, of no use elsewhere."""
    return hmac.new(secret, f"webhook\0{bot_token}".encode(), hashlib.sha256).hexdigest()


class Webhook:
    """Handles ``POST /telegram/webhook``: 2xx only when the update is finished."""

    def __init__(self, channel: Channel, token: str) -> None:
        self._channel = channel
        self._token = token.encode()

    async def __call__(self, request: Request) -> Response:
        given = request.headers.get(HEADER, "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self._token):
            raise HTTPException(403, "This address is for Telegram alone.")
        update = _update(await forms.body(request), self._channel)
        if update is None:
            return Response(status_code=204)  # nothing that we could ever handle
        task = self._channel.receive(update)
        if task is not None:
            # It goes on when Telegram hangs up, and is known when it comes back.
            done, _ = await asyncio.wait([task], timeout=_LONGEST)
            if not done or task.cancelled() or task.exception():
                return Response(status_code=503)  # Telegram comes back
        return Response(status_code=204)


def _update(body: bytes, channel: Channel) -> Update | None:
    try:
        return Update.de_json(json.loads(body), channel.bot)
    except Exception as fault:
        # Telegram would bring the same again and again.
        log.error("An update could not be read: %s", type(fault).__name__)
        return None
