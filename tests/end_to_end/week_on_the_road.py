"""The first half of the week: the trip, its pack, a visit on site, a new lead, the evening, the reports."""

from __future__ import annotations

from functools import partial

from crm_app.domain.papers import PaperKind
from crm_app.i18n import _
from crm_app.services.trips import TripPage
from crm_app.ui.enterprises.page import EnterprisesPage
from crm_app.ui.log.dialog import LogDialog
from crm_app.ui.trips.new_trip import TripDialog
from crm_app.ui.trips.page import TripsPage
from crm_app.ui.trips.trip_view import TABS, TripView
from crm_app.ui.visits.dialog import VisitDialog
from tests.end_to_end.hands import known, label_of
from tests.end_to_end.week import Week

BATTERY, FOOD, MOTORS = "江湾动力科技有限公司", "临港食品股份有限公司", "大禾智造"


def make_the_trip(week: Week) -> None:
    """Ctrl+4, a new trip that comes home today, two enterprises on its itinerary."""
    hands = week.hands
    hands.press("Ctrl+4")
    hands.walk_to(_("New trip"))
    hands.press("Space")
    dialog = hands.dialog(TripDialog)
    hands.write("上海、杭州")
    hands.press("Tab")
    hands.write("3-12")
    hands.press("Tab")
    hands.write("2天")
    hands.walk_to(_("Purpose"))
    hands.write("拜访动力电池与食品企业")
    hands.press("Ctrl+Return")
    hands.gone(dialog)
    week.wait_for(lambda: trip_of(week).page)
    for planned, name in enumerate((BATTERY, FOOD), start=1):
        hands.walk_to(_("Enterprise"))
        hands.choose(name)
        week.wait_for(partial(is_planned, week, planned))


def print_the_pack(week: Week) -> None:
    """From the trip's head to its pack, saved as PDF."""
    week.hands.walk_to(_("Pack for the road"))
    week.hands.press("Space")
    week.save_paper(PaperKind.TRIP_PACK, "pack")


def visit_on_site(week: Week) -> None:
    """Ctrl+K, initials, V; their people, three sentences, the next step: ninety seconds."""
    hands = week.hands
    hands.begin()
    find(week, "jwdl", BATTERY)
    enterprise = week.page(EnterprisesPage).view
    week.wait_for(lambda: enterprise.title.toolTip() == BATTERY and enterprise.isAncestorOf(hands.focus))
    hands.press("V")
    dialog = hands.dialog(VisitDialog)
    week.wait_for(lambda: dialog.form and dialog.form.theirs.typing.hasFocus())
    hands.write("王海 总经理")
    hands.press("Return")
    hands.walk_to(_("What was said"))
    hands.write("计划建设电池基地，年产两万套。")
    hands.write("一期用地一百亩，年内开工。")
    hands.write("下周来区里看地。")
    hands.walk_to(_("Next step"))
    hands.write("下周三 送政策包")
    hands.press("Ctrl+Return")
    week.wait_for(lambda: dialog.saved)
    assert hands.seconds <= 90, hands.seconds
    hands.press("Escape")
    hands.gone(dialog)


def log_a_lead(week: Week) -> None:
    """Ctrl+N on the way: a name, a contact, what they want, how much, from where: twenty seconds."""
    hands = week.hands
    hands.begin()
    hands.press("Ctrl+N")
    dialog = hands.dialog(LogDialog)
    hands.write(MOTORS)
    hands.press("Return")
    hands.write("李总")
    hands.walk_to(_("Note"))
    hands.write("电机")
    hands.walk_to(_("Intended amount"))
    hands.write("5.6亿")
    hands.pick(_("Source"), "外出拜访")
    hands.press("Ctrl+Return")
    hands.gone(dialog)
    assert hands.seconds <= 20, hands.seconds


def complete_the_evening(week: Week) -> None:
    """The evening table of the trip: what is open of each enterprise, saved at once."""
    hands = week.hands
    open_the_trip(week)
    hands.walk_to(_("Evening table"))
    hands.press("Space")
    week.wait_for(lambda: known(trip_of(week).evening).lines)
    hands.walk_to(_("What {name} asks").format(name=BATTERY))
    hands.write("用地一百亩；双回路供电")
    hands.press("Tab")
    hands.write("先签框架协议")
    hands.press("Tab")
    hands.press("A")
    hands.press("Tab")
    hands.write("今天 发会谈纪要")
    hands.walk_to(_("What was said at {name}").format(name=FOOD))
    hands.write("看好西南市场，暂无扩产计划。")
    hands.walk_to(_("What was agreed with {name}").format(name=FOOD))
    hands.write("保持联系")
    hands.press("Ctrl+Return")
    week.wait_for(lambda: trip_of(week).evening is None)


