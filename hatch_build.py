"""The wheel's own step: the words, compiled; a checkout keeps only their parts under version control."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# A build front end does not put the checkout on the path.
sys.path.insert(0, str(Path(__file__).parent))

from tools import catalogue


class Words(BuildHookInterface[Any]):
    """Compiles the words where the build will find them among the resources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogue."""
        catalogue.build(Path(self.root))
