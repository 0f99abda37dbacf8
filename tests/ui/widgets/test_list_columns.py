"""How wide the columns of a list are: figures, days and people are whole in every list and language; texts give way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crm_app import clock
from crm_app.domain.enterprises import Enterprise, Label
from crm_app.domain.listed import LISTS, shipped
from crm_app.domain.lists import Shape
from crm_app.domain.tasks import Task
from crm_app.domain.views import Query
from crm_app.services import book as books
from crm_app.services import tasks
from crm_app.services.book import Book
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.cells import Letters, cell_width
from crm_app.ui.widgets.data_list import DataList
from crm_app.ui.widgets.empty import EmptyState
from tests import templates
from tests.ui.kit import enter

_WHOLE = (Shape.MONEY, Shape.NUMBER, Shape.DAY, Shape.PERSON)
_WIDE, _LAPTOP, _SMALL, _LITTLE = 1196, 1110, 800, 550
"""What a window of 1366 pixels leaves a list, one of 1280, one at 150 %, and that with a card beside the list."""


@pytest.fixture
def sample(tmp_path: Path, session: Session) -> Iterator[Book]:
    clock.pin_today(date(2023, 7, 12))
    opened = books.open_book(templates.sample_file(tmp_path / "sample.crm"))
    session.attach(opened)
    yield opened
    books.close_book(opened)
    clock.pin_today(None)


def _shown(session: Session, qtbot: QtBot, name: str, width: int, columns: tuple[str, ...] = ()) -> DataList:
    listed = DataList(session, Query(name, columns=columns), EmptyState("空"), None)  # type: ignore[arg-type]
    qtbot.addWidget(listed)
    listed.resize(width, 600)
    listed.show()
    listed.reload()
    qtbot.waitUntil(lambda: listed.model.complete and listed.heads.length() > 0)
    return listed


def _cut(listed: DataList, shapes: tuple[Shape, ...]) -> list[str]:
    """Return what is cut in the rows that are held, in columns of these shapes."""
    letters = Letters(listed.table.font())
    found = []
    for number, column in enumerate(listed.model.columns):
        room = listed.heads.sectionSize(number) - 2 * theme.S
        if column.shape not in shapes or listed.heads.isSectionHidden(number):
            continue
        for line in range(len(listed.model.rows())):
            cell = listed.model.cell(line, number)
            if cell_width(cell, letters.metrics, letters.small_metrics) > room:
                found.append(f"{column.name}: {cell.text} {cell.hint}")
    return found


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("width", [_WIDE, _SMALL])
def test_no_figure_day_or_person_is_cut_in_any_list(
    sample: Book, session: Session, qtbot: QtBot, language: str, width: int
) -> None:
    session.set_language(language)
    for name in LISTS:
        listed = _shown(session, qtbot, name, width)
        assert not _cut(listed, _WHOLE), name
        assert listed.heads.length() <= listed.table.viewport().width(), name
    session.set_language("zh_CN")


def test_what_stands_empty_gives_way_before_a_text_is_cut(sample: Book, session: Session, qtbot: QtBot) -> None:
    with sample.read() as reader:
        open_steps = [one.id for one in reader.find(Task, done_on=None) if one.project_id]
    tasks.finish_tasks(sample, open_steps)
    listed = _shown(session, qtbot, "projects", _WIDE)
    qtbot.waitUntil(lambda: listed.columns.without_room() == ["next_due"])
    assert not _cut(listed, (*_WHOLE, Shape.CHOICE))


def test_days_of_a_column_say_how_far_off_they_are_or_none_does(sample: Book, session: Session, qtbot: QtBot) -> None:
    listed = _shown(session, qtbot, "enterprises", _WIDE)
    day = next(n for n, one in enumerate(listed.model.columns) if one.name == "last_on")

    def hints() -> list[bool]:
        cells = [listed.model.cell(line, day) for line in range(20)]
        return [bool(cell.hint) for cell in cells if cell.text]

    assert set(hints()) == {True}
    listed.heads.resizeSection(day, theme.px(90))
    listed.columns.keep()
    listed.resize(_SMALL, 600)
    qtbot.waitUntil(lambda: set(hints()) == {False})


def _widths(listed: DataList) -> list[int]:
    return [listed.heads.sectionSize(number) for number in range(listed.heads.count())]


def test_first_rows_say_how_wide_columns_are_and_they_stand_still_while_a_filter_is_typed(
    tmp_path: Path, session: Session, qtbot: QtBot
) -> None:
    book = templates.new_book(tmp_path / "t.crm")
    with book.unit("fill") as unit:
        said = {"甲": "扩产", "乙": "计划在西南布局第二生产基地，年内选址"}
        rows = [{"name": f"{mark}企业{n:03}", "expansion_signal": said[mark]} for mark in said for n in range(200)]
        unit.insert_many(Enterprise, rows)
        unit.commit()
    session.attach(book)
    listed = _shown(session, qtbot, "enterprises", _SMALL, columns=("name", "expansion_signal", "staff", "region"))
    listed.activateWindow()
    # Where the rows need a scroll bar, it takes its room once they are laid out.
    qtbot.waitUntil(listed.table.verticalScrollBar().isVisible)
    qtbot.waitUntil(lambda: listed.heads.length() == listed.table.viewport().width())
    before = _widths(listed)
    signal = listed.model.columns[1]
    assert signal.name == "expansion_signal"
    field = listed.heads.fields["name"]
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    for typed in "乙企":
        with qtbot.waitSignal(listed.filled):
            enter(field, typed)
        assert _widths(listed) == before
    qtbot.waitUntil(lambda: listed.model.complete and listed.model.rowCount() == 200)
    assert _widths(listed) == before
    listed.table.setFocus()
    listed.reload()
    qtbot.waitUntil(lambda: _widths(listed)[1] > before[1])
    books.close_book(book)


def test_a_column_stays_as_it_is_dragged_whatever_comes_in_the_same_moment(
    sample: Book, session: Session, qtbot: QtBot
) -> None:
    listed = _shown(session, qtbot, "enterprises", _WIDE)
    name = next(n for n, one in enumerate(listed.model.columns) if one.name == "name")
    wide = listed.heads.sectionSize(name) + 37
    listed.heads.resizeSection(name, wide)
    listed.resize(_WIDE - 100, 600)
    qtbot.waitUntil(lambda: listed.heads.width() < _WIDE - 100)
    assert listed.heads.sectionSize(name) == wide
    listed.columns.fit()
    listed.columns.keep()
    again = _shown(session, qtbot, "enterprises", _WIDE)
    assert again.heads.sectionSize(name) == wide
    again.columns.forget_widths()
    again.columns.fit()
    again.columns.keep()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_small_window_keeps_what_a_lead_is_worth(sample: Book, session: Session, qtbot: QtBot, language: str) -> None:
    session.set_language(language)
    listed = _shown(session, qtbot, "leads", _LITTLE)
    listed.show_query(shipped("leads", "open") or Query("leads"), "open")
    qtbot.waitUntil(lambda: "triage" in listed.columns.without_room())
    assert "amount" not in listed.columns.without_room()
    assert not _cut(listed, _WHOLE)
    session.set_language("zh_CN")


def test_in_english_nothing_is_cut_in_a_window_of_1280_pixels_but_a_second_honour(
    sample: Book, session: Session, qtbot: QtBot
) -> None:
    session.set_language("en")
    listed = _shown(session, qtbot, "enterprises", _LAPTOP)
    qtbot.waitUntil(lambda: listed.columns.without_room() == ["open_leads"])
    shown = {one.name: listed.heads.sectionSize(n) for n, one in enumerate(listed.model.columns)}
    letters = Letters(listed.table.font())
    longest = "Light industry and textiles"
    assert letters.metrics.horizontalAdvance(longest) + 2 * theme.S <= shown["cluster"]
    session.set_language("zh_CN")


@pytest.mark.parametrize("late", [False, True])
def test_a_column_that_is_empty_on_the_first_screen_alone_does_not_go_as_empty(
    tmp_path: Path, session: Session, qtbot: QtBot, late: bool
) -> None:
    book = templates.new_book(tmp_path / "t.crm")
    with book.unit("fill") as unit:
        made = [unit.insert(Enterprise, name=f"企业{n:03}") for n in range(100)]
        for enterprise_id in made[60:] if late else ():
            unit.insert(Label, enterprise_id=enterprise_id, honour="专精特新小巨人")
        unit.commit()
    session.attach(book)
    listed = _shown(session, qtbot, "enterprises", 600)
    qtbot.waitUntil(lambda: bool(listed.columns.without_room()))
    assert ("honours" in listed.columns.without_room()) is not late
    books.close_book(book)
