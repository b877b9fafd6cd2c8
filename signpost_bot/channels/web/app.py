"""The chat page and the JSON addresses behind it: ``create_app(signposter, keeper)``.

Nobody is remembered here: no cookie, no session, no log of what was asked. What the next
question may need (where somebody is, what they asked last) stands in the page's own form. What
a maintainer needs is handed to the keeper once the person has their answer.

There is one rendering, on the server, and one form. Without JavaScript the browser posts it
and shows the page that comes back; with it, ``chat.js`` posts the very same form and moves the
reply out of that page into the one being read. A second rendering in JavaScript would be
longer, and would have to be kept alike by hand.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

from signpost_bot.channels.passing_on import PassingOn
from signpost_bot.channels.web import forms
from signpost_bot.channels.web.api import Api
from signpost_bot.channels.web.edge import STATIC, Faults, Files, Headers
from signpost_bot.channels.web.exchanges import FIELDS, Asking
from signpost_bot.channels.web.feedback import Feedback
from signpost_bot.channels.web.pages import EXAMPLES, Pages
from signpost_bot.model import Question
from signpost_bot.questions.keeper import Keeper
from signpost_bot.replies import privacy
from signpost_bot.signposter import Signposter

if TYPE_CHECKING:
    from signpost_bot.channels.telegram.running import TelegramBot

_AT_ONCE = 2 + (os.cpu_count() or 1)  # answers that are worked out side by side
NOTHING_ASKED = "Please write what is going on, then press Ask."
NO_ANSWERS = "Questions cannot be answered for now."


def create_app(
    signposter: Signposter,
    keeper: Keeper | None = None,
    *,
    operator: str | None = None,
    retention_days: int = 365,
    telegram: Callable[[PassingOn], TelegramBot] | None = None,
) -> Starlette:
    """The web channel as an ASGI app. Who mounts it in another has to run its lifespan.

    Args:
        signposter: answers the questions.
        keeper: keeps what a maintainer needs; the app starts and stops it. None keeps nothing,
            and the page says so.
        operator: who runs this, for people to read; None says nothing.
        retention_days: how long the words of a question are kept.
        telegram: makes the bot that runs beside the page, if there is one.
    """
    web = _Web(signposter, keeper, operator, retention_days)
    web.telegram = telegram(web.passing_on) if telegram else None
    bot = web.telegram.routes if web.telegram else []
    pages, feedback, api = web.pages, web.feedback, web.api
    app = Starlette(
        routes=[
            Route("/", web.chat, methods=["GET", "POST"]),
            Route("/feedback", feedback.helped, methods=["POST"]),
            Route("/suggest", feedback.suggest, methods=["GET", "POST"]),
            Route("/privacy", web.privacy),
            Route("/api/ask", api.ask, methods=["POST"]),
            Route("/api/unhelpful", api.unhelpful, methods=["POST"]),
            Route("/api/suggest", api.suggest, methods=["POST"]),
            Route("/healthz", _healthz),
            Route("/readyz", web.readyz),
            Route("/metrics", web.passing_on.metrics.show),
            *bot,
            Mount("/static", Files(directory=STATIC)),
        ],
        middleware=[Middleware(Headers), Middleware(Faults, say=pages.break_down)],
        exception_handlers={HTTPException: pages.refuse, ClientDisconnect: _gone},
        lifespan=web.lifespan,
    )
    app.state.telegram = web.telegram
    return app


class _Web:
    """What the handlers share, and those of them that have no room of their own."""

    def __init__(
        self,
        signposter: Signposter,
        keeper: Keeper | None,
        operator: str | None,
        retention_days: int,
    ) -> None:
        self.signposter = signposter
        self.retention_days = retention_days
        self.passing_on = PassingOn(keeper)
        self.telegram: TelegramBot | None = None
        self.pages = Pages(operator, keeps=keeper is not None)
        self.asking = Asking(signposter)
        self.feedback = Feedback(self.asking, self.pages, self.passing_on)
        self.api = Api(signposter, self.passing_on)

    @asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncIterator[None]:
        # More at once would take the processor from each other, and nobody would be answered
        # sooner.
        anyio.to_thread.current_default_thread_limiter().total_tokens = _AT_ONCE
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self.passing_on.running(self.retention_days))
            if self.telegram:
                await stack.enter_async_context(self.telegram.running())
            yield

    async def chat(self, request: Request) -> Response:
        """The page; after a POST with the question and its reply on it."""
        if request.method != "POST":
            return self.pages.chat(request)
        fields = await forms.fields(request, *FIELDS)
        if not fields["question"] and not (fields["about"] and fields["area"]):
            return self.pages.chat(request, 400, problem=NOTHING_ASKED, area=fields["area"])
        exchange = await anyio.to_thread.run_sync(self.asking.exchange, fields)
        told = replace(exchange, answer=self.passing_on.told(exchange.answer))
        response = self.pages.chat(request, exchange=told, area=exchange.place)
        response.background = self.passing_on.afterwards(exchange.question, exchange.answer)
        return response

    async def privacy(self, request: Request) -> Response:
        """What is kept, and what never is."""
        notice = privacy.notice(
            retention_days=self.retention_days if self.pages.keeps else None,
            operator=self.pages.operator,
            also=privacy.ON_THE_PAGE,
        )
        return self.pages.page(request, "privacy.html", notice=notice)

    async def readyz(self, request: Request) -> Response:
        """Whether questions are answered, and what a maintainer needs is kept."""
        try:
            await anyio.to_thread.run_sync(self.signposter.answer, Question(EXAMPLES[0]))
        except Exception:
            trouble: str | None = NO_ANSWERS
        else:
            trouble = await self.passing_on.trouble()
        return PlainTextResponse(
            trouble or "ok", 503 if trouble else 200, headers={"Cache-Control": "no-store"}
        )


async def _healthz(request: Request) -> Response:
    return PlainTextResponse("ok", headers={"Cache-Control": "no-store"})


async def _gone(request: Request, error: Exception) -> Response:
    """They hung up while we were listening: nobody reads this."""
    return Response(status_code=400)
