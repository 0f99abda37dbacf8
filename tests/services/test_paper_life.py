"""A draft's life: hand edits that outlive a refresh, a reason for each gap, doubted claims, 核对, what became of it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from crm_app import clock
from crm_app.briefs import editing
from crm_app.domain.days import parse_day
from crm_app.domain.kinds import Amount
from crm_app.domain.paper_templates import Wording, shipped
from crm_app.domain.papers import IssuedPaper, PaperKind, PaperState, Point, PointKind
from crm_app.domain.projects import Agreement, Need, Project, Signing
from crm_app.errors import BadInput, Refused
from crm_app.services import book as books
from crm_app.services import figures, papers, projects
from crm_app.services.book import Book
from crm_app.services.papers import Asked, PaperWords, Written

FIRST, HALF = date(2023, 1, 1), date(2023, 6, 30)
HALF_YEAR = Asked(start=FIRST, end=HALF)
BULLETIN = PaperKind.BULLETIN
HOUR_MS = 3_600_000


def kept(book: Book) -> UUID:
    return papers.draft(book, papers.compose(book, BULLETIN, HALF_YEAR), HALF_YEAR).value


def refresh(book: Book, paper: UUID) -> None:
    papers.refresh(book, paper, papers.compose(book, BULLETIN, HALF_YEAR))


def text(book: Book, paper: UUID, *holds: str) -> Written:
    """Return the first text of the draft that holds these words as drafted."""
    return next(one for one in papers.texts_of(book, paper) if all(word in one.drafted for word in holds))


def edit(book: Book, paper: UUID, found: Written, words: str) -> None:
    assert found.place is not None
    papers.edit_text(book, paper, found.place, words)


def said(book: Book, paper: UUID) -> str:
    return "".join(place.text for place in editing.places(papers.paper_of(papers.issued(book, paper))))


def points(book: Book, paper: UUID) -> list[Point]:
    return papers.barring(book, papers.issued(book, paper))


def correct(book: Book, yuan: int) -> UUID:
    """Correct the largest contract."""
    line = figures.signed_contracts(book, FIRST, HALF)[0]
    with book.unit("correct") as unit:
        unit.update(Signing, line.signing_id, amount=Amount(yuan))
        unit.commit()
    return line.signing_id


def answer_all(book: Book, paper: UUID) -> None:
    for point in points(book, paper):
        if point.bars:
            papers.answer(book, paper, point.key, f"另行说明：{point.text[:6]}")


def test_an_edit_survives_a_refresh_and_says_that_its_figures_moved(sample: Book) -> None:
    paper = kept(sample)
    opening = text(sample, paper, "70个", "534亿元")
    own = opening.drafted.replace("正式签约", "共签订合同的")
    edit(sample, paper, opening, own)
    assert own in said(sample, paper)
    assert not any(one.outdated for one in papers.texts_of(sample, paper))

    correct(sample, 73 * 10**8)
    refresh(sample, paper)

    again = next(one for one in papers.texts_of(sample, paper) if one.edit)
    assert again.outdated
    assert again.text == own
    assert again.edit is not None
    assert "534亿元" in again.edit.drafted
    assert "535亿元" in again.drafted
    assert again.edit.by
    (moved,) = [point for point in points(sample, paper) if point.kind is PointKind.EDIT]
    assert moved.bars
    assert "534亿元" in moved.text
    assert "535亿元" in moved.text

    papers.look_at(sample, paper, again.edit.id)
    assert not any(one.outdated for one in papers.texts_of(sample, paper))
    assert own in said(sample, paper)

    papers.take_back(sample, paper, again.edit.id)
    assert own not in said(sample, paper)
    assert "535亿元" in said(sample, paper)
    books.undo(sample)
    assert own in said(sample, paper)


def test_figures_inside_an_edited_text_keep_their_rows(sample: Book) -> None:
    paper = kept(sample)
    opening = text(sample, paper, "70个", "534亿元")
    edit(sample, paper, opening, "今年上半年，全区签下70个项目，计534亿元，另有170个在谈。")
    made = papers.paper_of(papers.issued(sample, paper))
    runs = next(
        block.runs  # type: ignore[union-attr]
        for block in made.blocks
        if "全区签下" in "".join(run.text for run in getattr(block, "runs", ()))
    )
    assert {run.text: len(run.rows) for run in runs if run.rows} == {"70个": 70, "534亿元": 70}


def test_an_edit_follows_its_section_where_a_template_moves_it_and_is_kept_where_it_is_left_out(sample: Book) -> None:
    paper = kept(sample)
    trips = text(sample, paper, "外出招商50余批次")
    edit(sample, paper, trips, "上半年外出招商五十余批。")
    order = [one for one in shipped(BULLETIN) if one.key != "outings"]
    papers.change_template(sample, BULLETIN, [order[0], Wording("outings"), *order[1:]])
    refresh(sample, paper)
    assert "上半年外出招商五十余批。" in said(sample, paper)

    papers.change_template(sample, BULLETIN, [*order, Wording("outings", on=False)])
    refresh(sample, paper)
    assert "上半年外出招商五十余批。" not in said(sample, paper)
    lost = papers.texts_of(sample, paper)[-1]
    assert lost.place is None
    assert lost.text == "上半年外出招商五十余批。"
    assert any(point.bars and "五十余批" in point.text for point in points(sample, paper))

    papers.change_template(sample, BULLETIN, shipped(BULLETIN))
    refresh(sample, paper)
    assert "上半年外出招商五十余批。" in said(sample, paper)


def test_a_cell_and_the_title_are_changed_by_hand(sample: Book) -> None:
    paper = kept(sample)
    cell = next(
        one
        for one in papers.texts_of(sample, paper)
        if one.place and one.place.part.startswith("cell|") and one.drafted == "基金招商"
    )
    edit(sample, paper, cell, "基金招商（示例）")
    edit(sample, paper, papers.texts_of(sample, paper)[0], "上半年招商简报")
    correct(sample, 71 * 10**8)
    refresh(sample, paper)
    assert "基金招商（示例）" in said(sample, paper)
    answer_all(sample, paper)
    papers.issue(sample, paper)
    assert papers.issued(sample, paper).title == "上半年招商简报"
    assert "基金招商（示例）" in said(sample, paper)
    with pytest.raises(Refused):
        edit(sample, paper, cell, "别的")


def test_every_gap_wants_a_reason_of_its_own(sample: Book) -> None:
    paper = kept(sample)
    open_ones = [point for point in points(sample, paper) if point.bars]
    assert len(open_ones) == 3
    number = next(point for point in open_ones if "期号" in point.text)
    assert number.where == "words.issue"
    assert all(point.rows for point in open_ones if point is not number)

    papers.answer(sample, paper, number.key, "期号由办公室另行编定")
    with pytest.raises(BadInput) as refused:
        papers.issue(sample, paper)
    assert "期号" not in str(refused.value)
    assert papers.issued(sample, paper).state is PaperState.DRAFT

    answer_all(sample, paper)
    papers.issue(sample, paper)
    final = papers.issued(sample, paper)
    assert final.state is PaperState.FINAL
    assert final.accepted_gaps is not None
    reasons = final.accepted_gaps.splitlines()
    assert len(reasons) == 3
    assert any(line.endswith("：期号由办公室另行编定") for line in reasons)


def test_an_award_that_was_not_reviewed_is_printed_as_no_promise(sample: Book) -> None:
    project = projects.list_projects(sample)[0].project.id
    made = projects.add_need(
        sample, project_id=project, kind="政策", text="给予设备投资奖励", promised_on=date(2023, 7, 1)
    ).value
    asked = Asked(ids=(project,))
    told = str(papers.compose(sample, PaperKind.PROJECT, asked))
    assert "给予设备投资奖励（未经公平竞争审查，不作承诺）" in told
    with sample.unit("reviewed") as unit:
        unit.update(Need, made, fair_review=True)
        unit.commit()
    assert "不作承诺" not in str(papers.compose(sample, PaperKind.PROJECT, asked))


def test_a_gap_written_over_by_hand_is_filled(sample: Book) -> None:
    # Of a time the book knows nothing of, nothing is left to be done.
    long_ago = Asked(start=date(2019, 1, 1), end=date(2019, 1, 31))
    paper = papers.draft(sample, papers.compose(sample, BULLETIN, long_ago), long_ago).value
    assert any("下一步工作打算" in point.text and point.bars for point in points(sample, paper))
    edit(sample, paper, text(sample, paper, "待补", "下一步工作打算"), "紧盯重点项目开工。")
    assert not any("下一步工作打算" in point.text and point.bars for point in points(sample, paper))
    assert "紧盯重点项目开工。" in said(sample, paper)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("我区招商工作位居全市前列。", "排名"),
        ("上半年招商取得历史性突破。", "判断"),
        ("上半年超额完成目标任务。", "超"),
        ("对落户企业给予设备投资10%的奖励。", "公平竞争"),
    ],
)
def test_what_no_row_shows_is_doubted_in_typed_words_and_by_hand(sample: Book, words: str, rule: str) -> None:
    papers.change_paper_words(sample, FIRST, HALF, PaperWords(plans=words))
    typed = kept(sample)
    doubts = [point for point in points(sample, typed) if point.kind is PointKind.CLAIM]
    assert [rule in point.text for point in doubts] == [True]
    assert doubts[0].bars

    papers.change_paper_words(sample, FIRST, HALF, PaperWords(plans="推进项目开工。"))
    by_hand = kept(sample)
    assert not [point for point in points(sample, by_hand) if point.kind is PointKind.CLAIM]
    edit(sample, by_hand, text(sample, by_hand, "推进项目开工"), words)
    assert any(point.kind is PointKind.CLAIM and rule in point.text for point in points(sample, by_hand))


def test_a_judgement_with_its_basis_and_a_documented_rank_are_not_doubted(sample: Book) -> None:
    paper = kept(sample)
    assert "重大突破" in said(sample, paper)
    assert not [point for point in points(sample, paper) if point.kind is PointKind.CLAIM]
    two = PaperWords(judgement="取得重大突破\n成效显著", basis="同期数\n区委通报")
    papers.change_paper_words(sample, FIRST, HALF, two)
    refresh(sample, paper)
    assert "成效显著" in said(sample, paper)
    assert not [point for point in points(sample, paper) if point.kind is PointKind.CLAIM]
    with pytest.raises(BadInput):
        papers.change_paper_words(sample, FIRST, HALF, PaperWords(judgement="一\n二", basis="其一"))


def test_a_figure_typed_by_hand_is_doubted(sample: Book) -> None:
    paper = kept(sample)
    opening = text(sample, paper, "70个", "534亿元")
    edit(sample, paper, opening, opening.drafted.replace("534亿元", "600亿元"))
    (doubt,) = [point for point in points(sample, paper) if point.kind is PointKind.CLAIM]
    assert "600亿元" in doubt.text
    edit(sample, paper, opening, opening.drafted.replace("534亿元", "六百余亿元"))
    (doubt,) = [point for point in points(sample, paper) if point.kind is PointKind.CLAIM]
    assert "六百余亿" in doubt.text
    # The figure put into words is no other figure.
    edit(sample, paper, opening, opening.drafted.replace("534亿元", "五百余亿元"))
    assert not [point for point in points(sample, paper) if point.kind is PointKind.CLAIM]


def reconciled(book: Book, paper: UUID | None = None) -> list[Point]:
    known = papers.issued(book, paper) if paper else None
    return papers.reconcile(book, BULLETIN, HALF_YEAR, papers.compose(book, BULLETIN, HALF_YEAR), known)


def of(found: list[Point], kind: PointKind) -> list[Point]:
    return [point for point in found if point.kind is kind]


def test_reconciling_checks_totals_rows_and_other_papers(sample: Book) -> None:
    found = reconciled(sample)
    totals = of(found, PointKind.TOTAL)
    assert len(totals) == 5
    assert all(point.right and "70个" in point.text and len(point.rows) == 70 for point in totals)
    assert [point.right for point in of(found, PointKind.TWICE)] == [True]
    assert not of(found, PointKind.LATER)

    line = figures.signed_contracts(sample, FIRST, HALF)[0]
    with sample.unit("forget") as unit:
        unit.update(Project, line.project_id, channel=None)
        unit.commit()
    open_rows = [point for point in reconciled(sample) if line.project_id in point.rows and point.open]
    assert any("招商方式" in point.text for point in open_rows)


@pytest.mark.parametrize("gone_by", [HOUR_MS, 0, -HOUR_MS], ids=["later", "within the moment", "the clock set back"])
def test_what_became_of_the_last_issued_paper_is_told_row_by_row(
    sample: Book, monkeypatch: pytest.MonkeyPatch, gone_by: int
) -> None:
    moment = clock.now_ms()
    monkeypatch.setattr(clock, "now_ms", lambda: moment)
    paper = kept(sample)
    answer_all(sample, paper)
    papers.issue(sample, paper)
    assert [point.right for point in of(reconciled(sample), PointKind.LATER)] == [True]

    monkeypatch.setattr(clock, "now_ms", lambda: moment + gone_by)
    lines = figures.signed_contracts(sample, FIRST, HALF)
    changed = correct(sample, 73 * 10**8)
    with sample.unit("later") as unit:
        unit.update(Signing, lines[-1].signing_id, signed_on=parse_day("2023-07-03", date(2023, 7, 12)))
        unit.delete(Signing, lines[-2].signing_id)
        late = unit.insert(Project, name="补录项目(示例)")
        added = unit.insert(
            Signing,
            project_id=late,
            kind=Agreement.FORMAL,
            signed_on=parse_day("2023-06-29", date(2023, 7, 12)),
            amount=Amount(2 * 10**8),
        )
        unit.commit()
    told = {point.rows[0]: point.text for point in of(reconciled(sample), PointKind.LATER)}
    assert told.keys() == {changed, lines[-1].signing_id, lines[-2].signing_id, added}
    assert "72亿" in told[changed]
    assert "73亿" in told[changed]
    assert "7月3日" in told[lines[-1].signing_id]
    assert "补录项目" in told[added]

    again = kept(sample)
    left = [point for point in papers.barring(sample, papers.issued(sample, again)) if point.bars]
    assert {point.rows[0] for point in left if point.kind is PointKind.LATER} == told.keys()
    for point in left:
        if point.kind is not PointKind.LATER:
            papers.answer(sample, again, point.key, "已核实")
    with pytest.raises(BadInput, match="补录项目"):
        papers.issue(sample, again)

    # What lies inside is counted again by right; what overlaps in part is not.
    for start, right in ((FIRST, True), (FIRST + timedelta(1), False)):
        other = Asked(start=start, end=date(2023, 7, 12))
        paper = papers.draft(sample, papers.compose(sample, BULLETIN, other), other).value
        (twice,) = of(papers.barring(sample, papers.issued(sample, paper)), PointKind.TWICE)
        assert (twice.right, twice.bars) == (right, not right)
        assert changed in twice.rows


def test_a_kept_paper_of_an_earlier_program_is_still_read(sample: Book) -> None:
    paper = kept(sample)
    known = papers.issued(sample, paper)
    assert known.content is not None
    old = known.content.replace('"key":"signed",', "").replace('"where":"",', "")
    with sample.unit("older") as unit:
        unit.update(IssuedPaper, paper, content=old)
        unit.commit()
    assert "70个" in said(sample, paper)
