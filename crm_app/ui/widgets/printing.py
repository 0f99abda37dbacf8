"""Printing and saving a finished PDF, in the background."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from crm_app.errors import Refused
from crm_app.i18n import _
from crm_app.ui.background import Progress
from crm_app.ui.widgets.pdf_pages import PdfPages

_MOST_DPI = 600


def print_pdf(content: bytes, count: int, printer: QPrinter, progress: Progress) -> None:
    """Print; CUPS takes the PDF itself (sharp, small), other systems get its pages as bands of a picture.

    Raises Refused where the printer does not take the job, Cancelled between two pages.
    """
    first, last = printer.fromPage() or 1, printer.toPage() or count
    lp = shutil.which("lp")
    if lp and printer.outputFormat() == QPrinter.OutputFormat.NativeFormat and printer.printerName():
        _print_by_cups(lp, content, printer, first, last)
        return
    _print_bands(content, range(first - 1, last), printer, progress)


def _print_by_cups(lp: str, content: bytes, printer: QPrinter, first: int, last: int) -> None:
    asked = [lp, "-d", printer.printerName(), "-n", str(printer.copyCount()), "-P", f"{first}-{last}"]
    done = subprocess.run([*asked, "-t", printer.docName(), "-"], input=content, capture_output=True, check=False)
    if done.returncode:
        raise Refused(_("The printer “{name}” did not take the job.").format(name=printer.printerName()))


def _print_bands(content: bytes, numbers: range, printer: QPrinter, progress: Progress) -> None:
    printer.setResolution(min(printer.resolution(), _MOST_DPI))
    printer.setFullPage(True)
    pages = PdfPages(content)
    sizes = pages.open().result()
    painter = QPainter()
    try:
        for done, number in enumerate(numbers):
            progress.report(done, len(numbers), _("Printing page {n}").format(n=number + 1))
            wide = sizes[number].width > sizes[number].height
            turned = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
            printer.setPageOrientation(turned)
            if done == 0 and not painter.begin(printer):
                raise Refused(_("The printer cannot be used; choose another one or save as PDF."))
            if done:
                printer.newPage()
            for top, bottom, band in pages.bands(number, printer.resolution()):
                painter.drawImage(QRect(0, top, band.width(), bottom - top), band)
    finally:
        if painter.isActive():
            painter.end()
        pages.close()


def save_bytes(content: bytes, path: Path) -> Path:
    """Write a file whole or not at all; raise Refused where the folder cannot be written."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content)
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Refused(_("{path} cannot be written. Choose another folder or name.").format(path=path)) from error
    return path