def print_the_visit_report(week: Week) -> None:
    """From the visit notes of the trip to the visit and its report."""
    hands = week.hands
    open_the_trip(week)
    show_tab(week, "records")
    records = trip_of(week).records.list
    week.wait_for(lambda: records.model.rowCount() == 2)
    hands.reach(records.table)
    while records.current() is None or known(records.current()).name != BATTERY:
        hands.press("Down")
    hands.press("Return")
    hands.until(lambda: label_of(hands.focus) == _("Print the visit report"))
    hands.press("Space")
    week.save_paper(PaperKind.VISIT, "visit")


def report_the_trip(week: Week) -> None:
    """The report with its gaps, each filled from the trip's own list of them; then there are none."""
    hands = week.hands
    open_the_trip(week)
    hands.walk_to(_("Report of the trip"))
    hands.press("Space")
    before = week.shown(PaperKind.TRIP)
    assert before.gaps
    open_gap(week, FOOD)
    dialog = hands.dialog(VisitDialog)
    hands.until(lambda: dialog.form)
    hands.walk_to(_("Their people"))
    hands.write("赵敏 副总经理")
    hands.press("Return")
    hands.press("Ctrl+Return")
    hands.gone(dialog)
    open_gap(week, _("Led by"))
    facts = hands.dialog(TripDialog)
    hands.pick(_("Led by"), "陈晓")
    hands.press("Ctrl+Return")
    hands.gone(facts)
    week.wait_for(lambda: page_of(week).leader)
    open_gap(week, _("Findings"))
    hands.fill(
        (_("Findings"), "电池企业向西南布局加快。"),
        (_("Problems"), "地块电力接入尚未落实。"),
        (_("Next plans"), "三月底前组织双方对接用电方案。"),
    )
    hands.press("Ctrl+Return")
    week.wait_for(lambda: not page_of(week).gaps)
    hands.walk_to(_("Report of the trip"))
    hands.press("Space")
    assert [gap.text for gap in week.shown(PaperKind.TRIP, after=before).gaps] == []
    week.save_paper(PaperKind.TRIP, "trip")


def open_gap(week: Week, says: str) -> None:
    """Open what the trip's summary says is missing."""
    open_the_trip(week)
    show_tab(week, "summary")
    summary = trip_of(week).summary
    week.wait_for(lambda: any(says in summary.gaps.item(n).text() for n in range(summary.gaps.count())))
    week.hands.walk_rows(summary.gaps, says)
    week.hands.press("Return")


def open_the_trip(week: Week) -> None:
    """Ctrl+4 and Enter on the only trip there is."""
    week.hands.press("Ctrl+4")
    trips = week.page(TripsPage)
    week.wait_for(lambda: trips.lists.top.table.hasFocus() and trips.lists.top.current())
    week.hands.press("Return")
    week.wait_for(lambda: trips.trip is not None and trips.trip.isVisible() and trips.trip.page)


def show_tab(week: Week, name: str) -> None:
    """Walk the tabs of the trip with the arrow keys until the one of a name is on top."""
    tabs = trip_of(week).tabs
    week.hands.walk_to("QTabBar")
    way = "Right" if tabs.currentIndex() < TABS.index(name) else "Left"
    week.hands.press(way, abs(TABS.index(name) - tabs.currentIndex()))


def trip_of(week: Week) -> TripView:
    """Return the trip on screen."""
    return known(week.page(TripsPage).trip)


def page_of(week: Week) -> TripPage:
    """Return what the trip on screen shows."""
    return known(trip_of(week).page)


def is_planned(week: Week, planned: int) -> bool:
    """Say whether so many visits stand on the itinerary."""
    return page_of(week).coverage.planned == planned


def find(week: Week, typed: str, title: str) -> None:
    """Ctrl+K, a few letters, ↓ to the record and Enter."""
    hands, search = week.hands, week.window.topbar.search
    hands.press("Ctrl+K")
    hands.write(typed)
    week.wait_for(lambda: title in [one.text for one in search.offers])
    hands.press("Down", [one.text for one in search.offers].index(title))
    hands.press("Return")
