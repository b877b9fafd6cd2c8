"""The stand-in for Telegram's Bot API: what it takes, what it refuses, how it fails on purpose."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Update,
)
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter
from telegram.ext import Application, ContextTypes, TypeHandler
from telegram_standin import (
    Dropped,
    Flooded,
    Limits,
    Message,
    Person,
    Place,
    Rules,
    ServerError,
    Slow,
    Telegram,
)

pytest_plugins = ["telegram_standin.plugin"]

Json = dict[str, Any]

PRESS_TOO_OLD = (
    "Bad Request: query is too old and response timeout expired or query ID is invalid"
)


class Bot:
    """Calls methods as plain HTTP, with nothing in between."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.client = httpx.AsyncClient(
            base_url=f"{telegram.url}/bot{telegram.token}",
            timeout=10,
            verify=False,
            trust_env=False,
        )

    async def call(self, method: str, **parameters: Any) -> Json:
        """The whole answer, nested values sent as JSON text in a form."""
        form = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in parameters.items()
        }
        body: Json = (await self.client.post(method, data=form)).json()
        return body

    async def get(self, method: str, **parameters: Any) -> Any:
        """The result of a call that succeeds."""
        body = await self.call(method, **parameters)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **parameters: Any) -> str:
        """The code and description of a call that does not succeed."""
        body = await self.call(method, **parameters)
        assert not body["ok"], body
        return f"{body['error_code']} {body['description']}"

    async def updates(self, **parameters: Any) -> list[Json]:
        updates: list[Json] = await self.get("getUpdates", **parameters)
        return updates

    async def told(self) -> Json:
        """The one update that waits, confirmed."""
        (update,) = await self.updates(timeout=1)
        await self.updates(offset=update["update_id"] + 1)
        return update

    async def forget(self) -> None:
        """Confirm all that waits."""
        for update in (await self.updates())[-1:]:
            await self.updates(offset=update["update_id"] + 1)


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    bot = Bot(telegram)
    yield bot
    await bot.client.aclose()


@pytest.fixture
async def ada(telegram: Telegram, bot: Bot) -> Person:
    """Somebody who has started the bot."""
    ada = telegram.person("Ada")
    await ada.writes("/start")
    await bot.forget()
    return ada


@pytest.fixture
async def group(telegram: Telegram, bot: Bot, ada: Person) -> Place:
    """A supergroup of Ada's, with the bot as an ordinary member."""
    group = await telegram.group_with_bot("Carers of Lewisham", ada)
    await bot.forget()
    return group


# ---- The way in -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("token", "code", "description"),
    [
        ("123456789:somebody_elses_token_000000", 401, "Unauthorized"),
        ("nonsense", 404, "Not Found"),
        ("12:x", 404, "Not Found"),
    ],
)
def test_a_wrong_token_is_refused(
    telegram: Telegram, token: str, code: int, description: str
) -> None:
    response = httpx.get(f"{telegram.url}/bot{token}/getMe", trust_env=False)
    assert response.status_code == code
    assert response.json() == {"ok": False, "error_code": code, "description": description}


def test_any_other_address_is_not_found(telegram: Telegram) -> None:
    response = httpx.get(f"{telegram.url}/", trust_env=False)
    assert response.json()["description"] == "Not Found"


async def test_an_unknown_method_is_refused_and_complained_of(bot: Bot) -> None:
    assert await bot.refused("sendTelepathy") == "404 Not Found: method not found"
    assert bot.telegram.complaints == ["sendTelepathy: this stand-in has no such method"]
    bot.telegram.complaints.clear()


async def test_an_unknown_parameter_is_complained_of(bot: Bot, ada: Person) -> None:
    await bot.get("sendMessage", chat_id=ada.id, text="hello", colour="blue")
    assert bot.telegram.complaints == ["sendMessage: unknown parameters colour"]
    bot.telegram.complaints.clear()


def test_a_complaint_fails_the_test_at_its_end() -> None:
    with pytest.raises(AssertionError, match="sendTelepathy"), Telegram() as telegram:
        httpx.get(f"{telegram.url}/bot{telegram.token}/sendTelepathy", trust_env=False)


@pytest.mark.parametrize("way", ["form", "multipart", "json", "query"])
async def test_parameters_come_in_every_way_telegram_takes(
    bot: Bot, ada: Person, way: str
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
    fields = {"chat_id": str(ada.id), "text": "Hello & goodbye"}
    if way == "json":
        response = await bot.client.post("sendMessage", json=fields | {"reply_markup": keyboard})
    elif way == "query":
        query = fields | {"reply_markup": json.dumps(keyboard)}
        response = await bot.client.get("SENDMESSAGE", params=query)
    elif way == "multipart":
        files = {name: (None, value) for name, value in fields.items()}
        files["reply_markup"] = (None, json.dumps(keyboard))
        response = await bot.client.post("sendMessage", files=files)
    else:
        form = fields | {"reply_markup": json.dumps(keyboard)}
        response = await bot.client.post("sendMessage", data=form)
    sent = response.json()["result"]
    assert sent["text"] == "Hello & goodbye"
    assert sent["reply_markup"] == keyboard
    assert (await ada.hears()).buttons == ["More"]


async def test_broken_json_is_refused(bot: Bot) -> None:
    headers = {"content-type": "application/json"}
    response = await bot.client.post("sendMessage", content=b"{", headers=headers)
    assert response.json()["description"] == "Bad Request: can't parse request JSON object"
    response = await bot.client.post("sendMessage", content=b"[1]", headers=headers)
    assert response.json()["description"] == "Bad Request: can't parse request: object expected"


async def test_get_me_shows_the_switches(telegram: Telegram, bot: Bot) -> None:
    me = await bot.get("getMe")
    assert me["username"] == "signpost_bot" and me["is_bot"]
    shown = ("can_read_all_group_messages", "supports_inline_queries", "supports_guest_queries")
    assert [me[switch] for switch in shown] == [False, True, True]
    telegram.change(privacy=False, inline=False, guests=False)
    me = await bot.get("getMe")
    assert [me[switch] for switch in shown] == [True, False, False]


# ---- Words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),  # counted in UTF-16
        ({"text": "x", "parse_mode": "rtf"}, "unsupported parse_mode"),
        ({"text": "x", "reply_parameters": "{"}, "can't parse reply_parameters JSON object"),
        (
            {"text": "x", "reply_parameters": "[1]"},
            'field "reply_parameters" must be of type Object',
        ),
        ({"text": "x", "message_thread_id": "one"}, 'field "message_thread_id" must be a Number'),
    ],
)
async def test_text_telegram_refuses(
    bot: Bot, ada: Person, parameters: Json, refusal: str
) -> None:
    said = await bot.refused("sendMessage", chat_id=ada.id, **parameters)
    assert said == f"400 Bad Request: {refusal}"


async def test_the_length_counts_after_the_markup(bot: Bot, ada: Person) -> None:
    text = f"<b>{'&amp;' * 4096}</b>"
    sent = await bot.get("sendMessage", chat_id=ada.id, text=text, parse_mode="HTML")
    assert sent["text"] == "&" * 4096


