"""导出: every row of one kind, or a list as it is seen, to a sheet, a template, cards or a calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crm_app import clock
from crm_app.errors import CrmError
from crm_app.i18n import N_, _, ngettext
from crm_app.progress import Report
from crm_app.services import exports
from crm_app.ui import actions, theme
from crm_app.ui.imports.words import KIND_WORDS
from crm_app.ui.session import Session
from crm_app.ui.widgets.ask_file import ask_for_file, ask_where
from crm_app.ui.widgets.data_list import DataList
from crm_app.ui.widgets.parts import trouble

_FIRST_KIND = "enterprises"
_SHEETS = ((".xlsx", N_("Excel workbook (.xlsx)")), (".csv", N_("Text, separated by commas (.csv)")))
_CARDS = {".vcf": N_("Contact cards for the phone (.vcf)"), ".ics": N_("Calendar (.ics)")}
_AS_SEEN = "as_seen"
_WIDTH = 460


class ExportDialog(QDialog):
    """Which kind or the list as it is seen, which format, with or without what is personal; then where."""

    def __init__(self, session: Session, parent: QWidget, kind: str, seen: DataList | None = None) -> None:
        super().__init__(parent)
        self._session, self._seen = session, seen
        self._written: Path | None = None
        self.setWindowTitle(_("Export"))
        self.setFixedWidth(theme.px(_WIDTH))
        self.kind = QComboBox(self)
        if seen is not None:
            self.kind.addItem(_("This list as it is seen: {list}").format(list=seen.model.wanted.title), _AS_SEEN)
        for known in exports.KINDS:
            self.kind.addItem(_(KIND_WORDS[known]), known)
        narrowed = seen is not None and bool(seen.query or seen.model.query.filters)
        self.kind.setCurrentIndex(self.kind.findData(_AS_SEEN if narrowed else kind))
        self.format = QComboBox(self)
        self.kind.currentIndexChanged.connect(lambda _at: self._offer_formats())
        personal = _("With whole phone numbers, mail and personal notes")
        self.personal = QCheckBox(personal, self)
        self.personal.setToolTip(personal)
        self.template = QPushButton(_("Fill a template…"), self)
        self.template.setAutoDefault(False)
        self.template.clicked.connect(lambda _checked=False: self.ask_template())
        self.error = trouble(self)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.hide()
        self.folder = QPushButton(_("Open folder"), self)
        self.folder.setAutoDefault(False)
        self.folder.clicked.connect(lambda _checked=False: self._open_folder())
        self.folder.hide()
        self.write = QPushButton(_("Export…"), self)
        self.write.setProperty("role", "primary")
        self.write.setDefault(True)
        self.write.clicked.connect(lambda _checked=False: self.ask())
        actions.make("save", self, self.ask)
        self._lay_out()
        self._offer_formats()

    def _offer_formats(self) -> None:
        """Offer what the chosen kind can be written as."""
        kind, chosen = self.kind.currentData(), self.format.currentData()
        self.format.clear()
        for suffix, word in _SHEETS:
            self.format.addItem(_(word), suffix)
        for suffix, word in _CARDS.items():
            if kind in exports.CARD_SUFFIXES[suffix]:
                self.format.addItem(_(word), suffix)
        self.format.setCurrentIndex(max(self.format.findData(chosen), 0))
        self.template.setEnabled(kind in exports.KINDS)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        layout.setSpacing(theme.S)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.S)
        grid.setColumnStretch(1, 1)
        for row, (word, widget) in enumerate(((_("What goes out"), self.kind), (_("Written as"), self.format))):
            label = QLabel(word, self)
            label.setProperty("role", "muted")
            label.setBuddy(widget)
            widget.setAccessibleName(word)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        layout.addLayout(grid)
        layout.addWidget(self.personal)
        hint = QLabel(_("Otherwise phones are masked, mail and notes left out."), self)
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        layout.addWidget(hint)
        layout.addWidget(self.error)
        layout.addWidget(self.told)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        close = QPushButton(_("Close"), self)
        close.setAutoDefault(False)
        close.clicked.connect(lambda _checked=False: self.reject())
        buttons.addWidget(self.template)
        buttons.addWidget(self.folder)
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.write)
        layout.addSpacing(theme.S)
        layout.addLayout(buttons)

    def ask_template(self) -> None:
        """Ask which workbook is filled, then where it goes; the template itself is not changed."""
        ask_for_file(self._session, self, _("Fill a template"), _("Workbooks (*.xlsx)"), self.take_template)

    def take_template(self, template: Path) -> None:
        """Fill this workbook with the rows."""
        name = f"{template.stem} {clock.today().isoformat()}.xlsx"
        pattern = _("Workbooks (*.xlsx)")
        ask_where(self._session, self, _("Export"), name, pattern, lambda path: self.export(path, template))

    def ask(self) -> None:
        """Ask where the file goes."""
        suffix = self.format.currentData()
        seen = self._seen if self.kind.currentData() == _AS_SEEN else None
        what = seen.model.wanted.title if seen is not None else self.kind.currentText()
        name = f"{what} {clock.today().isoformat()}{suffix}"
        ask_where(self._session, self, _("Export"), name, f"{self.format.currentText()} (*{suffix})", self.export)

    def export(self, path: Path, template: Path | None = None) -> None:
        """Write the file beside the window, then say how many rows it holds."""
        work = self._work(path, template)
        for label in (self.error, self.told, self.folder):
            label.hide()
        self.write.setEnabled(False)
        self._session.background.write(
            _("Exporting: {kind}").format(kind=self.kind.currentText()),
            lambda progress: work(progress.report),
            lambda done: self._finish(*done, path),
            self._refuse,
            owner=self,
        )

    def _work(self, path: Path, template: Path | None) -> Callable[[Report], tuple[int, Sequence[str]]]:
        """Return what writes the file, of what is chosen now; it answers the rows, and headers that were left empty."""
        book, kind, personal = self._session.book, self.kind.currentData(), self.personal.isChecked()
        if kind == _AS_SEEN and self._seen is not None:
            query, found = self._seen.model.query, self._seen.query
            return lambda report: (
                exports.export_seen(book, query, path, found=found, personal=personal, progress=report),
                (),
            )
        if template is not None:
            return lambda report: astuple(
                exports.export_to_template(book, kind, template, path, personal=personal, progress=report)
            )
        return lambda report: (exports.export(book, kind, path, personal=personal, progress=report), ())

    def _finish(self, n: int, left_empty: Sequence[str], path: Path) -> None:
        said = ngettext("{n} row written to {path}.", "{n} rows written to {path}.", n).format(n=n, path=path)
        self._session.say(said)
        self._written = path
        if left_empty:
            empty = _("Left empty, for nothing in the book goes there: {headers}.")
            said = f"{said}\n{empty.format(headers=_(', ').join(left_empty))}"
        self.told.setText(said)
        self.told.show()
        self.folder.show()
        self.write.setEnabled(True)
        self.adjustSize()

    def _open_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))
            self.accept()

    def _refuse(self, error: CrmError) -> None:
        self.write.setEnabled(True)
        self.error.setText(str(error))
        self.error.show()
        self.adjustSize()


def open_export(session: Session, window: QWidget, kind: str = "") -> ExportDialog:
    """Open the export; a kind that cannot be exported, such as a place of another name, counts as the first.

    Where the window shows a list, its kind is meant, and that list as it is seen is offered too.
    """
    seen = next((one for one in window.findChildren(DataList) if one.isVisible()), None)
    kind = seen.model.query.list if seen is not None else kind
    dialog = ExportDialog(session, window, kind if kind in exports.KINDS else _FIRST_KIND, seen)
    dialog.open()
    return dialog
