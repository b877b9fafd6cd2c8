"""The JSON addresses, for programs. What cannot be used is answered by 400 and a sentence."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import cast

import anyio.to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from signpost_bot.channels.as_json import as_json
from signpost_bot.channels.passing_on import PassingOn
from signpost_bot.channels.web import forms
from signpost_bot.model import Answer, Place, Question, Reason
from signpost_bot.questions.records import Record, of_suggestion, of_unhelpful, today
from signpost_bot.replies import wording
from signpost_bot.signposter import Signposter

_HEADERS = {"Cache-Control": "no-store"}


class Api:
    """The handlers of these addresses."""

    def __init__(self, signposter: Signposter, passing_on: PassingOn) -> None:
        self.signposter = signposter
        self.passing_on = passing_on

    async def ask(self, request: Request) -> Response:
        """What ``ask --json`` prints, for one question."""
        asked = _asked(await forms.values(request, "question"))
        start = time.perf_counter()
        question, answer = await anyio.to_thread.run_sync(self._answered, *asked)
        took = (time.perf_counter() - start) * 1000
        return JSONResponse(
            as_json(question.text, self.passing_on.told(answer), took),
            headers=_HEADERS,
            background=self.passing_on.afterwards(question, answer),
        )

    async def unhelpful(self, request: Request) -> Response:
        """An answer did not help. The question is asked again, to know what was shown."""
        values = await forms.values(request, "question")
        reason = forms.only_known(values, tuple(wording.REASONS), "reason")
        question, answer = await anyio.to_thread.run_sync(self._answered, *_asked(values))
        if answer.urgent or not any(c.isalnum() for c in question.text):
            return _told(False)
        record = partial(of_unhelpful, question, cast(Reason | None, reason), answer, today())
        return await self._pass_on(record)

    async def suggest(self, request: Request) -> Response:
        """A service that is missing."""
        values = await forms.values(request, "name")
        suggestion, wrong = forms.suggestion(
            {field: forms.text(values, field) for field in wording.SUGGESTION_FIELDS}
        )
        if suggestion is None:
            field, sentence = next(iter(wrong.items()))
            raise HTTPException(400, f"{field!r}: {sentence}")
        return await self._pass_on(partial(of_suggestion, suggestion, "api", None, today()))

    async def _pass_on(self, record: Callable[[], Record]) -> Response:
        return _told(await self.passing_on.now(record))

    def _answered(self, text: str, area: str | None, topic: str | None) -> tuple[Question, Answer]:
        question = Question(text, topic=topic, channel="api")
        try:
            question = replace(question, place=self._only_place(area) if area else None)
        except Exception:
            # Whatever is wrong with the place, or with places altogether, danger is answered.
            answer = self.signposter.answer(question)
            if not answer.urgent:
                raise
            return question, answer
        return question, self.signposter.answer(question)

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


def _asked(values: Mapping[str, object]) -> tuple[str, str | None, str | None]:
    """The question, the area and the need of a JSON object."""
    text = forms.text(values, "question")
    if text is None:
        raise HTTPException(400, 'Send the question as text: {"question": "..."}.')
    return text, forms.text(values, "area"), forms.text(values, "topic") or None


def _told(passed_on: bool) -> Response:
    return JSONResponse({"passed_on": passed_on}, headers=_HEADERS)
