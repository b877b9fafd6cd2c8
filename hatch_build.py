"""Puts what is learned from the national pack into the wheel, so that nobody waits for it."""

import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LearnedHook(BuildHookInterface):
    """Runs only for a wheel that is handed on; a checkout learns at its first start."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        folder = Path(self.root, "build", "learned")
        shutil.rmtree(folder, ignore_errors=True)
        sys.path.insert(0, self.root)
        from signpost_bot.knowledge import load_knowledge
        from signpost_bot.meaning import Encoder
        from signpost_bot.signposter import Signposter

        Signposter.build(load_knowledge(), Encoder.load(), [folder])
        build_data["force_include"][str(folder)] = "signpost_bot/learned"

    def dependencies(self) -> list[str]:
        return list(self.metadata.core.dependencies)
