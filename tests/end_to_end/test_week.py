"""One promoter's week by keyboard alone, from an empty book to a printed bulletin, read back from the book."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_app import clock
from crm_app.domain.contacts import Contact
from crm_app.domain.papers import PaperKind, PaperState
from crm_app.domain.projects import Agreement, Origin
from crm_app.domain.stages import Stage
from crm_app.domain.tasks import Task
from crm_app.domain.visits import Intent
from crm_app.i18n import _
from crm_app.services import book as books
from crm_app.services import figures, leads, papers, projects, tasks, trips
from crm_app.services.book import Book
from tests.briefs.reading import text_of
from tests.end_to_end import week_at_the_desk as desk
from tests.end_to_end import week_on_the_road as road
from tests.end_to_end.hands import known
from tests.end_to_end.week import WEDNESDAY, Week

YUAN = 560_000_000
PASSPHRASE = "an alley by the river 23"


@pytest.fixture
def week(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Week]:
    week = Week(qapp, qtbot, tmp_path)
    yield week
    week.end()


# Said by the screenless platform alone, of what drops down under a field.
@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
def test_the_week(week: Week) -> None:
    begin(week)
    road.make_the_trip(week)
    road.print_the_pack(week)
    road.visit_on_site(week)
    road.log_a_lead(week)
    road.complete_the_evening(week)
    road.print_the_visit_report(week)
    road.report_the_trip(week)
    desk.follow_up(week)
    desk.make_the_project(week)
    desk.sign_the_contract(week)
    desk.read_the_figures(week)
    desk.compose_the_bulletin(week)
    desk.issue_the_bulletin(week)
    desk.reprint_the_bulletin(week)
    week.end()
    assert not week.program.hook.log.path.exists()
    read_back(week)


def begin(week: Week) -> None:
    """The first start: a name, a bureau, a password typed twice, and the recovery key written down."""
    hands = week.hands
    week.program.begin(None)
    hands.until(QApplication.focusWidget)
    hands.walk_to(_("Your name"))
    hands.write("陈晓")
    hands.press("Tab")
    hands.write("江岸区招商局")
    hands.press("Return")
    for _time in range(2):
        week.on_password()
        hands.write(PASSPHRASE)
        hands.press("Return")
    week.on_recovery_key()
    hands.press("Space")
    hands.press("Return")
    week.wait_for(lambda: week.program.session.has_book)
    # What a window manager does once a dialog is gone.
    week.window.activateWindow()
    hands.until(lambda: week.window.isActiveWindow() and QApplication.focusWidget())


def read_back(week: Week) -> None:
    """Open the book again and ask the services what the week left."""
    book = books.open_book(week.book_path, PASSPHRASE)
    clock.pin_today(WEDNESDAY)
    try:
        the_trip_is_kept(book)
        the_steps_are_kept(book)
        the_project_is_signed(book)
        the_figures_agree(book)
        the_papers_are_kept(book, week.folder)
        assert books.check(book) == []
    finally:
        books.close_book(book)


def the_trip_is_kept(book: Book) -> None:
    (row,) = trips.list_trips(book)
    page = trips.trip_page(book, row.trip.id)
    assert (page.trip.start_on, page.trip.end_on) == (date(2024, 3, 12), WEDNESDAY)
    assert page.trip.regions == ("上海", "杭州")
    assert (page.coverage.planned, page.coverage.done, page.visits) == (2, 2, 2)
    assert not page.gaps
    assert known(page.leader).name == "陈晓"
    sheets = {sheet.enterprise.name: sheet for sheet in page.sheets}
    battery, food = sheets[road.BATTERY], sheets[road.FOOD]
    assert [(contact.name, title) for contact, title in battery.their_people] == [("王海", "总经理")]
    assert (battery.visit.talk or "").count("。") == 3
    assert battery.visit.asks == "用地一百亩；双回路供电"
    assert battery.visit.consensus == "先签框架协议"
    assert battery.visit.intent is Intent.A
    assert [contact.name for contact, _title in food.their_people] == ["赵敏"]


def the_steps_are_kept(book: Book) -> None:
    agenda = tasks.agenda(book)
    assert not agenda.overdue
    assert not agenda.today
    with book.read() as reader:
        (call,) = reader.find(Task, what=desk.CALL)
    assert (call.due, call.done_on) == (date(2024, 3, 22), None)
    (row,) = trips.list_trips(book)
    noted = [task for sheet in trips.trip_page(book, row.trip.id).sheets for task, _owner in sheet.tasks]
    assert {(task.what, task.done_on) for task in noted} >= {(desk.MINUTES, WEDNESDAY), (desk.POLICY, WEDNESDAY)}


def the_project_is_signed(book: Book) -> None:
    (row,) = projects.list_projects(book)
    page = projects.project_page(book, row.project.id)
    project, lead = page.project, next(one.lead for one in leads.list_leads(book, open_only=False) if one.project_id)
    assert page.stage is Stage.SIGNED
    assert [entry.stage for entry in page.entries] == [Stage.NEGOTIATING, Stage.REVIEW, Stage.MOU, Stage.SIGNED]
    # What came with the lead was typed once.
    assert project.content == lead.note == "电机"
    assert project.contact_id == lead.contact_id
    assert project.channel
    assert project.total_investment == YUAN
    with book.read() as reader:
        assert reader.get(Contact, known(project.contact_id)).name == "李总"
    (signing,) = page.signings
    assert (signing.kind, signing.signed_on.first) == (Agreement.FORMAL, WEDNESDAY)
    assert known(signing.amount).minor == YUAN
    assert (project.origin, page.park_today) == (Origin.ATTRACTED, "双福科技创新城")


def the_figures_agree(book: Book) -> None:
    found = figures.figures(book, date(2024, 1, 1), date(2024, 3, 31))
    assert (found.signed.value.count, found.signed.value.yuan) == (1, YUAN)
    for parts in (found.by_cluster, found.by_channel, found.by_park, found.by_origin):
        assert [(part.tally.count, part.tally.yuan) for part in parts.value if part.tally.count] == [(1, YUAN)]
    assert found.trips.value.count == 1
    assert (found.visits.value.enterprises, found.visits.value.visits) == (2, 2)
    assert found.leads.value == 2


def the_papers_are_kept(book: Book, folder: Path) -> None:
    (kept,) = papers.list_papers(book)
    assert (kept.kind, kept.state) == (PaperKind.BULLETIN, PaperState.FINAL)
    printed = (folder / "bulletin.pdf").read_bytes()
    assert papers.final_bytes(book, kept.id) == printed == (folder / "reprint.pdf").read_bytes()
    text = text_of(printed)
    for said in ("江岸招商快报", "1个", "5.6亿元", "大禾智造", "四月底前完成项目供地"):
        assert said in text
    assert road.BATTERY in text_of((folder / "pack.pdf").read_bytes())
    assert "双回路供电" in text_of((folder / "visit.pdf").read_bytes())
    assert "地块电力接入尚未落实" in text_of((folder / "trip.pdf").read_bytes())
