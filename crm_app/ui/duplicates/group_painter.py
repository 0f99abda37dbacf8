"""How a group of the list of duplicates looks: two names under one another, and below, quietly, why."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from crm_app.i18n import _
from crm_app.services.duplicates import Group
from crm_app.ui import theme
from crm_app.ui.duplicates import words
from crm_app.ui.widgets.cells import Letters

_NAMES = 2
_Index = QModelIndex | QPersistentModelIndex


class GroupPainter(QStyledItemDelegate):
    """Paints the group an item holds; of more than two enterprises the second line says how many more there are."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Every group is as high as the next."""
        letters = Letters(option.font)
        return QSize(0, _NAMES * letters.metrics.height() + letters.small_metrics.height() + 2 * theme.S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one group."""
        group: Group = index.data(Qt.ItemDataRole.UserRole)
        chosen = theme.fill_row(painter, option)
        colours, letters = theme.colours(), Letters(option.font)
        text, quiet = (colours.on_soft,) * 2 if chosen else (colours.text, colours.muted)
        rect: QRect = option.rect
        at = rect.adjusted(theme.M, theme.S, -theme.M, 0)
        painter.save()
        for line, font, metrics, colour in (
            *((name, letters.normal, letters.metrics, text) for name in _names(group)),
            (words.group(group), letters.small, letters.small_metrics, quiet),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, at.width())
            painter.drawText(
                QRect(at.left(), at.top(), at.width(), metrics.height()), Qt.AlignmentFlag.AlignLeft, shown
            )
            at.setTop(at.top() + metrics.height())
        painter.restore()


def _names(group: Group) -> tuple[str, str]:
    first, second, *more = group.titles
    return first, _("{name} and {n} more").format(name=second, n=len(more)) if more else second
