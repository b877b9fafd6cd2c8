"""What goes out as a page. There is one rendering, on the server, and the words of people and of
entries are escaped in it."""

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from signpost_bot.channels.web import links
from signpost_bot.channels.web.edge import ROOT, STATIC
from signpost_bot.replies import wording

LEAVE = "https://www.bbc.co.uk/weather"
EXAMPLES = ("mum keeps falling and I can't lift her", "I need a break from caring")

OUR_FAULT = "Something went wrong on our side. Please try again in a minute."
PLAIN_WORDS = {
    404: "There is no page at this address.",
    405: "This address does not work that way.",
}


class Pages:
    """Renders pages, each with what all of them say.

    Args:
        operator: who runs this, for people to read; None says nothing.
        keeps: whether anything that people write is kept.
    """

    def __init__(self, operator: str | None, *, keeps: bool) -> None:
        self.operator = operator
        self.keeps = keeps

    def chat(self, request: Request, status: int = 200, **shown: Any) -> Response:
        """The page that people ask on, perhaps with an exchange on it."""
        return self.page(
            request, "chat.html", status, examples=EXAMPLES, reasons=wording.REASONS, **shown
        )

    def page(
        self,
        request: Request,
        template: str,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **shown: Any,
    ) -> Response:
        """Any page."""
        # What answers a form goes to nobody's disk. The first page may be kept while it is
        # open, so that "Back" from a service's site finds the conversation as it was.
        caching = "no-cache" if request.method in ("GET", "HEAD") else "no-store"
        html = _templates().get_template(template).render(
            root=request.scope[ROOT],
            operator=self.operator,
            keeps=self.keeps,
            leave=LEAVE,
            **shown,
        )
        return HTMLResponse(html, status, {"Cache-Control": caching, **(headers or {})})

    # --- when it goes wrong -------------------------------------------------------------

    async def refuse(self, request: Request, error: Exception) -> Response:
        """What we do not accept, in plain words, as a page or as JSON."""
        if not isinstance(error, HTTPException):
            raise error
        sentence = PLAIN_WORDS.get(error.status_code, error.detail)
        return self.problem(request, error.status_code, sentence, error.headers)

    async def break_down(self, request: Request) -> Response:
        """Our own fault. Where it happened goes to the log, never to the person."""
        return self.problem(request, 500, OUR_FAULT)

    def problem(
        self,
        request: Request,
        status: int,
        sentence: str,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """A sentence on why not, as a page or as JSON."""
        headers = {"Cache-Control": "no-store", **(headers or {})}
        if request.url.path.startswith(request.scope[ROOT] + "/api/"):
            return JSONResponse({"error": sentence}, status, headers)
        return self.page(request, "problem.html", status, headers, problem=sentence)


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
