"""The page of one enterprise: everything known, changed by keyboard, read back from the book."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton

from crm_app.domain.enterprises import Label
from crm_app.i18n import _
from crm_app.services import enterprises, follow_ups, tasks
from crm_app.services.enterprises import EnterprisePage, TimelineEntry
from crm_app.ui.enterprises.events import Month, Tab
from crm_app.ui.enterprises.page import EnterprisesPage
from crm_app.ui.enterprises.record import EnterpriseView
from crm_app.ui.enterprises.section import Section
from tests.ui.enterprises.hands import CTRL, Hands

USCC = "91110000600037341L"


def _known(hands: Hands, enterprise: UUID) -> EnterprisePage:
    return enterprises.enterprise_page(hands.book, enterprise)


def _words(page: EnterprisesPage) -> str:
    return "\n".join(label.text() for label in page.view.facts.findChildren(QLabel))


def _entries(page: EnterprisesPage) -> list[TimelineEntry]:
    lines = page.view.timeline.lines
    shown = [lines.line(row) for row in range(lines.rowCount())]
    return [line for line in shown if not isinstance(line, Month)]


def test_f2_changes_one_fact_and_nothing_else(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    before = _known(hands, battery).enterprise
    hands.press(Qt.Key.Key_F2)
    dialog = hands.dialog()
    hands.fill(dialog, revenue="5.6亿")
    hands.save(dialog)
    after = _known(hands, battery).enterprise
    assert after.revenue == 560_000_000
    assert (after.name, after.cluster, after.address) == (before.name, before.cluster, before.address)
    hands.until(lambda: "5.6亿元" in _words(page))


def test_a_credit_code_is_checked_digit_by_digit_before_it_is_taken(hands: Hands, battery: UUID) -> None:
    hands.enterprises(battery)
    hands.press(Qt.Key.Key_F2)
    dialog = hands.dialog()
    hands.fill(dialog, uscc=USCC[:-1] + "9")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert dialog.form.editors["uscc"].message.isVisible()
    assert _known(hands, battery).enterprise.uscc is None
    hands.fill(dialog, uscc=USCC)
    hands.save(dialog)
    assert _known(hands, battery).enterprise.uscc == USCC


def test_a_closed_form_keeps_what_was_typed_and_a_saved_one_forgets_it(hands: Hands, battery: UUID) -> None:
    hands.enterprises(battery)
    hands.press(Qt.Key.Key_F2)
    hands.fill(hands.dialog(), address="白沙大道 1 号")
    hands.press(Qt.Key.Key_Escape)
    hands.come_back()
    assert hands.session.drafts.load(f"enterprise:{battery}") == {"address": "白沙大道 1 号"}
    hands.press(Qt.Key.Key_F2)
    hands.until(lambda: hands.dialog().form.editors["address"].typed() == "白沙大道 1 号")
    hands.save(hands.dialog())
    assert _known(hands, battery).enterprise.address == "白沙大道 1 号"
    hands.session.crash_hook.keep_drafts()
    assert hands.session.drafts.load(f"enterprise:{battery}") == {}


def test_a_new_name_keeps_the_former_one_among_the_other_names(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    former = _known(hands, battery).enterprise.name
    hands.press(Qt.Key.Key_F2)
    dialog = hands.dialog()
    hands.fill(dialog, name="渝能动力(示例)有限公司")
    hands.save(dialog)
    hands.until(lambda: page.view.title.text() == "渝能动力(示例)有限公司")
    assert former in _words(page)


def test_a_contact_is_added_and_moves_to_another_post(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    hands.click(hands.named(page.view.facts, _("Add a contact")))
    dialog = hands.dialog()
    hands.fill(dialog, name="张示例", title="副总经理", phone="13800000001")
    hands.save(dialog)
    hands.until(lambda: "张总" in _words(page))
    (contact,) = _known(hands, battery).contacts
    assert contact.contact.phone == "+8613800000001"
    hands.click(hands.named(page.view.facts, "修改：张示例", QToolButton))
    dialog = hands.dialog()
    hands.fill(dialog, title="董事长")
    hands.save(dialog)
    hands.until(lambda: "张董事长" in _words(page))
    (moved,) = _known(hands, battery).contacts
    assert moved.contact.id == contact.contact.id
    assert moved.position.id != contact.position.id
    hands.click(hands.named(page.view.facts, "修改：张示例", QToolButton))
    hands.click(hands.named(hands.dialog(), "已离任"))
    hands.until(lambda: not _known(hands, battery).contacts)


def _shows(view: EnterpriseView, name: str) -> bool:
    return view.isVisible() and view.title.text() == name


def test_the_record_of_a_contact_or_a_follow_up_shows_its_enterprise(hands: Hands, battery: UUID) -> None:
    contact = enterprises.add_contact(hands.book, battery, name="曾示例").value
    said = follow_ups.log_follow_up(hands.book, content="来电", mode="电话", enterprise_id=battery).value
    name = _known(hands, battery).enterprise.name
    for record in (contact, said):
        hands.enterprises()
        view = hands.enterprises(record).view
        hands.until(partial(_shows, view, name))


def test_an_honour_is_added_with_its_year_and_an_expired_one_is_quiet(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    hands.click(hands.named(page.view.facts, _("Add an honour")))
    dialog = hands.dialog()
    hands.fill(dialog, honour="高新技术企业", issuer="市科技局", year="2019", valid_to="2022-11-25")
    hands.save(dialog)
    (label,) = _known(hands, battery).labels
    assert (label.honour, label.year, label.valid_to) == ("高新技术企业", 2019, date(2022, 11, 25))
    hands.until(lambda: "已过期" in _words(page))
    shown = next(one for one in page.view.facts.findChildren(QLabel) if one.text() == label.honour)
    assert shown.property("role") == "muted"
    hands.click(hands.named(page.view.facts, "修改：高新技术企业", QToolButton))
    hands.click(hands.named(hands.dialog(), "移除"))
    hands.until(lambda: not _known(hands, battery).labels)


def test_the_tabs_narrow_the_timeline(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    timeline = page.view.timeline
    assert [entry.on for entry in _entries(page)] == sorted((entry.on for entry in _entries(page)), reverse=True)
    for tab, kinds in (
        (Tab.VISITS, ["visit"]),
        (Tab.FOLLOW_UPS, ["follow_up", "follow_up"]),
        (Tab.PROGRESS, []),
        (Tab.CHANGES, ["edit"]),
    ):
        timeline.tabs.setFocus()
        hands.press(Qt.Key.Key_Right)
        assert timeline.tabs.currentIndex() == list(Tab).index(tab)
        assert [entry.kind for entry in _entries(page)] == kinds
    (change,) = _entries(page)
    assert change.text.splitlines() == ["地址：双福街道", "产业集群：先进材料"]


def test_enter_shows_all_of_a_long_entry_and_less_of_it_again(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    view = page.view.timeline.list
    row = next(
        i for i, one in enumerate(_all_lines(page)) if not isinstance(one, Month) and one.text.startswith("一、")
    )
    index = page.view.timeline.lines.index(row)
    view.setCurrentIndex(index)
    view.setFocus()
    short = view.sizeHintForIndex(index).height()
    hands.press(Qt.Key.Key_Return)
    assert view.sizeHintForIndex(index).height() > short
    hands.press(Qt.Key.Key_Return)
    assert view.sizeHintForIndex(index).height() == short


def _all_lines(page: EnterprisesPage) -> list[Month | TimelineEntry]:
    lines = page.view.timeline.lines
    return [lines.line(row) for row in range(lines.rowCount())]


def test_a_next_step_is_set_in_words_and_ticked_off(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    hands.press(Qt.Key.Key_T)
    hands.until(lambda: hands.focus().window() is not hands.window)
    hands.qtbot.keyClicks(hands.focus(), "2023-06-20 ")
    hands.write(hands.focus(), "下周三 报送方案")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: len(_known(hands, battery).tasks) == 2)
    assert _known(hands, battery).tasks[1].due == date(2023, 6, 21)
    hands.come_back()
    hands.until(lambda: "报送方案" in "".join(one.text() for one in page.view.steps.findChildren(QLabel)))
    hands.click(hands.named(page.view.steps, "完成：回访张总"))
    hands.until(lambda: [task.what for task in _known(hands, battery).tasks] == ["报送方案"])


def test_a_postponed_step_moves_and_the_page_follows(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    (step,) = _known(hands, battery).tasks
    tasks.postpone_task(hands.book, step.id, "2023-06-30")
    page.view.show_record(battery)
    hands.until(lambda: "06-30" in "".join(one.text() for one in page.view.steps.findChildren(QLabel)))


def test_n_logs_a_follow_up_that_stands_on_top_of_the_timeline(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    hands.press(Qt.Key.Key_N)
    hands.until(lambda: hands.focus().window() is not hands.window)
    hands.write(hands.focus(), "董事会同意立项")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(lambda: any(entry.text == "董事会同意立项" for entry in _entries(page)))


def test_the_buttons_ask_for_a_lead_and_for_the_one_pager(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    hands.click(hands.named(page.view, "登记线索"))
    assert hands.rooms.logged == [battery]
    page.view.focus_first()
    hands.press(Qt.Key.Key_P, CTRL)
    papers = hands.window.page
    assert papers is not None
    assert papers.shown[-1].record == battery  # type: ignore[attr-defined]
    assert papers.shown[-1].view == "one_pager"  # type: ignore[attr-defined]


def test_every_control_of_the_page_has_words_for_a_screen_reader(hands: Hands, battery: UUID) -> None:
    enterprises.add_contact(hands.book, battery, name="曾示例")
    enterprises.add_label(hands.book, battery, **{Label.field("honour").name: "独角兽"})
    page = hands.enterprises(battery)
    hands.until(lambda: len(page.view.facts.findChildren(Section)) >= 4)
    for button in page.view.findChildren(QToolButton):
        if button.focusPolicy() != Qt.FocusPolicy.NoFocus and button.isVisible():
            assert button.accessibleName(), button
