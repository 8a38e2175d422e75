"""The build's one extra step: compile the gazetteer into the package."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    """Runs before a wheel or an editable install; a compiled gazetteer that is up to date is kept."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        source = str(Path(self.root) / "src")
        sys.path.insert(0, source)
        try:
            from khabar.knowledge.gazetteer.compile import ensure_compiled

            ensure_compiled()
        finally:
            sys.path.remove(source)
