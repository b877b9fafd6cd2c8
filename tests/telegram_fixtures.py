"""What tests of the bot in Telegram start from, for files that name it in ``pytest_plugins``."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram_serving import Served, serving
from telegram_standin.people import Person
from telegram_standin.telegram import Telegram

from signpost_bot.signposter import Signposter


@pytest.fixture(params=["polling", "webhook"])
def by_webhook(request: pytest.FixtureRequest) -> bool:
    """Both ways; a file with a fixture of this name has it one way."""
    return bool(request.param == "webhook")


@pytest.fixture
async def served(
    telegram: Telegram, signposter: Signposter, tmp_path: Path, by_webhook: bool
) -> AsyncIterator[Served]:
    async with serving(telegram, signposter, tmp_path, webhook=by_webhook) as running:
        yield running


@pytest.fixture
def ada(telegram: Telegram) -> Person:
    return telegram.person("Ada")
