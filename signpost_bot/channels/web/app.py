"""The chat page and the JSON address: ``create_app(signposter)``.

Nothing is kept here: no cookie, no session, no log of what was asked. What the next question
may need (where somebody is, what they asked last) stands in the page's own form.

There is one rendering, on the server, and one form. Without JavaScript the browser posts it
and shows the page that comes back; with it, ``chat.js`` posts the very same form and moves the
reply out of that page into the one being read. A second rendering in JavaScript would be
longer, and would have to be kept alike by hand.
"""

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import anyio.to_thread
from jinja2 import Environment, PackageLoader
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from signpost_bot.channels.as_json import as_json
from signpost_bot.channels.web import links
from signpost_bot.model import Answer, Paragraph, Place, Question, Signpost
from signpost_bot.replies import wording
from signpost_bot.signposter import Signposter

BODY_LIMIT = 64 * 1024  # bytes: some twenty pages of writing
DRAIN_LIMIT = 16 * BODY_LIMIT  # what is still read, and thrown away, before we refuse
STATIC = Path(__file__).parent / "static"
STATIC_SECONDS = 24 * 60 * 60  # addresses carry a fingerprint, so an upgrade shows at once
ROOT = "signpost.root"  # in the scope: the path this app is served under
FIELDS = ("question", "area", "topic", "about", "said")
LEAVE = "https://www.bbc.co.uk/weather"
EXAMPLES = ("mum keeps falling and I can't lift her", "I need a break from caring")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

TOO_LONG = "That is too long for us to read. Please say it in a few sentences."
NOTHING_ASKED = "Please write what is going on, then press Ask."
OUR_FAULT = "Something went wrong on our side. Please try again in a minute."
PLAIN_WORDS = {
    404: "There is no page at this address.",
    405: "This address does not work that way.",
}


