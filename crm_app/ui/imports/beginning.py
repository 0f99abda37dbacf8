"""The middle of the import before there is a plan: what can be dropped here, or why a file is refused."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.services import imports
from crm_app.ui import theme
from crm_app.ui.imports.about import encodings, show_encoding
from crm_app.ui.imports.sources import Source
from crm_app.ui.imports.words import KIND_WORDS
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.parts import button, choose, combo, label


class Beginning(QWidget):
    """Teaches what can be taken in, and how."""

    choose_wanted = Signal()
    paste_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        teach = EmptyState(
            _("Drop Excel, CSV or photos of business cards here…"),
            _(
                "Several at once, with titles, merged headers, totals and notes as they are. "
                "You see what becomes of every row before anything is written."
            ),
            icon="file-import",
            parent=self,
        )
        self.choose = button(_("Choose files…"), self.choose_wanted.emit, self, "primary")
        self.paste = button(_("Paste (Ctrl+V)"), self.paste_wanted.emit, self)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addStretch(1)
        buttons.addWidget(self.choose)
        buttons.addWidget(self.paste)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.M)
        layout.addStretch(2)
        layout.addWidget(teach)
        layout.addLayout(buttons)
        for sentence in (
            _("Enterprises, contacts, leads, visits, follow-ups, projects, signings and more; .vcf and .ics too."),
            _("Or copy cells in Excel or WPS, people in a WeChat chat, or a card, and paste them."),
        ):
            line = label(sentence, "muted", self)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(line)
        layout.addStretch(3)

    def focus_first(self) -> None:
        """Let Enter choose files."""
        self.choose.setFocus()


class Trouble(QWidget):
    """A file that cannot be imported as it is, why, and the kind as which it may be tried."""

    kind_wanted = Signal(str)
    encoding_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.told = EmptyState(_("This file cannot be imported"), icon="alert-triangle", parent=self)
        self.kind = combo(
            _("What it holds"),
            ((_(KIND_WORDS[kind]), kind) for kind in imports.KINDS),
            lambda: self.kind_wanted.emit(self.kind.currentData()),
            self,
        )
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addStretch(1)
        row.addWidget(label(_("Read it as"), "muted", self))
        row.addWidget(self.kind)
        self.encoding = encodings(lambda: self.encoding_wanted.emit(self.encoding.currentData()), self)
        row.addWidget(self.encoding)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(self.told)
        layout.addLayout(row)
        layout.addStretch(3)

    def show_source(self, source: Source) -> None:
        """Say why a source is refused."""
        self.told.say(_("This file cannot be imported"), source.trouble)
        choose(self.kind, source.kind)
        self.encoding.setVisible(source.is_text)
        show_encoding(self.encoding, source.choices.encoding)
