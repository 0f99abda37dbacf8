"""A page of the handbook as it is read: Markdown dressed in the look in use, its links handed on, nothing fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
    QTextListFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.handbook.shortcuts import shown_keys_of
from crm_app.ui.handbook.written import KEY, in_look

_LINE = 138
"""Line height in per cent: text to be read, not looked through."""
_STEPS_UP = 3
"""How many of Qt's steps a heading of level 0 would be larger than the text."""
_BULLET_STRETCH = 250
"""Per cent of a blank's width between a bullet and its text."""
_PAD = "\N{NO-BREAK SPACE}"
"""Around a key, within its ground."""


class Reader(QTextBrowser):
    """Shows one page; ``wanted`` says which link was followed."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "reading")
        self.setAccessibleName(_("Help"))
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self._folder = Path()
        self._text = ""
        # A place in the text that follows it, whatever becomes of the text.
        self._pictures: list[QTextCursor] = []
        self.anchorClicked.connect(lambda url: self.wanted.emit(url.toString()))
        theme.signals.changed.connect(self._dress_anew)

    def read(self, text: str, folder: Path) -> None:
        """Show a page; its pictures are in ``folder``."""
        self._text, self._folder = text, folder
        page = KEY.sub(lambda found: f"`{_PAD}{shown_keys_of(found['keys'])}{_PAD}`", text)
        document = self.document()
        document.setDefaultFont(self.font())
        document.setDocumentMargin(theme.L)
        document.setIndentWidth(theme.L)
        # A scroll bar that comes with the text has the pictures fitted.
        self._pictures.clear()
        document.setMarkdown(page, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._dress(document)
        self._fit()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _dress_anew(self) -> None:
        self.read(self._text, self._folder)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Load a picture that stands beside the pages, as the look in use has it, and nothing else."""
        path = self._folder / QUrl(name).path()
        if kind != QTextDocument.ResourceType.ImageResource.value or path.parent != self._folder / "pictures":
            return None
        return QImage(str(in_look(path, theme.colours().name)))

    def _dress(self, document: QTextDocument) -> None:
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        block = document.begin()
        while block.isValid():
            self._dress_block(cursor, block)
            block = block.next()
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                shape = frame.format().toTableFormat()
                shape.setBorder(0)
                shape.setCellPadding(theme.XS)
                shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                frame.setFormat(shape)
        cursor.endEditBlock()

    def _dress_block(self, cursor: QTextCursor, block: QTextBlock) -> None:
        cursor.setPosition(block.position())
        level = block.blockFormat().headingLevel()
        listed = block.textList() is not None or cursor.currentTable() is not None
        shape = QTextBlockFormat()
        shape.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        shape.setTopMargin(theme.XL if level > 1 else 0)
        shape.setBottomMargin(theme.XS if listed else theme.S)
        cursor.mergeBlockFormat(shape)
        if block.textList() is not None and block.textList().format().style() == QTextListFormat.Style.ListDisc:
            # Qt puts the bullet one blank of the block's own letters before the text, in which nothing else is set.
            bullet = QTextCharFormat()
            bullet.setFontStretch(_BULLET_STRETCH)
            cursor.mergeBlockCharFormat(bullet)
        pieces = []
        walk = block.begin()
        while not walk.atEnd():
            pieces.append(walk.fragment())
            walk += 1
        for piece in pieces:
            cursor.setPosition(piece.position())
            cursor.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
            if piece.charFormat().isImageFormat():
                self._pictures.append(QTextCursor(cursor))
                shape.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
                cursor.mergeBlockFormat(shape)
            else:
                cursor.mergeCharFormat(self._letters(piece.charFormat(), level))

    def _fit(self) -> None:
        """Make no picture wider than the page."""
        room = self.viewport().width() - 2 * theme.L - theme.XS
        for cursor in [one for one in self._pictures if one.hasSelection()]:
            picture = cursor.charFormat().toImageFormat()
            picture.setWidth(min(room, QImage(str(self._folder / picture.name())).width()))
            cursor.mergeCharFormat(picture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures to another width."""
        super().resizeEvent(event)
        self._fit()

    def _letters(self, now: QTextCharFormat, level: int) -> QTextCharFormat:
        colours, letters = theme.colours(), QTextCharFormat()
        letters.setFontFamilies(self.font().families())
        letters.setForeground(QColor(colours.text))
        if level:
            letters.setFontWeight(QFont.Weight.Bold)
            letters.setProperty(QTextFormat.Property.FontSizeAdjustment.value, max(0, _STEPS_UP - level))
        if now.fontFixedPitch():
            letters.setFontFixedPitch(False)
            letters.setBackground(QColor(colours.neutral.ground))
            letters.setForeground(QColor(colours.neutral.text))
        if now.isAnchor():
            letters.setForeground(QColor(colours.accent))
            letters.setFontUnderline(False)
        return letters
