"""What several test files share: the real thing, built once."""

import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import figures
import pytest
from programs import Run, command

from signpost_bot.knowledge import load_knowledge
from signpost_bot.meaning import Encoder
from signpost_bot.meaning.danger import DangerReader
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
def reader() -> DangerReader:
    return DangerReader.load()


@pytest.fixture(scope="session")
def signposter(caches: Path, encoder: Encoder, reader: DangerReader) -> Signposter:
    """The real signposter over the bundled knowledge."""
    kept = caches / "signpost-bot"
    return Signposter.build(load_knowledge(), encoder, [kept], reader=reader)


@pytest.fixture(scope="session")
def environment(caches: Path, signposter: Signposter) -> dict[str, str]:
    """What a child sees; what the session has learned already is at hand."""
    ours = ("SIGNPOST_", "PYTEST_", "PYTHONUNBUFFERED", "PYTHONIOENCODING", "PYTHONUTF8")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    return kept | {"XDG_CACHE_HOME": str(caches), "PYTHONWARNINGS": "error", "COLUMNS": "80"}


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> Run:
    """Runs a command to its end, from a folder with nothing in it."""

    def running(
        *args: str | bytes, stdin: str | bytes = "", env: Mapping[str, str] = {}
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            command(*args),
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=tmp_path,
            env={**environment, **env},
            timeout=300,
        )
        assert "Traceback" not in done.stderr.decode(), done.stderr.decode()
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return running


def pytest_configure() -> None:
    # A shell starts what runs in its background deaf to Ctrl-C, and so would be what we start.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Each process that tests hands what it measured to the one that prints."""
    if (to_the_first := getattr(session.config, "workeroutput", None)) is not None:
        to_the_first["figures"] = figures.shown()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    figures.add(getattr(node, "workeroutput", {}).get("figures", []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How well danger is heard and personal details are taken out, in every run."""
    for line in figures.shown():
        terminalreporter.write_line(line)
