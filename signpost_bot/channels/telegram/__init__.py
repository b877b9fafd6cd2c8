"""The bot in Telegram: private chats, groups, inline and guest mode."""

import os

# python-telegram-bot is changing the type of durations, and warns about it at each of Telegram's
# requests to wait unless this is set before it is imported.
os.environ.setdefault("PTB_TIMEDELTA", "true")
