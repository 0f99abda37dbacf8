"""Printing and saving a finished PDF, in the background."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QRect, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from crm_app.errors import BadInput, Cancelled, Refused
from crm_app.i18n import N_, _
from crm_app.ui.background import Progress
from crm_app.ui.widgets.pdf_pages import PageSize, PdfPages

PATIENCE_S = 60.0
"""How long CUPS may take to accept a job; a server that is away is waited for without end otherwise."""
_LISTENS_S = 0.2
"""How often the user is heard who wants to stop it meanwhile."""
_MOST_DPI = 600
_RANGE = re.compile(r"(\d+)(?:\s*[-–—~至]\s*(\d+))?")
_BETWEEN = re.compile(r"[,，、;；\s]+")


class Sides(StrEnum):
    """Which sides of a sheet are printed on, and at which edge it is turned; in CUPS's words."""

    ONE = "one-sided"
    LONG = "two-sided-long-edge"
    SHORT = "two-sided-short-edge"


SIDES_LABELS = {
    Sides.ONE: N_("On one side"),
    Sides.LONG: N_("On both sides, turned at the long edge"),
    Sides.SHORT: N_("On both sides, turned at the short edge"),
}
_DUPLEX = {
    Sides.ONE: QPrinter.DuplexMode.DuplexNone,
    Sides.LONG: QPrinter.DuplexMode.DuplexLongSide,
    Sides.SHORT: QPrinter.DuplexMode.DuplexShortSide,
}


@dataclass(frozen=True)
class Printing:
    """What is asked of a printer. ``pages`` from 0, in the order they are printed; empty: all. ``grey``: no colours."""

    title: str
    pages: tuple[int, ...] = ()
    copies: int = 1
    sides: Sides = Sides.ONE
    grey: bool = False


def pages_of(text: str, count: int) -> tuple[int, ...]:
    """Read pages as “1-3, 5” into pages from 0; nothing means all. Raise BadInput for what is no page of ``count``."""
    found: list[int] = []
    for part in filter(None, _BETWEEN.split(re.sub(r"\s*([-–—~至])\s*", r"\1", text.strip()))):
        match = _RANGE.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= count:
            raise BadInput(
                _("“{part}” is none of the {count} pages. Write them as 1-3, 5.").format(part=part, count=count)
            )
        found += range(first - 1, last)
    return tuple(dict.fromkeys(found)) or tuple(range(count))


def print_pdf(content: bytes, printer: str | QPrinter, asked: Printing, progress: Progress) -> None:
    """Print on a printer of the system, by its name, or on one that was made ready.

    CUPS takes the PDF itself (sharp, small), other systems get its pages as bands of a picture.

    Raise Refused where the printer does not take the job or does not answer, Cancelled between two pages.
    """
    pages = PdfPages(content)
    try:
        sizes = pages.open().result()
        numbers = asked.pages or tuple(range(len(sizes)))
        lp = shutil.which("lp")
        if lp and isinstance(printer, str):
            _print_by_cups(lp, content, printer, asked, numbers, _paper_of(sizes[numbers[0]]), progress)
        else:
            _print_bands(pages, sizes, _made_ready(printer, asked), asked, numbers, progress)
    finally:
        pages.close()


def _print_by_cups(
    lp: str, content: bytes, name: str, asked: Printing, numbers: Sequence[int], paper: QPageSize, progress: Progress
) -> None:
    command = [lp, "-d", name, "-n", str(asked.copies), "-P", _ranges(numbers), "-t", asked.title]
    # A queue whose usual paper is another, such as Letter, would print the pages smaller.
    command += ["-o", f"media={paper.key()}", "-o", "print-scaling=none", "-o", f"sides={asked.sides}"]
    if asked.grey:
        command += ["-o", "print-color-mode=monochrome"]
    with subprocess.Popen(
        [*command, "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as handing:
        try:
            said = _handed_over(handing, content, name, progress)
        except BaseException:
            handing.kill()
            raise
    if handing.returncode:
        told = said.decode(errors="replace").strip().removeprefix(f"{lp}: ").removeprefix("Error - ").rstrip(".")
        raise Refused(
            _("The printer “{name}” did not take the job ({reason}). Choose another one, or save as PDF.").format(
                name=name, reason=told or handing.returncode
            )
        )


def _handed_over(handing: subprocess.Popen[bytes], content: bytes, name: str, progress: Progress) -> bytes:
    """Return what ``lp`` says once it is through; raise Refused where it takes too long, Cancelled on demand."""
    ends = time.monotonic() + PATIENCE_S
    left: bytes | None = content
    while True:
        try:
            return handing.communicate(left, timeout=_LISTENS_S)[1]
        except subprocess.TimeoutExpired:
            left = None  # it goes on with what it was given
        progress.report(0, 0, _("Waiting for the printer"))
        if time.monotonic() > ends:
            raise Refused(
                _(
                    "The printer “{name}” does not answer, so nothing was sent to it. See whether it is switched on "
                    "and connected, choose another one, or save as PDF."
                ).format(name=name)
            )


def _ranges(numbers: Sequence[int]) -> str:
    """Return pages from 0 in CUPS's words: 1-3,5."""
    runs = [[page for _at, page in run] for _step, run in groupby(enumerate(numbers), lambda one: one[1] - one[0])]
    return ",".join(f"{run[0] + 1}-{run[-1] + 1}" if len(run) > 1 else str(run[0] + 1) for run in runs)


def _made_ready(printer: str | QPrinter, asked: Printing) -> QPrinter:
    """Return the printer, set to what is asked; of more than 600 dots an inch nobody sees anything."""
    if isinstance(printer, str):
        name, printer = printer, QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPrinterName(name)
    printer.setDocName(asked.title)
    printer.setResolution(min(printer.resolution(), _MOST_DPI))
    printer.setFullPage(True)
    printer.setDuplex(_DUPLEX[asked.sides])
    printer.setColorMode(QPrinter.ColorMode.GrayScale if asked.grey else QPrinter.ColorMode.Color)
    return printer


def _print_bands(
    pages: PdfPages,
    sizes: Sequence[PageSize],
    printer: QPrinter,
    asked: Printing,
    numbers: Sequence[int],
    progress: Progress,
) -> None:
    rounds = 1 if printer.supportsMultipleCopies() else asked.copies
    printer.setCopyCount(asked.copies // rounds)
    printed = list(numbers) * rounds
    painter = QPainter()
    try:
        for done, number in enumerate(printed):
            progress.report(done, len(printed), _("Printing page {n}").format(n=number + 1))
            _lay(printer, sizes[number])
            if done == 0 and not painter.begin(printer):
                raise Refused(_("The printer cannot be used; choose another one or save as PDF."))
            if done:
                printer.newPage()
            for top, bottom, band in pages.bands(number, printer.resolution()):
                picture = band.convertToFormat(QImage.Format.Format_Grayscale8) if asked.grey else band
                painter.drawImage(QRect(0, top, band.width(), bottom - top), picture)
    except Cancelled:
        printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()


def _lay(printer: QPrinter, size: PageSize) -> None:
    """Put the printer's sheet as the page lies: a printer of another country has other paper in mind."""
    wide = size.width > size.height
    printer.setPageSize(_paper_of(size))
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)


def _paper_of(size: PageSize) -> QPageSize:
    """Return the paper a page is on, upright, by the name the system knows it by: A4."""
    upright = QSizeF(min(size.width, size.height), max(size.width, size.height))
    return QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)


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
