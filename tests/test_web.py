"""The web page and the JSON address, asked as a browser or a program asks them."""

import asyncio
import json
import logging
import re
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any, cast

import pytest
import textstat
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from signpost_bot.channels.passing_on import NOT_KEPT
from signpost_bot.channels.web import create_app
from signpost_bot.channels.web.edge import HEADERS
from signpost_bot.channels.web.forms import BODY_LIMIT
from signpost_bot.channels.web.links import address, linked, site, telephone
from signpost_bot.channels.web.pages import EXAMPLES
from signpost_bot.knowledge import Knowledge, load_knowledge
from signpost_bot.knowledge.plain import plain_faults
from signpost_bot.meaning import Encoder
from signpost_bot.model import (
    Answer,
    Choice,
    Paragraph,
    Place,
    Question,
    Reply,
    Signpost,
    Suggestion,
    Tally,
    Waiting,
)
from signpost_bot.questions.keeper import Keeper
from signpost_bot.questions.records import today
from signpost_bot.replies import privacy, wording
from signpost_bot.signposter import Signposter
from signpost_bot.store import Store

FALLS = "mum keeps falling what can help her"
DANGER = "i want to kill myself"


@pytest.fixture(scope="module")
def web(signposter: Signposter) -> Iterator[TestClient]:
    with TestClient(create_app(signposter, operator="Example <Carers>")) as client:
        yield client


def ask(web: TestClient, question: str, **fields: str) -> str:
    """The page that comes back when the form is posted."""
    response = web.post("/", data={"question": question, **fields})
    assert response.status_code == 200
    return response.text


def hidden(page: str, name: str) -> str:
    """What the page's own form holds in a field."""
    found = re.search(rf'<input[^>]* id="{name}"[^>]* value="([^"]*)"', page)
    assert found
    return unescape(found[1])


def choices(page: str) -> list[dict[str, str]]:
    """The fields of each choice, as the browser would post them."""
    forms = re.findall(r"<form[^>]*>(?:(?!</form>).)*name=\"said\".*?</form>", page, re.DOTALL)
    fields = r'<input type="hidden" name="(\w+)" value="([^"]*)">'
    return [{n: unescape(v) for n, v in re.findall(fields, form)} for form in forms]


# --- the page ---------------------------------------------------------------------------


def test_the_first_page_says_what_this_is_and_where_help_is(web: TestClient) -> None:
    response = web.get("/")

    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache"
    assert "What is going on? Say it in your own words." in response.text
    assert 'href="tel:999"' in response.text
    assert 'href="https://www.bbc.co.uk/weather"' in response.text
    assert "We ask for no names" in response.text
    assert "Run by Example &lt;Carers&gt;." in response.text


def test_without_an_operator_nobody_is_named(signposter: Signposter) -> None:
    assert "Run by" not in TestClient(create_app(signposter)).get("/").text


def test_a_question_is_answered_without_javascript(web: TestClient) -> None:
    page = ask(web, FALLS)

    assert FALLS in page
    assert 1 <= page.count('<article class="signpost">') <= 3
    assert 'href="tel:+44' in page
    assert "<title>Where to turn - Signpost</title>" in re.sub(r">\s+|\s+<", _bare, page)


def _bare(edge: re.Match[str]) -> str:
    return edge[0].strip()


def test_no_page_with_a_reply_is_kept(web: TestClient) -> None:
    assert web.post("/", data={"question": FALLS}).headers["cache-control"] == "no-store"


def test_the_examples_lead_somewhere(web: TestClient) -> None:
    for example in EXAMPLES:
        assert web.post("/api/ask", json={"question": example}).json()["outcome"] == "answer"


@pytest.mark.parametrize("question", ["", "  \n "])
def test_an_empty_question_is_asked_for_again(web: TestClient, question: str) -> None:
    response = web.post("/", data={"question": question, "area": "Leeds"})

    assert response.status_code == 400
    assert "Please write what is going on" in response.text
    assert hidden(response.text, "area") == "Leeds"


def test_a_post_that_is_no_form_is_an_empty_question(web: TestClient) -> None:
    assert web.post("/", content=b"\xff\xfe{}").status_code == 400
    assert web.post("/", content=b"a=1&" * 50).status_code == 400


def test_danger_comes_before_anything_else(web: TestClient) -> None:
    page = ask(web, DANGER)

    assert page.count("Please read this first") == 1
    urgent = page.index('class="urgent"')
    assert '<a href="tel:999">999</a>' in page[urgent : urgent + 300]
    assert '<a href="tel:116123">116 123</a>' in page
    assert "signpost" not in page[page.index('class="exchange"') : urgent]


def test_danger_is_heard_even_with_a_place_that_nobody_knows(web: TestClient) -> None:
    page = ask(web, DANGER, area="Qwghlmxyz")

    assert page.index("Please read this first") < page.index("I do not know the place")


@pytest.mark.parametrize(
    "nasty",
    [
        "<script>alert(1)</script>",
        "\"'><img src=x onerror=alert(1)>",
        "</textarea><svg onload=alert(1)>",
        "{{ 7 * 7 }} {% raw %}",
        "javascript:alert(1)",
    ],
)
def test_what_people_write_is_never_markup(web: TestClient, nasty: str) -> None:
    page = ask(web, f"mum fell {nasty}", area=nasty, topic=nasty, about="", said="")

    assert "<script>" not in page
    assert "<img src=x" not in page
    assert "<svg" not in page
    assert 'href="javascript' not in page
    assert "49" not in page[page.index('class="asked"') : page.index("</h2>", page.index("asked"))]
    assert hidden(page, "about") == f"mum fell {nasty}"


def test_no_field_of_ours_carries_markup_back(web: TestClient) -> None:
    nasty = '"><script>alert(1)</script>'
    fields = {"question": FALLS, "area": nasty, "topic": nasty, "said": nasty}
    page = web.post("/", data=fields).text
    page += web.post("/", data={"about": nasty, "area": nasty}).text

    assert "<script>" not in page


# --- places -----------------------------------------------------------------------------


def test_a_place_given_once_stays_in_the_form(web: TestClient) -> None:
    page = ask(web, FALLS, area="SE6")

    assert hidden(page, "area") == "SE6"


