from __future__ import annotations

from dataclasses import replace

import pytest

from crm_app.briefs import (
    bulletin,
    calendar,
    codec,
    follow_ups,
    ledger,
    obstacles,
    one_pager,
    progress,
    project,
    report,
    trip,
    trip_pack,
    visit,
)
from crm_app.briefs.content import Paper, gaps
from crm_app.briefs.texts import texts
from crm_app.domain.papers import PaperKind
from tests.briefs import report_samples, samples
from tests.briefs.half_year import BULLETIN

PAPERS = {
    "visit": lambda: visit.compose(samples.VISIT),
    "trip": lambda: trip.compose(samples.TRIP),
    "bulletin": lambda: bulletin.compose(BULLETIN),
    "one_pager": lambda: one_pager.compose(samples.ONE_PAGER),
    "project": lambda: project.compose(samples.PROJECT),
    "trip_pack": lambda: trip_pack.compose(samples.TRIP_PACK),
    "ledger": lambda: ledger.compose(samples.LEDGER),
    "weekly": lambda: report.compose(report_samples.report(PaperKind.WEEKLY)),
    "monthly": lambda: report.compose(report_samples.report(PaperKind.MONTHLY)),
    "half_year": lambda: report.compose(report_samples.report(PaperKind.HALF_YEAR)),
    "annual": lambda: report.compose(report_samples.report(PaperKind.ANNUAL)),
    "progress": lambda: progress.compose(report_samples.progress()),
    "follow_ups": lambda: follow_ups.compose(report_samples.follow_ups()),
    "obstacles": lambda: obstacles.compose(report_samples.obstacles()),
    "calendar": lambda: calendar.compose(report_samples.month()),
}


def test_every_kind_of_paper_is_among_the_samples() -> None:
    assert {kind.value for kind in PaperKind} == set(PAPERS), "a sample in samples.py, and its line in PAPERS"


@pytest.fixture(params=PAPERS)
def paper(request: pytest.FixtureRequest) -> Paper:
    return PAPERS[request.param]()


def test_content_goes_to_json_and_back(paper: Paper) -> None:
    text = codec.to_json(paper)
    assert codec.from_json(text) == paper
    assert codec.to_json(codec.from_json(text)) == text


def test_every_text_is_found(paper: Paper) -> None:
    assert paper.title in list(texts(paper))


def test_what_is_missing_is_marked_where_it_belongs_and_listed_once() -> None:
    data = replace(samples.VISIT, talk="", their_people=(), place="")
    paper = visit.compose(data)
    assert [gap.text for gap in gaps(paper)] == ["地点未填写", "对方人员未填写", "洽谈内容未填写"]
    assert all(gap.rows == (data.id,) for gap in gaps(paper))
    assert "【待补：洽谈内容】" in "".join(texts(paper))


def test_figures_carry_the_rows_they_stand_on() -> None:
    signed = BULLETIN.figures.signed
    text = codec.to_json(bulletin.compose(BULLETIN))
    assert all(str(row) in text for row in signed.rows)
