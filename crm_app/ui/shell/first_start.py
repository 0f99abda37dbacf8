"""The first start: a new book, a book at hand, or the sample; also shown when a book could not be opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.widgets.fitting import centre
from crm_app.ui.widgets.text_field import TextField

_CARD_WIDTH = 560


class FirstStart(QWidget):
    """Two fields and three ways on."""

    make_wanted = Signal(Path, str, str)
    open_wanted = Signal(Path)
    sample_wanted = Signal()
    restore_wanted = Signal()
    """A backup shall take the place of the book that could not be opened."""
    salvage_wanted = Signal()
    """A new book shall be made of what can be read of a damaged one."""

    def __init__(
        self,
        sentence: str,
        default: Path,
        parent: QWidget | None = None,
        *,
        may_restore: bool = False,
        may_salvage: bool = False,
    ) -> None:
        super().__init__(parent)
        self._default = default
        card = QFrame(self)
        card.setProperty("role", "card")
        card.setFixedWidth(theme.px(_CARD_WIDTH))
        centre(self, card)
        self._column = QVBoxLayout(card)
        self._column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        self._column.setSpacing(theme.S)
        self._label(_("Outreach CRM"), "display")
        self._label(
            _("Everything stays in one file on this laptop, and works without a network. Nothing is sent anywhere."),
            "muted",
        )
        self.trouble = self._label(sentence, "error")
        self.trouble.setVisible(bool(sentence))
        self.restore = QPushButton(_("Restore from a backup…"), self)
        theme.put_icon(self.restore, "arrow-back-up")
        self.restore.clicked.connect(lambda _checked=False: self.restore_wanted.emit())
        self.restore.setVisible(may_restore)
        self.salvage = QPushButton(_("Salvage what can be read…"), self)
        theme.put_icon(self.salvage, "file-import")
        self.salvage.clicked.connect(lambda _checked=False: self.salvage_wanted.emit())
        self.salvage.setVisible(may_salvage)
        ways = QHBoxLayout()
        ways.setSpacing(theme.S)
        ways.addWidget(self.restore)
        ways.addWidget(self.salvage)
        ways.addStretch(1)
        self._column.addLayout(ways)
        self._column.addSpacing(theme.S)
        self.name = self._field(_("Your name"), _("as it should stand under reports"))
        self.bureau = self._field(_("Your bureau"), _("printed on papers; can be filled in later"))
        self._column.addSpacing(theme.S)
        self._column.addLayout(self._buttons())

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", role)
        label.setWordWrap(True)
        self._column.addWidget(label)
        return label

    def _field(self, title: str, hint: str) -> TextField:
        self._column.addWidget(QLabel(title, self))
        field = TextField(self, placeholder=hint, label=title)
        field.returnPressed.connect(self._make)
        self._column.addWidget(field)
        return field

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        make = QPushButton(_("Make a new book"), self)
        make.setProperty("role", "primary")
        make.clicked.connect(lambda _checked=False: self._make())
        find = QPushButton(_("Open a book…"), self)
        find.clicked.connect(lambda _checked=False: self._open())
        sample = QPushButton(_("Try the sample"), self)
        sample.setToolTip(_("a half-year of a bureau, partly published, partly fictional and marked so"))
        sample.clicked.connect(lambda _checked=False: self.sample_wanted.emit())
        row.addWidget(make)
        row.addWidget(find)
        row.addStretch(1)
        row.addWidget(sample)
        return row

    def _make(self) -> None:
        if not self.name.text().strip():
            self.trouble.setText(_("Please give your name."))
            self.trouble.show()
            self.name.setFocus()
            return
        path = self._default
        if path.exists():
            chosen, _filter = QFileDialog.getSaveFileName(self, _("Where should the book be?"), str(path), "*.crm")
            if not chosen:
                return
            path = Path(chosen).with_suffix(".crm")
        self.make_wanted.emit(path, self.name.text().strip(), self.bureau.text().strip())

    def _open(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, _("Open a book"), str(self._default.parent), "*.crm")
        if chosen:
            self.open_wanted.emit(Path(chosen))