async def test_markdown_is_complained_of(bot: Bot, ada: Person) -> None:
    await bot.get("sendMessage", chat_id=ada.id, text="*x*", parse_mode="MarkdownV2")
    assert bot.telegram.complaints == ["parse_mode markdownv2 is not modelled: use HTML"]
    bot.telegram.complaints.clear()


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("a &lt;b&gt; &amp; &quot;c&quot;", 'a <b> & "c"', []),
        ("&#8217;&#x1F600;", "’😀", []),
        ("a&nbsp;b &hellip;", "a&nbsp;b &hellip;", []),  # left as they stand
        ("😀 <b>bold</b>", "😀 bold", [("bold", 3, 4)]),
        ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<b>a</>", "a", [("bold", 0, 1)]),
        ("  <b> a </b>  ", "a", [("bold", 0, 1)]),  # white space around it goes
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ('<code class="language-c">a</code>', "a", [("code", 0, 1)]),
        ("<A HREF='https://nhs.uk/?a=1&amp;b=2'>NHS</A>", "NHS", [("text_link", 0, 3)]),
        ("see <u>carersuk.org</u>", "see carersuk.org", [("underline", 4, 12), ("url", 4, 12)]),
    ],
)
async def test_html_becomes_entities(
    bot: Bot, ada: Person, markup: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    sent = await bot.get("sendMessage", chat_id=ada.id, text=markup, parse_mode="HTML")
    found = [(e["type"], e["offset"], e["length"]) for e in sent.get("entities", [])]
    assert (sent["text"], found) == (text, entities)


async def test_a_link_keeps_its_address(bot: Bot, ada: Person) -> None:
    markup = '<a href="https://nhs.uk/?a=1&amp;b=2">NHS</a>'
    await bot.get("sendMessage", chat_id=ada.id, text=markup, parse_mode="HTML")
    assert (await ada.hears()).links() == ["https://nhs.uk/?a=1&b=2"]


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ("fish < chips", 'Unsupported start tag "" at byte offset 5'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("é<b/>", 'Unsupported start tag "b/" at byte offset 2'),  # in bytes
        ("<script>x</script>", 'Unsupported start tag "script" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        (
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("<b>x</strong>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</strong>"'),
    ],
)
async def test_broken_html_is_refused(bot: Bot, ada: Person, markup: str, fault: str) -> None:
    said = await bot.refused("sendMessage", chat_id=ada.id, text=markup, parse_mode="HTML")
    assert said == f"400 Bad Request: can't parse entities: {fault}"


async def test_a_link_telegram_drops_is_complained_of(bot: Bot, ada: Person) -> None:
    markup = '<a href="tel:08088087777">ring</a>'
    sent = await bot.get("sendMessage", chat_id=ada.id, text=markup, parse_mode="HTML")
    assert "entities" not in sent
    assert bot.telegram.complaints == [
        "the link to 'tel:08088087777' is dropped: Wrong port number specified in the URL"
    ]
    bot.telegram.complaints.clear()


async def test_more_than_a_hundred_entities_are_quietly_dropped(bot: Bot, ada: Person) -> None:
    sent = await bot.get("sendMessage", chat_id=ada.id, text="<b>x</b> " * 120, parse_mode="HTML")
    assert len(sent["entities"]) == 100
    assert sent["text"].count("x") == 120


async def test_what_people_write_carries_entities(bot: Bot, ada: Person) -> None:
    await ada.writes("/near@signpost_bot SE6 @signpost_bot https://nhs.uk/x ada@example.org")
    message = (await bot.told())["message"]
    assert [(e["type"], e["offset"], e["length"]) for e in message["entities"]] == [
        ("bot_command", 0, 18),
        ("mention", 23, 13),
        ("url", 37, 16),
        ("email", 54, 15),
    ]
    assert message["from"]["language_code"] == "en"
    assert message["from"]["id"] > 2**32


# ---- Keyboards ------------------------------------------------------------------------------

BUTTON = "can't parse inline keyboard button: "
FIELD = 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array'


def one(**button: Any) -> Json:
    return {"inline_keyboard": [[{"text": "x"} | button]]}


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        (one(), BUTTON + "Text buttons are unallowed in the inline keyboard"),
        (one(callback_data=""), "BUTTON_DATA_INVALID"),
        (one(callback_data="x" * 65), "BUTTON_DATA_INVALID"),
        (one(callback_data="é" * 33), "BUTTON_DATA_INVALID"),  # counted in bytes
        (one(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (one(copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
        (one(copy_text="x"), 'field "copy_text" must be of type Object'),
        (one(text="", callback_data="x"), "inline keyboard button text must be non-empty"),
        (one(text=1, callback_data="x"), BUTTON + 'Field "text" must be of type String'),
        (
            {"inline_keyboard": [[{"callback_data": "x"}]]},
            BUTTON + 'Can\'t find field "text"',
        ),
        ({"inline_keyboard": [["x"]]}, BUTTON + "InlineKeyboardButton must be an Object"),
        ({"inline_keyboard": None}, FIELD),
        ({"inline_keyboard": [{}]}, FIELD + " of Arrays"),
        (
            {"inline_keyboard": one(callback_data="x")["inline_keyboard"] * 101},
            "reply markup is too long",
        ),
        ("null", "object expected as reply markup"),
        ("{", "can't parse reply keyboard markup JSON object"),
    ],
)
async def test_keyboards_telegram_refuses(
    bot: Bot, ada: Person, markup: Any, refusal: str
) -> None:
    said = await bot.refused("sendMessage", chat_id=ada.id, text="x", reply_markup=markup)
    assert said == f"400 Bad Request: {refusal}"


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("carers", "Wrong HTTP URL"),
        ("ftp://nhs.uk", "Unsupported URL protocol"),
        ("mailto://a@nhs.uk", "Unsupported URL protocol"),
        ("tel:+442012345678", "Wrong port number specified in the URL"),
        ("https://", "URL host is empty"),
        ("https://nhs.uk:99999/", "Wrong port number specified in the URL"),
        ("https://nhs uk.org", "Disallowed character in URL host"),
        ("tg://resolve:80?domain=x", "Wrong tg URL"),
        ("", "URL is empty"),
    ],
)
async def test_addresses_telegram_refuses(bot: Bot, ada: Person, url: str, fault: str) -> None:
    said = await bot.refused("sendMessage", chat_id=ada.id, text="x", reply_markup=one(url=url))
    assert said == f"400 Bad Request: inline keyboard button URL '{url}' is invalid: {fault}"


@pytest.mark.parametrize(
    "button",
    [
        {"url": "https://user@www.nhs.uk:443/a?b#c"},
        {"url": "nhs.uk"},
        {"url": "tg://resolve?domain=signpost_bot"},
        {"url": "https://t.me/signpost_bot?start=x"},
        {"callback_data": "é" * 32, "style": "primary"},
        {"copy_text": {"text": "0808 808 7777"}},
        {"switch_inline_query": ""},
        {"switch_inline_query_current_chat": "blue badge"},
    ],
)
async def test_buttons_telegram_takes(bot: Bot, ada: Person, button: Json) -> None:
    sent = await bot.get("sendMessage", chat_id=ada.id, text="x", reply_markup=one(**button))
    button.pop("style", None)
    assert sent["reply_markup"] == one(**button)


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        (
            one(url="nhs.uk", callback_data="x"),
            "the button 'x' has two actions: url and callback_data",
        ),
        (
            one(callback_data="x", colour="red"),
            "a button has colour, which this stand-in does not know",
        ),
        (
            {"inline_keyboard": [one(callback_data="x")["inline_keyboard"][0] * 9]},
            "a row of 9 buttons: only 8 are shown",
        ),
    ],
)
async def test_keyboards_no_bot_can_have_meant(
    bot: Bot, ada: Person, markup: Json, complaint: str
) -> None:
    await bot.get("sendMessage", chat_id=ada.id, text="x", reply_markup=markup)
    assert bot.telegram.complaints == [complaint]
    assert len((await ada.hears()).buttons) <= 8
    bot.telegram.complaints.clear()


async def test_a_reply_keyboard_is_kept_as_it_is(bot: Bot, ada: Person) -> None:
    keyboard = {"keyboard": [[{"text": "Here", "request_location": True}]]}
    sent = await bot.get("sendMessage", chat_id=ada.id, text="Where?", reply_markup=keyboard)
    assert (await ada.hears()).other_markup == keyboard
    here = {"chat_id": ada.id, "message_id": sent["message_id"]}
    said = await bot.refused("editMessageText", **here, text="y")
    assert said == "400 Bad Request: message can't be edited"


# ---- Where a bot may write ------------------------------------------------------------------


async def test_chats_a_bot_cannot_write_to(telegram: Telegram, bot: Bot, ada: Person) -> None:
    stranger, blocker, met = (telegram.person(n) for n in ("Stranger", "Blocker", "Met"))
    await blocker.writes("/start")
    await blocker.blocks()
    group = await telegram.group_with_bot("Here", ada, met)
    await met.writes("/help", group)  # met in a group, never in private
    left, kicked = [await telegram.group_with_bot(n, ada) for n in ("Left", "Kicked")]
    await left.removes_bot(ada, kicks=False)
    await kicked.removes_bot(ada)
    basic = await telegram.group_with_bot("Basic", ada, kind="group")
    await basic.removes_bot(ada)
    never = telegram.group("Never", ada)
    channel = telegram.channel("News", ada, username="carers_news")
    await channel.adds_bot(ada)

    async def refusal(chat_id: Any) -> str:
        return await bot.refused("sendMessage", chat_id=chat_id, text="x")

    assert await refusal("") == "400 Bad Request: chat_id is empty"
    for unknown in (12345, "@nobody", "words", stranger.id, never.id):
        assert await refusal(unknown) == "400 Bad Request: chat not found"
    assert await refusal(met.id) == "403 Forbidden: bot can't initiate conversation with a user"
    assert await refusal(blocker.id) == "403 Forbidden: bot was blocked by the user"
    assert await refusal(left.id) == "403 Forbidden: bot is not a member of the supergroup chat"
    assert await refusal(kicked.id) == "403 Forbidden: bot was kicked from the supergroup chat"
    assert await refusal(basic.id) == "403 Forbidden: bot was kicked from the group chat"
    needed = "400 Bad Request: need administrator rights in the channel chat"
    assert await refusal("@carers_news") == needed
    await channel.adds_bot(ada, "administrator")
    posted = await bot.get("sendMessage", chat_id="@carers_news", text="x")
    assert posted["chat"]["id"] == channel.id
    await blocker.unblocks()
    await bot.get("sendMessage", chat_id=blocker.id, text="welcome back")
    assert (await blocker.hears()).text == "welcome back"


