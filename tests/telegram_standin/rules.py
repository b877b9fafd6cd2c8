"""What a test may set: the bot's switches, Telegram's patience, its limits."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """The bot's switches at BotFather, and how long Telegram waits. Times in seconds."""

    privacy: bool = True
    mentions_pass_privacy: bool = False  # sources differ: test both ways
    inline: bool = True
    inline_feedback: bool = True
    guests: bool = True
    press_lasts: float = 15.0  # until a button's press can no longer be answered
    inline_lasts: float = 15.0
    guest_lasts: float = 60.0  # not published
    ephemeral_window: float = 15.0  # after that person's press or ephemeral command
    webhook_pause: float = 0.05  # before a refused update is posted a second time; then doubling
    webhook_longest_pause: float = 1.0
    webhook_timeout: float = 10.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be sent. Telegram publishes no exact values; these are the known ones.

    Shorten ``second`` and ``minute`` to test waiting without waiting; ``retry_after`` stays in
    whole real seconds.
    """

    chat_burst: int = 5  # sent at once into one chat, before it slows to one a second
    group_minute: int = 20
    all_second: int = 30
    second: float = 1.0
    minute: float = 60.0
