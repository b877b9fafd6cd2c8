"""The README shows what the program really does."""

import os
import re
import shlex
import subprocess
import sys
from itertools import groupby
from pathlib import Path

import click
import pytest

from signpost_bot.cli import main
from signpost_bot.settings import Settings
from signpost_bot.signposter import Signposter

README = (Path(__file__).resolve().parent.parent / "README.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


EXCHANGES = [block for block in blocks("console") if block.startswith("$ signpost-bot ask ")]


def matches(shown: str, printed: str) -> bool:
    """Whether the lines are those printed; "..." stands for any number of them."""
    runs = [
        "".join(f"{re.escape(line)}\n" for line in lines) if not omitted else r"(?:.*\n)*?"
        for omitted, lines in groupby(shown.splitlines(), lambda line: line.strip() == "...")
    ]
    return re.fullmatch("".join(runs), printed.rstrip("\n") + "\n") is not None


def test_there_are_exchanges() -> None:
    assert len(EXCHANGES) >= 2


@pytest.mark.parametrize("block", EXCHANGES, ids=lambda block: block.split("\n")[0])
def test_an_exchange_is_what_the_program_prints(
    block: str, caches: Path, signposter: Signposter, tmp_path: Path
) -> None:
    line, shown = block.split("\n", 1)
    args = shlex.split(line.removeprefix("$ signpost-bot "))
    kept = {k: v for k, v in os.environ.items() if not k.startswith("SIGNPOST_")}
    ran = subprocess.run(
        [sys.executable, "-m", "signpost_bot", *args],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**kept, "XDG_CACHE_HOME": str(caches)},
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert shown.strip(), "the README does not say what is answered"
    assert matches(shown.rstrip("\n"), ran.stdout), ran.stdout


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\nb", "a\nb\n\n", True),
        ("a\n...\nd", "a\nb\nc\nd\n", True),
        ("a\n...", "a\nb\nc\n", True),
        ("a\n...\nd", "a\nb\nc\n", False),
        ("a", "a\nb\n", False),
        ("a.b", "axb\n", False),
    ],
)
def test_omitted_lines_are_allowed_and_others_are_not(
    shown: str, printed: str, same: bool
) -> None:
    assert matches(shown, printed) is same


def test_the_library_does_what_its_example_says() -> None:
    (example,) = blocks("python")
    ran = subprocess.run(
        [sys.executable, "-c", example], capture_output=True, text=True, check=False
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert re.fullmatch(r"answer blue-badge [01]\.\d+\n", ran.stdout)


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without its head."""
    part = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_setting_is_told_with_its_default() -> None:
    told = {name.strip("`"): default.strip("`") for name, default, _ in rows("Settings")}

    assert set(told) == {f"SIGNPOST_{name.upper()}" for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        if isinstance(field.default, str | int | Path):
            assert told[f"SIGNPOST_{name.upper()}"] == str(field.default)


def test_every_command_is_told() -> None:
    told = {re.findall(r"`signpost-bot (\w+)", cells[0])[0] for cells in rows("The commands")}

    assert isinstance(main, click.Group)
    assert told == set(main.commands)