def test_a_place_in_the_question_stays_in_the_form(web: TestClient) -> None:
    assert hidden(ask(web, "carers group in Leeds", area="Cardiff"), "area") == "Leeds"


@pytest.mark.parametrize("place", ["Leeds", "leeds", "Bath", "Wales", "LS1 4AP"])
def test_a_place_alone_answers_where_are_you(web: TestClient, place: str) -> None:
    """After "tell me your town" people write just that."""
    first = ask(web, "I need a break from caring")
    page = ask(web, place, about=hidden(first, "about"))

    assert hidden(page, "about") == "I need a break from caring"
    assert hidden(page, "area")
    assert f"</span> {place}</h2>" in page
    assert "signpost" in page


def test_only_the_place_filled_in_asks_the_last_question_there(web: TestClient) -> None:
    page = ask(web, "", about="I need a break from caring", area="Cardiff")

    assert hidden(page, "about") == "I need a break from caring"
    assert hidden(page, "area") == "Cardiff"


@pytest.mark.parametrize("words", [DANGER, "carers groups in Leeds", "what is carers allowance"])
def test_a_second_question_is_no_place(web: TestClient, words: str) -> None:
    assert hidden(ask(web, words, about="I need a break from caring"), "about") == words


def test_a_place_nobody_knows_does_not_stop_the_answer(web: TestClient) -> None:
    page = ask(web, FALLS, area="Qwghlmxyz")

    assert '<article class="signpost">' in page
    assert "I do not know the place" in page


def test_a_place_with_several_meanings_is_asked_for(web: TestClient) -> None:
    page = ask(web, FALLS, area="Newport")
    wales = next(c for c in choices(page) if c["said"] == "Newport, Wales")

    assert '<article class="signpost">' in page
    assert wales["question"] == FALLS
    chosen = ask(web, **wales)
    assert hidden(chosen, "area") == "Newport, Wales"
    assert not choices(chosen)


# --- choices ----------------------------------------------------------------------------


def test_a_choice_is_a_form_of_its_own(web: TestClient) -> None:
    page = ask(web, "carers groups in Newport")
    offered = choices(page)

    assert len(offered) >= 2
    chosen = ask(web, **offered[0])
    assert f"</span> {offered[0]['said']}</h2>" in unescape(chosen)
    assert hidden(chosen, "about") == offered[0]["question"]
    assert hidden(chosen, "area") == offered[0]["area"]


def test_a_chosen_need_is_kept_for_the_place_that_follows(web: TestClient) -> None:
    first = ask(web, "I am worn out", topic="carer-breaks", said="Getting a break")

    assert hidden(first, "topic") == "carer-breaks"
    second = ask(web, "Leeds", about=hidden(first, "about"), topic="carer-breaks")
    assert hidden(second, "topic") == "carer-breaks"
    assert hidden(second, "area") == "Leeds"


def test_a_need_that_is_none_of_ours_is_not_minded(web: TestClient) -> None:
    assert web.post("/", data={"question": FALLS, "topic": "no-such"}).status_code == 200


# --- JSON -------------------------------------------------------------------------------


def test_json_has_the_shape_of_the_command(web: TestClient) -> None:
    response = web.post("/api/ask", json={"question": FALLS, "area": "SE6"})

    assert response.status_code == 200
    answer = response.json()
    assert list(answer) == [
        "question", "outcome", "urgent", "topics", "services", "choices", "text", "ms"
    ]  # fmt: skip
    assert answer["question"] == FALLS
    assert answer["outcome"] == "answer"
    assert answer["services"]


def test_json_takes_a_chosen_need(web: TestClient) -> None:
    asked = {"question": "I am worn out", "topic": "carer-breaks"}

    assert web.post("/api/ask", json=asked).json()["topics"][0]["id"] == "carer-breaks"


def test_json_names_the_danger(web: TestClient) -> None:
    answer = web.post("/api/ask", json={"question": DANGER}).json()

    assert (answer["outcome"], answer["urgent"]) == ("urgent", "suicide")
    assert "999" in answer["text"].split("\n")[0]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff\x00\xfe", "not JSON"),
        (b"[" * 60_000, "not JSON"),
        (b"[]", "JSON object"),
        (b'"help"', "JSON object"),
        (b"null", "JSON object"),
        (b"{}", "the question as text"),
        (b'{"question": null}', "the question as text"),
        (b'{"question": 7}', "'question' has to be text"),
        (b'{"question": ["x"]}', "'question' has to be text"),
        (b'{"question": "x", "area": 7}', "'area' has to be text"),
        (b'{"question": "x", "topic": {}}', "'topic' has to be text"),
        (b'{"question": "x", "area": "Qwghlmxyz"}', "do not know the area 'Qwghlmxyz'"),
        (b'{"question": "x", "area": "Newport"}', "Newport, Wales; "),
    ],
)
def test_json_that_cannot_be_used_is_refused_in_a_sentence(
    web: TestClient, body: bytes, says: str
) -> None:
    response = web.post("/api/ask", content=body)

    assert response.status_code == 400
    assert list(response.json()) == ["error"]
    assert says in response.json()["error"]
    assert response.json()["error"].endswith(".")


@pytest.mark.parametrize(
    "question", ["", " ", "?", "\x00", "\ud800", "\U0001f62d", "a\x00b\x1b[2J"]
)
def test_odd_text_gets_an_answer(web: TestClient, question: str) -> None:
    response = web.post("/api/ask", content=json.dumps({"question": question}))

    assert response.status_code == 200
    assert response.json()["text"]
    if question.strip():
        assert web.post("/", data={"question": question.encode("utf-8", "replace")}).is_success


# --- too much ---------------------------------------------------------------------------


def test_100_000_characters_are_too_many(web: TestClient) -> None:
    flood = "a" * 100_000

    as_json = web.post("/api/ask", json={"question": flood})
    assert as_json.status_code == 413
    assert as_json.json() == {
        "error": "That is too long for us to read. Please say it in a few sentences."
    }
    as_page = web.post("/", data={"question": flood})
    assert as_page.status_code == 413
    assert "That is too long for us to read." in as_page.text


def test_what_just_fits_is_answered(web: TestClient) -> None:
    frame = len(json.dumps({"question": ""}))
    question = ("mum keeps falling " * 10_000)[: BODY_LIMIT - frame]

    assert web.post("/api/ask", json={"question": question}).status_code == 200
    assert web.post("/api/ask", content=json.dumps({"question": question + "x"})).status_code == 413


