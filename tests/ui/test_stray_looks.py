"""No place has a colour, a letter's size, a stylesheet or a width of its own: all of them come from the theme."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from crm_app import ui

_UI = Path(ui.__file__).parent
_FREE = ("theme", "tour")
_OF_THE_SCREEN = ("placement.py",)
"""How much of a window has to lie on a screen has nothing to do with letters."""
_SIZED = re.compile(r"set(Fixed|Minimum|Maximum)(Width|Height|Size)|resize|setIconSize|setSpacing|addSpacing|QSize")
_FONTS = ("setPointSize", "setPointSizeF", "setFamily", "setFamilies")
_LEAST = 4
"""A hairline of so few pixels, or fewer, is no size."""
_UNBOUND = 16_777_215
_SCALED = ("px", "size", "resize_within_screen")


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for file in sorted(_UI.rglob("*.py")):
        if file.relative_to(_UI).parts[0] not in _FREE:
            yield file.relative_to(_UI), ast.parse(file.read_text(encoding="utf-8"))


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _numbers(node: ast.AST) -> Iterator[int]:
    """Yield the pixels named under a node, but for those the theme scales."""
    if isinstance(node, ast.Call) and _name(node) in _SCALED:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from _numbers(child)


def test_no_place_has_a_colour_or_a_font_of_its_own() -> None:
    found = []
    for file, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if re.fullmatch(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})", node.value):
                    found.append((str(file), node.lineno, node.value))
            elif isinstance(node, ast.Call):
                name = _name(node)
                own_colour = name == "QColor" and any(isinstance(one, ast.Constant) for one in node.args)
                if name in ("setStyleSheet", *_FONTS) or own_colour:
                    found.append((str(file), node.lineno, name))
    assert found == []


def test_no_size_stays_behind_when_letters_grow() -> None:
    found = [
        (str(file), node.lineno, number)
        for file, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _SIZED.fullmatch(_name(node))
        if file.name not in _OF_THE_SCREEN
        for argument in node.args
        for number in _numbers(argument)
        if _LEAST < number != _UNBOUND
    ]
    assert found == []


def test_no_place_writes_a_day_in_a_way_of_its_own() -> None:
    found = [
        (str(file), node.lineno, node.value)
        for file, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        # A moment stands as in a log, with its hour.
        if "%d" in node.value and "%H" not in node.value
    ]
    assert found == []
