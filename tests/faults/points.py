"""A scene is done once whole, then killed at points on its way, each time from the same beginning."""

from __future__ import annotations

import shutil
from pathlib import Path

from crm_app.db import faults
from tests.faults import plug
from tests.faults.scenes import Scene


def hold(scene: Scene, folder: Path, *, everywhere: bool) -> int:
    """Kill ``scene`` at every point that is its own matter, or ``everywhere``; return how many times it was killed."""
    before = folder / "before"
    before.mkdir()
    scene.prepare(before)
    # The book knows where its backups were made: nothing may lie there any more that a later round would find.
    before = before.rename(folder / "prepared")
    whole = _copy(before, "whole")
    told = plug.run(scene.act, whole)
    assert not told.killed
    assert set(told.passed) == {point for point in faults.POINTS if kind_of(point) in scene.passes}
    scene.verify(whole, told)
    points = [point for point in dict.fromkeys(told.passed) if everywhere or kind_of(point) not in scene.shared]
    for point in points:
        copy = _copy(before, point)
        killed = plug.run(scene.act, copy, point)
        assert killed.killed, point
        scene.verify(copy, killed)
    return len(points)


def kind_of(point: str) -> str:
    """Return what a point is a step of."""
    return point.partition(".")[0]


def _copy(before: Path, name: str) -> Path:
    folder = before.with_name(name)
    shutil.copytree(before, folder)
    return folder
