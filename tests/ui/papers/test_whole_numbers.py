"""Whole phone numbers are shown for the paper they were asked for alone, and who asked is noted."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from crm_app.domain.papers import PaperKind
from crm_app.i18n import _
from crm_app.services import access, trips
from crm_app.services.papers import Asked
from tests.ui.papers.test_papers import place, shown
from tests.ui.sampled import Hands


def test_whole_numbers_are_shown_for_this_paper_alone_and_noted(hands: Hands, tmp_path: Path) -> None:
    page = place(hands)
    packed = next(row.trip.id for row in trips.list_trips(hands.book) if row.visits)
    page.make(PaperKind.TRIP_PACK, Asked(ids=(packed,)))
    assert not shown(hands, page, PaperKind.TRIP_PACK).asked.unmasked
    hands.click(page.side.whole)
    hands.until(lambda: page.shown is not None and page.shown.asked.unmasked)
    assert access.entries(hands.book)[0].act == _("Whole phone numbers shown")
    page.make(PaperKind.TRIP, Asked(ids=(packed,)))
    assert not shown(hands, page, PaperKind.TRIP).asked.unmasked
    assert not page.side.whole.isChecked()
    page.view.out.save_word_to(tmp_path / "报告.docx")
    hands.until(lambda: hands.said)
    assert Document(str(tmp_path / "报告.docx")).paragraphs[0].text.startswith("赴")
