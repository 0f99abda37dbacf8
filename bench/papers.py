"""Papers against the same pages drawn straight on a canvas: the same texts, lines and areas at the same places.

The floor knows where everything stands; composing, breaking lines, paging, tagging and the outline are what ours does
beside drawing. Ledgers of three sizes say how it grows: each is ten times the one before.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from bench.measure import Measure
from bench.stock import Stock
from crm_app.briefs import fonts, ledger, pdf
from crm_app.briefs.content import Paper
from crm_app.briefs.layout import Layout, lay_out
from crm_app.briefs.ledger import LedgerColumn, LedgerData
from crm_app.briefs.marks import Line, Picture, Rect, Role, Text
from crm_app.domain.papers import ABOUT_TABLE, MadeOf, PaperKind, PaperState, made_of
from crm_app.services import demo, enterprises, papers, projects, trips, visits
from crm_app.services.book import Book, close_book, create_book
from crm_app.services.papers import Asked

LEDGERS = (350, 3_500, 35_000)
_LARGE = 3_500
"""Rows of a ledger from which on three rounds have to do."""
_ONE_PAGERS = 20
_FIRST, _LAST = date(2023, 1, 1), date(2023, 6, 30)
_BEGUN = {
    PaperKind.WEEKLY: date(2023, 6, 24),
    PaperKind.MONTHLY: date(2023, 6, 1),
    PaperKind.PROGRESS: date(2023, 6, 17),
    PaperKind.CALENDAR: date(2023, 6, 1),
}
"""The first day of the windows that are no half-year; all end on one day, up to which the sample is told."""
_FLOOR = "the same marks on a bare canvas"


def measures(stock: Stock, _rows: int) -> Iterator[Measure]:
    """Yield each kind of paper, twenty one-pagers to files, and ledgers of three sizes."""
    book = create_book(stock.fresh("papers"))
    demo.fill(book)
    for kind, asked in _asked(book).items():

        def ours(kind: PaperKind = kind, asked: Asked = asked) -> bytes:
            return papers.pages(book, papers.compose(book, kind, asked))

        floor = _drawn(lay_out(papers.compose(book, kind, asked)))
        yield Measure(f"{kind.value.replace('_', ' ')}, from the book to its PDF", ours, floor, _FLOOR, rounds=15)
    yield _one_pagers(book)
    close_book(book)
    for size in LEDGERS:
        yield _ledger(size)


def _asked(book: Book) -> dict[PaperKind, Asked]:
    """Return what each kind is asked for in the sample."""
    visit = visits.recent_visits(book)[0][0]
    records = {
        "enterprise": visit.enterprise_id,
        "visit": visit.id,
        "project": projects.list_projects(book)[0].project.id,
        "trip": next(row.trip.id for row in trips.list_trips(book) if row.visits),
    }
    windows = [kind for kind in PaperKind if made_of(kind) is MadeOf.WINDOW]
    return {
        **{kind: Asked(ids=(records[table],)) for kind, table in ABOUT_TABLE.items()},
        **{kind: Asked(start=_BEGUN.get(kind, _FIRST), end=_LAST) for kind in windows},
    }


def _one_pagers(book: Book) -> Measure:
    chosen = [one.id for one in enterprises.all_enterprises(book)][:_ONE_PAGERS]

    def compose() -> list[Paper]:
        return [papers.compose(book, PaperKind.ONE_PAGER, Asked(ids=(one,))) for one in chosen]

    drawn = [_drawn(lay_out(paper)) for paper in compose()]

    def ours() -> None:
        with tempfile.TemporaryDirectory() as folder:
            for number, paper in enumerate(compose()):
                papers.write_file(Path(folder) / f"{number}.pdf", papers.pages(book, paper))

    def floor() -> None:
        for draw in drawn:
            draw()

    return Measure(f"{len(chosen)} one-pagers, from the book to files", ours, floor, _FLOOR, goal_ms=10_000)


def _ledger(size: int) -> Measure:
    titles = ("企业", "项目", "总投资", "签约日期", "产业集群", "平台/园区")
    data = LedgerData(
        title="招商项目台账",
        columns=tuple(LedgerColumn(title) for title in titles),
        rows=tuple(
            (f"示例企业{n}有限公司", f"示例项目{n}", "3.25", "2023年3月9日", "智能装备及智能制造", "双福科技创新城")
            for n in range(size)
        ),
    )

    def ours() -> bytes:
        return pdf.render(ledger.compose(data), state=PaperState.FINAL)

    floor = _drawn(lay_out(ledger.compose(data)))
    rounds = 5 if size < _LARGE else 3
    return Measure(f"ledger of {size:,} rows to its PDF", ours, floor, _FLOOR, rounds=rounds)


def _drawn(layout: Layout) -> Callable[[], bytes]:
    """Return what draws a laid-out paper by the canvas's own ways, and nothing else."""

    def draw() -> bytes:
        out = io.BytesIO()
        height = layout.form.height
        canvas = Canvas(
            out, pagesize=(layout.form.width, height), pageCompression=1, initialFontName=fonts.font_name(Role.BODY)
        )
        for page in layout.pages:
            for mark in page.marks:
                match mark:
                    case Text():
                        canvas.setFillColor(HexColor(mark.ink.value))
                        x = mark.x
                        for name, piece in fonts.segments(mark.text, mark.role):
                            canvas.setFont(name, mark.size)
                            canvas.drawString(x, height - mark.y, piece, charSpace=mark.spacing)
                            x += fonts.text_width(piece, mark.role, mark.size)
                    case Line():
                        canvas.setStrokeColor(HexColor(mark.ink.value))
                        canvas.setLineWidth(mark.width)
                        canvas.line(mark.x1, height - mark.y1, mark.x2, height - mark.y2)
                    case Rect():
                        canvas.setFillColor(HexColor(mark.ink.value))
                        canvas.rect(mark.x, height - mark.y - mark.height, mark.width, mark.height, stroke=0, fill=1)
                    case Picture():
                        # A photo costs the same either way: its bytes go in as they are.
                        pass
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    return draw
