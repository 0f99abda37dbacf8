"""The bulletin of the sample beside the published article: docs/acceptance.md says what is printed, and why not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from crm_app.briefs.texts import texts
from crm_app.domain.papers import PaperKind
from crm_app.services import book as books
from crm_app.services import papers
from crm_app.services.papers import Asked
from tests import templates

TABLE = Path(__file__).resolve().parents[2] / "docs" / "acceptance.md"


def published() -> list[list[str]]:
    """Return the rows of the table: what was published, what is printed, the rows or the reason."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_published_figure_is_printed_or_has_its_reason(tmp_path: Path) -> None:
    opened = books.open_book(templates.sample_file(tmp_path / "demo.crm"))
    paper = papers.compose(opened, PaperKind.BULLETIN, Asked(start=date(2023, 1, 1), end=date(2023, 6, 30)))
    books.close_book(opened)
    told = "\n".join(texts(paper))
    rows = published()
    assert len(rows) > 20
    missing = [words for _article, words, _why in rows if words != "—" and words not in told]
    assert missing == []
    assert all(why for _article, words, why in rows)
