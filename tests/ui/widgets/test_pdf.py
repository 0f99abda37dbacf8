"""Preview, print and save take the document's bytes as they are."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from crm_app.domain.access import Act
from crm_app.errors import Refused
from crm_app.ui.background import Progress
from crm_app.ui.session import Session
from crm_app.ui.widgets.pdf_pages import BAND_BYTES, PdfPages
from crm_app.ui.widgets.pdf_view import PdfView
from crm_app.ui.widgets.printing import print_pdf, save_bytes


def nobody(_act: Act) -> None:
    """Note nothing: there is no book behind these views."""


@pytest.fixture(scope="module")
def document() -> bytes:
    """Two upright pages with a black square at the top left, and a lying one."""
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, 842))
    for number in range(3):
        if number == 2:
            canvas.setPageSize((842, 595))
        canvas.rect(36, (595 if number == 2 else 842) - 136, 100, 100, fill=1)
        canvas.drawString(300, 300, f"page {number + 1}")
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def test_pages_are_shown_zoomed_and_walked(document: bytes, session: Session, qtbot: QtBot) -> None:
    view = PdfView(session)
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    with qtbot.waitSignal(view.ready) as ready:
        view.show_pdf(document, "拜访报告", nobody)
    assert ready.args == [3]
    words = view.findChildren(QLabel)[0]
    assert words.text() == "第 1 页，共 3 页"
    qtbot.waitUntil(lambda: _darkness(view) > 1500)
    wide = _darkness(view)
    with qtbot.waitActive(view):
        view.activateWindow()
    view.setFocus()
    qtbot.keyClick(view.focusProxy(), Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: 0 < _darkness(view) < wide)
    view.go_to_page(2)
    assert words.text() == "第 3 页，共 3 页"
    view.clear()
    assert words.text() == ""


def _darkness(view: PdfView) -> int:
    picture = view.grab().toImage()
    return sum(
        picture.pixelColor(x, y).lightness() < 20
        for x in range(0, picture.width(), 2)
        for y in range(60, picture.height(), 2)
    )


def test_only_the_newest_document_is_shown(document: bytes, session: Session, qtbot: QtBot) -> None:
    view = PdfView(session)
    qtbot.addWidget(view)
    single = pdfium.PdfDocument.new()
    single.new_page(100, 100)
    held = io.BytesIO()
    single.save(held)
    counts: list[int] = []
    view.ready.connect(counts.append)
    view.show_pdf(document, "one", nobody)
    view.show_pdf(held.getvalue(), "two", nobody)
    qtbot.waitUntil(lambda: bool(counts))
    assert counts == [1]


def test_bands_cover_the_page_and_stay_small(app: QApplication, document: bytes) -> None:
    pages = PdfPages(document)
    bands = list(pages.bands(0, 600))
    assert [top for top, _bottom, _band in bands] == [0, *(bottom for _top, bottom, _band in bands[:-1])]
    assert bands[-1][1] == round(842 * 600 / 72)
    assert len(bands) > 1
    assert all(band.sizeInBytes() <= BAND_BYTES + band.bytesPerLine() for _top, _bottom, band in bands)
    top, _bottom, first = bands[0]
    assert first.pixelColor(500, 500 - top).lightness() < 20
    assert first.pixelColor(100, 100).lightness() > 240
    pages.close()


def test_a_printer_gets_every_page_and_its_orientation(app: QApplication, document: bytes, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    told: list[str] = []
    print_pdf(document, 3, printer, Progress(lambda _done, _total, text: told.append(text)))
    del printer
    with pdfium.PdfDocument(tmp_path / "out.pdf") as printed:
        shapes = [width > height for width, height in (printed.get_page_size(n) for n in range(len(printed)))]
    assert shapes == [False, False, True]
    assert told[0] == "正在打印第 1 页"


def test_saving_writes_the_same_bytes_whole_or_not_at_all(document: bytes, tmp_path: Path) -> None:
    file = tmp_path / "报告.pdf"
    assert save_bytes(document, file) == file
    assert file.read_bytes() == document
    with pytest.raises(Refused, match="无法写入"):
        save_bytes(document, tmp_path / "no folder" / "x.pdf")
    assert [one.name for one in tmp_path.iterdir()] == ["报告.pdf"]


def test_a_saved_document_is_said(document: bytes, session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    view = PdfView(session)
    qtbot.addWidget(view)
    acts: list[Act] = []
    with qtbot.waitSignal(view.ready):
        view.show_pdf(document, "报告", acts.append, lambda: b"for Word")
    for name in ("报告.pdf", "报告.docx"):
        with qtbot.waitSignal(session.said):
            (view.save_to if name.endswith("pdf") else view.save_word_to)(tmp_path / name)
    assert acts == [Act.EXPORT, Act.EXPORT]
    assert (tmp_path / "报告.docx").read_bytes() == b"for Word"
    assert (tmp_path / "报告.pdf").read_bytes() == document
    assert session.settings.last("pdf_folder") == str(tmp_path)


def test_what_is_printed_is_noted_before_the_printer_gets_it(
    document: bytes, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    view = PdfView(session)
    qtbot.addWidget(view)
    out = tmp_path / "out.pdf"
    acts: list[tuple[Act, bool]] = []
    with qtbot.waitSignal(view.ready):
        view.show_pdf(document, "报告", lambda act: acts.append((act, out.exists())))
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    with qtbot.waitSignal(session.background.idle):
        view.print_on(printer)
    assert acts == [(Act.PRINT, False)]
    assert out.exists()
