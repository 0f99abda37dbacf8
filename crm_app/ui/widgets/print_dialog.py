"""The dialog before printing: which printer, how many, which pages, on which sides, in black and white."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from crm_app.errors import BadInput
from crm_app.i18n import _, ngettext
from crm_app.settings import Settings
from crm_app.ui import actions, theme
from crm_app.ui.widgets.fitting import fit_height
from crm_app.ui.widgets.lines import plain
from crm_app.ui.widgets.printing import SIDES_LABELS, Printing, Sides, pages_of
from crm_app.ui.widgets.text_field import TextField

_WIDTH = 480
_MOST_COPIES = 999
_LAST_PRINTER = "printer"


def known_printers() -> list[str]:
    """Return the names of the system's printers, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name))


class PrintDialog(QDialog):
    """``chosen`` carries the printer's name and what is asked of it; ``pdf_wanted``: rather a file."""

    chosen = Signal(str, object)
    pdf_wanted = Signal()

    def __init__(
        self,
        parent: QWidget,
        settings: Settings,
        printers: Sequence[str],
        asked: Printing,
        count: int,
        *,
        pdf: bool = True,
    ) -> None:
        super().__init__(parent)
        self._settings, self._asked, self._count = settings, asked, count
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Print"))
        self.setFixedWidth(theme.px(_WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(plain(asked.title, "strong"))
        self._make_fields(printers)
        if printers:
            column.addLayout(self._fields())
        else:
            column.addWidget(
                plain(
                    _("This computer has no printer. Save the paper as PDF, and print it where there is one.")
                    if pdf
                    else _("This computer has no printer.")
                )
            )
        self.error = plain("", "error")
        self.error.hide()
        column.addWidget(self.error)
        column.addLayout(self._foot(bool(printers), pdf))
        actions.make("save", self, self._print)
        fit_height(self)

    def _make_fields(self, printers: Sequence[str]) -> None:
        self.printer = QComboBox(self)
        self.printer.addItems(list(printers))
        self.printer.setCurrentIndex(max(0, self.printer.findText(self._settings.last(_LAST_PRINTER))))
        self.copies = QSpinBox(self)
        # The line in a spin box takes no padding from the sheet.
        self.copies.lineEdit().setTextMargins(theme.px(7), 0, 0, 0)
        self.copies.setRange(1, _MOST_COPIES)
        self.copies.setValue(self._asked.copies)
        every = ngettext("The one page", "All {n} pages, or such as 1-3, 5", self._count).format(n=self._count)
        self.pages = TextField(self, placeholder=every)
        self.sides = QComboBox(self)
        for sides, words in SIDES_LABELS.items():
            self.sides.addItem(_(words), sides)
        self.sides.setCurrentIndex(self.sides.findData(self._asked.sides))
        self.grey = QCheckBox(_("In black and white"), self)
        self.grey.setChecked(self._asked.grey)
        for widget in (self.printer, self.copies, self.pages, self.sides, self.grey):
            widget.setVisible(bool(printers))

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.S)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("Printer"), self.printer),
            (_("Copies"), self.copies),
            (_("Pages"), self.pages),
            (_("Sides"), self.sides),
        )
        for number, (words, widget) in enumerate(rows):
            label = QLabel(words, self)
            label.setBuddy(widget)
            widget.setAccessibleName(words)
            grid.addWidget(label, number, 0)
            grid.addWidget(widget, number, 1)
        grid.addWidget(self.grey, len(rows), 1)
        return grid

    def _foot(self, printing: bool, pdf: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        leave = QPushButton(_("Cancel"), self)
        leave.setAutoDefault(False)
        leave.clicked.connect(lambda _checked=False: self.reject())
        row.addWidget(leave)
        row.addStretch(1)
        self.to_pdf = QPushButton(_("Save as PDF"), self)
        self.to_pdf.setVisible(pdf)
        self.to_pdf.setAutoDefault(False)
        self.to_pdf.clicked.connect(lambda _checked=False: self._save())
        row.addWidget(self.to_pdf)
        self.go = QPushButton(_("Print"), self)
        self.go.setProperty("role", "primary")
        self.go.setVisible(printing)
        self.go.clicked.connect(lambda _checked=False: self._print())
        row.addWidget(self.go)
        first = self.go if printing else self.to_pdf if pdf else leave
        first.setDefault(True)
        first.setFocus()
        return row

    def _save(self) -> None:
        self.accept()
        self.pdf_wanted.emit()

    def _print(self) -> None:
        if self.go.isHidden():
            return
        try:
            pages = pages_of(self.pages.text(), self._count)
        except BadInput as error:
            self.error.setText(str(error))
            self.error.show()
            fit_height(self)
            self.pages.setFocus()
            return
        self._settings.set_last(_LAST_PRINTER, self.printer.currentText())
        asked = Printing(
            self._asked.title, pages, self.copies.value(), Sides(self.sides.currentData()), self.grey.isChecked()
        )
        self.accept()
        self.chosen.emit(self.printer.currentText(), asked)
