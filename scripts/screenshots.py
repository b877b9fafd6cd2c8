"""Make the pictures in docs/images: the web page answering, as it looks on a phone.

    python scripts/screenshots.py

Needs Chromium (apt-get install chromium) and Playwright for Python. Starts the page by itself,
on a free port of this machine.
"""

import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from platformdirs import user_cache_path
from playwright.sync_api import sync_playwright

from signpost_bot.channels.web import create_app
from signpost_bot.knowledge import load_knowledge
from signpost_bot.meaning import Encoder
from signpost_bot.meaning.danger import DangerReader
from signpost_bot.questions.keeper import Keeper
from signpost_bot.signposter import Signposter
from signpost_bot.store import Store

CHROMIUM = Path("/usr/bin/chromium")
IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
QUESTION = "mum keeps falling and i cant lift her"


def main() -> None:
    if not CHROMIUM.exists():
        sys.exit("Install Chromium: apt-get install chromium")
    IMAGES.mkdir(parents=True, exist_ok=True)
    cache = user_cache_path("signpost-bot")
    signposter = Signposter.build(
        load_knowledge(), Encoder.load(), [cache], reader=DangerReader.load()
    )
    with (
        TemporaryDirectory() as data,
        serving(signposter, Path(data)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(
            viewport={"width": 390, "height": 844},
            device_scale_factor=2,
            reduced_motion="reduce",
            has_touch=True,
            is_mobile=True,
        )
        page.goto(address)
        page.get_by_label("What is going on?").fill(QUESTION)
        page.get_by_role("button", name="Ask", exact=True).tap()
        page.get_by_role("article").first.wait_for()
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=IMAGES / "web-answer.png")
        browser.close()


@contextmanager
def serving(signposter: Signposter, data: Path) -> Iterator[str]:
    """The address of the page while a real server runs it, keeping its database in a folder."""
    keeper = Keeper(Store.at(None, data), signposter.matcher.meaning_of)
    server = uvicorn.Server(uvicorn.Config(create_app(signposter, keeper), log_level="warning"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        while not (server.started and keeper.ready):
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main()
