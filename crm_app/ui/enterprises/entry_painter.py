"""How an entry of the timeline is painted: its day, its mark, its title, what was said, and its photos."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPixmap, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.attachments import Attachment
from crm_app.services.enterprises import TimelineEntry
from crm_app.ui import theme
from crm_app.ui.attachments.thumbnails import Thumbnails
from crm_app.ui.enterprises.events import LINE, Month

_Index = QModelIndex | QPersistentModelIndex
_ICONS = {
    "visit": "map-pin",
    "reception": "users",
    "follow_up": "note",
    "stage": "arrow-right",
    "lead": "briefcase",
    "paper": "files",
    "attachment": "photo",
    "edit": "pencil",
}
_DAY_WIDTH, _MARK_WIDTH, _MARK, _HEAD = 64, 28, 16, 32
_PHOTO = (72, 54)
_MOST_LINES, _WHOLE = 3, 400


def wrapped(text: str, font: QFont, width: int, most: int) -> list[str]:
    """Return the text's lines at a width, the last one cut with “…” where more follow."""
    lines: list[str] = []
    metrics = QFontMetrics(font)
    for paragraph in text.splitlines():
        layout = QTextLayout(paragraph, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start = line.textStart()
            lines.append(paragraph[start : start + line.textLength()])
        layout.endLayout()
    if len(lines) > most:
        lines = [*lines[: most - 1], metrics.elidedText(f"{lines[most - 1]}…", Qt.TextElideMode.ElideRight, width)]
    return lines


class EntryPainter(QStyledItemDelegate):
    """Paints up to three lines of what was said, all once unfolded; photos as small pictures in a row."""

    def __init__(self, view: QListView, thumbnails: Thumbnails) -> None:
        super().__init__(view)
        self._view, self._thumbnails = view, thumbnails
        self.opened: set[TimelineEntry] = set()
        self._cut: dict[tuple[str, int, int], list[str]] = {}

    def _room(self) -> int:
        left = theme.px(_DAY_WIDTH + _MARK_WIDTH)
        return max(self._view.viewport().width() - left - 3 * theme.M, theme.px(80))

    def _text_lines(self, entry: TimelineEntry) -> list[str]:
        asked = entry.text, self._room(), _WHOLE if entry in self.opened else _MOST_LINES
        lines = self._cut.get(asked)
        if lines is None:
            # Asked for every entry up to four times before a page stands: a busy enterprise has a thousand.
            text, width, most = asked
            lines = self._cut[asked] = wrapped(text, self._view.font(), width, most)
        return lines

    def forget(self) -> None:
        """Keep no lines of entries that are shown no more."""
        self._cut.clear()

    def is_cut(self, entry: TimelineEntry) -> bool:
        """Say whether more was said than is shown folded."""
        return len(wrapped(entry.text, self._view.font(), self._room(), _WHOLE)) > _MOST_LINES

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the room its lines and photos take."""
        line = index.data(LINE)
        if isinstance(line, Month):
            return theme.size(200, _HEAD)
        height = self._view.fontMetrics().lineSpacing() * (1 + len(self._text_lines(line)))
        photos = theme.px(_PHOTO[1]) + theme.S if line.files else 0
        return QSize(theme.px(200), height + photos + 2 * theme.S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one line."""
        line = index.data(LINE)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(self._view.font())
        if isinstance(line, Month):
            painter.setPen(QColor(theme.colours().muted))
            self._bold(painter, True)
            inner = rect.adjusted(theme.M, theme.S, -theme.M, 0)
            painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line.title)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
            self._entry(painter, rect, line, chosen, hovered)
        painter.restore()

    @staticmethod
    def _bold(painter: QPainter, on: bool) -> None:
        font = QFont(painter.font())
        font.setBold(on)
        painter.setFont(font)

    def _entry(self, painter: QPainter, rect: QRect, entry: TimelineEntry, chosen: bool, hovered: bool) -> None:
        colours = theme.colours()
        if chosen or hovered:
            painter.fillRect(rect, QColor(colours.accent_soft if chosen else colours.hover))
        is_edit = entry.kind == "edit"
        text, quiet = (colours.on_soft, colours.on_soft) if chosen else (colours.text, colours.muted)
        said = QColor(quiet if is_edit else text)
        height = painter.fontMetrics().lineSpacing()
        top, left = rect.top() + theme.S, rect.left() + theme.M
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(quiet))
        painter.drawText(
            QRect(left, top, theme.px(_DAY_WIDTH), height), side, "" if entry.known else days.show_of_year(entry.on)
        )
        mark, size = left + theme.px(_DAY_WIDTH), theme.px(_MARK)
        below = QRect(mark + size // 2, top + height + 4, 1, rect.bottom() - top - height - 4)
        painter.fillRect(below, QColor(colours.border))
        icon = theme.icon(_ICONS.get(entry.kind, "note"), "muted" if is_edit else "accent")
        icon.paint(painter, mark, top + (height - size) // 2, size, size)
        words = mark + theme.px(_MARK_WIDTH)
        width = rect.right() - words - theme.M
        ago = "" if entry.known else days.ago(entry.on, clock.today())
        painter.setPen(QColor(quiet))
        far = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(words, top, width, height), far, ago)
        painter.setPen(said)
        self._bold(painter, not is_edit)
        room = width - painter.fontMetrics().horizontalAdvance(ago) - theme.M
        title = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(words, top, room, height), side, title)
        self._bold(painter, False)
        ascent, bottom = painter.fontMetrics().ascent(), top + height
        for one in self._text_lines(entry):
            painter.drawText(QPointF(words, bottom + ascent), one)
            bottom += height
        for place, file in self._places(entry, QPoint(words, bottom + theme.XS), width):
            self._photo(painter, place, file, text)

    def _places(self, entry: TimelineEntry, corner: QPoint, width: int) -> list[tuple[QRect, Attachment | int]]:
        """Return where each photo stands; the last place says how many more there are."""
        wide = theme.px(_PHOTO[0]) + theme.XS
        fit = max(1, width // wide)
        shown: list[Attachment | int] = list(entry.files)
        if len(shown) > fit:
            shown = [*entry.files[: fit - 1], len(entry.files) - fit + 1]
        return [(QRect(corner + QPoint(n * wide, 0), theme.size(*_PHOTO)), one) for n, one in enumerate(shown)]

    def _photo(self, painter: QPainter, place: QRect, file: Attachment | int, ink: str) -> None:
        colours = theme.colours()
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(place), theme.XS, theme.XS)
        painter.fillPath(shape, QColor(colours.window))
        thumbnail = None if isinstance(file, int) else self._thumbnails.get(file)
        if isinstance(thumbnail, QPixmap):
            filled = thumbnail.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            inside = QRect(QPoint(0, 0), filled)
            inside.moveCenter(place.center())
            painter.save()
            painter.setClipPath(shape)
            painter.drawPixmap(inside, thumbnail)
            painter.restore()
        else:
            painter.setPen(QColor(ink))
            font = QFont(painter.font())
            font.setPixelSize(theme.SMALL)
            painter.save()
            painter.setFont(font)
            if isinstance(file, int):
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"+{file}")
            else:
                size = theme.px(_MARK)
                middle = place.center().x() - size // 2
                theme.icon("files", "muted").paint(painter, middle, place.top() + theme.S, size, size)
                inner = place.adjusted(theme.XS, size + theme.S, -theme.XS, 0)
                name = painter.fontMetrics().elidedText(file.name, Qt.TextElideMode.ElideMiddle, inner.width())
                painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, name)
            painter.restore()
        painter.strokePath(shape, QColor(colours.border))

    def file_at(self, rect: QRect, entry: TimelineEntry, spot: QPoint) -> Attachment | None:
        """Return the file whose picture is at a spot of an entry's line; of “+3” the first that is not shown."""
        words = rect.left() + theme.M + theme.px(_DAY_WIDTH + _MARK_WIDTH)
        height = self._view.fontMetrics().lineSpacing()
        top = rect.top() + theme.S + height * (1 + len(self._text_lines(entry))) + theme.XS
        places = self._places(entry, QPoint(words, top), rect.right() - words - theme.M)
        for place, file in places:
            if place.contains(spot):
                return entry.files[len(places) - 1] if isinstance(file, int) else file
        return None
