"""The steps of the tour, in the order of one promoter's week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt

from crm_app.domain.enterprises import Category
from crm_app.domain.papers import PaperKind
from crm_app.services import projects, trips, visits
from crm_app.services.papers import Asked
from crm_app.ui.enterprises.page import EnterprisesPage
from crm_app.ui.figures.page import FiguresPage
from crm_app.ui.log.dialog import LogDialog
from crm_app.ui.meetings.form import MeetingForm
from crm_app.ui.papers.page import PapersPage
from crm_app.ui.receptions import open_reception
from crm_app.ui.visits import open_visit
from crm_app.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from crm_app.ui.tour.walk import Walk

_HALF_YEAR = Asked(start=date(2023, 1, 1), end=date(2023, 6, 30))
_MONTH = Asked(start=date(2023, 6, 1), end=date(2023, 6, 30))
_CTRL = Qt.KeyboardModifier.ControlModifier


def start(walk: Walk) -> None:
    """Show the first start, then take the sample."""
    window, program = walk.program.window, walk.program
    window.resize(1366, 768)
    window.show()
    program.offer("")
    walk.rest()
    walk.shoot("first-start")
    program.try_sample(walk.folder / "sample.crm")
    walk.until(lambda: program.session.has_book)


def today(walk: Walk) -> None:
    """Show what is due."""
    walk.go("today")
    walk.shoot("today")


def log_a_lead(walk: Walk) -> None:
    """Log a lead by keyboard: Ctrl+N, a name, a contact, a note, a next step, Ctrl+Enter."""
    walk.press(walk.program.window, Qt.Key.Key_N, _CTRL)
    form = cast("LogDialog", walk.dialog())
    walk.type(form.enterprise, "jwjy")
    walk.shoot("log-by-initials")
    form.enterprise.clear()
    walk.type(form.enterprise, "示例云帆储能科技有限公司")
    walk.type(form.contact, "张总")
    walk.type(form.note, "要5万平方米标准厂房，月底前来区里看")
    walk.type(form.next_step.field, "下周三 回访")
    walk.shoot("log")
    walk.press(form.next_step.field, Qt.Key.Key_Return, _CTRL)
    walk.until(lambda: not form.isVisible())


def look_up_enterprises(walk: Walk) -> None:
    """Show the list, then one enterprise with its timeline."""
    walk.go("enterprises")
    walk.shoot("enterprises")
    met = (enterprise for _visit, enterprise in visits.recent_visits(walk.book, 300))
    seen = Counter(enterprise.id for enterprise in met if enterprise.category is Category.COMPANY)
    walk.go("enterprises", seen.most_common(1)[0][0])
    walk.shoot("enterprise")
    view = cast("EnterprisesPage", walk.page).view
    view.facts.begin("revenue")
    editor = view.facts.rows["revenue"].editors["revenue"]
    field = editor.focusProxy() or editor
    cast("TextField", field).clear()
    walk.type(field, "5.6")
    view.facts.rows["revenue"].take()
    walk.shoot("enterprise-fact")
    walk.press(field, Qt.Key.Key_Escape)


def find_anything(walk: Walk) -> None:
    """Show Ctrl+K: what was seen last and what can be done here, then commands and records by pinyin."""
    window = walk.program.window
    search = window.topbar.search
    walk.press(window, Qt.Key.Key_K, _CTRL)
    walk.until(lambda: search.offers)
    walk.shoot("find-recent")
    walk.type(search, "xj")
    walk.shoot("find")
    search.take_text("")
    search.hide_offers()


def run_a_trip(walk: Walk) -> None:
    """Show the trips with the other lists of the place, and one trip that is under way, tab by tab."""
    for view in ("visits", "tasks", "calendar:month", "calendar:week"):
        walk.go("trips", view=view)
        walk.shoot(view.replace(":", "-"))
    walk.go("trips", view="trips")
    walk.shoot("trips")
    under_way = next(row for row in trips.list_trips(walk.book) if row.visits)
    walk.go("trips", under_way.trip.id)
    walk.shoot("trip")
    for view in ("itinerary", "records"):
        walk.go("trips", under_way.trip.id, view)
        walk.shoot(f"trip-{view}")
    walk.go("trips", under_way.trip.id, "evening")
    walk.shoot("trip-evening")
    walk.go("trips", under_way.trip.id)


def write_a_visit(walk: Walk) -> None:
    """Write up the next planned visit of the trip under way, by keyboard."""
    under_way = next(row for row in trips.list_trips(walk.book) if row.visits)
    planned = next(one for one in trips.trip_page(walk.book, under_way.trip.id).plans if one.open)
    dialog = open_visit(walk.program.session, walk.program.window, trip_id=under_way.trip.id, plan_id=planned.plan.id)
    walk.until(lambda: dialog.form is not None)
    form = dialog.form
    assert form is not None, "a new visit is written in the form"
    walk.type(form.talk, "企业计划在西部布局二期产线，年内完成选址；对厂房层高和双回路供电有明确要求。")
    walk.type(form.asks, "标准厂房3万平方米，双回路供电")
    walk.type(form.consensus, "一周内提供三处载体比选方案")
    _save_meeting(walk, form, "visit", "下周三 报送载体比选方案")
    dialog.close()


def _save_meeting(walk: Walk, form: MeetingForm[Any], name: str, next_step: str) -> None:
    """Type the next step, show the form, and save it."""
    walk.type(form.next_step.field, next_step)
    walk.shoot(name)
    walk.press(form.next_step.field, Qt.Key.Key_Return, _CTRL)
    walk.until(lambda: not walk.program.session.background.writing)


def log_a_reception(walk: Walk) -> None:
    """Log who came to the district, by keyboard, then show the receptions."""
    known = next(enterprise for _visit, enterprise in visits.recent_visits(walk.book, 1))
    dialog = open_reception(walk.program.session, walk.program.window, enterprise_id=known.id)
    walk.until(lambda: dialog.form is not None)
    form = dialog.form
    assert form is not None, "a new reception is written in the form"
    walk.type(form.guests, "张总一行5人")
    walk.type(form.result, "看了标准厂房和展厅，认可交通条件，计划年内完成西部基地选址。")
    walk.type(form.asks, "标准厂房3万平方米")
    walk.type(form.promises, "下周五前 提供三处载体比选方案")
    _save_meeting(walk, form, "reception", "下周三 回访")
    walk.go("trips", view="receptions")
    walk.shoot("receptions")


def move_projects(walk: Walk) -> None:
    """Show the leads, the board, the table and one project."""
    for view in ("leads", "board", "table"):
        walk.go("projects", view=view)
        walk.shoot(f"projects-{view}")
    largest = max(projects.list_projects(walk.book), key=lambda row: row.amount_yuan or 0)
    walk.go("projects", largest.project.id)
    walk.shoot("project")


def print_papers(walk: Walk) -> None:
    """Print a visit report, a trip report, a trip pack and a one-pager."""
    under_way = next(row for row in trips.list_trips(walk.book) if row.visits)
    page = trips.trip_page(walk.book, under_way.trip.id)
    visit = page.sheets[0].visit
    wanted = (
        ("visit-report", PaperKind.VISIT, visit.id),
        ("trip-report", PaperKind.TRIP, under_way.trip.id),
        ("trip-pack", PaperKind.TRIP_PACK, under_way.trip.id),
        ("one-pager", PaperKind.ONE_PAGER, visit.enterprise_id),
    )
    for name, kind, record in wanted:
        _paper(walk, name, kind, Asked(ids=(record,)))
        if kind in (PaperKind.VISIT, PaperKind.TRIP):
            walk.shoot(name)
    together = Asked(ids=tuple(dict.fromkeys(row.enterprise.id for row in page.plans)), both_sides=True)
    papers = _paper(walk, "one-pagers", PaperKind.ONE_PAGER, together)
    papers.view.tools.action("pages").trigger()
    walk.until(lambda: papers.view.strip.picture(2) is not None)
    walk.shoot("one-pagers")
    papers.view.tools.action("pages").trigger()
    papers.view.tools.action("print").trigger()
    walk.shoot("print")
    walk.dialog().close()


def _paper(walk: Walk, name: str, kind: PaperKind, asked: Asked) -> PapersPage:
    papers = cast("PapersPage", walk.go("papers"))
    before = papers.shown
    papers.make(kind, asked)
    walk.until(lambda: papers.shown is not before)
    if papers.shown is not None:
        walk.keep(name, papers.shown.pdf)
    return papers


def read_the_figures(walk: Walk) -> None:
    """Show the half-year's figures: the funnel, months, targets, a distribution, and the rows a figure stands on."""
    page = cast("FiguresPage", walk.go("figures"))
    walk.until(lambda: page.list.count() > 0)
    walk.shoot("figures")
    for section in ("months", "targets", "cluster", "league_teams"):
        walk.go("figures", view=section)
        walk.shoot(f"figures-{section}")
    chart = page.pane.chart
    walk.press(chart, Qt.Key.Key_Home)
    walk.press(chart, Qt.Key.Key_Return)
    walk.until(lambda: page.pane.rows.table.rows)
    walk.shoot("figures-rows")


