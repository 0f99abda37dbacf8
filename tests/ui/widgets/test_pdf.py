"""Preview, print and save take the document's bytes as they are."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageChops
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from crm_app.domain.access import Act
from crm_app.errors import BadInput, Cancelled, Refused
from crm_app.ui.background import Progress
from crm_app.ui.session import Session
from crm_app.ui.widgets import printing
from crm_app.ui.widgets.pdf_out import Handed
from crm_app.ui.widgets.pdf_pages import BAND_BYTES, PdfPages
from crm_app.ui.widgets.pdf_view import PdfView
from crm_app.ui.widgets.print_dialog import PrintDialog
from crm_app.ui.widgets.printing import Printing, Sides, pages_of, print_pdf, save_bytes
from tests.ui.kit import enter


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
        view.show_pdf(document, Handed("拜访报告", nobody))
    assert ready.args == [3]
    assert words_of(view) == "第 1 页，共 3 页"
    qtbot.waitUntil(lambda: _darkness(view) > 1500)
    wide = _darkness(view)
    with qtbot.waitActive(view):
        view.activateWindow()
    view.setFocus()
    qtbot.keyClick(view.focusProxy(), Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: 0 < _darkness(view) < wide)
    view.go_to_page(2)
    assert words_of(view) == "第 3 页，共 3 页"
    view.tools.page.setFocus()
    enter(view.tools.page, "2")
    qtbot.keyClick(view.tools.page, Qt.Key.Key_Return)
    view.setFocus()
    assert words_of(view) == "第 2 页，共 3 页"
    view.strip.setCurrentRow(0)
    assert words_of(view) == "第 1 页，共 3 页"
    view.clear()
    assert not view.tools.page.isVisible()


def words_of(view: PdfView) -> str:
    labels = view.tools.findChildren(QLabel)
    return f"{labels[0].text()} {view.tools.page.text()} {labels[1].text()}"


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
    view.show_pdf(document, Handed("one", nobody))
    view.show_pdf(held.getvalue(), Handed("two", nobody))
    qtbot.waitUntil(lambda: bool(counts))
    assert counts == [1]


def test_the_pages_beside_the_preview_follow_the_document(document: bytes, session: Session, qtbot: QtBot) -> None:
    view = PdfView(session)
    qtbot.addWidget(view)
    view.resize(1200, 600)
    view.show()
    for _time in range(2):
        with qtbot.waitSignal(view.ready):
            view.show_pdf(document, Handed("one", nobody))
        assert view.strip.isVisible(), "there is room for them"
        qtbot.waitUntil(lambda: view.strip.picture(2) is not None)
    assert view.strip.count() == 3
    view.tools.action("pages").trigger()
    assert not view.strip.isVisible()


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


def pdf_printer(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_a_printer_gets_the_pages_asked_for_as_they_look(app: QApplication, document: bytes, tmp_path: Path) -> None:
    told: list[str] = []
    progress = Progress(lambda _done, _total, text: told.append(text))
    print_pdf(document, pdf_printer(tmp_path / "all.pdf"), Printing("x"), progress)
    asked = Printing("x", pages_of("2-3", 3), sides=Sides.LONG, grey=True)
    print_pdf(document, pdf_printer(tmp_path / "some.pdf"), asked, progress)
    with pdfium.PdfDocument(tmp_path / "all.pdf") as printed, pdfium.PdfDocument(document) as source:
        shapes = [width > height for width, height in (printed.get_page_size(n) for n in range(len(printed)))]
        assert shapes == [False, False, True]
        for number in range(3):
            once, twice = (one[number].render(scale=0.5, grayscale=True).to_pil() for one in (source, printed))
            assert twice.size == pytest.approx(once.size, abs=1)
            off = ImageChops.difference(once, twice.resize(once.size)).histogram()
            assert sum(off[128:]) < once.width * once.height / 200
    with pdfium.PdfDocument(tmp_path / "some.pdf") as printed:
        assert [printed.get_page_size(n)[0] > 700 for n in range(len(printed))] == [False, True]
    assert told[0] == "正在打印第 1 页"


def test_a_stopped_print_ends_between_two_pages(app: QApplication, document: bytes, tmp_path: Path) -> None:
    progress = Progress(lambda *_told: progress.cancel())
    with pytest.raises(Cancelled):
        print_pdf(document, pdf_printer(tmp_path / "out.pdf"), Printing("x"), progress)


def test_cups_is_handed_the_pdf_itself_with_what_was_asked(
    app: QApplication, document: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lp = tmp_path / "lp"
    lp.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{tmp_path}/asked"\ncat > "{tmp_path}/got"\n[ "$2" = office ]\n')
    lp.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    asked = Printing("拜访报告", pages_of("1，3", 3), copies=2, sides=Sides.LONG, grey=True)
    nowhere = Progress(lambda *_told: None)
    print_pdf(document, "office", asked, nowhere)
    words = (tmp_path / "asked").read_text().split("\n")
    assert words[:8] == ["-d", "office", "-n", "2", "-P", "1,3", "-t", "拜访报告"]
    assert "sides=two-sided-long-edge" in words
    assert {"media=A4", "print-scaling=none"} <= set(words), "a queue for Letter shrinks nothing"
    assert (tmp_path / "got").read_bytes() == document
    with pytest.raises(Refused, match="hall"):
        print_pdf(document, "hall", asked, nowhere)


def test_a_printer_that_does_not_answer_is_given_up_and_one_may_stop_waiting(
    app: QApplication, document: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lp = tmp_path / "lp"
    lp.write_text("#!/bin/sh\nexec sleep 600\n")
    lp.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    impatient = Progress(lambda *_told: impatient.cancel())
    with pytest.raises(Cancelled):
        print_pdf(document, "hall", Printing("拜访报告"), impatient)
    monkeypatch.setattr(printing, "PATIENCE_S", 0.0)
    with pytest.raises(Refused, match="hall"):
        print_pdf(document, "hall", Printing("拜访报告"), Progress(lambda *_told: None))


def test_a_broken_document_is_told_and_can_still_be_saved(
    document: bytes, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    view = PdfView(session)
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    view.show_pdf(document[:200], Handed("报告", nobody))
    qtbot.waitUntil(view.broken.isVisible)
    assert "已损坏" in view.broken.text()
    assert not view.tools.action("print").isEnabled()
    assert view.tools.action("save_pdf").isEnabled()
    with qtbot.waitSignal(session.said):
        view.out.save_to(tmp_path / "报告.pdf")
    assert (tmp_path / "报告.pdf").read_bytes() == document[:200]
    with qtbot.waitSignal(view.ready):
        view.show_pdf(document, Handed("报告", nobody))
    assert not view.broken.isVisible()


@given(st.lists(st.integers(0, 30), min_size=1, unique=True))
def test_pages_are_read_as_they_are_written(pages: list[int]) -> None:
    assert pages_of(", ".join(str(page + 1) for page in pages), 31) == tuple(pages)


@pytest.mark.parametrize("text", ["0", "3-2", "4", "x", "1-", "1-9"])
def test_what_is_no_page_is_told(text: str) -> None:
    with pytest.raises(BadInput, match="共3页"):
        pages_of(text, 3)
    assert pages_of("", 3) == (0, 1, 2)
    assert pages_of("2至3", 3) == (1, 2)


def test_the_dialog_says_what_is_asked_of_which_printer(session: Session, qtbot: QtBot) -> None:
    asked = Printing("手册", sides=Sides.LONG)
    over = QWidget()
    qtbot.addWidget(over)
    dialog = PrintDialog(over, session.settings, ["hall", "office"], asked, 12)
    dialog.show()
    dialog.printer.setCurrentText("office")
    enter(dialog.pages, "13")
    dialog.go.click()
    assert "共12页" in dialog.error.text()
    dialog.pages.clear()
    enter(dialog.pages, "3-4")
    dialog.grey.click()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    dialog.pages.setFocus()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.keyClick(dialog.pages, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert chosen.args == ["office", Printing("手册", (2, 3), 1, Sides.LONG, grey=True)]
    assert session.settings.last("printer") == "office"


def test_without_a_printer_a_pdf_is_offered(session: Session, qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    dialog = PrintDialog(over, session.settings, [], Printing("手册"), 12)
    dialog.show()
    assert not dialog.go.isVisible()
    assert any("没有打印机" in label.text() for label in dialog.findChildren(QLabel))
    with qtbot.waitSignal(dialog.pdf_wanted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def test_a_text_is_found_on_its_pages(document: bytes, session: Session, qtbot: QtBot) -> None:
    view = PdfView(session)
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    with qtbot.waitSignal(view.ready):
        view.show_pdf(document, Handed("报告", nobody))
    view.finder.begin()
    enter(view.finder.field, "PAGE")
    qtbot.waitUntil(lambda: view.finder.told.text() == "第 1 处，共 3 处")
    qtbot.keyClick(view.finder.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert view.finder.told.text() == "第 3 处，共 3 处"
    assert words_of(view) == "第 3 页，共 3 页"
    pages = PdfPages(document)
    (last,) = pages.find("e 3").result()
    pages.close()
    assert last.page == 2
    assert last.places[0].left() == pytest.approx(325, abs=10)
    assert last.places[0].bottom() == pytest.approx(295, abs=10)
    qtbot.keyClick(view.finder.field, Qt.Key.Key_Escape)
    assert not view.finder.isVisible()


def test_what_was_found_in_the_document_before_is_not_shown(document: bytes, session: Session, qtbot: QtBot) -> None:
    view = PdfView(session)
    qtbot.addWidget(view)
    view.show()
    with qtbot.waitSignal(view.ready):
        view.show_pdf(document, Handed("报告", nobody))
    view.finder.begin()
    view.finder.field.setText("page")
    view.finder.field.commit_now()
    # Pages are read one after the other: by then the answer is there, and not told yet.
    pages = PdfPages(document)
    pages.open().result()
    pages.close()
    with qtbot.waitSignal(view.ready):
        view.show_pdf(document, Handed("报告", nobody))
    qtbot.waitUntil(lambda: view.finder.told.text() == "第 1 处，共 3 处")


def test_a_program_that_ends_with_a_paper_open_says_nothing(document: bytes) -> None:
    program = (
        "import sys; from crm_app.ui.widgets.pdf_pages import PdfPages; "
        "pages = PdfPages(sys.stdin.buffer.read()); print(len(pages.open().result()))"
    )
    ended = subprocess.run([sys.executable, "-c", program], input=document, capture_output=True, check=True)
    assert (ended.stdout.split(), ended.stderr) == ([b"3"], b"")


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
        view.show_pdf(document, Handed("报告", acts.append, lambda: b"for Word"))
    for name in ("报告.pdf", "报告.docx"):
        with qtbot.waitSignal(session.said):
            (view.out.save_to if name.endswith("pdf") else view.out.save_word_to)(tmp_path / name)
    assert acts == [Act.EXPORT, Act.EXPORT]
    assert (tmp_path / "报告.docx").read_bytes() == b"for Word"
    assert (tmp_path / "报告.pdf").read_bytes() == document
    assert view.saved.path == tmp_path / "报告.docx"
    assert view.saved.open_folder.isVisibleTo(view)


def test_what_is_printed_is_noted_before_the_printer_gets_it(
    document: bytes, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    view = PdfView(session)
    qtbot.addWidget(view)
    out = tmp_path / "out.pdf"
    acts: list[tuple[Act, bool]] = []
    with qtbot.waitSignal(view.ready):
        view.show_pdf(document, Handed("报告", lambda act: acts.append((act, out.exists()))))
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    with qtbot.waitSignal(session.background.idle):
        view.out.print_on(printer, Printing("报告"))
    assert acts == [(Act.PRINT, False)]
    assert out.exists()