async def test_a_channel_takes_no_inline_switch(telegram: Telegram, bot: Bot, ada: Person) -> None:
    channel = telegram.channel("News", ada)
    await channel.adds_bot(ada, "administrator")
    said = await bot.refused(
        "sendMessage", chat_id=channel.id, text="x", reply_markup=one(switch_inline_query="y")
    )
    assert "can't use switch_inline_query button in a channel chat" in said


async def test_a_group_that_became_a_supergroup_moves(
    telegram: Telegram, bot: Bot, ada: Person
) -> None:
    old = await telegram.group_with_bot("Carers", ada, kind="group")
    await bot.forget()
    new = await old.becomes_supergroup(ada)
    there, here = [update["message"] for update in await bot.updates()]
    assert (there["chat"]["id"], there["migrate_to_chat_id"]) == (old.id, new.id)
    assert (here["chat"]["id"], here["migrate_from_chat_id"]) == (new.id, old.id)
    body = await bot.call("sendMessage", chat_id=old.id, text="x")
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert body["parameters"] == {"migrate_to_chat_id": new.id}
    await bot.get("sendMessage", chat_id=new.id, text="x")
    assert (await ada.hears(new)).text == "x"


async def test_topics_of_a_forum(telegram: Telegram, bot: Bot, ada: Person) -> None:
    forum = await telegram.group_with_bot("Forum", ada, forum=True)
    await bot.forget()
    money = forum.topic("Money", ada)
    assert (await bot.told())["message"]["forum_topic_created"]["name"] == "Money"
    await ada.writes("/help", forum, thread=money)
    told = (await bot.told())["message"]
    assert told["message_thread_id"] == money and told["is_topic_message"]
    sent = await bot.get("sendMessage", chat_id=forum.id, text="x", message_thread_id=money)
    assert sent["message_thread_id"] == money
    for chat_id, thread in ((forum.id, 999), (ada.id, money)):
        said = await bot.refused("sendMessage", chat_id=chat_id, text="x", message_thread_id=thread)
        assert said == "400 Bad Request: message thread not found"
    with pytest.raises(ValueError, match="no forum"):
        telegram.group("Plain", ada).topic("Money", ada)


async def test_replies(bot: Bot, ada: Person, group: Place) -> None:
    asked = await ada.writes("/help", group)
    sent = await bot.get(
        "sendMessage", chat_id=group.id, text="x", reply_parameters={"message_id": asked.id}
    )
    assert sent["reply_to_message"]["message_id"] == asked.id
    assert (await ada.hears(group)).reply_to is asked
    await ada.deletes(asked)
    missing = {"message_id": asked.id}
    said = await bot.refused("sendMessage", chat_id=group.id, text="x", reply_parameters=missing)
    assert said == "400 Bad Request: message to be replied not found"
    missing["allow_sending_without_reply"] = True
    sent = await bot.get("sendMessage", chat_id=group.id, text="x", reply_parameters=missing)
    assert "reply_to_message" not in sent


# ---- Changing what was said -----------------------------------------------------------------


async def test_edits(bot: Bot, ada: Person) -> None:
    mine = await ada.writes("hello")
    sent = await bot.get("sendMessage", chat_id=ada.id, text="one", reply_markup=one(url="nhs.uk"))
    heard = await ada.hears()
    here = {"chat_id": ada.id, "message_id": sent["message_id"]}
    same = {"text": "one", "reply_markup": one(url="nhs.uk")}
    unchanged = await bot.refused("editMessageText", **here, **same)
    assert unchanged.startswith("400 Bad Request: message is not modified: specified new message")
    await bot.get("editMessageText", **here, text="two")
    assert (await ada.sees_edit(heard)).text == "two"
    assert heard.buttons == []  # an edit without a keyboard takes it away
    await bot.get("editMessageReplyMarkup", **here, reply_markup=one(url="nhs.uk"))
    assert (await ada.sees_edit(heard)).buttons == ["x"]
    unchanged = await bot.refused("editMessageReplyMarkup", **here, reply_markup=one(url="nhs.uk"))
    assert "message is not modified" in unchanged

    async def refusal(**parameters: Any) -> str:
        return await bot.refused("editMessageText", **({"text": "x"} | parameters))

    assert await refusal(chat_id=ada.id) == "400 Bad Request: message identifier is not specified"
    missing = await refusal(chat_id=ada.id, message_id=999)
    assert missing == "400 Bad Request: message to edit not found"
    theirs = await refusal(chat_id=ada.id, message_id=mine.id)
    assert theirs == "400 Bad Request: message can't be edited"
    assert await refusal(**here, text="x" * 4097) == "400 Bad Request: MESSAGE_TOO_LONG"
    assert await refusal(**here, text="") == "400 Bad Request: message text is empty"
    keyboard = {"keyboard": [[{"text": "x"}]]}
    other = await refusal(**here, reply_markup=keyboard)
    assert other == "400 Bad Request: inline keyboard expected"
    assert await refusal(inline_message_id="x") == "400 Bad Request: MESSAGE_ID_INVALID"


async def test_deletions(bot: Bot, ada: Person, group: Place) -> None:
    theirs = await ada.writes("/help", group)
    sent = await bot.get("sendMessage", chat_id=group.id, text="x")
    assert await bot.get("deleteMessage", chat_id=group.id, message_id=sent["message_id"])
    assert group.from_bot == []
    gone = await bot.refused("deleteMessage", chat_id=group.id, message_id=sent["message_id"])
    assert gone == "400 Bad Request: message to delete not found"
    said = await bot.refused("deleteMessage", chat_id=group.id, message_id=theirs.id)
    assert said == "400 Bad Request: message can't be deleted for everyone"
    await group.adds_bot(ada, "administrator")
    assert await bot.get("deleteMessage", chat_id=group.id, message_id=theirs.id)


async def test_typing(bot: Bot, ada: Person) -> None:
    assert await bot.get("sendChatAction", chat_id=ada.id, action="typing")
    said = await bot.refused("sendChatAction", chat_id=ada.id, action="snoring")
    assert said == "400 Bad Request: wrong parameter action in request"


# ---- Presses --------------------------------------------------------------------------------


