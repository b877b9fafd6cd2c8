"""Writes what the program really prints into the README's console blocks.

    python scripts/readme.py

A block starts with ``$ signpost-bot ask "..."``; all that follows in it is replaced.
"""

import re
import shlex
from pathlib import Path

from signpost_bot.knowledge import load_knowledge
from signpost_bot.meaning import Encoder
from signpost_bot.meaning.danger import DangerReader
from signpost_bot.model import Question
from signpost_bot.replies.text import as_text
from signpost_bot.settings import cache_folders
from signpost_bot.signposter import Signposter

README = Path(__file__).parent.parent / "README.md"
_BLOCK = re.compile(r"```console\n(\$ signpost-bot ask [^\n]+)\n.*?```", re.DOTALL)


def filled(text: str, signposter: Signposter) -> str:
    """The text with every console block as the program would print it now."""

    def block(found: re.Match[str]) -> str:
        question = " ".join(shlex.split(found[1])[3:])
        reply = as_text(signposter.answer(Question(question)).reply)
        return f"```console\n{found[1]}\n{reply}\n```"

    return _BLOCK.sub(block, text)


if __name__ == "__main__":
    real = Signposter.build(
        load_knowledge(), Encoder.load(), cache_folders(), reader=DangerReader.load()
    )
    README.write_text(filled(README.read_text("utf-8"), real), "utf-8")
