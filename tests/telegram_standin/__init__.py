"""A strict stand-in for Telegram's Bot API: a real HTTP server, and people who use it."""

from telegram_standin.faults import Dropped, Faults, Flooded, ServerError, Slow
from telegram_standin.people import Person
from telegram_standin.places import Place
from telegram_standin.queries import InlineAnswer, Press, PressAnswer
from telegram_standin.rules import Limits, Rules
from telegram_standin.telegram import TOKEN, Telegram
from telegram_standin.transcript import Entry
from telegram_standin.world import Message

__all__ = [
    "TOKEN",
    "Dropped",
    "Entry",
    "Faults",
    "Flooded",
    "InlineAnswer",
    "Limits",
    "Message",
    "Person",
    "Place",
    "Press",
    "PressAnswer",
    "Rules",
    "ServerError",
    "Slow",
    "Telegram",
]