async def test_a_press_is_answered_once(telegram: Telegram, bot: Bot, ada: Person) -> None:
    await bot.get("sendMessage", chat_id=ada.id, text="x", reply_markup=one(callback_data="go"))
    message = await ada.hears()
    press = await ada.presses(message, "x")
    query = (await bot.told())["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("go", message.id)
    answer = {"callback_query_id": query["id"]}
    too_long = await bot.refused("answerCallbackQuery", **answer, text="x" * 201)
    assert too_long == "400 Bad Request: MESSAGE_TOO_LONG"
    elsewhere = await bot.refused("answerCallbackQuery", **answer, url="https://nhs.uk")
    assert elsewhere == "400 Bad Request: URL_INVALID"
    await bot.get("answerCallbackQuery", **answer, text="done", show_alert=True)
    seen = await ada.sees_answer(press)
    assert (seen.text, seen.alert) == ("done", True)
    for unknown in (query["id"], "1", ""):
        said = await bot.refused("answerCallbackQuery", callback_query_id=unknown)
        assert said == f"400 {PRESS_TOO_OLD}"
    telegram.change(press_lasts=0.05)
    press = await ada.presses(message, "x")
    await asyncio.sleep(0.1)
    said = await bot.refused("answerCallbackQuery", callback_query_id=press.id)
    assert said == f"400 {PRESS_TOO_OLD}"


async def test_only_what_is_there_can_be_pressed(bot: Bot, ada: Person) -> None:
    await bot.get("sendMessage", chat_id=ada.id, text="x", reply_markup=one(url="nhs.uk"))
    message = await ada.hears()
    with pytest.raises(AssertionError, match=r"no button 'y' .* there are \['x'\]"):
        await ada.presses(message, "y")
    with pytest.raises(AssertionError, match="not for the bot to hear"):
        await ada.presses(message, "x")


# ---- Inline and guests ----------------------------------------------------------------------


def article(number: int = 1, **fields: Any) -> Json:
    return {
        "type": "article",
        "id": str(number),
        "title": f"Title {number}",
        "input_message_content": {"message_text": f"Text {number}"},
    } | fields


def says(text: str, **fields: Any) -> Json:
    return {"input_message_content": {"message_text": text} | fields}


RESULT = "can't parse inline query result: "


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"results": [article(n) for n in range(51)]}, "too many inline query results specified"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article(id="x" * 65)]}, "RESULT_ID_INVALID"),
        ({"results": [article(id="")]}, "RESULT_ID_INVALID"),
        ({"results": [], "next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        ({"results": {}}, "expected an Array of inline query results"),
        ({"results": ["x"]}, RESULT + "expected an Object"),
        ({"results": [{"type": "article", "id": "1"}]}, RESULT + 'Can\'t find field "title"'),
        (
            {"results": [article(input_message_content={})]},
            RESULT + 'Can\'t find field "message_text"',
        ),
        ({"results": [article(**says(""))]}, RESULT + "message text is empty"),
        ({"results": [article(**says("x" * 4097))]}, "MESSAGE_TOO_LONG"),
        (
            {"results": [article(**says("<b>x", parse_mode="HTML"))]},
            RESULT + 'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
        ),
        ({"results": [article(reply_markup=one(callback_data=""))]}, "BUTTON_DATA_INVALID"),
        ({"results": [], "button": {"text": "x"}}, "START_PARAM_EMPTY"),
        ({"results": [], "button": {"text": "x", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        (
            {"results": [], "button": {"start_parameter": "x"}},
            'can\'t parse inline query results button: Can\'t find field "text"',
        ),
    ],
)
async def test_inline_answers_telegram_refuses(
    bot: Bot, ada: Person, parameters: Json, refusal: str
) -> None:
    typing = asyncio.create_task(ada.types_inline("blue"))
    query = (await bot.told())["inline_query"]
    said = await bot.refused("answerInlineQuery", inline_query_id=query["id"], **parameters)
    assert said == f"400 Bad Request: {refusal}"
    await bot.get("answerInlineQuery", inline_query_id=query["id"], results=[])
    assert (await typing).results == ()
    again = await bot.refused("answerInlineQuery", inline_query_id=query["id"], results=[])
    assert again == f"400 {PRESS_TOO_OLD}"


async def answer_inline(bot: Bot, **parameters: Any) -> None:
    query = (await bot.told())["inline_query"]
    results = [article(reply_markup=one(callback_data=query["query"]))]
    await bot.get("answerInlineQuery", inline_query_id=query["id"], results=results, **parameters)


async def test_inline_answers_are_cached_for_everybody_unless_personal(
    telegram: Telegram, bot: Bot, ada: Person
) -> None:
    ben = telegram.person("Ben")
    answered = asyncio.create_task(answer_inline(bot))
    assert not (await ada.types_inline("blue")).from_cache
    assert (await ben.types_inline("blue")).from_cache
    await answered
    answered = asyncio.create_task(answer_inline(bot, is_personal=True))
    assert not (await ada.types_inline("near me")).from_cache
    await answered
    assert (await ada.types_inline("near me")).from_cache
    answered = asyncio.create_task(answer_inline(bot, is_personal=True, cache_time=0))
    assert not (await ben.types_inline("near me")).from_cache
    await answered
    answered = asyncio.create_task(answer_inline(bot))
    assert not (await ben.types_inline("near me")).from_cache
    await answered


async def test_a_chosen_result_stands_in_the_persons_name(
    telegram: Telegram, bot: Bot, ada: Person, group: Place
) -> None:
    answered = asyncio.create_task(answer_inline(bot))
    assert (await ada.types_inline("blue")).titles == ["Title 1"]
    await answered
    with pytest.raises(AssertionError, match="was not offered"):
        await ada.chooses("Title 2", group)
    message = await ada.chooses("Title 1", group)
    chosen, told = await bot.updates()
    assert chosen["chosen_inline_result"]["result_id"] == "1"
    assert told["message"]["via_bot"]["username"] == "signpost_bot"  # seen despite privacy mode
    await bot.forget()
    await ada.presses(message, "x")
    query = (await bot.told())["callback_query"]
    assert query["inline_message_id"] == chosen["chosen_inline_result"]["inline_message_id"]
    assert "message" not in query
    inline = query["inline_message_id"]
    edited = await bot.get("editMessageText", inline_message_id=inline, text="y")
    assert edited is True and message.text == "y"
    telegram.change(inline=False)
    with pytest.raises(AssertionError, match="inline mode is off"):
        await ada.types_inline("blue")


async def test_a_guest_is_answered_once_and_never_by_a_message(
    telegram: Telegram, bot: Bot, ada: Person
) -> None:
    place = telegram.group("Elsewhere", ada)
    await ada.writes("blue badge?", place)  # not for the bot, and not told
    asked = await ada.writes("@signpost_bot blue badge?", place)
    guest = (await bot.told())["guest_message"]
    assert guest["message_id"] == asked.id
    said = await bot.refused("sendMessage", chat_id=place.id, text="x")
    assert said == "403 Forbidden: bot is not a member of the supergroup chat"
    query = guest["guest_query_id"]
    sent = await bot.get("answerGuestQuery", guest_query_id=query, result=article())
    assert sent["inline_message_id"]
    assert (await ada.hears(place)).text == "Text 1"
    again = await bot.refused("answerGuestQuery", guest_query_id=query, result=article(2))
    assert again == f"400 {PRESS_TOO_OLD}"
    telegram.change(guest_lasts=0.05)
    await ada.writes("@signpost_bot and now?", place)
    guest = (await bot.told())["guest_message"]
    await asyncio.sleep(0.1)
    late = await bot.refused(
        "answerGuestQuery", guest_query_id=guest["guest_query_id"], result=article()
    )
    assert late == f"400 {PRESS_TOO_OLD}"
    telegram.change(guests=False)
    await ada.writes("@signpost_bot hello?", place)
    assert await bot.updates() == []


# ---- For one person only --------------------------------------------------------------------


async def test_an_ephemeral_message_follows_a_press_or_command(
    telegram: Telegram, bot: Bot, ada: Person, group: Place
) -> None:
    ben = telegram.person("Ben")
    group.admits(ben)

    async def whisper(person: Person, press: str = "", **more: Any) -> Json:
        to = {"receiver_user_id": person.id} | ({"callback_query_id": press} if press else {})
        return await bot.call(
            "sendMessage", chat_id=group.id, text="psst", ephemeral_message_parameters=to, **more
        )

    refusal = "Bad Request: ephemeral message can't be sent to the user"
    assert (await whisper(ada))["description"] == refusal
    await bot.get("sendMessage", chat_id=group.id, text="?", reply_markup=one(callback_data="x"))
    press = await ada.presses(await ada.hears(group), "x")
    assert (await whisper(ben, press.id))["description"] == refusal  # another's press
    sent = (await whisper(ada, press.id))["result"]
    assert sent["message_id"] == 0 and sent["ephemeral_message_id"]
    assert (await ada.hears(group)).text == "psst"
    assert (await ben.hears(group)).text == "?"
    await ben.hears_nothing(group, within=0.05)
    telegram.change(ephemeral_window=0.0)
    assert (await whisper(ada, press.id))["description"] == refusal
    telegram.change(ephemeral_window=15.0)

    await bot.get(
        "setMyCommands",
        commands=[{"command": "what", "description": "a word", "is_ephemeral": True}],
    )
    await bot.forget()
    await ada.writes("/what respite", group)
    told = (await bot.told())["message"]
    assert told["message_id"] == 0
    answered = await whisper(
        ada, reply_parameters={"ephemeral_message_id": told["ephemeral_message_id"]}
    )
    assert answered["ok"]

    await group.adds_bot(ada, "administrator")
    assert (await whisper(ben))["ok"]  # an administrator may at any time
    outsider = telegram.person("Outsider")
    assert (await whisper(outsider))["description"] == "Bad Request: USER_NOT_PARTICIPANT"
    ben.goes_offline()
    assert (await whisper(ben))["ok"]
    assert (await ben.hears(group)).text == "psst"
    await ben.hears_nothing(group, within=0.05)  # the second never came
    private = await bot.refused(
        "sendMessage",
        chat_id=ada.id,
        text="x",
        ephemeral_message_parameters={"receiver_user_id": ada.id},
    )
    assert private == "400 Bad Request: ephemeral messages can be sent only in groups"


async def test_an_ephemeral_message_is_changed_by_its_own_methods(
    bot: Bot, ada: Person, group: Place
) -> None:
    await group.adds_bot(ada, "administrator")
    to = {"receiver_user_id": ada.id}
    sent = await bot.get(
        "sendMessage", chat_id=group.id, text="psst", ephemeral_message_parameters=to
    )
    heard = await ada.hears(group)
    here = {"chat_id": group.id, "ephemeral_message_id": sent["ephemeral_message_id"]} | to
    said = await bot.refused("deleteMessage", chat_id=group.id, message_id=0)
    assert said == "400 Bad Request: message to delete not found"
    assert await bot.get("editEphemeralMessageText", **here, text="hush") is True
    assert (await ada.sees_edit(heard)).text == "hush"
    assert await bot.get("editEphemeralMessageReplyMarkup", **here, reply_markup=one(url="nhs.uk"))
    assert heard.links() == ["nhs.uk"]
    assert await bot.get("deleteEphemeralMessage", **here)
    gone = await bot.refused("editEphemeralMessageText", **here, text="x")
    assert gone == "400 Bad Request: message to edit not found"


# ---- About the bot, about a chat ------------------------------------------------------------


def command(name: str = "help", description: str = "What I do", **more: Any) -> Json:
    return {"command": name, "description": description, **more}


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"commands": [command()] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [command("Help")]}, "BOT_COMMAND_INVALID"),
        ({"commands": [command("h" * 33)]}, "BOT_COMMAND_INVALID"),
        ({"commands": [command("")]}, "BOT_COMMAND_INVALID"),
        ({"commands": [command("help", "")]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [command("help", "x" * 257)]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        (
            {"commands": [{"command": "x"}]},
            'can\'t parse BotCommand: Can\'t find field "description"',
        ),
        ({"commands": ["x"]}, "can't parse BotCommand: expected an Object"),
        ({"commands": {}}, "expected an Array of BotCommand"),
        ({"commands": [], "language_code": "english"}, "LANG_CODE_INVALID"),
        (
            {"commands": [], "scope": {"type": "moon"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        (
            {"commands": [], "scope": {"type": "chat"}},
            'can\'t parse BotCommandScope: Can\'t find field "chat_id"',
        ),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 1}}, "chat not found"),
    ],
)
async def test_commands_telegram_refuses(bot: Bot, parameters: Json, refusal: str) -> None:
    assert await bot.refused("setMyCommands", **parameters) == f"400 Bad Request: {refusal}"


async def test_commands_are_kept_by_scope_and_language(telegram: Telegram, bot: Bot) -> None:
    groups = {"type": "all_group_chats"}
    await bot.get("setMyCommands", commands=[command("start"), command("help")])
    await bot.get("setMyCommands", commands=[command("setup")], scope=groups)
    await bot.get("setMyCommands", commands=[command("cymorth")], language_code="cy")
    assert telegram.commands() == ["start", "help"]
    assert telegram.commands(groups) == ["setup"]
    assert telegram.commands(language="cy") == ["cymorth"]
    assert await bot.get("getMyCommands", scope=groups) == [command("setup")]
    await bot.get("deleteMyCommands", scope=groups)
    assert await bot.get("getMyCommands", scope=groups) == []
    await bot.get("setMyCommands", commands=[command(colour="red")])
    assert telegram.complaints == ["a command has unknown fields colour"]
    telegram.complaints.clear()


@pytest.mark.parametrize(
    ("name", "field", "longest", "refusal"),
    [
        ("Description", "description", 512, "BOT_DESCRIPTION_TOO_LONG"),
        ("ShortDescription", "short_description", 120, "BOT_SHORT_DESCRIPTION_TOO_LONG"),
    ],
)
async def test_descriptions(bot: Bot, name: str, field: str, longest: int, refusal: str) -> None:
    await bot.get(f"setMy{name}", **{field: "x" * longest})
    await bot.get(f"setMy{name}", **{field: "cymraeg"}, language_code="cy")
    assert await bot.get(f"getMy{name}", language_code="de") == {field: "x" * longest}
    assert await bot.get(f"getMy{name}", language_code="cy") == {field: "cymraeg"}
    said = await bot.refused(f"setMy{name}", **{field: "x" * (longest + 1)})
    assert said == f"400 Bad Request: {refusal}"


async def test_the_menu_button(bot: Bot, ada: Person) -> None:
    await bot.get("setChatMenuButton", menu_button={"type": "commands"})
    assert await bot.get("getChatMenuButton") == {"type": "commands"}
    assert await bot.get("getChatMenuButton", chat_id=ada.id) == {"type": "default"}
    said = await bot.refused("setChatMenuButton", menu_button={"type": "fish"})
    assert said == "400 Bad Request: can't parse menu button: Unsupported type specified"


async def test_who_runs_a_group(telegram: Telegram, bot: Bot, ada: Person, group: Place) -> None:
    ben, outsider = telegram.person("Ben"), telegram.person("Outsider")
    group.admits(ben)

    async def status(user_id: int) -> str:
        member = await bot.get("getChatMember", chat_id=group.id, user_id=user_id)
        return str(member["status"])

    assert await status(ada.id) == "creator"
    assert await status(ben.id) == "member"
    assert await status(outsider.id) == "left"
    said = await bot.refused("getChatMember", chat_id=group.id, user_id=1)
    assert said == "400 Bad Request: invalid user_id specified"
    group.admits(ben, status="administrator")
    await group.adds_bot(ada, "administrator")
    running = await bot.get("getChatAdministrators", chat_id=group.id)
    assert [m["user"]["id"] for m in running] == [ada.id, ben.id]
    assert len(await bot.get("getChatAdministrators", chat_id=group.id, return_bots=True)) == 3
    private = await bot.refused("getChatAdministrators", chat_id=ada.id)
    assert private == "400 Bad Request: there are no administrators in the private chat"


async def test_a_bot_looks_at_a_chat_and_leaves_it(bot: Bot, ada: Person, group: Place) -> None:
    assert (await bot.get("getChat", chat_id=group.id))["title"] == "Carers of Lewisham"
    assert (await bot.get("getChat", chat_id=ada.id))["first_name"] == "Ada"
    assert await bot.get("leaveChat", chat_id=group.id)
    left = (await bot.told())["my_chat_member"]
    assert left["new_chat_member"]["status"] == "left"
    said = await bot.refused("getChat", chat_id=group.id)
    assert said == "403 Forbidden: bot is not a member of the supergroup chat"
    private = await bot.refused("leaveChat", chat_id=ada.id)
    assert private == "403 Forbidden: bot can't leave private chats"


# ---- What a bot hears -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("anyone know about blue badges?", False),
        ("/help", True),
        ("/help@signpost_bot", True),
        ("/help@SIGNPOST_BOT now", True),
        ("/help@other_bot", False),
        ("what does /help do", False),
        ("@signpost_bot blue badge", False),
        ("😀 could @signpost_bot help?", False),
    ],
)
async def test_privacy_mode(
    telegram: Telegram, bot: Bot, ada: Person, group: Place, text: str, seen: bool
) -> None:
    await ada.writes(text, group)
    assert bool(await bot.updates()) == seen
    await bot.forget()
    telegram.change(mentions_pass_privacy=True)
    await ada.writes(text, group)
    assert bool(await bot.updates()) == (seen or "@signpost_bot" in text)
    await bot.forget()
    telegram.change(privacy=False)
    await ada.writes(text, group)
    assert await bot.updates()
    await bot.forget()
    telegram.change(privacy=True, mentions_pass_privacy=False)
    await group.adds_bot(ada, "administrator")
    await bot.forget()
    await ada.writes(text, group)
    assert await bot.updates()


