"""The fixture, for test files that say ``pytest_plugins = ["telegram_standin.plugin"]``."""

from collections.abc import Iterator

import pytest

from telegram_standin.telegram import Telegram


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    """A stand-in of one's own; complaints that are left at the end fail the test."""
    with Telegram() as standin:
        yield standin
