"""The views of a place as a row of buttons, one of which is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from crm_app.i18n import _
from crm_app.ui import actions, theme


class ViewTabs(QWidget):
    """Buttons by the names of the views; a click hands the name on, and the place says what is shown."""

    def __init__(self, views: Sequence[tuple[str, str]], choose: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._choose = choose
        self.tabs: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.XS)
        keys = " ".join(actions.spec(name).shown_keys for name in ("list_before", "list_after"))
        for view, word in views:
            tab = QToolButton(self)
            tab.setText(_(word))
            tab.setAccessibleName(_(word))
            tab.setToolTip(f"{_(word)}  {keys}")
            tab.setCheckable(True)
            tab.clicked.connect(lambda _checked=False, view=view: choose(view))
            group.addButton(tab)
            self.tabs[view] = tab
            row.addWidget(tab)

    def listen(self, widget: QWidget) -> None:
        """Let Ctrl+PgUp and Ctrl+PgDn, pressed in ``widget``, go to the view before and the next one."""
        actions.make("list_before", widget, partial(self._step, -1))
        actions.make("list_after", widget, partial(self._step, 1))

    def _step(self, by: int) -> None:
        names = list(self.tabs)
        at = next((n for n, name in enumerate(names) if self.tabs[name].isChecked()), None)
        # Keys may be quicker than the first view.
        if at is not None:
            self._choose(names[(at + by) % len(names)])

    def show_view(self, view: str) -> None:
        """Mark the view that is shown."""
        self.tabs[view].setChecked(True)
