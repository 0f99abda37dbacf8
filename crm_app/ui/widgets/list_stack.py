"""What stands in the middle of a list: its rows, or the sentence that stands in their place."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedLayout, QWidget

from crm_app.ui.widgets.empty import EmptyState


class ListStack(QStackedLayout):
    """The keyboard stays with what is shown: rows that turn out to be none hand it to what stands in their place.

    Else Qt would give it to whichever widget comes next, and where it stood would depend on whether the rows were read
    before or after somebody came.
    """

    def __init__(self, table: QWidget, search: QWidget, *instead: EmptyState) -> None:
        super().__init__()
        self._table, self._search = table, search
        for part in (table, *instead):
            self.addWidget(part)

    def put(self, part: QWidget) -> None:
        """Show a part."""
        here = self.currentWidget()
        assert here is not None, "one of its parts is always shown"
        focused = here.window().focusWidget()
        held = focused is not None and (focused is here or here.isAncestorOf(focused))
        self.setCurrentWidget(part)
        if held and part is not here:
            self.focus()

    def focus(self) -> None:
        """Let the arrow keys walk the rows, though they are being read yet, or Space take the step that is offered."""
        here = self.currentWidget()
        if here is self._table:
            self._table.setFocus()
        elif not (isinstance(here, EmptyState) and here.focus_step()):
            self._search.setFocus()
