"""Templates a bureau writes: sections left out, moved, retitled, with sentences of its own; undone as one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_app.briefs import bulletin
from crm_app.briefs.arranging import arranged, parts_of
from crm_app.briefs.content import Heading, KeyValue, Paper
from crm_app.briefs.texts import texts
from crm_app.domain import paper_templates
from crm_app.domain.paper_sections import SECTIONS, TERM_LABELS, sections_of
from crm_app.domain.paper_templates import Wording, shipped
from crm_app.domain.papers import PaperKind
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services import book as books
from crm_app.services import papers
from crm_app.services.book import Book
from crm_app.services.papers import Asked
from tests import templates
from tests.briefs.half_year import BULLETIN as HALF_YEAR_DATA
from tests.briefs.half_year import figures
from tests.briefs.test_content import PAPERS

HALF_YEAR = Asked(start=date(2023, 1, 1), end=date(2023, 6, 30))
BULLETIN = PaperKind.BULLETIN


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A book for the whole file: every test puts back the template it changed."""
    path = templates.sample_file(tmp_path_factory.mktemp("templates") / "demo.crm")
    opened = books.open_book(path)
    yield opened
    books.close_book(opened)


def compose(book: Book, kind: PaperKind = BULLETIN) -> Paper:
    return papers.compose(book, kind, HALF_YEAR)


def headings(paper: Paper) -> list[str]:
    return [block.text for block in paper.blocks if isinstance(block, Heading)]


def bare_bulletin() -> Paper:
    """Return a bulletin without plans or targets, of a window that has no year before it."""
    bare = figures(HALF_YEAR_DATA.figures.signed.window, [], None)
    bare = replace(bare, targets=replace(bare.targets, value=()))
    return bulletin.compose(replace(HALF_YEAR_DATA, plans=(), figures=bare))


def changed(kind: PaperKind, **wordings: Wording) -> list[Wording]:
    return [wordings.get(one.key or "opening", one) for one in shipped(kind)]


def test_the_shipped_template_changes_nothing() -> None:
    for paper in (make() for make in PAPERS.values()):
        kind = PaperKind(paper.kind)
        assert arranged(paper, shipped(kind), shipped(PaperKind.ONE_PAGER)) == paper, kind


def test_every_section_and_figure_of_a_paper_is_declared() -> None:
    for paper in (make() for make in PAPERS.values()):
        known = {section.key: section.terms for section in sections_of(PaperKind(paper.kind))}
        assert len(known) == len(sections_of(PaperKind(paper.kind)))
        if not known:
            continue
        lines = {fact.key for block in paper.blocks if isinstance(block, KeyValue) for fact in block.facts if fact.key}
        told = {part.key for part in parts_of(paper)} if "" in known else lines
        assert told <= set(known), paper.kind
        for term in paper.terms:
            assert term.key in known[term.section], paper.kind
    assert {key for sections in SECTIONS.values() for one in sections for key in one.terms} == set(TERM_LABELS)


def test_sections_are_moved_left_out_and_numbered_anew(sample: Book) -> None:
    kept = [one for one in shipped(BULLETIN) if one.key != "outings"]
    kept.insert(1, Wording("outings", title="外出招商与接待"))
    kept = [replace(one, on=one.key not in ("carried_out", "plans")) for one in kept]
    papers.change_template(sample, BULLETIN, kept)
    paper = compose(sample)
    told = headings(paper)
    assert told[:2] == ["一、外出招商与接待", "二、项目签约情况"]
    assert not any("落地" in one or "下一步" in one for one in told)
    assert told[-1].startswith("附")
    assert paper.blocks[-1].__class__.__name__ == "SignOff"

    assert books.undo(sample).touches("setting")
    assert headings(compose(sample))[0] == "一、项目签约情况"


def test_a_gap_goes_with_the_section_that_is_left_out() -> None:
    bare = bare_bulletin()
    assert any("下一步" in gap.text for gap in papers.gaps_of(bare))
    left = arranged(bare, tuple(changed(BULLETIN, plans=Wording("plans", on=False))))
    assert not any("下一步" in gap.text for gap in papers.gaps_of(left))
    assert len(papers.gaps_of(left)) == len(papers.gaps_of(bare)) - 1


