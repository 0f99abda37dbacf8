"""The list of steps and the recycle bin: any step goes back and comes again by keyboard and mouse."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSplitter

from crm_app.services import changes, enterprises, leads, merging, recycle_bin
from crm_app.ui.settings.changes import ChangesPart
from crm_app.ui.settings.recycle_bin import RecycleBinPart
from tests.ui.enterprises.hands import Hands


def shown(hands: Hands) -> ChangesPart:
    part = hands.settings("changes").parts["changes"]
    assert isinstance(part, ChangesPart)
    hands.until(lambda: part.list.model.rowCount())
    return part


def bin_of(hands: Hands) -> RecycleBinPart:
    part = hands.settings("recycle_bin").parts["recycle_bin"]
    assert isinstance(part, RecycleBinPart)
    return part


def texts(part: ChangesPart) -> list[str]:
    tree = part.step.tree
    found = []
    for number in range(tree.topLevelItemCount()):
        head = tree.topLevelItem(number)
        assert head is not None
        found.append(head.text(0))
        found += [" ".join(head.child(n).text(column) for column in range(3)) for n in range(head.childCount())]
    return found


def test_a_step_shows_what_it_did_and_goes_back_and_comes_again(hands: Hands) -> None:
    made = enterprises.create_enterprise(hands.book, name="渝能电池(示例)").value
    enterprises.change_enterprise(hands.book, made, region="重庆市")
    step = changes.list_units(hands.book, limit=1)[0].n
    leads.log_lead(hands.book, leads.LogLead("后来的公司(示例)"))
    part = shown(hands)
    part.focus_first()
    hands.press(Qt.Key.Key_Down)
    hands.until(lambda: part.step.act.isVisible() and "注册地 — 重庆市" in texts(part))
    assert "企业 1" in part.step.consequence.text()
    hands.click(part.step.act)
    hands.until(lambda: changes.unit_line(hands.book, step).standing is changes.Standing.UNDONE)
    hands.until(lambda: part.step.act.text() == "重做这一步" and part.step.act.isEnabled())
    part.step.act.setFocus()
    QTest.keyClick(part.step.act, Qt.Key.Key_Space)
    hands.until(lambda: changes.unit_line(hands.book, step).standing is changes.Standing.STANDS)
    assert hands.told == []


def test_a_long_name_is_shortened_to_the_room_and_told_whole_under_the_mouse(hands: Hands) -> None:
    name = "渝能新能源汽车动力电池系统集成与回收利用科技发展(示例)有限公司"
    enterprises.create_enterprise(hands.book, name=name)
    part = shown(hands)
    hands.until(lambda: any(name[:4] in text for text in texts(part)))
    head = part.step.tree.topLevelItem(0)
    assert head is not None
    assert head.text(0).endswith("…")
    assert name in head.toolTip(0)
    room = part.step.tree.viewport().width()
    assert part.step.fontMetrics().horizontalAdvance(head.text(0)) < room


def test_what_stands_in_the_way_is_shown_with_the_step_to_take_back_first(hands: Hands) -> None:
    made = enterprises.create_enterprise(hands.book, name="渝能电池(示例)").value
    enterprises.change_enterprise(hands.book, made, region="重庆市")
    first = changes.list_units(hands.book, limit=1)[0].n
    enterprises.change_enterprise(hands.book, made, region="四川省")
    part = shown(hands)
    part.list.table.setCurrentIndex(part.list.model.index(1, 0))
    hands.until(lambda: "注册地" in part.step.consequence.text())
    assert not part.step.act.isEnabled()
    link = part.step.first.itemAt(0)
    assert link is not None
    button = link.widget()
    assert button is not None
    hands.click(button)
    hands.until(lambda: part.list.table.currentIndex().row() == 0 and part.step.act.isEnabled())
    hands.click(part.step.act)
    hands.until(lambda: changes.preview_undo(hands.book, first).in_the_way == ())


def test_a_border_that_was_dragged_stands_there_again(hands: Hands) -> None:
    def split() -> QSplitter:
        found = shown(hands).findChild(QSplitter)
        assert isinstance(found, QSplitter)
        return found

    enterprises.create_enterprise(hands.book, name="渝能电池(示例)")
    handle, before = split().handle(1), split().sizes()
    left, at = Qt.MouseButton.LeftButton, handle.rect().center()
    QTest.mousePress(handle, left, pos=at)
    QTest.mouseMove(handle, at - QPoint(60, 0))
    QTest.mouseRelease(handle, left, pos=at)
    moved = split().sizes()
    assert moved[0] < before[0] - 20
    # Another language makes the window anew.
    hands.session.set_language("en")
    hands.settle()
    hands.until(lambda: split().sizes() == moved)
    hands.session.set_language("zh_CN")


def test_steps_are_found_by_words_and_kind(hands: Hands) -> None:
    leads.log_lead(hands.book, leads.LogLead("甲公司(示例)"))
    leads.log_lead(hands.book, leads.LogLead("乙公司(示例)"))
    part = shown(hands)
    every = part.list.model.rowCount()
    hands.write(part.list.search, "乙公司")
    hands.until(lambda: part.list.model.rowCount() == 1 and every > 1)
    hands.write(part.list.search, "")
    hands.until(lambda: part.list.model.rowCount() == every)
    part.kind.setCurrentIndex(part.kind.findData("lead"))
    part.kind.activated.emit(part.kind.currentIndex())
    hands.until(lambda: part.list.model.rowCount() == 2)


def test_a_deletion_comes_back_from_the_bin_by_enter(hands: Hands) -> None:
    made = enterprises.create_enterprise(hands.book, name="渝能电池(示例)").value
    leads.log_lead(hands.book, leads.LogLead("渝能电池(示例)", next_step="下周三 回访"))
    recycle_bin.delete(hands.book, "enterprise", made)
    part = bin_of(hands)
    hands.until(lambda: part.list.model.rowCount() == 1)
    part.focus_first()
    # The newest is under the cursor from the start.
    hands.until(lambda: "线索 1" in part.consequence.text())
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: part.list.model.rowCount() == 0)
    hands.until(lambda: not part.button.isEnabled())
    assert recycle_bin.list_deleted(hands.book) == []
    assert [one.enterprise.name for one in leads.list_leads(hands.book, open_only=False)] == ["渝能电池(示例)"]
    assert hands.told == []


def test_a_merge_of_long_ago_is_taken_back_after_other_work_on_what_was_merged(hands: Hands) -> None:
    kept = enterprises.create_enterprise(hands.book, name="渝能电池(示例)有限公司", region="重庆市").value
    lost = enterprises.create_enterprise(hands.book, name="渝能电池(示例)", address="双福大道1号").value
    leads.log_lead(hands.book, leads.LogLead("渝能电池(示例)", content="扩产"))
    merged = merging.merge(hands.book, kept, [lost]).changes.unit
    assert merged is not None
    leads.log_lead(hands.book, leads.LogLead("渝能电池(示例)有限公司", content="二期"))
    enterprises.change_enterprise(hands.book, kept, products="电池")
    for n in range(5):
        enterprises.create_enterprise(hands.book, name=f"后来的公司{n}(示例)")
    part = shown(hands)
    part.focus_first()
    label = changes.unit_line(hands.book, merged).label
    for _newer in range(7):
        hands.press(Qt.Key.Key_Down)
    hands.until(lambda: part.step.title.text() == label and part.step.consequence.text() and part.step.act.isEnabled())
    part.step.act.setFocus()
    QTest.keyClick(part.step.act, Qt.Key.Key_Space)
    hands.until(lambda: changes.unit_line(hands.book, merged).standing is changes.Standing.UNDONE)
    both = [enterprises.enterprise_page(hands.book, one) for one in (kept, lost)]
    assert [page.enterprise.address for page in both] == [None, "双福大道1号"]
    assert both[0].enterprise.products == "电池"
    assert [[one.content for one in page.leads] for page in both] == [["二期"], ["扩产"]]