def test_a_long_question_is_cut_where_it_is_shown(web: TestClient) -> None:
    page = ask(web, "mum keeps falling " * 1_000)

    assert len(page) < 60_000


# --- everything else --------------------------------------------------------------------


def test_healthz(web: TestClient) -> None:
    assert (web.get("/healthz").status_code, web.get("/healthz").text) == (200, "ok")


@pytest.mark.parametrize("path", ["/", "/healthz", "/static/chat.css"])
def test_head(web: TestClient, path: str) -> None:
    response = web.head(path)

    assert response.status_code == 200
    assert response.headers["content-type"] == web.get(path).headers["content-type"]


def test_an_unknown_address_is_told_in_plain_words(web: TestClient) -> None:
    page = web.get("/nothing/here<script>")

    assert page.status_code == 404
    assert "There is no page at this address." in page.text
    assert 'href="tel:999"' in page.text
    assert "<script>" not in page.text
    assert 'href="/static/chat.css?v=' in web.get("/static/nothing.css").text
    assert web.get("/api/nothing").json() == {"error": "There is no page at this address."}


def test_a_wrong_method_is_told_in_plain_words(web: TestClient) -> None:
    assert web.delete("/").status_code == 405
    assert "does not work that way" in web.delete("/").text
    response = web.get("/api/ask")
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert list(response.json()) == ["error"]


class Broken:
    def answer(self, question: Question) -> Answer:
        raise RuntimeError("a secret trace")

    def place(self, words: str) -> tuple[Place, ...]:
        return ()


def test_our_own_fault_shows_no_trace() -> None:
    app = create_app(cast(Signposter, Broken()))
    web = TestClient(app, raise_server_exceptions=False)
    page = web.post("/", data={"question": "x"})
    as_json = web.post("/api/ask", json={"question": "x"})

    assert page.status_code == as_json.status_code == 500
    assert "Please try again in a minute." in page.text
    assert list(as_json.json()) == ["error"]
    assert "secret" not in page.text + as_json.text
    assert HEADERS.items() <= _headers(page).items()
    assert HEADERS.items() <= _headers(as_json).items()


@pytest.mark.parametrize("path", ["/", "/healthz", "/static/chat.js", "/nothing", "/api/ask"])
def test_every_answer_carries_the_security_headers(web: TestClient, path: str) -> None:
    response = web.get(path)

    assert HEADERS.items() <= _headers(response).items()
    assert "set-cookie" not in response.headers


def _headers(response: Any) -> dict[str, str]:
    names = {name.lower(): name for name in HEADERS}
    return {names.get(name, name): value for name, value in response.headers.items()}


def test_the_policy_lets_no_inline_script_or_stranger_in(web: TestClient) -> None:
    policy = web.get("/").headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    for path in ("/", "/nothing"):
        page = web.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style", page)
        loaded = re.findall(r'(?:src|<link[^>]* href)="([^"]+)"', page)
        assert loaded and all(address.startswith("/static/") for address in loaded)


def test_files_are_kept_for_a_day_and_named_by_what_is_in_them(web: TestClient) -> None:
    for path in re.findall(r'"(/static/[^"]+)"', web.get("/").text):
        assert re.search(r"\?v=[0-9a-f]{10}$", path)
        response = web.get(path)
        assert response.headers["cache-control"] == "public, max-age=86400"
        again = web.get(path, headers={"if-none-match": response.headers["etag"]})
        assert again.status_code == 304
    assert web.get("/static/../app.py").status_code == 404
    assert web.get("/static/%2e%2e/app.py").status_code == 404


def test_it_can_live_under_another_path(signposter: Signposter) -> None:
    web = TestClient(Starlette(routes=[Mount("/signpost", create_app(signposter))]))

    page = web.post("/signpost/", data={"question": FALLS}).text
    assert 'action="/signpost/"' in page
    assert 'action="/"' not in page
    styles = re.search(r'href="(/signpost/static/chat.css[^"]*)"', page)
    assert styles and web.get(styles[1]).status_code == 200
    assert web.get("/signpost/api/nothing").json()
    assert 'href="/signpost/static/chat.css' in web.get("/signpost/static/nothing").text


# --- what is kept -----------------------------------------------------------------------

UNKNOWN = "who feeds the cat while I am away"
UNHELPFUL = {"question": FALLS, "reason": "wrong-place"}


@contextmanager
def running(
    signposter: Signposter, folder: Path, database: str | None = None
) -> Iterator[TestClient]:
    """The page at work, keeping what it should in a database under this folder."""
    keeper = Keeper(Store.at(database, folder), signposter.matcher.meaning_of)
    with TestClient(create_app(signposter, keeper, retention_days=30)) as web:
        yield web


@pytest.fixture
def keeping(signposter: Signposter, tmp_path: Path) -> Iterator[TestClient]:
    """The page, with a database that is open."""
    with running(signposter, tmp_path) as web:
        wait_for(lambda: web.get("/readyz").status_code == 200)
        yield web


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.02)


def kept(folder: Path, web: TestClient) -> tuple[list[Waiting], set[tuple[str, str, str, int]]]:
    """What lies in the database once the page has written all that it had."""
    web.exit_stack.close()  # as leaving the context does; which may then be done again

    async def read() -> tuple[list[Waiting], list[Tally]]:
        async with Store.at(None, folder) as store:
            return [one async for one in store.waiting()], await store.tallies()

    waiting, tallies = asyncio.run(read())
    return waiting, {(t.about, t.name, t.channel, t.number) for t in tallies}


def feedback(page: str) -> dict[str, str]:
    """The hidden fields under an answer; none when nobody is asked whether it helped."""
    form = re.search(r'<form[^>]*action="/feedback.*?</form>', page, re.DOTALL)
    fields = r'<input type="hidden" name="(\w+)" value="([^"]*)">'
    return {n: unescape(v) for n, v in re.findall(fields, form[0])} if form else {}