def test_a_sentence_names_figures_with_their_rows_by_key_or_by_their_chinese_name(sample: Book) -> None:
    label = _(TERM_LABELS["money"])
    own = Wording("signed", opening=f"上半年共签约{{projects}}，计{{{label}}}。", closing="以上不含意向协议。")
    papers.change_template(sample, BULLETIN, changed(BULLETIN, signed=own))
    paper = compose(sample)
    at = next(n for n, block in enumerate(paper.blocks) if isinstance(block, Heading) and block.key == "signed")
    opening = paper.blocks[at + 1]
    assert "".join(run.text for run in opening.runs) == "上半年共签约70个，计534亿元。"  # type: ignore[union-attr]
    assert [len(run.rows) for run in opening.runs] == [0, 70, 0, 70, 0]  # type: ignore[union-attr]
    assert "以上不含意向协议。" in list(texts(paper))
    books.undo(sample)


def test_a_sentence_without_its_figure_is_not_printed() -> None:
    own = Wording("signed", opening="增长{growth}。")
    without = bare_bulletin()
    assert not any("增长" in text for text in texts(arranged(without, tuple(changed(BULLETIN, signed=own)))))


@pytest.mark.parametrize(
    ("wording", "field"),
    [
        (Wording("signed", opening="签约{profit}"), "opening"),
        (Wording("plans", closing="完成{growth}"), "closing"),
        (Wording("signed", opening="签约{projects"), "opening"),
        (Wording("signed", title="很长" * 40), "title"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_a_sentence(sample: Book, wording: Wording, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        papers.change_template(sample, BULLETIN, changed(BULLETIN, **{wording.key: wording}))
    assert refused.value.field == field
    assert papers.template_of(sample, BULLETIN) == shipped(BULLETIN)


def test_a_paper_without_any_section_is_refused(sample: Book) -> None:
    with pytest.raises(BadInput):
        papers.change_template(sample, BULLETIN, [replace(one, on=False) for one in shipped(BULLETIN)])
    with pytest.raises(BadInput):
        papers.change_template(sample, PaperKind.LEDGER, [])


def test_the_lines_of_a_form_are_moved_here_and_in_the_pack() -> None:
    lines = [Wording("topics", title="洽谈话题"), *shipped(PaperKind.ONE_PAGER)[:-1]]
    lines = [replace(one, on=one.key != "fit") for one in lines]
    pager = PAPERS[PaperKind.ONE_PAGER]()
    pack = PAPERS[PaperKind.TRIP_PACK]()
    for made in (
        arranged(pager, tuple(lines)),
        arranged(pack, shipped(PaperKind.TRIP_PACK), tuple(lines)),
    ):
        forms = [b for b in made.blocks if isinstance(b, KeyValue) and any(f.key == "topics" for f in b.facts)]
        for form in forms:
            named = [fact for fact in form.facts if fact.key]
            assert named[0].label == "洽谈话题"
            assert "fit" not in [fact.key for fact in named]
        assert forms


@settings(max_examples=30, deadline=None)
@given(st.permutations(shipped(BULLETIN)), st.sets(st.sampled_from([one.key for one in shipped(BULLETIN)])))
def test_a_template_loses_no_text_but_that_of_sections_it_leaves_out(order: list[Wording], off: set[str]) -> None:
    paper = PAPERS[BULLETIN]()
    template = tuple(replace(one, on=one.key not in off) for one in order)
    if all(not one.on for one in template):
        return
    made = arranged(paper, paper_templates.checked(BULLETIN, template))
    kept = [b for part in parts_of(paper) if part.key not in off for b in part.blocks]
    assert sorted(map(repr, kept)) == sorted(repr(b) for part in parts_of(made) for b in part.blocks)
    assert paper_templates.from_json(paper_templates.to_json(template)) == template
