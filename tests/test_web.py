"""The web page and the JSON address, asked as a browser or a program asks them."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, cast

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from signpost_bot.channels.web import create_app
from signpost_bot.channels.web.app import BODY_LIMIT, EXAMPLES, HEADERS
from signpost_bot.channels.web.links import address, linked, site, telephone
from signpost_bot.model import Answer, Choice, Paragraph, Place, Question, Reply, Signpost
from signpost_bot.signposter import Signposter

FALLS = "mum keeps falling and i cant lift her"
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
    assert "We keep no names" in response.text
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
