"""The methods of the Bot API this stand-in knows, one module for each field."""

from telegram_standin.methods import chats, profile, queries, receiving, sending
from telegram_standin.methods.registry import METHODS, carry_out

__all__ = ["METHODS", "carry_out", "chats", "profile", "queries", "receiving", "sending"]
