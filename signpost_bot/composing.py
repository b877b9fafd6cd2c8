"""Settings -> the parts that the program is put together from.

Each part is imported only where it is made, so that a command waits for no part of another's.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from signpost_bot.errors import ModelError
from signpost_bot.settings import Settings, cache_folders, secret

if TYPE_CHECKING:
    from signpost_bot.channels.keeping import Keeping
    from signpost_bot.channels.passing_on import PassingOn
    from signpost_bot.channels.telegram.running import TelegramBot
    from signpost_bot.matching import Matcher
    from signpost_bot.meaning import Encoder
    from signpost_bot.meaning.danger import DangerReader
    from signpost_bot.questions.keeper import Keeper
    from signpost_bot.signposter import Signposter
    from signpost_bot.store import Store

T = TypeVar("T")


def make_signposter(settings: Settings, *, at_any_price: bool = False) -> Signposter:
    """What answers.

    Args:
        at_any_price: answer by words and spelling alone where the model cannot be used.
    """
    from signpost_bot.knowledge import load_knowledge
    from signpost_bot.signposter import Signposter

    knowledge = load_knowledge(settings.own_packs)
    try:
        encoder = make_encoder(settings)
    except ModelError as error:
        if not at_any_price:
            raise
        click.echo(f"For now we go by words and spelling alone. {error}", err=True)
        encoder = None
    reader = _danger_reader(settings)
    return _with_patience(
        lambda: Signposter.build(knowledge, encoder, cache_folders(), reader=reader)
    )


def make_encoder(settings: Settings) -> Encoder | None:
    """What turns sentences into vectors; None goes by words and spelling alone.

    Raises:
        ModelError: it cannot be used.
    """
    from signpost_bot.meaning import Encoder

    return None if settings.meaning == "off" else Encoder.load()


def _danger_reader(settings: Settings) -> DangerReader | None:
    from signpost_bot.meaning.danger import DangerReader

    if settings.meaning == "off":
        return None
    try:
        return DangerReader.load()
    except ModelError as error:
        click.echo(f"For now we hear danger by its plainest words alone. {error}", err=True)
        return None


def taught_matcher(settings: Settings, learn: list[Path] | None) -> Matcher | None:
    """A matcher to try asks on: taught by these packs, or whichever is at hand."""
    from signpost_bot.knowledge import NATIONAL_PACK, try_knowledge
    from signpost_bot.matching.kept import NotKeptError
    from signpost_bot.matching.topics import topic_matcher

    folders = learn or [NATIONAL_PACK]
    knowledge, _, _ = try_knowledge(folders)
    try:
        return topic_matcher(
            knowledge, make_encoder(settings), cache_folders(), only_kept=learn is None
        )
    except NotKeptError:
        return None


def make_store(settings: Settings) -> Store:
    """Where things are kept; not opened yet."""
    from signpost_bot.store import Store

    address = settings.database_url
    return Store.at(address.get_secret_value() if address else None, settings.data)


def with_store(settings: Settings, work: Callable[[Store], Coroutine[Any, Any, T]]) -> T:
    """What the work returns, done with a store that is open meanwhile."""
    import asyncio

    async def opened() -> T:
        store = make_store(settings)
        try:
            await store.open()
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(opened())


def make_keeper(settings: Settings, signposter: Signposter) -> Keeper:
    """What keeps records, with the meaning of their words."""
    from signpost_bot.questions.keeper import Keeper

    return Keeper(make_store(settings), signposter.matcher.meaning_of)


def make_keeping(settings: Settings, signposter: Signposter) -> Keeping:
    """The same for a command that is not asynchronous."""
    from signpost_bot.channels.keeping import Keeping

    return Keeping(lambda: make_keeper(settings, signposter))


def make_telegram(
    settings: Settings,
    signposter: Signposter,
    keeper: Keeper,
    give_up: Callable[[str], None],
) -> Callable[[PassingOn], TelegramBot] | None:
    """What makes the bot in Telegram; None where there is no token.

    Args:
        give_up: called with a sentence when there is no way on.
    """
    token = settings.telegram_token
    if token is None:
        return None

    from signpost_bot.channels.telegram.running import TelegramBot
    from signpost_bot.questions.conversations import Conversations

    key = secret(settings)
    return lambda passing_on: TelegramBot(
        token.get_secret_value(),
        signposter,
        passing_on,
        Conversations(keeper.store, key),
        secret=key,
        api_url=settings.telegram_api_url,
        webhook_url=settings.webhook_url,
        operator=settings.operator,
        retention_days=settings.retention_days,
        give_up=give_up,
    )


def _with_patience(work: Callable[[], T]) -> T:
    """Tell a person what is going on when it takes longer than a moment."""
    from threading import Timer

    told = Timer(
        3,
        click.echo,
        ["Learning the knowledge. This takes about a minute, once.", None, True, True],
    )
    told.daemon = True
    told.start()
    try:
        return work()
    finally:
        told.cancel()
