"""What a trip taught (总结): findings, problems, what comes next; the words of its report."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from crm_app.domain.trips import Trip
from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.services import trips
from crm_app.services.trips import TripPage
from crm_app.ui import actions, theme
from crm_app.ui.drafts import Autosave
from crm_app.ui.session import Session
from crm_app.ui.widgets.labelled import Labelled
from crm_app.ui.widgets.text_field import TextArea

_NAMES = ("findings", "problems", "plans")
_WIDTH = 900
_LEAST_ROWS = 2


class Conclusion(QWidget):
    """A tab of the trip's page; Ctrl+Enter saves."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._trip: Trip | None = None
        self._autosave: Autosave | None = None
        # In a low window, or in large letters, they are lower, and scroll at last.
        inner = QWidget(self)
        inner.setProperty("role", "clear")
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(area)
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(0, theme.M, theme.XS, theme.XS)
        layout.setSpacing(theme.S)
        self.findings = TextArea(self, lines=5, label=_("Findings"))
        self.problems = TextArea(self, lines=4, label=_("Problems"))
        self.plans = TextArea(self, lines=4, label=_("Next plans"))
        self._parts = {
            "findings": Labelled(_("Findings"), self.findings, hint=_("what this trip taught us")),
            "problems": Labelled(_("Problems"), self.problems, hint=_("what stands in the way")),
            "plans": Labelled(_("Next plans"), self.plans, hint=_("who does what by when")),
        }
        for name, part in self._parts.items():
            layout.addLayout(part)
            field: TextArea = getattr(self, name)
            field.setMaximumWidth(theme.px(_WIDTH))
            field.setMinimumHeight(_LEAST_ROWS * theme.ROW)
            field.textChanged.connect(self._edited)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        self.save_button = QPushButton(_("Save"), self)
        self.save_button.setProperty("role", "primary")
        self.save_button.setToolTip(actions.spec("save").shown_keys)
        self.save_button.clicked.connect(lambda _checked=False: self.save())
        row.addWidget(self.save_button)
        self._told = QLabel(self)
        self._told.setProperty("role", "muted")
        row.addWidget(self._told)
        row.addStretch(1)
        layout.addSpacing(theme.XS)
        layout.addLayout(row)
        layout.addStretch(1)
        actions.make("save", self, self.save)

    def show_page(self, page: TripPage) -> None:
        """Show the words of the trip; those being typed stay."""
        if self._changed():
            return
        first = self._trip is None
        self._trip = page.trip
        for name in _NAMES:
            getattr(self, name).setPlainText(getattr(page.trip, name) or "")
        if first:
            self._autosave = self._session.autosave(self, f"conclusion:{page.trip.id}", self._draft)
            for name, text in self._autosave.restore().items():
                getattr(self, name).setPlainText(text)
        self._mark()

    def focus_first(self) -> None:
        """Go to the first field that is still empty."""
        empty = [name for name in _NAMES if not getattr(self, name).toPlainText().strip()]
        getattr(self, empty[0] if empty else _NAMES[0]).setFocus()

    def _texts(self) -> dict[str, str]:
        return {name: getattr(self, name).toPlainText().strip() for name in _NAMES}

    def _changed(self) -> bool:
        return self._trip is not None and any(
            text != (getattr(self._trip, name) or "").strip() for name, text in self._texts().items()
        )

    def _draft(self) -> dict[str, str]:
        return self._texts() if self._changed() else {}

    def _edited(self) -> None:
        if self._autosave is not None:
            self._autosave.touch()
        self._mark()

    def _mark(self) -> None:
        changed = self._changed()
        self.save_button.setEnabled(changed)
        lacking = [self._parts[name].field.accessibleName() for name, text in self._texts().items() if not text]
        if changed:
            self._told.setText(_("Ctrl+Enter saves; until then it is a draft."))
        elif lacking:
            self._told.setText(_("Still missing for the report: {fields}").format(fields=_(", ").join(lacking)))
        else:
            self._told.setText(_("Everything the report asks is written."))

    def save(self) -> None:
        """Write the three fields."""
        trip = self._trip
        if trip is None or not self._changed():
            return
        values: dict[str, Any] = {name: text or None for name, text in self._texts().items()}
        self._session.write(
            _("Change a trip"),
            lambda book, _progress: trips.change_trip(book, trip.id, **values),
            lambda _saved: self._done(values),
            self._refuse,
            owner=self,
            draft=self._autosave,
        )

    def _done(self, values: dict[str, Any]) -> None:
        assert self._trip is not None
        self._trip = replace(self._trip, **values)
        self._mark()
        if self._autosave is not None:
            self._autosave.discard()

    def _refuse(self, error: CrmError) -> None:
        self._parts.get(getattr(error, "field", None) or "findings", self._parts["findings"]).complain(str(error))
