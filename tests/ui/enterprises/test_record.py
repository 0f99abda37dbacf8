"""The page of one enterprise: everything known, changed by keyboard, read back from the book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLabel, QToolButton

from crm_app.domain.enterprises import Label
from crm_app.i18n import _
from crm_app.services import enterprises, follow_ups, projects
from crm_app.services.enterprises import EnterprisePage, TimelineEntry
from crm_app.ui.enterprises.columns import Shape
from crm_app.ui.enterprises.events import Month, Tab
from crm_app.ui.enterprises.fact_row import FactRow
from crm_app.ui.enterprises.page import EnterprisesPage
from crm_app.ui.enterprises.record import EnterpriseView
from crm_app.ui.enterprises.section import Section
from crm_app.ui.shell.tabbing import walk
from tests.ui.enterprises.hands import Hands
from tests.ui.keyboard import CTRL

USCC = "91110000600037341L"


def _known(hands: Hands, enterprise: UUID) -> EnterprisePage:
    return enterprises.enterprise_page(hands.book, enterprise)


def _words(page: EnterprisesPage) -> str:
    words = "\n".join(label.text() for label in page.view.columns.findChildren(QLabel))
    return words.replace("\N{NO-BREAK SPACE}", " ")


def _entries(page: EnterprisesPage) -> list[TimelineEntry]:
    lines = page.view.timeline.lines
    shown = [lines.line(row) for row in range(lines.rowCount())]
    return [line for line in shown if not isinstance(line, Month)]


def _begin(hands: Hands, page: EnterprisesPage, name: str) -> FactRow:
    """Double click a fact, unfolded first where it is empty."""
    facts = page.view.facts
    row = facts.rows[name]
    if row.isHidden():
        hands.click(facts.more)
    hands.qtbot.mouseDClick(row, Qt.MouseButton.LeftButton)
    assert row.editor is not None
    return row


def test_f2_changes_one_fact_in_place_and_nothing_else(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    before = _known(hands, battery).enterprise
    hands.press(Qt.Key.Key_F2)
    row = next(row for row in page.view.facts.rows.values() if row.editor is not None)
    assert row.field.name == "address"
    hands.write(hands.focus(), "白沙大道 1 号")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: "白沙大道 1 号" in _words(page) and row.editor is None)
    assert hands.focus() is row
    after = _known(hands, battery).enterprise
    assert replace(before, address="白沙大道 1 号") == after
    # Esc gives up; nothing is written, nothing is kept.
    hands.press(Qt.Key.Key_F2)
    hands.write(hands.focus(), "别处")
    hands.press(Qt.Key.Key_Escape)
    assert (row.editor, hands.focus()) == (None, row)
    hands.written()
    assert _known(hands, battery).enterprise == after
    assert hands.session.drafts.load(f"fact:{battery}:address") == {}
    hands.session.undo()
    hands.until(lambda: "双福街道" in _words(page))


def test_tab_takes_and_goes_on_and_what_cannot_be_read_is_told_beside_it(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    facts = page.view.facts
    row = _begin(hands, page, "revenue")
    hands.write(hands.focus(), "5.6")
    hands.press(Qt.Key.Key_Tab)
    assert row.editor is not None
    assert "单位" in row.editor.message.text()
    hands.write(hands.focus(), "5.6亿")
    hands.press(Qt.Key.Key_Tab)
    assert facts.rows["revenue_year"].isAncestorOf(hands.focus())
    hands.write(hands.focus(), "2022")
    hands.press(Qt.Key.Key_Tab)
    assert facts.rows["tax"].isAncestorOf(hands.focus())
    hands.press(Qt.Key.Key_Escape)
    hands.until(lambda: "5.6亿元（2022年）" in _words(page))
    code = _begin(hands, page, "uscc")
    hands.write(hands.focus(), USCC[:-1] + "9")
    hands.press(Qt.Key.Key_Return)
    assert code.editor is not None
    assert code.editor.message.isVisible()
    # What is left half-typed stays as a draft, and stands there again.
    page.view.timeline.list.setFocus()
    assert hands.session.drafts.load(f"fact:{battery}:uscc") == {"uscc": USCC[:-1] + "9"}
    code.begin()
    hands.write(hands.focus(), USCC)
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: _known(hands, battery).enterprise.uscc == USCC)
    hands.until(lambda: code.editor is None)


def test_a_value_from_elsewhere_is_shown_before_it_is_overwritten(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    row = _begin(hands, page, "address")
    hands.write(hands.focus(), "白沙大道 1 号")
    enterprises.change_enterprise(hands.book, battery, address="珞璜镇")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: row.editor is not None and "珞璜镇" in row.editor.message.text())
    assert _known(hands, battery).enterprise.address == "珞璜镇"
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: _known(hands, battery).enterprise.address == "白沙大道 1 号")
    hands.until(lambda: row.editor is None)


def test_a_value_that_is_taken_back_is_shown_beside_what_is_typed(hands: Hands, battery: UUID) -> None:
    enterprises.change_enterprise(hands.book, battery, address="珞璜镇")
    page = hands.enterprises(battery)
    row = _begin(hands, page, "address")
    hands.write(hands.focus(), "白沙大道 1 号")
    hands.session.undo()
    hands.until(lambda: row.editor is not None and "其间已在别处改为" in row.editor.message.text())
    hands.press(Qt.Key.Key_Escape)
    hands.until(lambda: row.editor is None)
    assert row.value.text() == (_known(hands, battery).enterprise.address or "")


def test_a_new_name_keeps_the_former_one_among_the_other_names(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    former = _known(hands, battery).enterprise.name
    hands.click(hands.named(page.view.facts, _("Edit all facts")))
    dialog = hands.dialog()
    hands.fill(dialog, name="渝能动力(示例)有限公司")
    hands.save(dialog)
    hands.until(lambda: page.view.title.text() == "渝能动力(示例)有限公司")
    assert former in _words(page)


def test_a_contact_is_added_and_moves_to_another_post(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    hands.click(hands.named(page.view.people, _("Add a contact")))
    fields = page.view.people.adding.fields
    for name, text in (("name", "张示例"), ("title", "副总经理"), ("phone", "1380000")):
        hands.write(fields[name], text)
    hands.press(Qt.Key.Key_Return)
    assert page.view.people.adding.error.isVisible()
    hands.write(fields["phone"], "13800000001")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: "张总 · 138 0000 0001" in _words(page))
    hands.until(page.view.people.adding.isHidden)
    hands.click(hands.named(page.view.people, "复制号码：138 0000 0001", QToolButton))
    assert QGuiApplication.clipboard().text() == "138 0000 0001"
    hands.click(hands.named(page.view.people, "设为主要联系人：张示例", QToolButton))
    hands.until(lambda: _known(hands, battery).contacts[0].position.main)
    (contact,) = _known(hands, battery).contacts
    assert contact.contact.phone == "+8613800000001"
    hands.click(hands.named(page.view, "修改：张示例", QToolButton))
    dialog = hands.dialog()
    hands.fill(dialog, title="董事长")
    hands.save(dialog)
    hands.until(lambda: "张董事长" in _words(page))
    (moved,) = _known(hands, battery).contacts
    assert moved.contact.id == contact.contact.id
    assert moved.position.id != contact.position.id
    hands.click(hands.named(page.view, "修改：张示例", QToolButton))
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
    hands.click(hands.named(page.view, _("Add an honour")))
    dialog = hands.dialog()
    hands.fill(dialog, honour="高新技术企业", issuer="市科技局", year="2019", valid_to="2022-11-25")
    hands.save(dialog)
    (label,) = _known(hands, battery).labels
    assert (label.honour, label.year, label.valid_to) == ("高新技术企业", 2019, date(2022, 11, 25))
    hands.until(lambda: "已过期" in _words(page))
    shown = next(one for one in page.view.honours.findChildren(QLabel) if one.text() == label.honour)
    assert shown.property("role") == "muted"
    hands.click(hands.named(page.view, "修改：高新技术企业", QToolButton))
    hands.click(hands.named(hands.dialog(), "移除"))
    hands.until(lambda: not _known(hands, battery).labels)


def test_the_tabs_narrow_the_timeline_and_a_long_entry_unfolds(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    timeline = page.view.timeline
    assert [entry.on for entry in _entries(page)] == sorted((entry.on for entry in _entries(page)), reverse=True)
    for tab, kinds in (
        (Tab.VISITS, ["visit"]),
        (Tab.FOLLOW_UPS, ["follow_up", "follow_up"]),
        (Tab.PROGRESS, []),
        (Tab.PAPERS, []),
        (Tab.FILES, []),
        (Tab.CHANGES, ["edit"]),
    ):
        timeline.tabs.setFocus()
        hands.press(Qt.Key.Key_Right)
        assert timeline.tabs.currentIndex() == list(Tab).index(tab)
        assert [entry.kind for entry in _entries(page)] == kinds
    (change,) = _entries(page)
    assert change.text.splitlines() == ["地址：双福街道", "产业集群：先进材料"]
    timeline.tabs.setCurrentIndex(0)
    view = timeline.list
    row = next(
        i for i, one in enumerate(_all_lines(page)) if not isinstance(one, Month) and one.text.startswith("一、")
    )
    index = page.view.timeline.lines.index(row)
    view.setCurrentIndex(index)
    view.setFocus()
    short = view.sizeHintForIndex(index).height()
    hands.press(Qt.Key.Key_Return)
    assert view.sizeHintForIndex(index).height() > short
    hands.press(Qt.Key.Key_Space)
    assert view.sizeHintForIndex(index).height() == short


def _all_lines(page: EnterprisesPage) -> list[Month | TimelineEntry]:
    lines = page.view.timeline.lines
    return [lines.line(row) for row in range(lines.rowCount())]


def test_a_next_step_is_set_in_words_postponed_and_ticked_off(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    hands.press(Qt.Key.Key_T)
    assert hands.focus() is page.view.steps.adding.field
    hands.write(hands.focus(), "下周三 报送方案")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: len(_known(hands, battery).tasks) == 2)
    assert _known(hands, battery).tasks[1].due == date(2023, 6, 21)
    hands.until(lambda: "报送方案" in "".join(one.text() for one in page.view.steps.findChildren(QLabel)))
    days = hands.named(page.view.steps, "改期：回访张总").menu()
    days.aboutToShow.emit()
    days.actions()[2].trigger()
    hands.until(lambda: {task.due for task in _known(hands, battery).tasks} == {date(2023, 6, 21)})
    hands.until(lambda: "6月15日" not in "".join(one.text() for one in page.view.steps.findChildren(QLabel)))
    hands.click(hands.named(page.view.steps, "完成：回访张总"))
    hands.until(lambda: [task.what for task in _known(hands, battery).tasks] == ["报送方案"])


def test_what_is_typed_for_one_enterprise_is_kept_for_no_other(hands: Hands, battery: UUID) -> None:
    view = hands.enterprises(battery).view
    name = _known(hands, battery).enterprise.name
    hands.press(Qt.Key.Key_T)
    hands.write(hands.focus(), "下周三 报送方案")
    hands.click(hands.named(view.people, _("Add a contact")))
    hands.write(view.people.adding.fields["name"], "张示例")
    other = enterprises.create_enterprise(hands.book, name="别家(示例)").value
    hands.enterprises(other)
    hands.until(partial(_shows, view, "别家(示例)"))
    assert view.steps.adding.text() == ""
    assert view.people.adding.isHidden()
    hands.click(hands.named(view.people, _("Add a contact")))
    hands.write(view.people.adding.fields["name"], "李示例")
    hands.session.crash_hook.keep_drafts()
    kept = hands.session.drafts.load
    assert (kept(f"next_step:{battery}"), kept(f"next_step:{other}")) == ({"next_step": "下周三 报送方案"}, {})
    assert (kept(f"contact:{battery}"), kept(f"contact:{other}")) == ({"name": "张示例"}, {"name": "李示例"})
    hands.enterprises(battery)
    hands.until(partial(_shows, view, name))
    assert view.steps.adding.text() == "下周三 报送方案"


def test_what_they_asked_becomes_a_promise_and_is_ticked_off(hands: Hands, battery: UUID) -> None:
    projects.add_need(hands.book, kind="厂房", text="标准厂房", enterprise_id=battery, due=date(2023, 6, 1))
    page = hands.enterprises(battery)
    assert "逾期 1 项" in page.view.asked.count.text()
    hands.click(hands.named(page.view.asked, "承诺：厂房：标准厂房"))
    dialog = hands.dialog()
    hands.fill(dialog, dept="双福园区", due="2023-06-30")
    hands.save(dialog)
    hands.until(lambda: page.view.promised.findChildren(QCheckBox))
    assert page.view.asked.findChildren(QCheckBox) == []
    (need,) = _known(hands, battery).needs
    assert (need.dept, need.due, need.promised_on) == ("双福园区", date(2023, 6, 30), date(2023, 6, 14))
    said: list[str] = []
    hands.session.said.connect(lambda sentence, _undo: said.append(sentence))
    box = page.view.promised.findChildren(QCheckBox)[0]
    box.setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.until(lambda: _known(hands, battery).needs[0].solved_on is not None)
    hands.until(lambda: "已办 1 项" in _words(page) or hands.named(page.view.promised, "已办 1 项"))
    assert said == ["兑现承诺：厂房：标准厂房"], "the toast says what was done"


def test_the_page_of_the_next_enterprise_is_a_key_away(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises()
    names = [row.values["name"] for row in page.list.model.rows()]
    first = page.list.model.row(0)
    assert first is not None
    view = hands.enterprises(first.id).view
    for key, name in ((Qt.Key.Key_PageDown, names[1]), (Qt.Key.Key_PageDown, names[2]), (Qt.Key.Key_PageUp, names[1])):
        hands.press(key, CTRL)
        hands.until(partial(_shows, view, name))
    # Back in the list one stands where one has got to.
    hands.session.go("enterprises", view="list")
    current = page.list.current()
    assert current is not None
    assert current.values["name"] == names[1]


def _tabbed_through(page: EnterprisesPage) -> list[tuple[int, int]]:
    """Return where the cards stand, in the order in which Tab comes to them."""
    columns = page.view.columns
    cards = [one for one in columns.findChildren(Section) if one.isVisible()]
    come_to = [card for at in walk(columns) for card in cards if card.isAncestorOf(at)]
    corners = [card.mapTo(columns, QPoint(0, 0)) for card in dict.fromkeys(come_to)]
    return [(corner.x(), corner.y()) for corner in corners]


def test_the_cards_follow_the_width_of_the_page_and_tab_follows_them(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    columns = page.view.columns
    for width, shape in ((1366, Shape.WIDE), (800, Shape.NARROW), (911, Shape.CLOSE), (1240, Shape.TWO)):
        hands.window.resize(width, 768)
        hands.until(lambda shape=shape: columns.shape is shape)
        hands.until(lambda: page.view.minimumSizeHint().width() <= page.view.width())
        if shape is Shape.WIDE:
            # Column by column, each from top to bottom.
            assert len(_tabbed_through(page)) > 5
            assert _tabbed_through(page) == sorted(_tabbed_through(page))
    hands.window.resize(800, 768)
    hands.until(lambda: not page.view.facts.isVisible())
    hands.press(Qt.Key.Key_F2)
    assert page.view.facts.isVisible()


def test_the_keys_log_a_follow_up_and_ask_for_a_lead_and_the_one_pager(hands: Hands, battery: UUID) -> None:
    page = hands.enterprises(battery)
    hands.press(Qt.Key.Key_N)
    hands.until(lambda: hands.focus().window() is not hands.window)
    hands.write(hands.focus(), "董事会同意立项")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(lambda: any(entry.text == "董事会同意立项" for entry in _entries(page)))
    hands.come_back()
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
    hands.until(lambda: len(page.view.columns.findChildren(Section)) >= 4)
    for button in page.view.findChildren(QToolButton):
        if button.focusPolicy() != Qt.FocusPolicy.NoFocus and button.isVisible():
            assert button.accessibleName(), button
