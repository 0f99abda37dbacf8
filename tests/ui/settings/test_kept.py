"""The lists that are kept in the settings: colleagues, entries to choose from, parks, targets, forecasts, rankings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt

from crm_app.domain.projects import Project, ProjectPark
from crm_app.domain.targets import Metric
from crm_app.services import dictionaries, staff, targets
from crm_app.ui.settings.held import Held
from crm_app.ui.settings.lists import Lists, Parks
from crm_app.ui.settings.rankings import Rankings
from crm_app.ui.settings.staff import People
from tests.ui.enterprises.hands import Hands
from tests.ui.keyboard import CTRL
from tests.ui.settings.parts import YI, part


def test_a_colleague_is_added_and_changed_by_keyboard(hands: Hands) -> None:
    colleagues = part(hands.settings("people"), People)
    hands.until(lambda: colleagues.list.model.rowCount() == 1)
    colleagues.list.table.setFocus()
    hands.press(Qt.Key.Key_Insert)
    dialog = hands.dialog()
    assert [one.field.title for one in dialog.form.editors.values()][:3] == ["姓名", "职务", "部门/科室"]
    hands.fill(dialog, name="曾敏", title="局长", level="区领导带队")
    hands.save(dialog)
    hands.until(lambda: colleagues.list.model.rowCount() == 2)
    colleagues.list.table.selectRow(1)
    colleagues.list.table.setFocus()
    hands.press(Qt.Key.Key_Return)
    dialog = hands.dialog()
    hands.fill(dialog, dept="局领导")
    hands.save(dialog)
    added = staff.colleagues(hands.book)[1]
    assert (added.name, added.title, added.level, added.dept) == ("曾敏", "局长", "区领导带队", "局领导")

    hands.until(lambda: colleagues.list.model.rowCount() == 2)
    colleagues.list.table.selectRow(1)
    colleagues.list.table.setFocus()
    hands.press(Qt.Key.Key_Delete, CTRL)
    hands.until(lambda: len(staff.colleagues(hands.book)) == 1 and colleagues.list.model.rowCount() == 1)
    colleagues.gone.click()
    hands.until(lambda: colleagues.list.model.rowCount() == 2)
    colleagues.list.table.selectRow(1)
    colleagues.list.table.setFocus()
    hands.press(Qt.Key.Key_Delete, CTRL)
    hands.until(lambda: len(staff.colleagues(hands.book)) == 2)


def _is(names: Callable[[], list[str]], name: str, among: bool) -> bool:
    return (name in names()) is among


def test_an_entry_is_added_given_aliases_retired_and_offered_again(hands: Hands) -> None:
    lists = part(hands.settings("lists"), Lists)
    lists.choice.setCurrentIndex(lists.choice.findData("park"))
    hands.until(lambda: lists.list.model.rowCount() == 7)
    lists.list.table.setFocus()
    hands.press(Qt.Key.Key_Insert)
    dialog = hands.dialog()
    hands.fill(dialog, name="示例产业城", year="2023")
    hands.save(dialog)
    hands.until(lambda: lists.list.model.rowCount() == 8)
    lists.list.table.selectRow(7)
    lists.list.table.setFocus()
    hands.press(Qt.Key.Key_Return)
    dialog = hands.dialog()
    hands.fill(dialog, aliases="示例工业园、示例片区")
    hands.save(dialog)
    assert dictionaries.fold(hands.book, "park", "示例片区") == "示例产业城"
    with hands.book.unit("used") as unit:
        project = unit.insert(Project, name="示例项目")
        unit.insert(ProjectPark, project_id=project, park="示例产业城")
        unit.commit()
    for offered in (False, True):
        hands.until(lambda: lists.list.model.rowCount() == 8)
        lists.list.table.selectRow(7)
        lists.list.table.setFocus()
        hands.press(Qt.Key.Key_Delete, CTRL)
        names = partial(dictionaries.options, hands.book, "park")
        hands.until(partial(_is, names, "示例产业城", offered))
        # The row is told as it is now before it is asked again.
        hands.settle()


def test_a_park_has_its_threshold_and_days_and_one_never_used_goes(hands: Hands) -> None:
    parks = part(hands.settings("parks"), Parks)
    hands.until(lambda: parks.list.model.rowCount() == 7)
    parks.list.table.setFocus()
    hands.press(Qt.Key.Key_Insert)
    dialog = hands.dialog()
    hands.fill(dialog, name="示例新园", per_mu="350", output_per_mu="500", tax_per_mu="25", per_mu_since="2023-3-1")
    hands.save(dialog)
    (entry,) = (one for one in dictionaries.entries(hands.book, "park") if one.name == "示例新园")
    assert (entry.per_mu, entry.output_per_mu, entry.tax_per_mu) == (350, 500, 25)
    assert entry.per_mu_since == date(2023, 3, 1)
    hands.until(lambda: parks.list.model.rowCount() == 8)
    parks.list.table.selectRow(7)
    parks.list.table.setFocus()
    hands.press(Qt.Key.Key_Return)
    dialog = hands.dialog()
    hands.fill(dialog, valid_from="2023-7-1", valid_to="2023-6-30")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(lambda: "早于" in dialog.form.editors["valid_to"].message.text())
    hands.fill(dialog, valid_to="2025-6-30")
    hands.save(dialog)
    entry = dictionaries.entries(hands.book, "park", retired=True)[-1]
    assert (entry.valid_from, entry.valid_to) == (date(2023, 7, 1), date(2025, 6, 30))
    # It is the 14th of June 2023: the entry is not offered yet.
    assert "示例新园" not in dictionaries.options(hands.book, "park")
    hands.until(lambda: parks.list.model.rowCount() == 8)
    parks.list.table.selectRow(7)
    parks.list.table.setFocus()
    hands.press(Qt.Key.Key_Delete, CTRL)
    hands.until(lambda: parks.list.model.rowCount() == 7)


def test_a_target_in_yi_becomes_whole_yuan_and_a_bare_number_asks_for_its_unit(hands: Hands) -> None:
    held = part(hands.settings("targets"), Held)
    held.targets.search.setFocus()
    hands.press(Qt.Key.Key_Insert)
    dialog = hands.dialog()
    hands.fill(dialog, metric="签约金额", from_on="2023-1-1", to_on="2023-12-31", subject="全区", value="800")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(dialog.form.editors["value"].message.isVisible)
    assert targets.list_targets(hands.book) == []
    hands.fill(dialog, value="800亿")
    hands.save(dialog)
    (target,) = targets.list_targets(hands.book)
    assert (target.metric, target.value) == (Metric.SIGNED_YUAN, 800 * YI)

    hands.until(lambda: held.targets.model.rowCount() == 1)
    held.targets.table.selectRow(0)
    held.targets.table.setFocus()
    hands.press(Qt.Key.Key_Return)
    dialog = hands.dialog()
    hands.fill(dialog, value="850亿", effective_from="2023-6-1", document="〔2023〕调整示例号")
    hands.save(dialog)
    (revised,) = targets.list_targets(hands.book)
    assert (revised.value, revised.supersedes_id) == (850 * YI, target.id)
    held.superseded.click()
    hands.until(lambda: held.targets.model.rowCount() == 2)


def test_a_forecast_and_a_ranking_are_entered_corrected_and_taken_back(hands: Hands) -> None:
    held = part(hands.settings("targets"), Held)
    held.tabs.setFocus()
    hands.press(Qt.Key.Key_Right)
    held.forecasts.search.setFocus()
    hands.press(Qt.Key.Key_Insert)
    dialog = hands.dialog()
    typed = {
        "metric": "签约项目数",
        "from_on": "2023-1-1",
        "to_on": "2023-12-31",
        "value": "130",
        "basis": "在谈 46 个",
    }
    hands.fill(dialog, **typed)
    hands.save(dialog)
    assert [one.value for one in targets.list_forecasts(hands.book)] == [130]

    board = part(hands.settings("rankings"), Rankings)
    board.list.search.setFocus()
    hands.press(Qt.Key.Key_Insert)
    dialog = hands.dialog()
    hands.fill(dialog, board="赛马比拼", period="2023年上半年", rank="2", of="12")
    hands.save(dialog)
    hands.until(lambda: board.list.model.rowCount() == 1)
    assert [one.document for one in targets.list_rankings(hands.book)] == [None]
    board.list.table.selectRow(0)
    board.list.table.setFocus()
    hands.press(Qt.Key.Key_Return)
    dialog = hands.dialog()
    hands.fill(dialog, document="〔2023〕示例号")
    hands.save(dialog)
    assert [(one.rank, one.of, one.document) for one in targets.list_rankings(hands.book)] == [
        (2, 12, "〔2023〕示例号")
    ]
    board.list.table.selectRow(0)
    board.list.table.setFocus()
    hands.press(Qt.Key.Key_Delete, CTRL)
    hands.until(lambda: targets.list_rankings(hands.book) == [])
