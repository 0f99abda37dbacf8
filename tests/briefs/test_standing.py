"""Where things stand on the pages: each text is told where it is printed, by the name it has in the draft."""

from __future__ import annotations

import re

import pytest
from pypdfium2 import PdfDocument

from crm_app.briefs import pdf
from crm_app.briefs.content import Paper, gaps
from crm_app.briefs.editing import TEXT, Place, edited, places
from crm_app.briefs.settle import without_gaps
from crm_app.briefs.standing import Area, Standing, standing
from crm_app.domain.paper_edits import Edit
from crm_app.domain.papers import PaperState
from tests.briefs import samples
from tests.briefs.test_content import PAPERS


def stands(paper: Paper) -> Standing:
    return standing(paper, paper, range(len(paper.blocks)))


def printed(paper: Paper, areas: list[Area]) -> list[str]:
    """Return what a reader finds in each area, without spaces."""
    found = []
    with PdfDocument(pdf.render(paper, state=PaperState.FINAL)) as document:
        pages = [(page.get_height(), page.get_textpage()) for page in document]
        for one in areas:
            height, words = pages[one.page]
            # Punctuation may hang over the end of its line.
            box = (one.x - 1, height - one.y - one.height - 1, one.x + one.width + 9, height - one.y + 1)
            found.append(re.sub(r"\s", "", words.get_text_bounded(*box)))
    return found


@pytest.mark.parametrize("kind", ["bulletin", "one_pager", "trip", "trip_pack"])
def test_every_text_is_found_in_its_areas_and_in_no_other(kind: str) -> None:
    paper = without_gaps(PAPERS[kind]())
    areas = [one for one in stands(paper).areas if one.place is not None and not one.place.part.startswith("cell|")]
    told: dict[tuple[int, str], str] = {}
    for one, text in zip(areas, printed(paper, areas), strict=True):
        assert one.place is not None
        at = (one.place.index, one.place.part)
        told[at] = told.get(at, "") + text
    for place in places(paper):
        if (place.index, place.part) in told:
            assert re.sub(r"\s", "", place.text) in told[place.index, place.part]
    assert len(told) > 5


def test_what_is_missing_is_found_too() -> None:
    paper = PAPERS["trip"]()
    assert {one.gap for one in stands(paper).areas if one.gap} == set(gaps(paper))


def test_a_row_of_a_table_is_its_record_and_a_figure_of_many_is_a_text() -> None:
    areas = stands(PAPERS["trip"]()).areas
    rows = {row for one in areas for row in one.row}
    assert {visit.enterprise_id for visit in samples.TRIP.visits} <= rows
    areas = stands(PAPERS["half_year"]()).areas
    assert any(one.place and one.place.part.startswith("cell|") and len(one.place.rows) > 1 for one in areas)


def test_texts_behind_an_emptied_one_keep_the_names_of_the_draft() -> None:
    paper = without_gaps(PAPERS["bulletin"]())
    texts = [place for place in places(paper) if place.part == TEXT]
    gone, last = texts[0], texts[-1]
    made = edited(paper, [_edit(1, gone, ""), _edit(2, last, "另有安排。")])
    areas = [one for one in standing(made.paper, paper, made.origins).areas if one.place == last]
    assert areas
    assert printed(made.paper, areas) == ["另有安排。"]


def _edit(number: int, place: Place, text: str) -> Edit:
    return Edit(number, place.section, place.block, place.part, place.text, text)
