"""kill -9 at every named point: what was acknowledged is there, the book is sound, old or new is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_app.db import faults
from tests.faults import points
from tests.faults.scenes import SCENES


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_holds_wherever_it_is_killed(name: str, tmp_path: Path) -> None:
    assert points.hold(SCENES[name], tmp_path, everywhere=False)


def test_the_scenes_together_are_killed_at_every_point() -> None:
    killed = {kind for scene in SCENES.values() for kind in scene.passes if kind not in scene.shared}
    assert killed == set(map(points.kind_of, faults.POINTS))
