"""The commands that can be given now: those of the window, and those of what is shown, where the focus was first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from crm_app.ui import actions
from crm_app.ui.actions import Spec
from crm_app.ui.widgets.matching import Fit, Rank, fit

_NOT_ALONE = ("move_up", "move_down", "save", "save_and_next", "cancel", "show_duplicate")
"""Keys of a form or of a row under way; given from elsewhere they would mean nothing."""


@dataclass(frozen=True)
class Command:
    """A declared action that can be done now, and the widget to go back to before it is; None: of the whole window."""

    spec: Spec
    action: QAction
    origin: QWidget | None = None

    @property
    def deletes(self) -> bool:
        """Whether it takes something away: it never stands first."""
        return self.spec.icon == "trash"

    def run(self) -> None:
        """Do it where it belongs."""
        if self.origin is not None and shiboken6.isValid(self.origin):
            self.origin.setFocus(Qt.FocusReason.OtherFocusReason)
        if shiboken6.isValid(self.action):
            self.action.trigger()


@dataclass(frozen=True)
class Fitting:
    """A command that fits what was typed: how well, and in which of its two names (0: that in the language in use)."""

    command: Command
    fit: Fit
    name: int

    @property
    def key(self) -> tuple[Rank, int, int]:
        """The order: the better fit, what is shown in the language in use, the shorter name."""
        return self.fit.rank, self.name, len(self.command.spec.title)


def commands(made: Mapping[str, QAction], page: QWidget | None, origin: QWidget | None) -> list[Command]:
    """Return what can be done: first on what had the focus, then elsewhere on the page, then in the whole window."""
    found: dict[str, Command] = {}
    for widget, back in _widgets(page, origin):
        for action in widget.actions():
            name = action.objectName()
            if actions.is_declared(name) and name not in made and name not in _NOT_ALONE and action.isEnabled():
                found.setdefault(name, Command(actions.spec(name), action, back))
    for name, action in made.items():
        if action.isEnabled() and name not in ("search", "back", "forward"):
            found.setdefault(name, Command(actions.spec(name), action))
    return list(found.values())


def fitting(typed: str, offered: list[Command]) -> list[Fitting]:
    """Return the commands that fit, the best first."""
    found = []
    for command in offered:
        for which, name in enumerate(command.spec.names):
            how = fit(typed, name)
            if how is not None:
                found.append(Fitting(command, how, which))
                break
    return sorted(found, key=lambda one: one.key)


def prepare() -> None:
    """Have the names of all commands and their pinyin at hand: the first letter that is typed would wait for them."""
    for spec in actions.SPECS:
        for name in spec.names:
            fit("a", name)


def _widgets(page: QWidget | None, origin: QWidget | None) -> Iterator[tuple[QWidget, QWidget]]:
    """Yield the widgets of a page that may have actions, each with what gets the focus before one of them is done."""
    if page is None:
        return
    here: QWidget | None = origin if origin is not None and page.isAncestorOf(origin) else None
    start = here
    while here is not None and start is not None:
        yield here, start
        here = None if here is page else here.parentWidget()
    # Actions belong to what they are made on, and there are few of them beside all the widgets of a page.
    for widget in dict.fromkeys(action.parent() for action in page.findChildren(QAction)):
        if isinstance(widget, QWidget) and widget.isVisibleTo(page):
            yield widget, widget
    yield page, page
