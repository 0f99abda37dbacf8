"""What the reader child stumbles over is the program's, and is told and noted as that."""

from __future__ import annotations

import pytest

from crm_app import paths
from crm_app.files import asking


def test_a_bug_of_the_child_is_told_as_one_and_its_place_is_noted() -> None:
    """A request no reader answers raises in the child, as a bug does: the file is not called damaged for it."""
    with pytest.raises(asking.Trouble, match="bug"):
        list(asking.ask({"do": "what nobody does", "path": "逯晴岚.xlsx"}))

    noted = (paths.log_folder() / "crash.log").read_text(encoding="utf-8")
    assert "KeyError" in noted
    assert "files/child.py" in noted
    assert "逯晴岚" not in noted
    assert "what nobody does" not in noted
