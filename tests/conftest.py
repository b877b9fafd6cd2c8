"""What several test files share: the real thing, built once."""

from pathlib import Path

import pytest

from signpost_bot.knowledge import load_knowledge
from signpost_bot.meaning import Encoder
from signpost_bot.signposter import Signposter


@pytest.fixture(scope="session")
def caches(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where programs keep their caches, as XDG_CACHE_HOME says it.

    It outlives the run, so that what takes long to learn is learned once.
    """
    cache = getattr(pytestconfig, "cache", None)
    return cache.mkdir("caches") if cache else tmp_path_factory.mktemp("caches")


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder.load()


@pytest.fixture(scope="session")
def signposter(caches: Path, encoder: Encoder) -> Signposter:
    """The real signposter over the bundled knowledge."""
    return Signposter.build(load_knowledge(), encoder, [caches / "signpost-bot"])