def test_an_unanswered_question_is_kept_and_the_person_told(
    keeping: TestClient, tmp_path: Path
) -> None:
    page = ask(keeping, f"{UNKNOWN}, mail jean@example.org", area="SE6 4TW")
    waiting, tallies = kept(tmp_path, keeping)

    assert page.count(wording.PASSED_ON) == 1
    (one,) = waiting
    assert (one.kind, one.channel, one.community) == ("unanswered", "web", None)
    assert one.text == f"{UNKNOWN}, mail [email]"
    assert (one.place, one.area, one.day) == ("SE6", "lewisham", today())
    assert one.topics and one.vector
    assert ("outcome", "unanswered", "web", 1) in tallies


def test_an_answered_question_is_counted_and_no_word_kept(
    keeping: TestClient, tmp_path: Path
) -> None:
    page = ask(keeping, FALLS)
    waiting, tallies = kept(tmp_path, keeping)

    assert wording.PASSED_ON not in page
    assert waiting == []
    assert {("outcome", "answer", "web", 1), ("topic", "falls", "web", 1)} <= tallies


def test_danger_leaves_a_count_and_nothing_else(keeping: TestClient, tmp_path: Path) -> None:
    ask(keeping, DANGER, area="Leeds")
    keeping.post("/api/ask", json={"question": DANGER, "area": "Leeds"})

    assert kept(tmp_path, keeping) == ([], {("danger", "suicide", "", 2)})


@pytest.mark.parametrize("said", ["Leeds", "im in leeds", "LS1 4AP", "?!", "\U0001f62d", "hello"])
def test_what_was_no_question_waits_for_nobody(
    keeping: TestClient, tmp_path: Path, said: str
) -> None:
    page = ask(keeping, said)
    told = keeping.post("/api/ask", json={"question": said}).json()

    assert wording.PASSED_ON not in page + told["text"]
    assert not feedback(page)
    assert kept(tmp_path, keeping)[0] == []


def test_the_json_address_keeps_too(keeping: TestClient, tmp_path: Path) -> None:
    told = keeping.post("/api/ask", json={"question": UNKNOWN}).json()

    assert told["text"].endswith(wording.PASSED_ON)
    assert [(one.text, one.channel) for one in kept(tmp_path, keeping)[0]] == [(UNKNOWN, "api")]


def test_without_a_keeper_nothing_is_promised(web: TestClient) -> None:
    page = ask(web, UNKNOWN)

    assert wording.PASSED_ON not in page
    assert "Nothing you write is kept." in page
    assert 'href="/suggest"' not in page
    assert not feedback(page)
    assert not feedback(ask(web, FALLS))
    for response in (
        web.get("/suggest"),
        web.post("/suggest", data={"name": "Carers Together"}),
        web.post("/feedback", data={"question": FALLS, "helped": "yes"}),
    ):
        assert response.status_code == 503
        assert "Nothing that you write here is kept" in response.text
    for path, sent in (("unhelpful", {"question": FALLS}), ("suggest", {"name": "Carers"})):
        response = web.post(f"/api/{path}", json=sent)
        assert (response.status_code, response.json()) == (200, {"passed_on": False})
    assert web.get("/readyz").text == "ok"


def test_old_words_are_forgotten_while_it_runs(signposter: Signposter, tmp_path: Path) -> None:
    def asked(days_ago: int) -> Waiting:
        day = today() - timedelta(days=days_ago)
        return Waiting(str(days_ago), "unanswered", "xylophone", day, "web")

    async def prepare() -> None:
        async with Store.at(None, tmp_path) as store:
            await store.keep([asked(29), asked(31)])

    asyncio.run(prepare())
    with running(signposter, tmp_path) as web:
        wait_for(lambda: written(tmp_path).count(b"xylophone") == 1)
        assert [one.id for one in kept(tmp_path, web)[0]] == ["29"]


def written(folder: Path) -> bytes:
    """Every byte of every file under a folder."""
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


# --- did this help? ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        (FALLS, True),
        ("what does CHC mean", True),
        (UNKNOWN, True),
        ("carers groups in Newport", False),
        ("hello", False),
        (DANGER, False),
        (f"{DANGER} and mum keeps falling", False),
    ],
)
def test_who_is_asked_whether_it_helped(keeping: TestClient, question: str, asks: bool) -> None:
    page = ask(keeping, question)

    assert bool(feedback(page)) == asks
    assert ("Did this help?" in page) == asks
    assert (len(re.findall('name="reason"', page)) == len(wording.REASONS)) == asks


def test_a_choice_offered_is_asked_about_too(
    keeping: TestClient, signposter: Signposter
) -> None:
    several = next(
        ask
        for topic in signposter.knowledge.topics.values()
        for ask in (f"{topic.title.split()[0]} help",)
        if signposter.answer(Question(ask)).outcome == "choose"
    )

    assert feedback(ask(keeping, several))


def test_this_helped_is_counted(keeping: TestClient, tmp_path: Path) -> None:
    fields = feedback(ask(keeping, FALLS))
    page = keeping.post("/feedback", data={**fields, "helped": "yes"})
    waiting, tallies = kept(tmp_path, keeping)

    assert page.status_code == 200
    assert f'role="status" tabindex="-1">{wording.THANKS}</p>' in page.text
    assert waiting == []
    assert ("helped", "yes", "web", 1) in tallies


def test_this_did_not_help_is_passed_on_with_what_was_shown(
    keeping: TestClient, tmp_path: Path, signposter: Signposter
) -> None:
    first = ask(keeping, "carers group in Leeds, ring 07700 900123", area="Cardiff")
    fields = {**feedback(first), "services": "made-up", "reason": "out-of-date"}
    page = keeping.post("/feedback", data=fields)
    waiting, tallies = kept(tmp_path, keeping)

    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert f"{wording.THANKS} {wording.PASSED_ON}" in page.text
    assert "Did this help?" not in page.text
    assert '<article class="signpost">' in page.text, "the answer must not be lost"
    (one,) = waiting
    assert (one.kind, one.reason, one.channel) == ("unhelpful", "out-of-date", "web")
    assert (one.place, one.area) == ("Leeds", "leeds")
    assert one.text.startswith("carers group in Leeds, ring")
    assert "900123" not in one.text
    shown = re.findall(r'<article class="signpost">\s*<h3>(.*?)</h3>', first)
    names = [signposter.knowledge.services[id].name for id in one.services]
    assert names == [unescape(name) for name in shown]
    assert ("helped", "no", "web", 1) in tallies


