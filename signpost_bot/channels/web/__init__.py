"""The web page and the JSON address behind it."""

from signpost_bot.channels.web.app import create_app

__all__ = ["create_app"]