def write_the_bulletin(walk: Walk) -> None:
    """Compose the half-year's bulletin."""
    _paper(walk, "bulletin", PaperKind.BULLETIN, _HALF_YEAR)
    walk.shoot("bulletin")


def look_through(walk: Walk) -> None:
    """Show what keeps the bulletin from being final, and its template with the pages beside it."""
    papers = cast("PapersPage", walk.page)
    reconcile = papers.life.open_reconcile()
    walk.until(lambda: reconcile is not None and reconcile.isVisible())
    walk.shoot("reconcile")
    walk.dialog().close()
    template = papers.life.open_template()
    walk.until(lambda: template is not None and template.paper.count)
    walk.shoot("template")
    walk.dialog().close()


def report_upward(walk: Walk) -> None:
    """Compose the results of the half-year, and the month's calendar on one page."""
    _paper(walk, "half-year", PaperKind.HALF_YEAR, _HALF_YEAR)
    walk.shoot("half-year")
    _paper(walk, "calendar", PaperKind.CALENDAR, _MONTH)
    walk.shoot("calendar-page")


def change_settings(walk: Walk) -> None:
    """Show the settings and the help."""
    walk.go("settings")
    walk.shoot("settings")
    walk.press(walk.program.window, Qt.Key.Key_F1)
    walk.shoot("help")
    walk.dialog().close()


def dark(walk: Walk) -> None:
    """Show Today and the bulletin in the dark look."""
    walk.program.session.set_look("dark")
    walk.go("today")
    walk.shoot("today-dark")
    _shown_bulletin(walk, "bulletin-dark")


def english(walk: Walk) -> None:
    """Show Today and the bulletin in English, in the light look again."""
    walk.program.session.set_language("en")
    # Once the pages of the other language are gone: dressing each of them anew takes seconds.
    walk.rest()
    walk.program.session.set_look("light")
    walk.go("today")
    walk.shoot("today-en")
    _paper(walk, "bulletin-en", PaperKind.BULLETIN, _HALF_YEAR)
    walk.shoot("bulletin-en")
    walk.program.session.set_language("zh_CN")


def _shown_bulletin(walk: Walk, name: str) -> None:
    walk.go("papers")
    walk.shoot(name)


STEPS: tuple[Callable[[Walk], None], ...] = (
    start,
    today,
    log_a_lead,
    look_up_enterprises,
    find_anything,
    run_a_trip,
    write_a_visit,
    log_a_reception,
    move_projects,
    print_papers,
    read_the_figures,
    write_the_bulletin,
    look_through,
    report_upward,
    change_settings,
    dark,
    english,
)
