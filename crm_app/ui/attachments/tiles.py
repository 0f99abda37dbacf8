"""Attachments as tiles: a thumbnail and the name under it. Thumbnails come one by one, so that reads go on beside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPainterPath, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.services import attachments
from crm_app.services.attachments import Held, Picture
from crm_app.ui import actions, theme
from crm_app.ui.attachments.pixels import image_of
from crm_app.ui.session import Session

_Index = QModelIndex | QPersistentModelIndex
_TILE, _PICTURE = (90, 88), (82, 60)
_THUMBNAIL = 240
"""Pixels of the longer side: sharp at 200 %, and cut to the tile."""
_MOST_KEPT = 200
"""Thumbnails that are remembered, 200 KB each."""
_HELD = int(Qt.ItemDataRole.UserRole)
_THUMB = _HELD + 1


def icon_name(held: Held) -> str:
    """Return the icon of what has no thumbnail."""
    kind = held.attachment.kind or ""
    return "phone" if kind.startswith("audio/") else "files"


class TilesModel(QAbstractListModel):
    """What a page holds, newest first, with the thumbnails that have come."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._held: list[Held] = []
        self.thumbnails: dict[str, QPixmap | None] = {}
        """By the content's SHA-256; None for what cannot be shown."""

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
        return self.thumbnails.get(held.attachment.sha256) if role == _THUMB else None

    def take(self, sha256: str, thumbnail: QPixmap | None) -> None:
        """Keep a thumbnail; the oldest go."""
        while len(self.thumbnails) >= _MOST_KEPT:
            self.thumbnails.pop(next(iter(self.thumbnails)))
        self.thumbnails[sha256] = thumbnail
        if self._held:
            self.dataChanged.emit(self.index(0), self.index(len(self._held) - 1))

    def wanting(self) -> Held | None:
        """Return the first whose thumbnail has not come."""
        waiting = (held for held in self._held if held.has_preview)
        return next((held for held in waiting if held.attachment.sha256 not in self.thumbnails), None)


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
            painter.fillPath(shape, QColor("white"))
            painter.drawPixmap(place, thumbnail)
            painter.restore()
        else:
            painter.fillPath(shape, QColor(colours.window))
            theme.icon(icon_name(index.data(_HELD)), "muted").paint(painter, frame.adjusted(27, 16, -27, -16))
        painter.strokePath(shape, QPen(QColor(colours.border), 1))


class Tiles(QListView):
    """The tiles of one page: arrows walk, Enter or a click opens, Ctrl+Delete removes."""

    opened = Signal(object)
    """A Held shall be shown."""
    removed = Signal(object)
    """A Held shall be removed."""

    def __init__(self, session: Session, parent: QWidget, most_rows: int) -> None:
        super().__init__(parent)
        self._session, self._most_rows = session, most_rows
        self._asking = False
        self.lines = TilesModel(self)
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
        self._ask()

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
        columns = max(1, (self.width() - 2) // theme.px(_TILE[0]))
        rows = min(self._most_rows, -(-self.lines.rowCount() // columns))
        self.setFixedHeight(rows * theme.px(_TILE[1]))

    def _remove(self) -> None:
        if self.currentIndex().isValid():
            self.removed.emit(self.currentIndex().data(_HELD))

    def _ask(self) -> None:
        """Ask for the next thumbnail, one at a time: the readers have other things to do as well."""
        held = self.lines.wanting()
        if held is None or self._asking:
            return
        self._asking = True
        attachment = held.attachment

        def come(picture: Picture) -> None:
            self._came(attachment.sha256, image_of(picture))

        def failed(_error: CrmError) -> None:
            # Opening it says what is wrong.
            self._came(attachment.sha256, None)

        self._session.read(lambda book: attachments.preview(book, attachment, _THUMBNAIL), come, failed, owner=self)

    def _came(self, sha256: str, image: QImage | None) -> None:
        self._asking = False
        self.lines.take(sha256, QPixmap.fromImage(image) if image is not None else None)
        self._ask()