async def test_privacy_mode_lets_replies_to_the_bot_pass(
    bot: Bot, ada: Person, group: Place
) -> None:
    other = await ada.writes("hello", group)
    await ada.writes("hello yourself", group, reply_to=other)
    await bot.get("sendMessage", chat_id=group.id, text="hello")
    await ada.writes("and by phone?", group, reply_to=await ada.hears(group))
    told = (await bot.told())["message"]
    assert told["text"] == "and by phone?"
    assert told["reply_to_message"]["from"]["is_bot"]


async def test_everything_a_person_can_send(bot: Bot, ada: Person) -> None:
    for kind in ("photo", "voice", "sticker", "document", "contact", "location"):
        await ada.sends(kind, caption="look" if kind == "photo" else "")
        told = (await bot.told())["message"]
        assert kind in told and "text" not in told
        assert told.get("caption") == ("look" if kind == "photo" else None)
    with pytest.raises(ValueError, match="no message carries 'pigeon'"):
        await ada.sends("pigeon")


async def test_edits_channels_links_and_anonymous_admins_are_told(
    telegram: Telegram, bot: Bot, ada: Person, group: Place
) -> None:
    message = await ada.writes("blu badge")
    await bot.forget()
    await ada.edits(message, "blue badge")
    edited = (await bot.told())["edited_message"]
    assert (edited["message_id"], edited["text"]) == (message.id, "blue badge")
    assert edited["edit_date"] >= edited["date"]
    await ada.opens("https://t.me/signpost_bot?start=place_se6")
    assert (await bot.told())["message"]["text"] == "/start place_se6"
    for wrong in ("https://nhs.uk", "https://t.me/other_bot", "https://t.me/signpost_bot?start=a+b"):
        with pytest.raises(AssertionError, match=r"lead|another bot|bad parameter"):
            await ada.opens(wrong)
    await ada.writes("/setup", group, anonymous=True)
    told = (await bot.told())["message"]
    assert told["from"]["username"] == "GroupAnonymousBot" and told["sender_chat"]["id"] == group.id
    channel = telegram.channel("News", ada)
    await channel.adds_bot(ada, "administrator")
    await bot.forget()
    await channel.posts("Carers' week")
    post = (await bot.told())["channel_post"]
    assert post["text"] == "Carers' week" and "from" not in post


