"""kill -9 at every named point: what was acknowledged is there, the book is sound, old or new is whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crm_app.db import faults
from tests.faults import plug
from tests.faults.scenes import SCENES


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_holds_wherever_it_is_killed(name: str, tmp_path: Path) -> None:
    scene = SCENES[name]
    before = tmp_path / "before"
    before.mkdir()
    scene.prepare(before)
    # The book knows where its backups were made: nothing may lie there any more that a later round would find.
    before = before.rename(tmp_path / "prepared")
    whole = _copy(before, "whole")
    told = plug.run(scene.act, whole)
    assert not told.killed
    assert set(told.passed) == {point for point in faults.POINTS if _kind(point) in scene.passes}
    scene.verify(whole, told)
    for point in dict.fromkeys(told.passed):
        folder = _copy(before, point)
        killed = plug.run(scene.act, folder, point)
        assert killed.killed, point
        scene.verify(folder, killed)


def test_the_scenes_together_pass_every_point() -> None:
    assert {kind for scene in SCENES.values() for kind in scene.passes} == set(map(_kind, faults.POINTS))


def _kind(point: str) -> str:
    return point.partition(".")[0]


def _copy(before: Path, name: str) -> Path:
    folder = before.with_name(name)
    shutil.copytree(before, folder)
    return folder
