"""The keyboard's place in a pane whose controls are made anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QAbstractButton, QWidget


@contextmanager
def focus_kept(pane: QWidget) -> Iterator[None]:
    """Give the focus back to the control of the same name after a pane was rebuilt, else to the pane's first.

    Without it a keyboard user who added a contact would stand nowhere.
    """
    here = pane.window().focusWidget()
    inside = here is not None and pane.isAncestorOf(here)
    name = _name(here) if here is not None else ""
    yield
    # What was thrown away is hidden, and goes when the loop comes round.
    buttons = [one for one in pane.findChildren(QAbstractButton) if one.isVisibleTo(pane)] if inside else []
    again = [one for one in buttons if _name(one) == name] or buttons
    if again:
        again[0].setFocus()


def _name(control: QWidget) -> str:
    return control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