async def test_joining_leaving_and_blocking_are_told(
    telegram: Telegram, bot: Bot, ada: Person
) -> None:
    group = telegram.group("Carers", ada)
    await group.adds_bot(ada)
    joined, service = await bot.updates()
    changed = joined["my_chat_member"]
    assert changed["old_chat_member"]["status"] == "left"
    assert changed["new_chat_member"]["status"] == "member"
    assert service["message"]["new_chat_members"][0]["username"] == "signpost_bot"
    await bot.forget()
    await group.removes_bot(ada)
    removed, service = await bot.updates()
    assert removed["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert service["message"]["left_chat_member"]["is_bot"]
    await bot.forget()
    await ada.blocks()
    blocked = (await bot.told())["my_chat_member"]
    assert (blocked["chat"]["type"], blocked["new_chat_member"]["status"]) == ("private", "kicked")
    await ada.writes("hello?")
    assert await bot.updates() == []
    with pytest.raises(AssertionError, match="Ben is not in Carers"):
        await telegram.person("Ben").writes("hello", group)


# ---- By polling -----------------------------------------------------------------------------


async def test_an_update_stays_until_it_is_confirmed(bot: Bot, ada: Person) -> None:
    for word in ("one", "two", "three"):
        await ada.writes(word)

    async def words(**parameters: Any) -> list[str]:
        return [update["message"]["text"] for update in await bot.updates(**parameters)]

    assert await words() == await words() == ["one", "two", "three"]
    assert await words(limit=2) == ["one", "two"]
    first = (await bot.updates())[0]["update_id"]
    assert await words(offset=first + 1) == ["two", "three"]
    assert await words(offset=first) == ["two", "three"]  # gone for good
    assert await words(offset=-1) == ["three"]
    assert await words() == ["three"]


async def test_a_poll_waits_for_what_comes(bot: Bot, ada: Person) -> None:
    started = time.monotonic()
    assert await bot.updates(timeout=1) == []
    assert 0.9 < time.monotonic() - started < 2
    poll = asyncio.create_task(bot.updates(timeout=5))
    await asyncio.sleep(0.05)
    await ada.writes("hello")
    (update,) = await poll
    assert update["message"]["text"] == "hello"
    assert time.monotonic() - started < 2


async def test_only_the_kinds_asked_for_are_told(bot: Bot, ada: Person) -> None:
    await bot.updates(allowed_updates=["edited_message"])
    message = await ada.writes("one")
    await ada.edits(message, "two")
    assert "edited_message" in await bot.told()
    await ada.writes("three")
    assert await bot.updates() == []  # the last list still holds
    await bot.updates(allowed_updates=[])
    await ada.writes("four")
    assert (await bot.told())["message"]["text"] == "four"


async def test_what_a_dead_bot_was_told_is_told_to_the_next(bot: Bot, ada: Person) -> None:
    dead = asyncio.create_task(bot.updates(timeout=30))
    await asyncio.sleep(0.05)
    dead.cancel()
    await ada.writes("anybody there?")
    assert (await bot.updates(timeout=5))[0]["message"]["text"] == "anybody there?"


async def test_two_who_poll_are_in_conflict(bot: Bot) -> None:
    first = asyncio.create_task(bot.refused("getUpdates", timeout=5))
    await asyncio.sleep(0.05)
    assert await bot.updates() == []
    assert await asyncio.wait_for(first, 1) == (
        "409 Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )


async def test_polling_and_a_webhook_are_in_conflict(bot: Bot) -> None:
    first = asyncio.create_task(bot.refused("getUpdates", timeout=5))
    await asyncio.sleep(0.05)
    await bot.get("setWebhook", url="http://127.0.0.1:9/")
    assert await asyncio.wait_for(first, 1) == "409 Conflict: terminated by setWebhook request"
    assert await bot.refused("getUpdates") == (
        "409 Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )


# ---- By webhook -----------------------------------------------------------------------------

Answering = Callable[[Json], Awaitable[Response]]


class Receiver:
    """A webhook's other end. Answers 200, or what ``answering`` says."""

    def __init__(self) -> None:
        self.updates: list[Json] = []
        self.secrets: list[str | None] = []
        self.answering: Answering | None = None
        self.url = ""

    async def receive(self, request: Request) -> Response:
        update = await request.json()
        self.updates.append(update)
        self.secrets.append(request.headers.get("x-telegram-bot-api-secret-token"))
        return await self.answering(update) if self.answering else Response()

    @property
    def words(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates]

    def has(self, count: int) -> Callable[[], bool]:
        return lambda: len(self.updates) >= count


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = Starlette(routes=[Route("/hook", receiver.receive, methods=["POST"])])
    async with served(app) as receiver.url:
        yield receiver


@asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[str]:
    """The address of an application that runs in the test's own loop."""
    config = uvicorn.Config(app, port=0, log_level="critical", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/hook"
    finally:
        server.should_exit = True
        await serving


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"url": "http://example.org/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://example.org:8080/"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        (
            {"url": "https://example.org/", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
        ({"url": "https://example.org/", "secret_token": "x" * 257}, "secret token is too long"),
    ],
)
async def test_webhooks_telegram_refuses(bot: Bot, parameters: Json, refusal: str) -> None:
    assert await bot.refused("setWebhook", **parameters) == f"400 Bad Request: {refusal}"
    assert (await bot.get("getWebhookInfo"))["url"] == ""


async def test_a_webhook_gets_what_waited_with_its_secret(
    telegram: Telegram, bot: Bot, ada: Person, receiver: Receiver
) -> None:
    await ada.writes("before")
    await bot.get(
        "setWebhook",
        url=receiver.url,
        secret_token="s3cret_-",
        max_connections=7,
        allowed_updates=["message"],
    )
    await ada.writes("after")
    assert await telegram.until(receiver.has(2))
    await telegram.settles()
    assert receiver.words == ["before", "after"]
    assert receiver.secrets == ["s3cret_-"] * 2
    assert await bot.get("getWebhookInfo") == {
        "url": receiver.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 7,
        "allowed_updates": ["message"],
    }


async def test_a_new_webhook_may_drop_what_waited(
    telegram: Telegram, bot: Bot, ada: Person, receiver: Receiver
) -> None:
    await ada.writes("before")
    await bot.get("setWebhook", url=receiver.url, drop_pending_updates=True)
    await ada.writes("after")
    assert await telegram.until(receiver.has(1))
    await telegram.settles()
    assert receiver.words == ["after"]


async def test_a_webhook_is_asked_again_until_it_takes_the_update(
    telegram: Telegram, bot: Bot, ada: Person, receiver: Receiver
) -> None:
    at: list[float] = []

    async def third_time(update: Json) -> Response:
        at.append(time.monotonic())
        return Response(status_code=200 if len(at) == 4 else 503)

    receiver.answering = third_time
    await bot.get("setWebhook", url=receiver.url)
    await ada.writes("hello")
    assert await telegram.until(receiver.has(3))
    info = await bot.get("getWebhookInfo")
    assert info["last_error_message"] == (
        "Wrong response from the webhook: 503 Service Unavailable"
    )
    assert info["pending_update_count"] == 1
    await telegram.settles()
    assert len({update["update_id"] for update in receiver.updates}) == 1
    pauses = [later - earlier for earlier, later in pairwise(at)]
    assert pauses[0] < pauses[1] < pauses[2]


async def test_one_chat_keeps_its_order_and_holds_back_no_other(
    telegram: Telegram, bot: Bot, ada: Person, receiver: Receiver
) -> None:
    ben = telegram.person("Ben")
    open_again = asyncio.Event()

    async def stuck(update: Json) -> Response:
        if update["message"]["text"] == "stuck":
            await open_again.wait()
        return Response()

    receiver.answering = stuck
    await bot.get("setWebhook", url=receiver.url)
    await ada.writes("stuck")
    await ada.writes("later")
    await ben.writes("one")
    await ben.writes("two")
    assert await telegram.until(receiver.has(3))
    assert sorted(receiver.words) == ["one", "stuck", "two"]
    open_again.set()
    await telegram.settles()
    assert receiver.words[-1] == "later"


async def test_no_more_connections_than_allowed(
    telegram: Telegram, bot: Bot, receiver: Receiver
) -> None:
    under_way: list[int] = [0]
    most: list[int] = [0]

    async def count(update: Json) -> Response:
        under_way[0] += 1
        most[0] = max(most[0], under_way[0])
        await asyncio.sleep(0.02)
        under_way[0] -= 1
        return Response()

    receiver.answering = count
    await bot.get("setWebhook", url=receiver.url, max_connections=2)
    for number in range(6):
        await telegram.person(f"P{number}").writes("hello")
    await telegram.settles()
    assert most == [2]


async def test_a_deleted_webhook_leaves_its_updates_to_polling(
    telegram: Telegram, bot: Bot, ada: Person
) -> None:
    await bot.get("setWebhook", url="http://127.0.0.1:9/")  # nobody is there
    await ada.writes("hello")
    refused = await telegram.until(lambda: telegram.state.updates.webhook.last_error)  # type: ignore[union-attr]
    assert refused and refused[1].startswith("Connection failed")
    await bot.get("deleteWebhook")
    assert (await bot.updates())[0]["message"]["text"] == "hello"
    await bot.get("deleteWebhook", drop_pending_updates=True)
    assert await bot.updates() == []
    await ada.writes("again")
    await bot.get("setWebhook", url="")  # the same as deleting
    assert (await bot.updates())[0]["message"]["text"] == "again"


async def test_a_webhook_may_call_a_method_in_its_answer(
    telegram: Telegram, bot: Bot, ada: Person, receiver: Receiver
) -> None:
    async def reply(update: Json) -> Response:
        text = update["message"]["text"]
        name = "getMe" if text == "who" else "sendMessage"
        text = "" if text == "nothing" else text
        return JSONResponse({"method": name, "chat_id": ada.id, "text": text})

    receiver.answering = reply
    await bot.get("setWebhook", url=receiver.url)
    await ada.writes("hello")
    assert (await ada.hears()).text == "hello"
    await ada.writes("nothing")
    await ada.writes("who")
    await telegram.settles()
    assert telegram.complaints == [
        "sendMessage in a webhook's answer was refused: 400 Bad Request: message text is empty",
        "getMe in a webhook's answer is ignored",
    ]
    telegram.complaints.clear()


# ---- Limits ---------------------------------------------------------------------------------


async def send_many(bot: Bot, chat_id: int, count: int) -> list[Json]:
    return [await bot.call("sendMessage", chat_id=chat_id, text=str(n)) for n in range(count)]


async def test_without_limits_anything_goes(bot: Bot, ada: Person) -> None:
    assert all(body["ok"] for body in await send_many(bot, ada.id, 40))


async def test_one_chat_takes_a_burst_then_one_a_second(
    telegram: Telegram, bot: Bot, ada: Person
) -> None:
    ben = telegram.person("Ben")
    await ben.writes("/start")
    telegram.limit(Limits(chat_burst=3, second=0.5))
    *taken, refused = await send_many(bot, ada.id, 4)
    assert all(body["ok"] for body in taken)
    assert refused == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert (await send_many(bot, ben.id, 1))[0]["ok"]  # another chat is not held up
    await asyncio.sleep(0.6)
    one_more, and_no_more = await send_many(bot, ada.id, 2)
    assert one_more["ok"] and not and_no_more["ok"]


async def test_a_group_takes_twenty_a_minute(telegram: Telegram, bot: Bot, group: Place) -> None:
    telegram.limit(Limits(chat_burst=99, minute=1.2, all_second=99))
    *taken, refused = await send_many(bot, group.id, 21)
    assert all(body["ok"] for body in taken)
    assert refused["parameters"]["retry_after"] in {1, 2}
    await asyncio.sleep(1.2)
    assert (await send_many(bot, group.id, 1))[0]["ok"]


async def test_thirty_a_second_overall_edits_among_them(
    telegram: Telegram, bot: Bot, ada: Person
) -> None:
    telegram.limit(Limits(chat_burst=99, all_second=3, second=5.0))
    sent = (await send_many(bot, ada.id, 2))[1]["result"]
    here = {"chat_id": ada.id, "message_id": sent["message_id"]}
    await bot.get("editMessageText", **here, text="edited")
    assert "429" in await bot.refused("editMessageText", **here, text="again")
    assert "429" in await bot.refused("sendMessage", chat_id=ada.id, text="x")


# ---- Failing on purpose ---------------------------------------------------------------------


@pytest.mark.parametrize("status", [500, 502])
async def test_a_server_error_does_nothing(bot: Bot, ada: Person, status: int) -> None:
    bot.telegram.faults.next(ServerError(status))
    response = await bot.client.post("sendMessage", data={"chat_id": ada.id, "text": "x"})
    assert response.status_code == status
    assert ("Bad Gateway" if status == 502 else "Internal Server Error") in response.text
    await ada.hears_nothing(within=0.05)
    await bot.get("sendMessage", chat_id=ada.id, text="y")  # only the next one was struck
    assert (await ada.hears()).text == "y"


@pytest.mark.parametrize("accepted", [False, True])
async def test_a_connection_drops_before_or_after_the_call(
    bot: Bot, ada: Person, accepted: bool
) -> None:
    bot.telegram.faults.next(Dropped(accepted), "sendMessage")
    await bot.get("getMe")
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        await bot.call("sendMessage", chat_id=ada.id, text="x")
    if accepted:
        assert (await ada.hears()).text == "x"
    else:
        await ada.hears_nothing(within=0.05)


async def test_floods_and_slow_answers(bot: Bot, ada: Person) -> None:
    bot.telegram.faults.next(Flooded(7), times=2)
    bot.telegram.faults.next(Slow(0.3))
    for _ in range(2):
        body = await bot.call("sendMessage", chat_id=ada.id, text="x")
        assert body["parameters"] == {"retry_after": 7}
    started = time.monotonic()
    await bot.get("sendMessage", chat_id=ada.id, text="x")
    assert time.monotonic() - started > 0.29


async def struck(seed: int) -> str:
    """Which of 60 calls were struck, by which fault: the first letter of each."""
    with Telegram(seed=seed) as telegram:
        telegram.faults.often(ServerError(), 0.2)
        telegram.faults.often(Flooded(), 0.1)
        kinds = [telegram.faults.for_call("sendMessage") for _ in range(60)]
        assert telegram.faults.for_call("getUpdates") is None  # not without being named
        telegram.faults.clear()
        assert telegram.faults.for_call("sendMessage") is None
    return "".join(type(kind).__name__[0] if kind else "." for kind in kinds)


async def test_faults_come_in_their_share_and_the_same_for_one_seed() -> None:
    first = await struck(1)
    assert first == await struck(1) != await struck(2)
    assert 5 <= first.count("S") <= 20 and 2 <= first.count("F") <= 12


async def test_updates_come_twice_and_disordered_by_polling(
    telegram: Telegram, bot: Bot, ada: Person
) -> None:
    telegram.faults.double = 1.0
    await ada.writes("one")
    (first,) = await bot.updates()
    (again,) = await bot.updates(offset=first["update_id"] + 1)
    assert again == first
    assert await bot.updates(offset=first["update_id"] + 1) == []  # twice, not for ever
    telegram.faults.clear()
    telegram.faults.disorder = 1.0
    await ada.writes("two")
    await ada.writes("three")
    told = [update["message"]["text"] for update in await bot.updates()]
    assert told == ["three", "two"]


async def test_updates_come_twice_and_disordered_by_webhook(
    telegram: Telegram, bot: Bot, ada: Person, receiver: Receiver
) -> None:
    telegram.faults.double = telegram.faults.disorder = 1.0
    await ada.writes("one")
    await ada.writes("two")
    await bot.get("setWebhook", url=receiver.url)
    await telegram.settles()
    assert receiver.words == ["two", "two", "one", "one"]


async def test_through_all_faults_a_careful_bot_answers_each_question_once(
    telegram: Telegram, bot: Bot
) -> None:
    people = [telegram.person(f"P{n}") for n in range(5)]
    telegram.faults.often(ServerError(), 0.2)
    telegram.faults.often(Flooded(0), 0.1)
    telegram.faults.often(Dropped(), 0.05)
    telegram.faults.double = telegram.faults.disorder = 0.2

    async def until_sent(**parameters: Any) -> None:
        while True:
            try:
                if (await bot.call("sendMessage", **parameters))["ok"]:
                    return
            except httpx.TransportError:
                pass  # dropped before it was accepted: nothing was done

    async def answer_all() -> None:
        seen: set[int] = set()
        offset = 0
        while True:
            for update in sorted(await bot.updates(offset=offset, timeout=5), key=_number):
                if update["update_id"] not in seen:
                    message = update["message"]
                    await until_sent(chat_id=message["chat"]["id"], text=message["text"])
                seen.add(update["update_id"])
                offset = max(offset, update["update_id"] + 1)

    answering = asyncio.create_task(answer_all())
    asked = [f"question {n}" for n in range(12)]
    for text in asked:
        for person in people:
            await person.writes(text)
    for person in people:
        assert [(await person.hears()).text for _ in asked] == asked
        await person.hears_nothing(within=0.01)
    await telegram.settles()
    answering.cancel()
    assert {type(fault) for _, fault in telegram.faults.drawn} == {ServerError, Flooded, Dropped}


def _number(update: Json) -> int:
    return int(update["update_id"])


async def test_a_fault_of_the_stand_in_itself_is_loud(bot: Bot, ada: Person) -> None:
    reply = {"message_id": "one"}
    said = await bot.refused("sendMessage", chat_id=ada.id, text="x", reply_parameters=reply)
    assert said == "500 Internal Server Error"
    assert "the stand-in itself failed" in bot.telegram.complaints[0]
    bot.telegram.complaints.clear()


# ---- What happened --------------------------------------------------------------------------


async def test_the_transcript_tells_what_happened_in_order(
    telegram: Telegram, bot: Bot, ada: Person
) -> None:
    await ada.writes("blue badge")
    markup = one(callback_data="x")
    await bot.get("sendMessage", chat_id=ada.id, text="Here:\nit is", reply_markup=markup)
    press = await ada.presses(await ada.hears(), "x")
    await bot.get("answerCallbackQuery", callback_query_id=press.id, text="done")
    did = [(entry.who, entry.did) for entry in telegram.entries]
    assert {entry.chat_id for entry in telegram.entries[:4]} == {ada.id}
    assert did == [
        ("Ada", "writes"),
        ("Ada", "writes"),
        ("Signpost", "sends"),
        ("Ada", "presses [x]"),
        ("Signpost", "answers the press"),
    ]
    at = [entry.at for entry in telegram.entries]
    assert at == sorted(at)
    text = telegram.transcript()
    assert "Ada writes #2 [private]\n          | blue badge" in text
    assert "          | Here:\n          | it is\n          [x]" in text
    assert [m.text for m in telegram.private_messages(ada)] == ["Here:\nit is"]
    assert [name for name, _ in telegram.calls if name.startswith("send")] == ["sendMessage"]


async def test_waiting_in_vain_shows_the_transcript(telegram: Telegram, ada: Person) -> None:
    await ada.writes("hello?")
    with pytest.raises(AssertionError, match=r"(?s)Ada heard nothing within 0\.1 s.*hello\?"):
        await ada.hears(within=0.1)
    with pytest.raises(AssertionError, match="1 updates wait"):
        await telegram.settles(within=0.05)


# ---- A real bot before it -------------------------------------------------------------------

Echo = Application[Any, Any, Any, Any, Any, Any]


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Says again whatever it hears, in the way fit for it."""
    if update.guest_message and update.guest_message.guest_query_id:
        query = update.guest_message.guest_query_id
        await context.bot.answer_guest_query(query, _article(update.guest_message.text or ""))
    elif update.inline_query:
        await update.inline_query.answer([_article(update.inline_query.query)], is_personal=True)
    elif update.callback_query and update.callback_query.message:
        await update.callback_query.answer("pressed")
        await update.callback_query.edit_message_text("edited")
    elif update.my_chat_member and update.my_chat_member.new_chat_member.status == "member":
        if update.my_chat_member.chat.type != "private":
            await context.bot.send_message(update.my_chat_member.chat.id, "Hello all")
    elif update.message and not update.message.new_chat_members:
        again = InlineKeyboardMarkup([[InlineKeyboardButton("Again", callback_data="again")]])
        text = f"<b>{update.message.text or 'What is that?'}</b>"
        await update.message.reply_html(text, reply_markup=again, do_quote=True)


def _article(text: str) -> InlineQueryResultArticle:
    return InlineQueryResultArticle("1", "Echo", InputTextMessageContent(text))


def echo_bot(telegram: Telegram, *, polls: bool) -> Echo:
    builder = Application.builder().token(telegram.token).base_url(f"{telegram.url}/bot")
    if not polls:
        builder = builder.updater(None)
    application = builder.build()
    application.add_handler(TypeHandler(Update, echo))
    return application


@asynccontextmanager
async def polling(telegram: Telegram) -> AsyncIterator[Echo]:
    application = echo_bot(telegram, polls=True)
    async with application:
        await application.start()
        assert application.updater
        kinds = Update.ALL_TYPES
        await application.updater.start_polling(poll_interval=0, timeout=1, allowed_updates=kinds)
        yield application
        await application.updater.stop()
        await application.stop()


@asynccontextmanager
async def hooked(telegram: Telegram) -> AsyncIterator[Echo]:
    application = echo_bot(telegram, polls=False)

    async def receive(request: Request) -> Response:
        if request.headers.get("x-telegram-bot-api-secret-token") != "secret":
            return Response(status_code=403)
        update = Update.de_json(await request.json(), application.bot)
        await application.update_queue.put(update)
        return Response()

    app = Starlette(routes=[Route("/hook", receive, methods=["POST"])])
    async with served(app) as url, application:
        await application.start()
        kinds = Update.ALL_TYPES
        await application.bot.set_webhook(url, secret_token="secret", allowed_updates=kinds)
        yield application
        await application.bot.delete_webhook()
        await application.stop()


@pytest.mark.parametrize("way", [polling, hooked])
async def test_a_python_telegram_bot_lives_on_it(
    telegram: Telegram, way: Callable[[Telegram], Any]
) -> None:
    ada = telegram.person("Ada")
    async with way(telegram):
        await ada.writes("blue badge")
        reply = await ada.hears()
        assert reply.text == "blue badge" and reply.entities[0]["type"] == "bold"
        press = await ada.presses(reply, "Again")
        assert (await ada.sees_answer(press)).text == "pressed"
        assert (await ada.sees_edit(reply)).text == "edited"
        for kind in ("photo", "voice", "sticker", "document", "contact", "location"):
            await ada.sends(kind)
            assert (await ada.hears()).text == "What is that?"
        group = await telegram.group_with_bot("Carers", ada)
        assert (await ada.hears(group)).text == "Hello all"
        asked = await ada.writes("/help", group)
        assert (await ada.hears(group)).reply_to is asked
        await ada.writes("good morning all", group)
        await ada.hears_nothing(group, within=0.1)
        offered = await ada.types_inline("blue")
        assert offered.titles == ["Echo"] and offered.personal
        elsewhere = telegram.group("Elsewhere", ada)
        await ada.writes("@signpost_bot hello", elsewhere)
        assert (await ada.hears(elsewhere)).text == "@signpost_bot hello"


async def test_python_telegram_bot_reads_every_object(
    telegram: Telegram, bot: Bot, ada: Person, group: Place
) -> None:
    application = echo_bot(telegram, polls=False)
    async with application:
        own = application.bot
        assert own.supports_inline_queries and not own.can_read_all_group_messages
        assert (await own.get_chat(group.id)).title == "Carers of Lewisham"
        assert (await own.get_chat_member(group.id, ada.id)).status == "creator"
        await group.adds_bot(ada, "administrator")
        assert (await own.get_chat_member(group.id, own.id)).status == "administrator"
        assert len(await own.get_chat_administrators(group.id)) == 1
        await own.set_my_commands([("help", "What I do")])
        assert (await own.get_my_commands())[0].command == "help"
        assert (await own.get_webhook_info()).pending_update_count
        whisper = {"ephemeral_message_parameters": {"receiver_user_id": ada.id}}
        message = await own.send_message(group.id, "psst", api_kwargs=whisper)
        assert message.message_id == 0 and message.api_kwargs["ephemeral_message_id"]
        for member in ("left", "kicked"):
            await group.removes_bot(ada, kicks=member == "kicked")
            await group.adds_bot(ada)
        for update in await bot.updates():
            assert Update.de_json(update, own)


async def test_python_telegram_bot_understands_the_refusals(
    telegram: Telegram, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # or retry_after warns that it will change
    application = echo_bot(telegram, polls=False)
    async with application:
        with pytest.raises(BadRequest, match="Message text is empty"):
            await application.bot.send_message(ada.id, "")
        telegram.faults.next(Flooded(3))
        with pytest.raises(RetryAfter):
            await application.bot.send_message(ada.id, "x")
        for fault in (ServerError(502), ServerError(500), Dropped()):
            telegram.faults.next(fault)
            with pytest.raises(NetworkError):
                await application.bot.send_message(ada.id, "x")
        await ada.blocks()
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await application.bot.send_message(ada.id, "x")


async def test_a_bot_that_falls_silent_is_noticed(telegram: Telegram) -> None:
    ada = telegram.person("Ada")
    ben = telegram.person("Ben")
    async with polling(telegram):
        heard: list[Message] = []
        for person in (ada, ben):
            await person.writes("hello")
            heard.append(await person.hears())
        await telegram.settles()
    assert [message.chat.id for message in heard] == [ada.id, ben.id]
    await ada.writes("still there?")
    with pytest.raises(AssertionError, match="heard nothing"):
        await ada.hears(within=0.1)


async def test_the_limits_are_part_of_the_rules_it_can_start_with() -> None:
    rules = Rules(privacy=False)
    with Telegram(rules=rules, limits=Limits(chat_burst=1, second=9.0)) as telegram:
        bot, ada = Bot(telegram), telegram.person("Ada")
        await ada.writes("/start")
        first, second = await send_many(bot, ada.id, 2)
        assert first["ok"] and second["parameters"]["retry_after"] == 9
        await bot.client.aclose()
