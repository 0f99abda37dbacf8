"""Attachments as tiles: a thumbnail and the name under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crm_app.i18n import _
from crm_app.services.attachments import Held
from crm_app.ui import actions, theme
from crm_app.ui.attachments.thumbnails import Thumbnails
from crm_app.ui.session import Session

_Index = QModelIndex | QPersistentModelIndex
_TILE, _PICTURE = (90, 88), (82, 60)
_HELD = int(Qt.ItemDataRole.UserRole)
_THUMB = _HELD + 1


def icon_name(held: Held) -> str:
    """Return the icon of what has no thumbnail."""
    kind = held.attachment.kind or ""
    return "phone" if kind.startswith("audio/") else "files"


class TilesModel(QAbstractListModel):
    """What a page holds, newest first, with the thumbnails that have come."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._held: list[Held] = []
        self.thumbnails = thumbnails
        thumbnails.come.connect(self._show)

    def put(self, held: Sequence[Held]) -> None:
        """Show others; thumbnails known already stay."""
        self.beginResetModel()
        self._held = list(held)
        self.endResetModel()

    def held(self) -> list[Held]:
        """Return what is shown."""
        return list(self._held)

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many there are."""
        return len(self._held)

    def data(self, index: _Index, role: int = 0) -> object:
        """Return a tile's words, record or thumbnail."""
        held = self._held[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return held.attachment.name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return f"{held.attachment.name}\n{held.detail}"
        if role == _HELD:
            return held
        return self.thumbnails.get(held.attachment) if role == _THUMB else None

    def _show(self) -> None:
        if self._held:
            self.dataChanged.emit(self.index(0), self.index(len(self._held) - 1))


class _TilePainter(QStyledItemDelegate):
    """Paints a tile: the picture cut to its frame, else an icon; the name with “…” in its middle."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the same room for each."""
        return theme.size(*_TILE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one tile."""
        colours = theme.colours()
        rect: QRect = option.rect.adjusted(1, 1, -1, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft if chosen else colours.hover))
            painter.drawRoundedRect(rect, theme.RADIUS, theme.RADIUS)
        frame = QRect(rect.left() + (rect.width() - theme.px(_PICTURE[0])) // 2, rect.top() + 3, 0, 0)
        frame.setSize(theme.size(*_PICTURE))
        self._paint_picture(painter, frame, index)
        painter.setPen(QColor(colours.on_soft if chosen else colours.text))
        font = painter.font()
        font.setPixelSize(theme.SMALL)
        painter.setFont(font)
        words = QRect(rect.left() + 2, frame.bottom() + 3, rect.width() - 4, rect.bottom() - frame.bottom() - 3)
        name = painter.fontMetrics().elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideMiddle, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, name)
        painter.restore()

    def _paint_picture(self, painter: QPainter, frame: QRect, index: _Index) -> None:
        colours = theme.colours()
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(frame), 4, 4)
        thumbnail = index.data(_THUMB)
        if isinstance(thumbnail, QPixmap):
            filled = thumbnail.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            place = QRect(0, 0, filled.width(), filled.height())
            place.moveCenter(frame.center())
            if filled.height() > filled.width():
                # A page, or somebody standing: what tells it from others is above.
                place.moveTop(frame.top())
            painter.save()
            painter.setClipPath(shape)
            painter.fillPath(shape, QColor(theme.colours().paper))
            painter.drawPixmap(place, thumbnail)
            painter.restore()
        else:
            painter.fillPath(shape, QColor(colours.window))
            theme.icon(icon_name(index.data(_HELD)), "muted").paint(painter, frame.adjusted(27, 16, -27, -16))
        painter.strokePath(shape, QPen(QColor(colours.border), 1))


class Tiles(QListView):
    """The tiles of one page: arrows walk, Enter or a click opens, Ctrl+Delete removes.

    With ``most_rows`` it is as high as its rows, up to so many; with None it fills the room there is.
    """

    opened = Signal(object)
    """A Held shall be shown."""
    removed = Signal(object)
    """A Held shall be removed."""

    def __init__(
        self, session: Session, parent: QWidget, most_rows: int | None, thumbnails: Thumbnails | None = None
    ) -> None:
        super().__init__(parent)
        self._most_rows = most_rows
        self.lines = TilesModel(thumbnails or Thumbnails(session, self), self)
        self.setModel(self.lines)
        self.setItemDelegate(_TilePainter(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setProperty("role", "tiles")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Attachments"))
        self.clicked.connect(lambda index: self.opened.emit(index.data(_HELD)))
        actions.make("delete", self, self._remove)

    def put(self, held: Sequence[Held]) -> None:
        """Show what a page holds."""
        row = self.currentIndex().row()
        self.lines.put(held)
        if held and row >= 0:
            self.setCurrentIndex(self.lines.index(min(row, len(held) - 1)))
        self._fit()
        self.lines.thumbnails.want([one.attachment for one in held])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(_HELD))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the height of the rows there are."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._most_rows is None:
            return
        columns = max(1, (self.width() - 2) // theme.px(_TILE[0]))
        rows = min(self._most_rows, -(-self.lines.rowCount() // columns))
        self.setFixedHeight(rows * theme.px(_TILE[1]))

    def _remove(self) -> None:
        if self.currentIndex().isValid():
            self.removed.emit(self.currentIndex().data(_HELD))
