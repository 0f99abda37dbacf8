"""The first start: a new book, a book at hand, or the sample; also shown when a book could not be opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from crm_app.i18n import _
from crm_app.ui import theme
from crm_app.ui.shell.cover import Cover
from crm_app.ui.widgets.text_field import TextField
from crm_app.ui.widgets.way import ICON, Way

_CARD_WIDTH = 560


class FirstStart(Cover):
    """Three ways on: a new book with its two fields, a book at hand, the sample."""

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
        super().__init__(parent, _CARD_WIDTH)
        self._default = default
        self._line(_("Outreach CRM"), "display")
        self._line(
            _("Everything stays in one file on this laptop, and works without a network. Nothing is sent anywhere."),
            "muted",
        )
        self.trouble = self._line(sentence, "error")
        self.trouble.setVisible(bool(sentence))
        self.restore = QPushButton(_("Restore from a backup…"), self)
        theme.put_icon(self.restore, "arrow-back-up")
        self.restore.clicked.connect(lambda _checked=False: self.restore_wanted.emit())
        self.restore.setVisible(may_restore)
        self.salvage = QPushButton(_("Salvage what is left…"), self)
        theme.put_icon(self.salvage, "file-import")
        self.salvage.clicked.connect(lambda _checked=False: self.salvage_wanted.emit())
        self.salvage.setVisible(may_salvage)
        ways = QHBoxLayout()
        ways.setSpacing(theme.S)
        ways.addWidget(self.restore)
        ways.addWidget(self.salvage)
        ways.addStretch(1)
        self._column.addLayout(ways)
        self._column.addSpacing(theme.M)
        self._add_ways()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that words need where they wrap: layouts guess too low."""
        super().showEvent(event)
        self._card.setMinimumHeight(self._column.totalHeightForWidth(self._card.width()))

    def _add_ways(self) -> None:
        self._column.addWidget(
            Way(
                "plus",
                _("Make a new book"),
                _("One file holds everything: enterprises, visits, projects, papers."),
                _("Make a new book"),
                self._make,
                self,
                primary=True,
            )
        )
        self.name = TextField(self, placeholder=_("as it should stand under reports"), label=_("Your name"))
        self.bureau = TextField(
            self, placeholder=_("printed on papers; can be filled in later"), label=_("Your bureau")
        )
        form = QFormLayout()
        # Under the words of its way, beside the icon.
        form.setContentsMargins(theme.px(ICON) + theme.M, theme.XS, 0, 0)
        form.setHorizontalSpacing(theme.M)
        form.setVerticalSpacing(theme.S)
        for title, field in ((_("Your name"), self.name), (_("Your bureau"), self.bureau)):
            field.returnPressed.connect(self._make)
            label = QLabel(title, self)
            label.setBuddy(field)
            form.addRow(label, field)
        self._column.addLayout(form)
        for way in (
            Way(
                "folder-open",
                _("Open a book you have"),
                _("From a colleague, a USB stick or an older laptop; its file ends in .crm."),
                _("Open a book…"),
                self._open,
                self,
            ),
            Way(
                "sun",
                _("Look around in the sample first"),
                _("A half-year of a bureau, partly published, partly fictional. Leave it at any time by one click."),
                _("Try the sample"),
                self.sample_wanted.emit,
                self,
            ),
        ):
            self._column.addSpacing(theme.M)
            self._column.addWidget(way)

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