def test_a_chosen_need_counts_when_we_ask_again(keeping: TestClient, tmp_path: Path) -> None:
    page = ask(keeping, "I am worn out", topic="carer-breaks", said="Getting a break")
    keeping.post("/feedback", data={**feedback(page), "reason": "wrong-place"})

    assert kept(tmp_path, keeping)[0][0].topics[0][0] == "carer-breaks"


@pytest.mark.parametrize("said", [{}, {"helped": "no"}, {"reason": "because"}, {"helped": "maybe"}])
def test_a_reason_has_to_be_one_of_ours(
    keeping: TestClient, tmp_path: Path, said: dict[str, str]
) -> None:
    response = keeping.post("/feedback", data={"question": FALLS, **said})

    assert response.status_code == 400
    assert "Please choose what was wrong." in response.text
    assert "<details open>" in response.text
    assert kept(tmp_path, keeping) == ([], set())


def test_feedback_on_nothing_is_refused(keeping: TestClient) -> None:
    response = keeping.post("/feedback", data={"helped": "yes"})

    assert response.status_code == 400
    assert "We do not know which answer you mean." in response.text


@pytest.mark.parametrize("said", [{"helped": "yes"}, {"reason": "wrong-place"}, {}])
def test_danger_is_never_kept_whatever_is_pressed(
    keeping: TestClient, tmp_path: Path, said: dict[str, str]
) -> None:
    page = keeping.post("/feedback", data={"question": DANGER, **said})
    told = keeping.post("/api/unhelpful", json={"question": DANGER})

    assert page.status_code == 200
    assert "Please read this first" in page.text
    assert wording.THANKS not in page.text
    assert told.json() == {"passed_on": False}
    assert kept(tmp_path, keeping) == ([], set())


def test_nothing_in_the_feedback_is_markup(keeping: TestClient) -> None:
    nasty = '"><script>alert(1)</script>'
    fields = dict.fromkeys(("question", "area", "topic", "helped"), nasty)
    page = keeping.post("/feedback", data=fields).text
    page += keeping.post("/feedback", data={**fields, "reason": "wrong-place"}).text
    page += keeping.post("/suggest", data={"what": nasty, "phone": nasty * 9}).text

    assert "<script>" not in page


# --- a service that is missing ----------------------------------------------------------

SERVICE = {
    "name": "Carers Together",
    "what": "Tea and talk.\r\nEvery Tuesday.",
    "phone": "020 7946 0000",
    "url": "carers.example",
    "email": "hello@carers.example",
    "where": "SE6 4TW",
}


def typed(page: str) -> dict[str, str]:
    """What stands in the fields of the form."""
    found = dict(re.findall(r'<input id="(\w+)"[^>]* value="([^"]*)"', page))
    found |= re.findall(r'<textarea id="(\w+)"[^>]*>\n([^<]*)<', page)
    return {name: unescape(value) for name, value in found.items()}


def test_a_service_is_asked_for_field_by_field(keeping: TestClient) -> None:
    page = keeping.get("/suggest")

    assert page.status_code == 200
    assert wording.SUGGEST in page.text
    assert typed(page.text) == dict.fromkeys(wording.SUGGESTION_FIELDS, "")
    for name, about in wording.SUGGESTION_FIELDS.items():
        assert f'<label for="{name}">{about}</label>' in page.text


def test_a_suggestion_is_kept_as_typed(keeping: TestClient, tmp_path: Path) -> None:
    sent = {**SERVICE, "name": "  Carers\x07 Together\x00 "}
    page = keeping.post("/suggest", data=sent)
    waiting, _ = kept(tmp_path, keeping)

    assert page.status_code == 200
    assert f"{wording.THANKS} {wording.PASSED_ON}" in page.text
    (one,) = waiting
    assert (one.kind, one.channel) == ("suggestion", "web")
    assert one.suggestion == Suggestion(
        name="Carers  Together",
        what="Tea and talk.\nEvery Tuesday.",
        phone="020 7946 0000",
        url="carers.example",
        email="hello@carers.example",
        where="SE6",  # of a postcode the first half is enough
    )


def test_the_name_is_enough(keeping: TestClient, tmp_path: Path) -> None:
    assert keeping.post("/suggest", data={"name": "Carers Together"}).status_code == 200
    (one,) = kept(tmp_path, keeping)[0]
    assert one.suggestion == Suggestion("Carers Together")


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"name": " "}, "name", "Please tell us what it is called."),
        ({"name": "x" * 121}, "name", "Please use at most 120 characters here. This has 121."),
        ({"email": "x" * 251}, "email", "Please use at most 250 characters here. This has 251."),
        ({"name": "", "where": "x" * 200}, "name", "Please tell us what it is called."),
    ],
)
def test_what_cannot_be_used_is_told_beside_it_and_nothing_lost(
    keeping: TestClient, tmp_path: Path, change: dict[str, str], field: str, says: str
) -> None:
    sent = {**SERVICE, **change}
    response = keeping.post("/suggest", data=sent)
    as_json = keeping.post("/api/suggest", json=sent)

    assert response.status_code == 400
    assert f'<p class="problem" id="{field}-wrong">{says}</p>' in response.text
    around = re.search(rf'<(?:input|textarea) id="{field}"[^>]*>', response.text)
    assert around and f'aria-invalid="true" aria-describedby="{field}-wrong" autofocus' in around[0]
    assert response.text.count("autofocus") == 1
    assert typed(response.text) == {name: value.strip() for name, value in sent.items()}
    assert (as_json.status_code, as_json.json()) == (400, {"error": f"{field!r}: {says}"})
    assert kept(tmp_path, keeping)[0] == []


def test_where_we_do_not_know_a_service_can_be_told(keeping: TestClient) -> None:
    for question, links in ((UNKNOWN, 2), (FALLS, 1), (DANGER, 1)):
        assert ask(keeping, question).count('href="/suggest"') == links


# --- JSON: telling us -------------------------------------------------------------------


