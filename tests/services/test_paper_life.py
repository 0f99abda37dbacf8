"""How a paper comes from draft to final: kept, answered, issued, and what changes later."""

from __future__ import annotations

import hashlib
from uuid import UUID

import pytest

from crm_app.domain.kinds import Amount
from crm_app.domain.papers import PaperKind, PaperState
from crm_app.domain.projects import Signing
from crm_app.errors import BadInput, Refused
from crm_app.services import book as books
from crm_app.services import figures, papers, projects
from crm_app.services.book import Book
from crm_app.services.papers import Asked
from tests.services.test_papers import FIRST, HALF, HALF_YEAR, read


def keep_bulletin(sample: Book) -> UUID:
    return papers.draft(sample, papers.compose(sample, PaperKind.BULLETIN, HALF_YEAR), HALF_YEAR).value


def correct_the_largest(sample: Book) -> None:
    """Correct the contract of 72亿 to 73亿."""
    line = figures.signed_contracts(sample, FIRST, HALF)[0]
    with sample.unit("correct") as unit:
        unit.update(Signing, line.signing_id, amount=Amount(73 * 10**8))
        unit.commit()


def make_final(sample: Book) -> UUID:
    kept = keep_bulletin(sample)
    assert papers.advance(sample, kept).value is PaperState.REVIEW
    answer_all(sample, kept)
    assert papers.advance(sample, kept).value is PaperState.FINAL
    return kept


def answer_all(sample: Book, kept: UUID, reason: str = "期号由办公室另行编定") -> None:
    for point in papers.barring(sample, papers.issued(sample, kept)):
        if point.bars:
            papers.answer(sample, kept, point.key, reason)


def test_what_is_missing_wants_a_reason(sample: Book) -> None:
    kept = keep_bulletin(sample)
    papers.advance(sample, kept)
    with pytest.raises(BadInput, match="期号") as refused:
        papers.advance(sample, kept)
    assert refused.value.field == "reason"
    assert papers.issued(sample, kept).state is PaperState.REVIEW


def test_a_final_paper_is_its_bytes(sample: Book) -> None:
    kept = make_final(sample)
    final = papers.issued(sample, kept)
    pdf = papers.final_bytes(sample, kept)
    assert final.sha256 == hashlib.sha256(pdf).hexdigest()
    assert final.accepted_gaps is not None
    assert all(line.endswith("：期号由办公室另行编定") for line in final.accepted_gaps.splitlines())
    assert set(figures.figures(sample, FIRST, HALF).signed.rows) <= set(final.rows or ())
    text = read(pdf)
    assert "正式签约项目70个" in text
    assert "待补" not in text
    with pytest.raises(Refused):
        papers.advance(sample, kept)
    with pytest.raises(Refused):
        papers.refresh(sample, kept, papers.compose(sample, PaperKind.BULLETIN, HALF_YEAR))


def test_a_later_change_shows_as_a_difference_and_leaves_the_pages(sample: Book) -> None:
    kept = make_final(sample)
    issued = papers.final_bytes(sample, kept)
    again = papers.asked_of(papers.issued(sample, kept))
    assert again == HALF_YEAR
    compose = papers.compose
    assert papers.later_differences(sample, kept, compose(sample, PaperKind.BULLETIN, again)) == []

    correct_the_largest(sample)

    found = papers.later_differences(sample, kept, compose(sample, PaperKind.BULLETIN, again))
    told = {(one.was, one.now) for one in found}
    assert {("534亿元", "535亿元"), ("72亿元", "73亿元"), ("534.00", "535.00"), ("72.00", "73.00")} <= told
    cell = next(one for one in found if (one.was, one.now) == ("72.00", "73.00"))
    assert "重点签约项目" in cell.what
    assert "巨湾技研" in cell.what
    assert len(cell.rows) == 1
    assert all(one.was and one.now for one in found), "nothing but figures moved"
    assert papers.final_bytes(sample, kept) == issued


def test_undo_passes_over_a_final_paper(sample: Book) -> None:
    project = projects.list_projects(sample)[0].project
    projects.change_project(sample, project.id, name="改过的名称(示例)")
    kept = make_final(sample)

    assert books.undo(sample).ids("project") == {project.id}
    assert projects.project_page(sample, project.id).project.name == project.name
    assert papers.issued(sample, kept).state is PaperState.FINAL


def test_undo_takes_back_a_review_and_a_draft(sample: Book) -> None:
    kept = keep_bulletin(sample)
    papers.advance(sample, kept)
    books.undo(sample)
    assert papers.issued(sample, kept).state is PaperState.DRAFT
    books.undo(sample)
    assert papers.list_papers(sample) == []


def test_a_final_unit_offers_no_undo(sample: Book) -> None:
    kept = keep_bulletin(sample)
    assert papers.advance(sample, kept).changes.undoable
    answer_all(sample, kept)
    assert not papers.advance(sample, kept).changes.undoable


def test_tampered_pages_are_refused(sample: Book) -> None:
    kept = make_final(sample)
    with sample.unit("tamper") as unit:
        unit.update(type(papers.issued(sample, kept)), kept, pdf=b"%PDF-")
        unit.commit()
    with pytest.raises(Refused):
        papers.final_bytes(sample, kept)


def test_a_draft_takes_in_todays_figures(sample: Book) -> None:
    kept = keep_bulletin(sample)
    correct_the_largest(sample)
    papers.refresh(sample, kept, papers.compose(sample, PaperKind.BULLETIN, HALF_YEAR))
    assert "535亿元" in read(papers.pages(sample, papers.paper_of(papers.issued(sample, kept))))


def test_papers_are_listed_newest_first(sample: Book) -> None:
    first = keep_bulletin(sample)
    asked = Asked(list_name="trips")
    second = papers.draft(sample, papers.compose(sample, PaperKind.LEDGER, asked), asked).value
    listed = papers.list_papers(sample)
    assert [one.id for one in listed] == [second, first]
    assert papers.asked_of(listed[0]) == asked
    assert all(one.pdf is None for one in listed)
