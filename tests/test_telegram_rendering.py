"""What any reply becomes in Telegram: messages that Telegram takes, with nothing left out."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram_standin.entities import parse_html
from telegram_standin.methods.wording import LONGEST, read_text
from telegram_standin.parameters import Parameters

from signpost_bot.channels.telegram import rendering
from signpost_bot.model import Paragraph, Reply, Signpost


def signpost(**given: object) -> Signpost:
    fields: dict[str, object] = {
        "service": "one", "name": "Carers UK", "what": "Advice by phone.",
        "ways": (("Phone", "0808 808 7777"), ("Web", "https://www.carersuk.org/help")),
        "url": "https://www.carersuk.org/help", "phone": "0808 808 7777", "hours": "9 to 5",
        "cost": None, "freshness": "Last seen in 2026.",
    }  # fmt: skip
    return Signpost(**(fields | given))  # type: ignore[arg-type]


def sent(html: str) -> tuple[str, list[dict[str, object]]]:
    """What the stand-in makes of it; it refuses what Telegram refuses."""
    complaints: list[str] = []
    parameters = Parameters({"text": html, "parse_mode": "HTML"})
    text, entities = read_text(parameters, complaints.append)
    assert not complaints
    return text, entities


anything = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("<>&;\"'/ \n\t\0\u200b\ud83d\ude00😀🏴abc.:0189"),
    ),
    max_size=60,
)
addresses = st.one_of(anything, anything.map("https://{}".format), anything.map("http://a.uk/{}".format))
posts = st.builds(
    Signpost,
    service=anything, name=anything, what=anything, ways=st.lists(
        st.tuples(anything, addresses), max_size=4).map(tuple),
    url=st.none(), phone=st.none() | anything, hours=st.none() | anything,
    cost=st.none() | anything, freshness=anything, notes=st.lists(anything, max_size=2).map(tuple),
)  # fmt: skip
paragraphs = st.builds(
    Paragraph,
    st.one_of(anything, st.builds(lambda text, n: text * n, anything, st.integers(1, 400))),
    st.sampled_from(["plain", "urgent", "heading"]),
)
replies = st.builds(Reply, st.lists(st.one_of(paragraphs, posts), max_size=8).map(tuple))


@settings(max_examples=300, deadline=None)
@given(reply=replies, short=st.booleans())
def test_telegram_takes_any_reply(reply: Reply, short: bool) -> None:
    for html in rendering.messages(reply, short=short):
        text, _ = sent(html)
        assert text
        # What somebody typed shows as they typed it and is never taken for markup.
        assert "&lt;" in html or "<" not in text
        assert rendering.length(html) <= rendering.LONGEST


def test_a_signpost_reads_as_in_a_leaflet() -> None:
    text, entities = sent(rendering.messages(Reply((signpost(),)))[0])
    assert text == (
        "1. Carers UK\nAdvice by phone.\nPhone: +44 808 808 7777 (9 to 5)\nWeb: carersuk.org\n"
        "Last seen in 2026."
    )
    assert [e["url"] for e in entities if "url" in e] == ["https://www.carersuk.org/help"]
    short, _ = sent(rendering.messages(Reply((signpost(),)), short=True)[0])
    assert short == "1. Carers UK\nPhone: +44 808 808 7777 (9 to 5)\nWeb: carersuk.org"


def test_what_was_typed_is_never_markup() -> None:
    evil = '<b>x</b> &amp; <a href="https://evil.example">y</a> </i>'
    text, entities = sent(rendering.messages(Reply((Paragraph(evil), signpost(name=evil))))[0])
    assert text.startswith(evil)
    assert f"1. {evil}" in text
    links = [e["url"] for e in entities if e["type"] == "text_link"]
    assert links == ["https://www.carersuk.org/help"]


@pytest.mark.parametrize(
    "address",
    [
        "https://localhost/x", "https://a b.uk", "https://", "http://[", "https://x.uk:99999/",
        "https://<b>.uk/", "https://good.uk@evil.uk/", "javascript:alert(1)", "ftp://x.uk",
    ],
)  # fmt: skip
def test_what_telegram_would_drop_is_no_link(address: str) -> None:
    text, entities = sent(rendering.messages(Reply((signpost(ways=(("Web", address),)),)))[0])
    assert f"Web: {address}" in text
    assert not [e for e in entities if e["type"] == "text_link"]


def test_a_long_reply_is_divided_between_signposts() -> None:
    posts = [signpost(name=f"Service {i}", what="All about it. " * 50) for i in range(12)]
    whole = Reply((Paragraph("Falls", "heading"), *posts, Paragraph("That was all.")))
    texts = [sent(html)[0] for html in rendering.messages(whole)]
    assert sum(map(len, texts)) > 9_000
    assert 3 <= len(texts) <= 4
    for i, post in enumerate(posts, 1):
        its = f"{i}. {post.name}\n{post.what.strip()}"
        assert sum(its in text and text.count(its) == 1 for text in texts) == 1
    assert all(re.match(r"Falls|\d+\. Service", text) for text in texts)
    assert texts[-1].endswith("That was all.")


@pytest.mark.parametrize("text", ["word " * 2_500, "x" * 9_001, "😀" * 5_000, "&<> " * 3_000])
@pytest.mark.parametrize("tone", ["plain", "urgent"])
def test_nothing_of_a_text_is_lost_that_no_message_can_hold(text: str, tone: str) -> None:
    htmls = rendering.messages(Reply((Paragraph(text, tone),)))  # type: ignore[arg-type]
    texts = [sent(html)[0] for html in htmls]
    assert "".join("".join(texts).split()) == "".join(text.split())
    assert all(len(one.encode("utf-16-le")) // 2 <= LONGEST for one in texts)
    assert len(texts) <= 5


def test_no_message_has_more_markup_than_telegram_shows() -> None:
    posts = [signpost(name=f"S{i}", what="", hours=None, freshness="2026.") for i in range(60)]
    found = 0
    for html in rendering.messages(Reply(tuple(posts))):
        _, entities = sent(html)
        assert len(entities) < 100
        found += sum(e["type"] == "text_link" for e in entities)
    assert found == 60


def test_nothing_to_see_is_no_message() -> None:
    assert rendering.messages(Reply((Paragraph(" \n"), Paragraph("\u200b"), Paragraph("")))) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ring 0808 808 7777.", "Ring +44 808 808 7777."),
        ("Ring 999 or 116 123.", "Ring 999 or 116 123."),
        ("Relay UK: 18001 0300 123 1100", "Relay UK: 18001 0300 123 1100"),
        ("In 2024 about 10000 people", "In 2024 about 10000 people"),
    ],
)
def test_phone_numbers_can_be_pressed(text: str, shown: str) -> None:
    assert unescape(rendering.messages(Reply((Paragraph(text),)))[0]) == shown


def test_the_stand_in_would_refuse_broken_markup() -> None:
    with pytest.raises(Exception, match="can't parse entities"):
        parse_html("<b>open", print)