def test_a_program_can_tell_us_what_did_not_help(keeping: TestClient, tmp_path: Path) -> None:
    sent = {"question": FALLS, "area": "SE6", "reason": "hard-to-read"}
    told = keeping.post("/api/unhelpful", json=sent)
    without = keeping.post("/api/unhelpful", json={"question": FALLS, "topic": "dementia"})
    waiting, tallies = kept(tmp_path, keeping)

    assert (told.status_code, told.json()) == (200, {"passed_on": True})
    assert without.json() == {"passed_on": True}
    one, other = sorted(waiting, key=lambda w: w.reason or "~")
    assert (one.kind, one.channel, one.text) == ("unhelpful", "api", FALLS)
    assert (one.reason, one.place, one.area) == ("hard-to-read", "SE6", "lewisham")
    assert one.services
    assert (other.reason, other.topics[0][0]) == (None, "dementia")
    assert tallies == {("helped", "no", "api", 2)}


def test_a_program_can_suggest_a_service(keeping: TestClient, tmp_path: Path) -> None:
    told = keeping.post("/api/suggest", json={"name": "Carers Together", "phone": None})
    (one,) = kept(tmp_path, keeping)[0]

    assert (told.status_code, told.json()) == (200, {"passed_on": True})
    assert (one.channel, one.suggestion) == ("api", Suggestion("Carers Together"))


@pytest.mark.parametrize(
    ("path", "body", "says"),
    [
        ("unhelpful", b"[]", '{"question": "..."}'),
        ("unhelpful", b"{}", "the question as text"),
        ("unhelpful", b'{"question": "x", "reason": "because"}', "'reason' has to be one of: not"),
        ("unhelpful", b'{"question": "x", "reason": 7}', "'reason' has to be text."),
        ("unhelpful", b'{"question": "x", "area": "Qwghlmxyz"}', "do not know the area"),
        ("suggest", b"", "not JSON"),
        ("suggest", b"7", '{"name": "..."}'),
        ("suggest", b"{}", "'name': Please tell us what it is called."),
        ("suggest", b'{"name": 7}', "'name' has to be text."),
    ],
)
def test_what_a_program_tells_us_wrongly_is_refused(
    keeping: TestClient, tmp_path: Path, path: str, body: bytes, says: str
) -> None:
    response = keeping.post(f"/api/{path}", content=body)

    assert response.status_code == 400
    assert says in response.json()["error"]
    assert kept(tmp_path, keeping) == ([], set())


def test_a_message_without_words_is_not_passed_on(keeping: TestClient) -> None:
    assert keeping.post("/api/unhelpful", json={"question": "?!"}).json() == {"passed_on": False}


# --- privacy ----------------------------------------------------------------------------


def test_privacy_says_who_and_how_long(signposter: Signposter, tmp_path: Path) -> None:
    keeper = Keeper(Store.at(None, tmp_path))
    app = create_app(signposter, keeper, operator="Lewisham Carers <b>", retention_days=90)
    page = TestClient(app).get("/privacy")

    assert page.status_code == 200
    assert "Words are deleted after 90 days." in page.text
    assert "This is run by Lewisham Carers &lt;b&gt;." in page.text
    assert 'href="https://ico.org.uk"' in page.text
    assert privacy.NOBODY_NAMED not in page.text


def test_privacy_without_an_operator_or_a_keeper(signposter: Signposter) -> None:
    page = TestClient(create_app(signposter)).get("/privacy").text

    assert privacy.NOBODY_NAMED in page
    assert "Nothing that you write here is kept." in page
    assert "deleted after" not in page


def test_every_page_says_what_is_kept(keeping: TestClient) -> None:
    says = (
        "We ask for no names and use no cookies. If we cannot help, your question is kept, "
        'without your name. <a href="/privacy">Privacy</a>'
    )
    for page in every_page(keeping):
        assert says in page


def test_the_way_out_is_on_every_page(keeping: TestClient) -> None:
    for page in every_page(keeping):
        assert 'id="leave" href="https://www.bbc.co.uk/weather"' in page
        assert 'href="tel:999"' in page
        assert 'src="/static/leave.js?v=' in page
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style", page)


def every_page(web: TestClient) -> Iterator[str]:
    yield from (web.get(path).text for path in ("/", "/suggest", "/privacy", "/nothing"))
    yield web.post("/", data={"question": FALLS}).text
    yield web.post("/suggest", data={}).text
    yield web.post("/suggest", data={"name": "Carers Together"}).text
    yield web.post("/feedback", data={"question": FALLS, "helped": "yes"}).text


def test_the_privacy_words_are_plain() -> None:
    """For readers of nine to eleven, as all that we say."""
    notices = [
        privacy.notice(retention_days=365, operator=None, also=privacy.ON_THE_PAGE),
        privacy.notice(retention_days=None, operator="Carers Together"),
    ]
    texts = [part.text for part in notices[0].parts if isinstance(part, Paragraph)]
    for notice in notices:
        words = [part.text for part in notice.parts if isinstance(part, Paragraph)]
        assert list(plain_faults(words, [])) == []
    text = " ".join(text.rstrip(".") + "." for text in texts)
    assert textstat.automated_readability_index(text) < 6
    assert textstat.coleman_liau_index(text) < 7


# --- when the rest is broken ------------------------------------------------------------

SECRET = "zebrawood"  # a word of theirs that must be found nowhere
IN_DANGER = f"i want to kill myself beside the {SECRET}"


class Gone:
    """A part that is not there any more: whatever is asked of it fails."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(f"{name} of {SECRET}")


class Failing:
    """The real encoder until it fails, saying what it was given; and a reader that fails."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.broken = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.encoder, name)

    def encode(self, texts: Sequence[str]) -> Any:
        if self.broken:
            raise RuntimeError(f"cannot read {list(texts)}")
        return self.encoder.encode(texts)

    def read(self, text: str) -> Any:
        raise RuntimeError(f"cannot read {text}")


@pytest.fixture(scope="module")
def without_model(encoder: Encoder, caches: Path) -> Signposter:
    failing = Failing(encoder)
    kept = [caches / "signpost-bot"]
    signposter = Signposter.build(load_knowledge(), failing, kept, reader=failing)
    failing.broken = True
    return signposter