def create_app(signposter: Signposter, *, operator: str | None = None) -> Starlette:
    """The web channel as an ASGI app.

    Args:
        signposter: answers the questions.
        operator: who runs this, for people to read; None says nothing.
    """
    web = _Web(signposter, operator)
    return Starlette(
        routes=[
            Route("/", web.chat, methods=["GET", "POST"]),
            Route("/api/ask", web.ask, methods=["POST"]),
            Route("/healthz", _healthz),
            Mount("/static", _Files(directory=STATIC)),
        ],
        middleware=[Middleware(_Headers)],
        exception_handlers={
            HTTPException: web.refuse,
            ClientDisconnect: _gone,
            Exception: web.break_down,
        },
    )


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what we said to it, as the page shows them."""

    said: str  # the question, a place, or what stood on the button
    answer: Answer
    note: str  # on a place that we could not make sense of
    # What the next question may need, in the page's own form:
    place: str  # as the person gave it or as we understood it
    about: str  # what a place alone would then be the answer to
    topic: str  # the need that was chosen for it

    @property
    def runs(self) -> list[tuple[str, list[Paragraph | Signpost]]]:
        """The reply in runs of one kind: "urgent", "text" or "signposts"."""
        return [(kind, list(run)) for kind, run in groupby(self.answer.reply.parts, _kind)]


def _kind(part: Paragraph | Signpost) -> str:
    if isinstance(part, Signpost):
        return "signposts"
    return "urgent" if part.tone == "urgent" else "text"


class _Web:
    """The handlers, and the two things they share."""

    def __init__(self, signposter: Signposter, operator: str | None) -> None:
        self.signposter = signposter
        self.operator = operator

    # --- the page -----------------------------------------------------------------------

    async def chat(self, request: Request) -> Response:
        """The page; after a POST with the question and its reply on it."""
        if request.method != "POST":
            return self._page(request)
        fields = _fields(await _body(request))
        if not fields["question"] and not (fields["about"] and fields["area"]):
            return self._page(request, 400, problem=NOTHING_ASKED, area=fields["area"])
        exchange = await anyio.to_thread.run_sync(self._exchange, fields)
        return self._page(request, exchange=exchange, area=exchange.place)

    def _exchange(self, fields: Mapping[str, str]) -> Exchange:
        asked, about, area, topic = (fields[n] for n in ("question", "about", "area", "topic"))
        if not about:
            exchange = self._answered(asked, area, topic)
            return replace(exchange, said=fields["said"] or asked)
        if not asked:  # only "Where?" was filled in: the last question again, for that place
            return replace(self._answered(about, area, topic), said=area)
        exchange = self._answered(asked, area)
        if self._is_place(asked, exchange.answer):
            return replace(self._answered(about, asked, topic), said=asked)
        return exchange

    def _is_place(self, asked: str, answer: Answer) -> bool:
        """Whether words in reply to "where are you?" are just that.

        Whatever says more is a question of its own, danger above all.
        """
        if answer.urgent:
            return False
        places = self.signposter.place(asked)
        named = {place.name.partition(",")[0].casefold() for place in places}
        return asked.casefold() in named or (bool(places) and answer.outcome == "unanswered")

    def _answered(self, asked: str, area: str, topic: str = "") -> Exchange:
        """Answers with or without the place: nobody waits for help over a typing error."""
        places = self.signposter.place(area) if area else ()
        place = places[0] if len(places) == 1 else None
        question = Question(asked, place=place, topic=topic or None, channel="web")
        answer = self.signposter.answer(question)
        note = ""
        if area and not places:
            note = wording.not_a_place(area[:60])
        elif len(places) > 1 and not answer.place and answer.outcome != "where":
            which = wording.where(question, question.topic, places)
            note = "\n".join(part.text for part in which.parts if isinstance(part, Paragraph))
            reply = replace(answer.reply, choices=which.choices + answer.reply.choices)
            answer = replace(answer, reply=reply)
        return Exchange(
            asked,
            answer,
            note=note,
            place=answer.place.name if answer.place else area,
            about="" if answer.outcome == "smalltalk" else asked,
            topic=topic,
        )

    def _page(self, request: Request, status: int = 200, **shown: Any) -> Response:
        # A page with a reply on it goes to nobody's disk. The first page may be kept while it
        # is open, so that "Back" from a service's site finds the conversation as it was.
        caching = "no-store" if request.method == "POST" else "no-cache"
        return self._render(
            request, "chat.html", status, {"Cache-Control": caching}, examples=EXAMPLES, **shown
        )

    def _render(
        self,
        request: Request,
        template: str,
        status: int,
        headers: Mapping[str, str],
        **shown: Any,
    ) -> Response:
        page = _templates().get_template(template)
        html = page.render(root=request.scope[ROOT], operator=self.operator, leave=LEAVE, **shown)
        return HTMLResponse(html, status, headers)

    # --- the JSON address ---------------------------------------------------------------

    async def ask(self, request: Request) -> Response:
        """What ``ask --json`` prints, for one question."""
        asked = _object(await _body(request))
        text = _text(asked, "question")
        if text is None:
            raise HTTPException(400, 'Send the question as text: {"question": "..."}.')
        area, topic = _text(asked, "area"), _text(asked, "topic")
        return JSONResponse(
            await anyio.to_thread.run_sync(self._as_json, text, area, topic),
            headers={"Cache-Control": "no-store"},
        )

    def _as_json(self, text: str, area: str | None, topic: str | None) -> dict[str, Any]:
        start = time.perf_counter()
        place = self._only_place(area) if area else None
        answer = self.signposter.answer(
            Question(text, place=place, topic=topic or None, channel="web")
        )
        return as_json(text, answer, (time.perf_counter() - start) * 1000)

    def _only_place(self, area: str) -> Place:
        places = self.signposter.place(area)
        if not places:
            raise HTTPException(
                400, f"We do not know the area {area[:60]!r}. Send a town, a council or a postcode."
            )
        if len(places) > 1:
            names = "; ".join(place.name for place in places)
            raise HTTPException(400, f"Several places are called {area[:60]!r}: {names}.")
        return places[0]

    # --- when it goes wrong -------------------------------------------------------------

    async def refuse(self, request: Request, error: Exception) -> Response:
        """What we do not accept, in plain words, as a page or as JSON."""
        if not isinstance(error, HTTPException):
            raise error
        sentence = PLAIN_WORDS.get(error.status_code, error.detail)
        return self._problem(request, error.status_code, sentence, error.headers or {})

    async def break_down(self, request: Request, error: Exception) -> Response:
        """Our own fault. The trace goes to the log, never to the person."""
        return self._problem(request, 500, OUR_FAULT, HEADERS)

    def _problem(
        self, request: Request, status: int, sentence: str, headers: Mapping[str, str]
    ) -> Response:
        headers = {"Cache-Control": "no-store", **headers}
        if request.url.path.startswith(request.scope[ROOT] + "/api/"):
            return JSONResponse({"error": sentence}, status, headers)
        return self._render(request, "problem.html", status, headers, problem=sentence)


async def _healthz(request: Request) -> Response:
    return PlainTextResponse("ok", headers={"Cache-Control": "no-store"})


async def _gone(request: Request, error: Exception) -> Response:
    """They hung up while we were listening: nobody reads this."""
    return Response(status_code=400)


# --- what came in -----------------------------------------------------------------------


async def _body(request: Request) -> bytes:
    """The body, if it is no longer than we read.

    A little more is read and thrown away: who is cut off while sending never sees our answer.
    """
    kept, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= BODY_LIMIT:
            kept += chunk
        elif size > DRAIN_LIMIT:
            break
    if size > BODY_LIMIT:
        raise HTTPException(413, TOO_LONG, headers={"Connection": "close"})
    return bytes(kept)


def _fields(body: bytes) -> dict[str, str]:
    """The fields of our form, each there, perhaps empty."""
    try:
        sent = dict(parse_qsl(body.decode("utf-8", "replace"), errors="replace", max_num_fields=20))
    except ValueError:
        raise HTTPException(400, "We could not read this form. Please ask again.") from None
    return {name: _clean(sent.get(name, "")).strip() for name in FIELDS}


def _object(body: bytes) -> dict[str, object]:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(400, "The body is not JSON.") from None
    if not isinstance(sent, dict):
        raise HTTPException(400, 'Send a JSON object: {"question": "..."}.')
    return sent


def _text(sent: Mapping[str, object], name: str) -> str | None:
    value = sent.get(name)
    if not isinstance(value, str | None):
        raise HTTPException(400, f"{name!r} has to be text.")
    return value if value is None else _clean(value)


def _clean(text: str) -> str:
    """Without NULs and halves of characters, which JSON can hold and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")


# --- what goes out ----------------------------------------------------------------------


class _Headers:
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


class _Files(StaticFiles):
    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = f"public, max-age={STATIC_SECONDS}"
        return response


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("signpost_bot.channels.web"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals |= {"address": links.address, "fingerprint": _fingerprint}
    templates.filters |= {"linked": links.linked, "site": links.site}
    return templates


@cache
def _fingerprint(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
