"""The bot in Telegram, end to end over real HTTP against a strict stand-in for Telegram."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram_serving import FALLS, Served, serving
from telegram_standin.telegram import Telegram

from signpost_bot.signposter import Signposter

pytest_plugins = ["telegram_standin.plugin"]


@pytest.fixture(params=["polling", "webhook"])
def by_webhook(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "webhook")


@pytest.fixture
async def served(
    telegram: Telegram, signposter: Signposter, tmp_path: Path, by_webhook: bool
) -> AsyncIterator[Served]:
    async with serving(telegram, signposter, tmp_path, webhook=by_webhook) as running:
        yield running


async def test_a_question_is_answered(telegram: Telegram, served: Served) -> None:
    ada = telegram.person("Ada")
    await ada.writes(FALLS)
    reply = await ada.hears()
    assert "1. " in reply.text
    assert reply.reply_to
    assert any("This helped" in str(row) for row in reply.buttons), reply.buttons
