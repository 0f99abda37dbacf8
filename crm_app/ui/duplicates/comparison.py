"""The enterprises of a group side by side: the evidence first, then what is known of each, with what speaks marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from uuid import UUID

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from crm_app.domain.enterprises import Enterprise
from crm_app.domain.records import RECORDS
from crm_app.i18n import _
from crm_app.services.duplicates import Looked, Side, Sign
from crm_app.ui import theme
from crm_app.ui.duplicates import words
from crm_app.ui.widgets.lines import Link, plain

_FIELDS = ("uscc", "region", "address", "industry", "cluster", "products", "revenue", "staff")
_COLUMN = 136
_LABEL = 84
_MOST_PAIRS = 4
_MARKED = {
    "name": {Sign.NAME, Sign.KEY, Sign.WORDS, Sign.OTHER_NAME, Sign.PLACES},
    "names": {Sign.OTHER_NAME},
    "people": {Sign.PHONE},
    "uscc": {Sign.CODE, Sign.CODES},
    "address": {Sign.ADDRESS},
}
"""Which rows the signs of the evidence stand in."""


class Comparison(QScrollArea):
    """Shows one group; ``open_one`` leads to the page of an enterprise."""

    def __init__(self, open_one: Callable[[UUID], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._open = open_one
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Side by side"))

    def put(self, looked: Looked) -> None:
        """Show a group."""
        inside = QWidget()
        inside.setProperty("role", "clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.M, 0)
        column.setSpacing(theme.S)
        for line in self._evidence(looked):
            column.addWidget(line)
        column.addLayout(self._grid(looked))
        column.addStretch(1)
        self.setWidget(inside)
        self.updateGeometry()

    def clear(self) -> None:
        """Show nothing."""
        self.setWidget(QWidget())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Ask for the height of what is shown and no more: a sheet of white below it would say nothing."""
        inside = self.widget()
        layout = inside.layout() if inside is not None else None
        wide = self.viewport().width()
        return QSize(super().sizeHint().width(), layout.totalHeightForWidth(wide) if layout is not None else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask anew: lines break elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _evidence(self, looked: Looked) -> Iterator[QLabel]:
        said: set[str] = set()
        for pair in looked.group.pairs[:_MOST_PAIRS]:
            lines = [(words.verdict(pair.likeness), "heading")]
            lines += [(words.told(one), "error" if one.weight < 0 else "") for one in pair.likeness.evidence]
            for text, role in lines:
                if text not in said:
                    yield plain(text, role)
            said.update(text for text, _role in lines)

    def _grid(self, looked: Looked) -> QGridLayout:
        signs = {evidence.sign for pair in looked.group.pairs for evidence in pair.likeness.evidence}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.S)
        grid.setColumnMinimumWidth(0, theme.px(_LABEL))
        for place, side in enumerate(looked.sides, 1):
            grid.setColumnMinimumWidth(place, theme.px(_COLUMN))
            grid.setColumnStretch(place, 1)
            enterprise = side.enterprise
            link = Link(_("Open its page"), partial(self._open, enterprise.id))
            link.setAccessibleName(_("Open the page of {name}").format(name=enterprise.name))
            grid.addWidget(link, 0, place, Qt.AlignmentFlag.AlignLeft)
        for row, (name, title, texts) in enumerate(_rows(looked.sides), 1):
            label = plain(title, "muted")
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            marked = bool(_MARKED.get(name, set()) & signs)
            for place, text in enumerate(texts, 1):
                role = "evidence" if marked and text else "value"
                grid.addWidget(plain(text, role), row, place, Qt.AlignmentFlag.AlignTop)
        return grid


def _rows(sides: tuple[Side, ...]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield name, title and texts of every row that says something of one of them."""
    rows = [("name", _("Name"), [side.enterprise.name for side in sides])]
    rows.append(("names", _("Other names"), ["\n".join(side.names) for side in sides]))
    rows += [(name, Enterprise.field(name).title, [side.enterprise.shown(name) for side in sides]) for name in _FIELDS]
    rows.append(("people", _("Contacts"), ["\n".join(side.people) for side in sides]))
    rows.append(("counts", _("Known of it"), [_counted(side) for side in sides]))
    yield from (row for row in rows if any(row[2]))


def _counted(side: Side) -> str:
    words_of = _("{kind} {n}")
    return _(", ").join(words_of.format(kind=_(RECORDS[table].label), n=n) for table, n in side.counts.items())
