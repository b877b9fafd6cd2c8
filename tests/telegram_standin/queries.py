"""What the bot is asked besides messages, and what it answered: presses, inline, guests."""

from dataclasses import dataclass

from telegram_standin.world import Chat, Json, Message, User


@dataclass(frozen=True, slots=True)
class PressAnswer:
    """What the person sees for a moment after a press."""

    text: str
    alert: bool
    url: str


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What appears above the keyboard while somebody types ``@bot ...``."""

    results: tuple[Json, ...]
    button: Json | None
    next_offset: str
    personal: bool
    cache_time: int
    from_cache: bool = False  # the bot was not asked

    @property
    def titles(self) -> list[str]:
        return [result.get("title", "") for result in self.results]


@dataclass(eq=False)
class Press:
    """A button pressed. ``answer`` comes when the bot answers."""

    id: str
    user: User
    message: Message
    data: str
    at: float
    answer: PressAnswer | None = None


@dataclass(eq=False)
class InlineQuery:
    """Words typed after the bot's name."""

    id: str
    user: User
    text: str
    offset: str
    at: float
    answer: InlineAnswer | None = None


@dataclass(eq=False)
class GuestQuery:
    """A mention where the bot is not a member: one answer, and only in its time."""

    id: str
    user: User
    message: Message
    at: float
    answer: Message | None = None


@dataclass(frozen=True, slots=True)
class Caching:
    """Where an inline answer is kept: for everybody, unless it is personal."""

    text: str
    offset: str
    user_id: int | None


def chat_instance(chat: Chat) -> str:
    return str(10**15 + abs(chat.id) % 10**12)


Query = Press | InlineQuery | GuestQuery
