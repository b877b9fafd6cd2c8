"""Draw docs/images/telegram.png: a real exchange with the bot in Telegram.

    python scripts/telegram_picture.py

The bot runs against the tests' stand-in for Telegram; what it sent there is drawn as a phone
would show it. Needs Chromium (apt-get install chromium) and Playwright for Python.
"""

import asyncio
import sys
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from platformdirs import user_cache_path
from playwright.async_api import async_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))  # where the stand-in is

from telegram_serving import serving  # noqa: E402
from telegram_standin.telegram import Telegram  # noqa: E402
from telegram_standin.world import Message  # noqa: E402

from signpost_bot.knowledge import load_knowledge  # noqa: E402
from signpost_bot.meaning import Encoder  # noqa: E402
from signpost_bot.meaning.danger import DangerReader  # noqa: E402
from signpost_bot.signposter import Signposter  # noqa: E402

CHROMIUM = Path("/usr/bin/chromium")
PICTURE = ROOT / "docs" / "images" / "telegram.png"
ASKED = ("mum keeps falling and i cant lift her",)
STYLE = """
body { margin: 0; padding: 14px; width: 372px; background: #c9d8c5; font: 15px/1.35 sans-serif; }
.line { display: flex; margin: 0 0 8px; } .ada { justify-content: flex-end; }
.bubble { max-width: 330px; padding: 8px 11px; border-radius: 14px; background: #fff;
          white-space: pre-wrap; overflow-wrap: anywhere; }
.ada .bubble { background: #e3fdd1; } a, .number { color: #1c74b8; text-decoration: none; }
.quote { border-left: 3px solid #1c74b8; padding-left: 7px; color: #555; font-size: 13px; }
.row { display: flex; gap: 5px; margin-top: 5px; } .keys { width: 352px; }
.row span { flex: 1; text-align: center; padding: 8px 2px; border-radius: 9px; font-size: 14px;
            background: #8fa88acc; color: #fff; }
"""
TAGS = {"bold": ("<b>", "</b>"), "italic": ("<i>", "</i>"), "text_link": ("<a>", "</a>")}
TAGS["phone_number"] = ('<span class="number">', "</span>")


def main() -> None:
    if not CHROMIUM.exists():
        sys.exit("Install Chromium: apt-get install chromium")
    asyncio.run(_draw())
    print(PICTURE)


async def _draw() -> None:
    page = _page(await exchange())
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        view = await browser.new_page(viewport={"width": 400, "height": 200}, device_scale_factor=2)
        await view.set_content(page)
        await view.screenshot(path=PICTURE, full_page=True)
        await browser.close()


async def exchange() -> list[tuple[str, Message]]:
    """What Ada wrote and what the bot answered."""
    signposter = Signposter.build(
        load_knowledge(), Encoder.load(), [user_cache_path("signpost-bot")],
        reader=DangerReader.load(),
    )  # fmt: skip
    said: list[tuple[str, Message]] = []
    with Telegram() as telegram, TemporaryDirectory() as folder:
        async with serving(telegram, signposter, Path(folder)):
            ada = telegram.person("Ada")
            for text in ASKED:
                said.append(("ada", await ada.writes(text)))
                said.append(("bot", await ada.hears(within=60)))
    return said


def _page(said: list[tuple[str, Message]]) -> str:
    return f"<!doctype html><style>{STYLE}</style>" + "".join(_line(*one) for one in said)


def _line(who: str, message: Message) -> str:
    quoted = f'<div class="quote">{escape(message.reply_to.text)}</div>' if message.reply_to else ""
    keys = "".join(
        '<div class="row">' + "".join(f"<span>{escape(b['text'])}</span>" for b in row) + "</div>"
        for row in message.keyboard
    )
    bubble = f'<div class="bubble">{quoted}{_marked_up(message)}</div>'
    return f'<div class="line {who}"><div>{bubble}<div class="keys">{keys}</div></div></div>'


def _marked_up(message: Message) -> str:
    """The text with what Telegram made bold, slanted or pressable."""
    units = message.text.encode("utf-16-le")
    marks: list[tuple[int, int, str]] = []
    for entity in message.entities:
        start, size = entity["offset"], entity["length"]
        opening, closing = TAGS.get(entity["type"], ("", ""))
        marks += [(start, 1, opening), (start + size, 0, closing)]
    written, at = "", 0
    for place, _, tag in sorted(marks, key=lambda mark: mark[:2]):
        written += escape(units[2 * at : 2 * place].decode("utf-16-le")) + tag
        at = place
    return written + escape(units[2 * at :].decode("utf-16-le"))


if __name__ == "__main__":
    main()
