"""What a person is read from: the picture of a card, and the text with what was found in it marked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPixmap, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QLabel, QTextEdit, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.services.cards import Found, Picture
from crm_app.ui import theme
from crm_app.ui.attachments.pixels import image_of
from crm_app.ui.cards.entries import Entry
from crm_app.ui.widgets.parts import label
from crm_app.ui.widgets.text_field import TextArea

SHOWN = (380, 236)
"""A card of 90 × 54 mm, as large as there is room beside the fields."""


class SourceView(QWidget):
    """The text may be put right or typed: the fields follow it."""

    typed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entry = Entry()
        self._asked = ""
        self.picture = QLabel(self)
        self.picture.setFixedSize(theme.size(*SHOWN))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(_("Picture of the card"))
        self.text = TextArea(self, lines=8, label=_("Text of the card"))
        self.text.setMinimumHeight(self.text.height())
        self.text.setMaximumHeight(16_777_215)
        self.text.setPlaceholderText(_("Paste or type what the card says; the fields follow."))
        self.text.textChanged.connect(self._tell)
        self.note = label("", "muted", self, wrap=True)
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.picture)
        layout.addWidget(self.note)
        layout.addWidget(self.text, 1)
        theme.signals.changed.connect(self._mark)

    def show_entry(self, entry: Entry, picture: Picture | None, note: str) -> None:
        """Show a person's picture and text; ``note`` says what goes on with the picture."""
        self._entry, self._asked = entry, ""
        self.picture.setVisible(picture is not None)
        if picture is not None:
            shown = QPixmap.fromImage(image_of(picture))
            kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(shown.scaled(self.picture.size(), kept, smooth))
        self.note.setText(note)
        self.note.setVisible(bool(note))
        if self.text.toPlainText() != entry.text:
            self.text.blockSignals(True)
            self.text.setPlainText(entry.text)
            self.text.blockSignals(False)
        self._mark()

    def _tell(self) -> None:
        self.typed.emit(self.text.toPlainText())

    def ask(self, name: str) -> None:
        """Show where a field was read from."""
        self._asked = name
        self._mark()

    def refresh(self) -> None:
        """Mark what was found anew."""
        self._mark()

    def _mark(self) -> None:
        colours = theme.colours()
        asked = self._entry.found(self._asked) if self._asked else []
        marks = []
        for one in self._entry.card.found:
            ground, text = (
                (colours.accent, colours.on_accent) if one in asked else (colours.accent_soft, colours.on_soft)
            )
            marks.append(self._selection(one, ground, text))
        self.text.setExtraSelections(marks)

    def _selection(self, one: Found, ground: str, text: str) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(_units(self._entry.text[: one.start]))
        cursor.setPosition(_units(self._entry.text[: one.end]), QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        form.setBackground(QColor(ground))
        form.setForeground(QColor(text))
        selection.cursor, selection.format = cursor, form
        return selection


def _units(text: str) -> int:
    """Return how many places a text takes in Qt, which counts in UTF-16."""
    return len(text.encode("utf-16-le")) // 2
