"""The forms in which people tell us something: whether an answer helped, and which service to add.

Of an answer we only know what comes back from the page: the question, the place and the need.
They are asked again to know what was shown, so that nothing is remembered meanwhile and nothing
that a browser claims is believed.
"""

from collections.abc import Callable
from functools import partial

import anyio.to_thread
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from signpost_bot.channels.passing_on import PassingOn
from signpost_bot.channels.web import forms
from signpost_bot.channels.web.exchanges import Asking
from signpost_bot.channels.web.pages import Pages
from signpost_bot.questions.records import (
    Record,
    of_helpful,
    of_suggestion,
    of_unhelpful,
    today,
)
from signpost_bot.replies import wording

NOTHING_KEPT = "Nothing that you write here is kept, so there is nobody it could be passed on to."
NO_QUESTION = "We do not know which answer you mean. Please ask again."
WHICH_REASON = "Please choose what was wrong."


class Feedback:
    """The handlers of these forms."""

    def __init__(self, asking: Asking, pages: Pages, passing_on: PassingOn) -> None:
        self.asking = asking
        self.pages = pages
        self.passing_on = passing_on

    async def helped(self, request: Request) -> Response:
        """The answer again, with a thank-you where the buttons were."""
        if not self.pages.keeps:
            return self.pages.problem(request, 503, NOTHING_KEPT)
        sent = await forms.fields(request, "question", "area", "topic", "helped", "reason")
        if not sent["question"]:
            return self.pages.problem(request, 400, NO_QUESTION)
        exchange = await anyio.to_thread.run_sync(
            self.asking.answered, sent["question"], sent["area"], sent["topic"]
        )
        show = partial(self.pages.chat, request, exchange=exchange, area=exchange.place)
        if exchange.answer.urgent:
            return show()
        question, answer, day = exchange.question, exchange.answer, today()
        if sent["reason"] in wording.REASONS:
            record = partial(of_unhelpful, question, sent["reason"], answer, day)
            return show(thanks=await self._thanks(record))
        if sent["helped"] != "yes":
            return show(400, which_reason=WHICH_REASON)
        response = show(thanks=wording.THANKS)
        response.background = BackgroundTask(
            self.passing_on.later, partial(of_helpful, question, day)
        )
        return response

    async def suggest(self, request: Request) -> Response:
        """The form for a service that is missing; what is wrong stands beside its field."""
        if not self.pages.keeps:
            return self.pages.problem(request, 503, NOTHING_KEPT)
        show = partial(
            self.pages.page, request, "suggest.html",
            fields=wording.SUGGESTION_FIELDS, lead=wording.SUGGEST,
        )  # fmt: skip
        if request.method != "POST":
            return show(typed={}, wrong={})
        typed = await forms.fields(request, *wording.SUGGESTION_FIELDS)
        suggestion, wrong = forms.suggestion(typed)
        if suggestion is None:
            return show(status=400, typed=typed, wrong=wrong)
        record = partial(of_suggestion, suggestion, "web", None, today())
        return self.pages.page(request, "thanks.html", thanks=await self._thanks(record))

    async def _thanks(self, make: Callable[[], Record]) -> str:
        """Our thanks, and truly whether it was passed on."""
        kept = await self.passing_on.now(make)
        return f"{wording.THANKS} {wording.PASSED_ON if kept else wording.NOT_PASSED_ON}"
