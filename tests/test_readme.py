"""What the README shows is what the program prints."""

import re
import subprocess
import sys
from pathlib import Path

from scripts.readme import README, filled
from signpost_bot.signposter import Signposter


def test_every_exchange_is_what_the_program_prints_now(signposter: Signposter) -> None:
    text = README.read_text("utf-8")
    assert text.count("```console") >= 2
    assert filled(text, signposter) == text, "run: python scripts/readme.py"


def test_the_example_for_the_library_runs(tmp_path: Path) -> None:
    found = re.search(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert found
    told = subprocess.run(
        [sys.executable, "-c", found[1]], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert told.stdout.startswith("answer blue-badge ")


def test_every_file_it_names_is_there() -> None:
    for name in re.findall(r"\]\((?!http)([^)#]+)\)|src=\"([^\"]+)\"", README.read_text("utf-8")):
        assert (README.parent / (name[0] or name[1])).exists(), name
