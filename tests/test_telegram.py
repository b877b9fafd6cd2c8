"""The bot in Telegram, end to end over real HTTP against a strict stand-in for Telegram."""

from telegram_serving import FALLS, Served, ask
from telegram_standin.people import Person

pytest_plugins = ["telegram_standin.plugin", "telegram_fixtures"]


async def test_a_question_is_answered(ada: Person, served: Served) -> None:
    reply = await ask(ada, FALLS)
    assert "1. " in reply.text
    assert reply.reply_to
    assert any("This helped" in str(row) for row in reply.buttons), reply.buttons