@contextmanager
def silent() -> Iterator[str]:
    """The address of a database that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"postgresql://nobody:{SECRET}@127.0.0.1:{listening.getsockname()[1]}/x"


def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("the network is down")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


BROKEN = ["knowledge", "model", "store", "silent store", "network", "all"]


@pytest.mark.parametrize("broken", BROKEN)
def test_danger_is_answered_whatever_is_broken(
    broken: str,
    signposter: Signposter,
    without_model: Signposter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    if broken in ("model", "all"):
        signposter = without_model
    if broken in ("knowledge", "all"):
        signposter = replace(signposter, knowledge=cast(Knowledge, Gone()))
    if broken in ("network", "all"):
        no_network(monkeypatch)
    folder = tmp_path / "data"
    if broken in ("store", "all"):
        folder.write_text("a file where a folder should be")

    with silent() as address:
        database = address if broken == "silent store" else None
        with running(signposter, folder, database) as web:
            start = time.monotonic()
            replies = [
                web.post("/", data={"question": IN_DANGER}),
                web.post("/", data={"question": IN_DANGER, "area": f"{SECRET} Leeds"}),
                web.post("/", data={"about": IN_DANGER, "area": "Leeds"}),
                web.post("/", data={"question": IN_DANGER, "about": "x", "area": "Leeds"}),
                web.post("/feedback", data={"question": IN_DANGER, "reason": "wrong-place"}),
            ]
            as_json = [
                web.post("/api/ask", json={"question": IN_DANGER, **area})
                for area in ({}, {"area": "Leeds"}, {"area": SECRET})
            ]
            took = time.monotonic() - start
            stopping = time.monotonic()
    stopped = time.monotonic() - stopping

    for page in replies:
        assert page.status_code == 200
        assert "Please read this first" in page.text
        assert '<a href="tel:999">999</a>' in page.text
    for reply in as_json:
        assert (reply.status_code, reply.json()["urgent"]) == (200, "suicide")
        assert "999" in reply.json()["text"].split("\n")[0]
    assert took < 3, "eight replies"
    assert stopped < 8
    assert SECRET.encode() not in written(tmp_path)
    assert SECRET not in caplog.text


@pytest.mark.parametrize("broken", ["store", "silent store"])
def test_everything_is_answered_without_a_store_and_nothing_untrue_said(
    broken: str,
    signposter: Signposter,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    folder = tmp_path / "data"
    folder.write_text("a file where a folder should be")
    with (
        silent() as address,
        running(signposter, folder, address if broken == "silent store" else None) as web,
    ):
        start = time.monotonic()
        unknown = ask(web, f"{UNKNOWN} {SECRET}")
        answer = ask(web, FALLS)
        told = web.post("/api/ask", json={"question": UNKNOWN}).json()
        helped = web.post("/feedback", data={"question": FALLS, "helped": "yes"})
        took = time.monotonic() - start
        start = time.monotonic()
        with ThreadPoolExecutor() as together:
            unhelpful, suggested, as_json, ready = (
                waited.result()
                for waited in (
                    together.submit(web.post, "/feedback", data=UNHELPFUL),
                    together.submit(web.post, "/suggest", data={"name": "Carers Together"}),
                    together.submit(web.post, "/api/suggest", json={"name": "Carers Together"}),
                    together.submit(web.get, "/readyz"),
                )
            )
        waited = time.monotonic() - start

    assert took < 2
    assert waited < 5  # three seconds at most, at the same time
    assert "I am sorry, I do not know about that." in unknown
    assert '<article class="signpost">' in answer
    assert wording.PASSED_ON not in unknown + answer + told["text"]
    assert wording.THANKS in helped.text
    for page in (unhelpful, suggested):
        assert page.status_code == 200
        assert f"{wording.THANKS} {wording.NOT_PASSED_ON}" in page.text
    assert as_json.json() == {"passed_on": False}
    assert (ready.status_code, ready.text) == (503, NOT_KEPT)
    assert SECRET not in caplog.text


def test_our_own_fault_leaves_no_word_in_the_log(
    without_model: Signposter, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with running(without_model, tmp_path) as web:
        page = web.post("/", data={"question": f"where is the {SECRET}"})
        ready = web.get("/readyz")

    assert page.status_code == 500
    assert "Please try again in a minute." in page.text
    assert "A fault in Signpost itself, RuntimeError" in caplog.text
    assert "web/app.py" in caplog.text, "where it happened helps whoever mends it"
    assert SECRET not in caplog.text
    assert (ready.status_code, ready.text) == (503, "Questions cannot be answered for now.")


def test_a_locked_store_is_waited_for_a_few_seconds_and_tried_again(
    keeping: TestClient, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "signpost.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        start = time.monotonic()
        page = keeping.post("/feedback", data=UNHELPFUL)
        waited = time.monotonic() - start

    assert 2.5 < waited < 4  # a lock may be gone in a moment; nobody waits for longer
    assert f"{wording.THANKS} {wording.NOT_PASSED_ON}" in page.text
    assert [one.text for one in kept(tmp_path, keeping)[0]] == [FALLS]


def test_readyz_tells_when_the_store_goes_and_comes_back(
    keeping: TestClient, tmp_path: Path
) -> None:
    file = tmp_path / "signpost.db"
    away = tmp_path / "away.db"
    assert (keeping.get("/readyz").status_code, keeping.get("/readyz").text) == (200, "ok")
    file.rename(away)
    down = keeping.get("/readyz")
    keeping.post("/feedback", data=UNHELPFUL)
    away.rename(file)
    not_yet = keeping.get("/readyz")

    assert down.status_code == 503
    assert str(tmp_path) not in down.text
    assert not_yet.status_code == 503, "what waits has not been written yet"
    wait_for(lambda: keeping.get("/readyz").status_code == 200)
    assert keeping.get("/healthz").text == "ok"
    assert [one.text for one in kept(tmp_path, keeping)[0]] == [FALLS]


def test_what_was_asked_last_is_still_kept_when_it_stops(
    signposter: Signposter, tmp_path: Path
) -> None:
    with running(signposter, tmp_path) as web:
        for _ in range(20):
            ask(web, UNKNOWN)
        waiting, _ = kept(tmp_path, web)

    assert len(waiting) == 20


# --- a reply as it looks in HTML --------------------------------------------------------

NASTY = '"><b>&'


class Canned:
    """Says one thing whatever it is asked."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply

    def answer(self, question: Question) -> Answer:
        return Answer("answer", self.reply)

    def place(self, words: str) -> tuple[Place, ...]:
        return ()


def page_of(*parts: Paragraph | Signpost, choices: tuple[Choice, ...] = ()) -> str:
    app = create_app(cast(Signposter, Canned(Reply(parts, choices))))
    return TestClient(app).post("/", data={"question": "x"}).text


