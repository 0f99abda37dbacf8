"""The kinds of paper in groups, as a list to walk with the arrow keys."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crm_app.domain.papers import ABOUT_TABLE, PAPER_KIND_LABELS, WORKING_PAPERS, PaperKind
from crm_app.i18n import N_, _
from crm_app.ui import theme
from crm_app.ui.widgets.headed_list import HeadedList

_Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole.UserRole
_GROUPS = (N_("Period reports"), N_("Trips and visits"), N_("Records"), N_("Lists and calendar"))
_ON_THE_ROAD = ("trip", "visit")


def _group(kind: PaperKind) -> str:
    """Return the group a kind of paper stands in: by what it is made of, and what for."""
    reports, road, records, lists = _GROUPS
    if kind in ABOUT_TABLE:
        return road if ABOUT_TABLE[kind] in _ON_THE_ROAD else records
    return lists if kind in WORKING_PAPERS else reports


def grouped() -> Iterator[tuple[str, list[PaperKind]]]:
    """Yield the groups in the order of the window, each with its kinds in theirs."""
    of_kind = {kind: _group(kind) for kind in PaperKind}
    for group in _GROUPS:
        kinds = [kind for kind in PaperKind if of_kind[kind] == group]
        if kinds:
            yield group, kinds


class _Painter(QStyledItemDelegate):
    """A group's name stands small over its kinds."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        if index.data(_ROLE) is not None:
            super().paint(painter, option, index)
            return
        font = QFont(painter.font())
        font.setPixelSize(theme.SMALL)
        painter.save()
        painter.setFont(font)
        painter.setPen(QColor(theme.colours().muted))
        inner = option.rect.adjusted(theme.S, 0, -theme.S, -theme.XS)
        at = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.drawText(inner, at, index.data(Qt.ItemDataRole.DisplayRole))
        painter.restore()


class Kinds(HeadedList):
    """One kind of paper is always under the cursor; Enter begins it."""

    chosen = Signal()
    begun = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Make a paper"))
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        for group, kinds in grouped():
            head = self._add(_(group))
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            for kind in kinds:
                self._add(_(PAPER_KIND_LABELS[kind])).setData(_ROLE, kind)
        self.setMaximumHeight(self.count() * theme.ROW + 2 * self.frameWidth() + theme.XS)
        self.currentItemChanged.connect(lambda _now, _before: self.chosen.emit())
        self.itemActivated.connect(lambda _item: self.begun.emit())
        self.setCurrentRow(1)

    def _add(self, words: str) -> QListWidgetItem:
        item = QListWidgetItem(words)
        item.setSizeHint(QSize(0, theme.ROW))
        self.addItem(item)
        return item

    def mark(self, kind: PaperKind) -> None:
        """Put the cursor on a kind, as one is shown that another place asked for."""
        rows = range(self.count())
        self.setCurrentRow(next(row for row in rows if self.item(row).data(_ROLE) == kind))

    @property
    def kind(self) -> PaperKind:
        """The kind of paper under the cursor."""
        return PaperKind(self.currentItem().data(_ROLE))
