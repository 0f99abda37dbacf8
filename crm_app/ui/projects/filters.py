"""What narrows the board: a name, industry cluster, park, owner, stalled ones."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from crm_app.domain.entry_names import entry_name
from crm_app.i18n import _
from crm_app.services import projects
from crm_app.services.projects import FilterChoices, ProjectFilter
from crm_app.ui import theme
from crm_app.ui.projects.marks import combo
from crm_app.ui.session import Session
from crm_app.ui.widgets.text_field import TextField

_NARROWEST, _WIDE, _WIDEST = 88, 136, 200
"""Widths of the fields, so that all stand in one row on a laptop."""


class FilterBar(QWidget):
    """The filters in a row; ``changed`` when one was set."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.search = TextField(self, placeholder=_("Project or enterprise"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(theme.px(_NARROWEST))
        self.search.setMaximumWidth(theme.px(_WIDEST))
        self.search.committed.connect(lambda _text: self.changed.emit())
        self.cluster = combo(_("Cluster"), [(_("All clusters"), None)])
        self.park = combo(_("Park"), [(_("All parks"), None)])
        self.owner = combo(_("Owner"), [(_("All owners"), None)])
        self.stalled = QCheckBox(_("Stalled only"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addWidget(self.search, 1)
        for one in (self.cluster, self.park, self.owner):
            one.setMaximumWidth(theme.px(_WIDE))
            one.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            one.currentIndexChanged.connect(lambda _index: self.changed.emit())
            row.addWidget(one)
        row.addWidget(self.stalled)
        row.addStretch()
        self.stalled.toggled.connect(lambda _on: self.changed.emit())

    def clear(self) -> None:
        """Narrow nothing."""
        with QSignalBlocker(self.search), QSignalBlocker(self.stalled):
            self.search.clear()
            self.stalled.setChecked(False)
            for one in (self.cluster, self.park, self.owner):
                with QSignalBlocker(one):
                    one.setCurrentIndex(0)
        self.changed.emit()

    def load(self) -> None:
        """Read what can be chosen."""
        self._session.read(projects.filter_choices, self._offer, owner=self)

    def _offer(self, offered: FilterChoices) -> None:
        _fill(self.cluster, [(entry_name(name), name) for name in offered.clusters])
        _fill(self.park, [(name, name) for name in offered.parks])
        _fill(self.owner, [(person.name, person.id) for person in offered.owners])

    def wanted(self) -> ProjectFilter:
        """Return the filter as set."""
        return ProjectFilter(
            text=self.search.text(),
            cluster=self.cluster.currentData(),
            park=self.park.currentData(),
            owner_id=self.owner.currentData(),
            stalled_only=self.stalled.isChecked(),
        )

    @property
    def narrow(self) -> bool:
        """Whether anything is set."""
        return self.wanted() != ProjectFilter()


def _fill(box: QComboBox, offered: list[tuple[str, object]]) -> None:
    """Offer these behind “all”, keeping what is chosen."""
    chosen = box.currentData()
    values = [value for _word, value in offered]
    with QSignalBlocker(box):
        while box.count() > 1:
            box.removeItem(1)
        for word, value in offered:
            box.addItem(word, value)
        # Qt compares an id of ours by what it is, not by what it says.
        box.setCurrentIndex(values.index(chosen) + 1 if chosen in values else 0)