def test_everything_from_an_entry_is_escaped() -> None:
    post = Signpost(
        service="x",
        name=NASTY,
        what=NASTY,
        ways=((NASTY, NASTY), ("Web", "javascript:alert(1)"), ("Email", f"a@b.uk{NASTY}")),
        url="javascript:alert(1)",
        phone=None,
        hours=NASTY,
        cost=NASTY,
        freshness=NASTY,
        notes=(NASTY,),
    )
    page = page_of(
        post,
        Paragraph(NASTY),
        Paragraph(NASTY, "heading"),
        Paragraph(NASTY, "urgent"),
        choices=(Choice(NASTY, NASTY, topic=NASTY, area=NASTY),),
    )

    assert "<b>&" not in page
    assert 'href="javascript' not in page
    assert "&lt;b&gt;&amp;" in page


def test_a_signpost_says_all_that_it_knows() -> None:
    post = Signpost(
        service="x",
        name="Carers' Line",
        what="You talk to someone.",
        ways=(
            ("Phone", "0808 808 7777"),
            ("Textphone", "18001 then 0808 808 7777"),
            ("Text", "Text SHOUT to 85258"),
            ("Post", "Freepost CARERS"),
            ("Email", "help@example.org"),
            ("Web", "https://www.example.org/carers?a=1&b=2"),
        ),
        url="https://www.example.org/carers?a=1&b=2",
        phone="0808 808 7777",
        hours="Weekdays, 9am to 5pm",
        cost="Calls cost the normal rate.",
        freshness="Last seen in 2025.",
        notes=("This is for Wales.",),
    )
    page = page_of(post)

    assert '<a href="tel:+448088087777">0808 808 7777</a>' in page
    assert '">18001 then' not in page
    assert 'Text SHOUT to <a href="sms:85258">85258</a>' in page
    assert '<a href="mailto:help@example.org">help@example.org</a>' in page
    assert page.count('href="https://www.example.org/carers?a=1&amp;b=2"') == 1
    assert page.count("Weekdays, 9am to 5pm") == 1
    assert ">example.org<" in page
    for words in ("18001 then", "normal rate", "Last seen in 2025.", "for Wales", "CARERS"):
        assert words in page
    assert "target=" not in page


def test_hours_are_shown_without_a_phone_too() -> None:
    post = Signpost("x", "N", "", (), None, None, "Daily, 9am to 5pm", None, "Seen.")

    assert page_of(post).count("Daily, 9am to 5pm") == 1


def test_a_web_address_is_shown_even_if_the_ways_leave_it_out() -> None:
    post = Signpost("x", "N", "", (), "https://example.org/", None, None, None, "Seen.")

    assert 'href="https://example.org/"' in page_of(post)


# --- from what people read to what a phone opens ----------------------------------------


@pytest.mark.parametrize(
    ("label", "value", "leads_to"),
    [
        ("Phone", "0808 808 7777", "tel:+448088087777"),
        ("Phone", "020 7974 4000", "tel:+442079744000"),
        ("Phone", "+44 20 7974 4000", "tel:+442079744000"),
        ("Phone", "0800 1111", "tel:+448001111"),
        ("Phone", "116 123", "tel:116123"),
        ("Phone", "999", "tel:999"),
        ("Phone", "111", "tel:111"),
        ("Phone", "0300 123 1100, option 2", None),  # more than a number
        ("Phone", "12345678901234567890", None),
        ("Textphone", "18000", "tel:18000"),
        ("Textphone", "18001 0808 808 8000", "tel:1800108088088000"),
        ("Textphone", "18001 then 0300 123 1100", None),
        ("Text", "85258", "sms:85258"),
        ("Text", "07860 052906", "sms:07860052906"),
        ("Text", "Text SHOUT to 85258", None),
        ("Email", "jo@samaritans.org", "mailto:jo@samaritans.org"),
        ("Web", "https://www.gov.uk/carers-allowance", "https://www.gov.uk/carers-allowance"),
        ("Web", "javascript:alert(1)", None),
        ("Web", "data:text/html,x", None),
        ("Web", "http://[", None),
        ("Web", "//evil.example", None),
        ("Post", "Room 1, SE6 4AB", None),
        ("Phone", "", None),
    ],
)
def test_ways_lead_somewhere(label: str, value: str, leads_to: str | None) -> None:
    assert address(label, value) == leads_to


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Ring 999 now.", ["tel:999"]),
        ("Samaritans: 116 123, free.", ["tel:116123"]),
        ("Breathing Space: 0800 83 85 87, evenings", ["tel:+44800838587"]),
        ("Children First: 08000 28 22 33.", ["tel:+448000282233"]),
        ("Childline: 0800 1111.", ["tel:+448001111"]),
        ("gas: 0800 111 999. Or", ["tel:+44800111999"]),
        ("NHS 24 on 111.", ["tel:111"]),
        ("Text the word Shout to 85258, or text 88247.", ["sms:85258", "sms:88247"]),
        ("write to help@nspcc.org.uk.", ["mailto:help@nspcc.org.uk"]),
        ("see gov.uk/find-local-council.", ["https://gov.uk/find-local-council"]),
        ("go to 999bsl.co.uk.", ["https://999bsl.co.uk"]),
        ("Leeds: https://www.gov.uk/a/leeds.", ["https://www.gov.uk/a/leeds"]),
        ("press 55, option 2, aged 65, since 2019, £111 a week, up to 20 hours", []),
        ("£1,111 and 01 02 2026", []),
        ("javascript:alert(1)", []),
    ],
)
def test_numbers_and_addresses_in_a_sentence_can_be_pressed(text: str, links: list[str]) -> None:
    html = str(linked(text))

    assert re.findall('href="([^"]*)"', html) == links
    assert unescape(re.sub("<[^>]*>", "", html)) == text


def test_every_phone_number_in_the_knowledge_can_be_pressed(signposter: Signposter) -> None:
    phones = {s.phone for s in signposter.knowledge.services.values() if s.phone}

    assert [phone for phone in phones if telephone(phone) is None] == []


def test_a_site_is_named_as_people_say_it() -> None:
    assert site("https://www.carersuk.org/help-and-advice/") == "carersuk.org"
    assert site("http://[") == "http://["
