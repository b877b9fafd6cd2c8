"""The wheel, as people get it: built, installed elsewhere, run with nothing to lean on."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOBODY = 65534

# Runs the command where every attempt to reach the network is refused, and told of.
_CUT_OFF = """
import runpy, sys
def refuse(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise SystemExit(f"{event} {args}")
sys.addaudithook(refuse)
sys.argv = ["signpost-bot", *sys.argv[1:]]
runpy.run_module("signpost_bot", run_name="__main__")
"""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that any user may read, unlike those of pytest."""
    made = Path(tempfile.mkdtemp(prefix="signpost-wheel-"))
    made.chmod(0o755)
    try:
        yield made
    finally:
        subprocess.run(["chmod", "-R", "u+w", made], check=False)
        shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def wheel(folder: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
        env={**os.environ, "ORT_DISABLE_TELEMETRY": "1"},
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(folder: Path, wheel: Path) -> Path:
    """The interpreter of an empty venv that the wheel went into; nothing there can be written."""
    home = folder / "venv"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    subprocess.run(
        [
            python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
            "--constraint", ROOT / "constraints.txt", wheel,
        ],
        check=True,
    )  # fmt: skip
    subprocess.run(["chmod", "-R", "a-w", home], check=True)
    return python


def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_it_carries_all_it_needs(wheel: Path) -> None:
    carried = set(names(wheel))
    expected = {
        f"signpost_bot/national/{path.relative_to(ROOT / 'knowledge')}"
        for path in (ROOT / "knowledge").rglob("*")
        if path.is_file()
    }
    package = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "signpost_bot").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert expected <= carried
    assert package <= carried
    assert {
        "signpost_bot/meaning/minilm/model.onnx",
        "signpost_bot/meaning/minilm/tokenizer.json",
        "signpost_bot/meaning/minilm/SHA256SUMS",
        "signpost_bot/meaning/minilm/LICENSE",
    } <= carried
    assert len([n for n in carried if n.startswith("signpost_bot/learned/")]) == 2
    info = next(n.split("/")[0] for n in carried if n.endswith(".dist-info/METADATA"))
    assert {f"{info}/licenses/LICENSE", f"{info}/licenses/NOTICE"} <= carried


def test_it_carries_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in names(wheel)}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"signpost_bot"}
    assert not [n for n in names(wheel) if "__pycache__" in n or n.endswith((".pyc", ".part"))]
    assert not [n for n in names(wheel) if "/tests/" in n or "eval" in n.split("/")]


def cut_off() -> list[str]:
    """What runs a command with no network, as nobody; [] where we may not."""
    if os.geteuid() != 0 or not (shutil.which("unshare") and shutil.which("setpriv")):
        return []
    user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    wrapped = ["unshare", "--net", *user]
    allowed = subprocess.run([*wrapped, "true"], capture_output=True, check=False)
    return wrapped if allowed.returncode == 0 else user


def lone(installed: Path, *args: str | Path) -> subprocess.CompletedProcess[str]:
    """Run where there is no network, no home, no cache and nothing to write to."""
    with tempfile.TemporaryDirectory(prefix="signpost-elsewhere-") as elsewhere:
        Path(elsewhere).chmod(0o555)
        return subprocess.run(
            [*cut_off(), installed, *args],
            cwd=elsewhere,
            env={"HOME": "/nonexistent", "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )


def test_it_answers_with_no_network_no_home_and_nothing_to_write_to(installed: Path) -> None:
    start = time.monotonic()
    ran = lone(installed, "-c", _CUT_OFF, "ask", "blue badge")

    # There is nowhere to count it either, and that is all there is to say.
    assert ran.stderr.startswith("What people ask cannot be kept for now")
    assert ran.stderr.count("\n") == 2
    assert ran.returncode == 0
    assert ran.stdout.startswith("Blue Badge parking\n\n1. Blue Badge")
    assert time.monotonic() - start < 20  # it was taught beforehand


def test_what_was_learned_is_taken_from_the_wheel(installed: Path) -> None:
    script = (
        "from signpost_bot.knowledge import NATIONAL_PACK, load_knowledge\n"
        "from signpost_bot.matching.topics import topic_matcher\n"
        "from signpost_bot.composing import make_encoder\n"
        "from signpost_bot.settings import Settings, cache_folders\n"
        "folder, _ = cache_folders()\n"
        "m = topic_matcher(load_knowledge(), make_encoder(Settings()), [folder], only_kept=True)\n"
        "print(len(m.labels) > 50, NATIONAL_PACK, folder)\n"
    )
    ran = lone(installed, "-c", script)

    assert ran.stderr == ""
    assert ran.stdout.startswith("True ")
    assert str(ROOT) not in ran.stdout
    assert ran.stdout.count(str(installed.parent.parent)) == 2


def test_the_commands_are_there(installed: Path) -> None:
    ran = subprocess.run(
        [installed.parent / "signpost-bot", "--version"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert ran.stdout.startswith("signpost-bot, version ")


def test_the_page_is_there_too(installed: Path) -> None:
    """Templates, styles and scripts are files that a wheel can forget."""
    script = (
        "from signpost_bot.channels.web import edge, pages\n"
        "print(sorted(p.name for p in edge.STATIC.iterdir()))\n"
        "print(pages._templates().get_template('chat.html').filename)\n"
    )
    ran = lone(installed, "-c", script)

    assert ran.stderr == ""
    assert "chat.css" in ran.stdout
    assert str(installed.parent.parent) in ran.stdout
