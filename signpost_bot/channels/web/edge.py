"""What stands around everything that goes out: security headers, files, and our own faults."""

import logging
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STATIC = Path(__file__).parent / "static"
STATIC_SECONDS = 24 * 60 * 60  # addresses carry a fingerprint, so an upgrade shows at once
ROOT = "signpost.root"  # in the scope: the path this app is served under

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

log = logging.getLogger(__name__)


class Headers:
    """Security headers on everything, also on what is mounted beside the chat."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        scope[ROOT] = scope.get("root_path", "")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class Faults:
    """Our own faults end here, so that no server writes the error's own words into its log.

    Those may hold what somebody asked. What is logged is its kind, and where in our code.

    Args:
        say: makes what the person reads.
    """

    def __init__(self, app: ASGIApp, say: Callable[[Request], Awaitable[Response]]) -> None:
        self.app = app
        self.say = say

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        except Exception as fault:
            where = "".join(traceback.format_tb(fault.__traceback__))
            log.error("A fault in Signpost itself, %s:\n%s", type(fault).__name__, where)
            if not started:
                await (await self.say(Request(scope)))(scope, receive, send)


class Files(StaticFiles):
    """Files that browsers may keep for a day."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = f"public, max-age={STATIC_SECONDS}"
        return response
