"""The page of an enterprise with very much on it makes its lines as they are scrolled."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from PySide6.QtWidgets import QPushButton, QScrollArea

from crm_app.domain.follow_ups import FollowUp
from crm_app.services import enterprises, tasks
from crm_app.services.enterprises import EnterprisePage
from tests.ui.enterprises.conftest import NAMES
from tests.ui.enterprises.hands import Hands


def _known(hands: Hands, enterprise: UUID) -> EnterprisePage:
    return enterprises.enterprise_page(hands.book, enterprise)


def test_a_long_timeline_is_given_as_it_is_scrolled(hands: Hands, battery: UUID) -> None:
    with hands.book.unit("many") as unit:
        fields = {"mode": "电话", "enterprise_id": battery}
        days = [date(2023, 1, 31) - timedelta(n) for n in range(350)]
        made = unit.insert_many(FollowUp, [{**fields, "on": day, "content": f"{day}通话"} for day in days])
        unit.commit()
    timeline = hands.enterprises(battery).view.timeline
    assert timeline.lines.rowCount() == 40
    timeline.list.scrollToBottom()
    hands.until(lambda: timeline.lines.rowCount() > 40)
    assert timeline.lines.rowCount() < 350
    timeline.choose(made[-1])
    entry = timeline.current()
    assert entry is not None
    assert (entry.id, entry.on) == (made[-1], days[-1])


def test_a_busy_enterprise_has_lines_for_its_steps_as_they_are_scrolled(hands: Hands, battery: UUID) -> None:
    for number in range(30):
        tasks.add_task(hands.session.book, f"下周三 回访{number}", enterprise_id=battery)
    page = hands.enterprises(battery)

    def lines() -> int:
        return sum(one.accessibleName().startswith("完成：") for one in page.view.steps.findChildren(QPushButton))

    steps = len(_known(hands, battery).tasks)
    hands.until(lambda: 0 < lines() < steps)
    bar = page.view.steps.findChildren(QScrollArea)[0].verticalScrollBar()

    def all_there() -> bool:
        bar.setValue(bar.maximum())
        return lines() == steps

    hands.until(all_there)


def test_another_enterprise_begins_at_its_top_though_it_is_read_again_while_it_is_filled(
    hands: Hands, battery: UUID
) -> None:
    hands.window.resize(1100, 420)
    view = hands.enterprises(battery).view
    bar = view.columns.left.verticalScrollBar()
    hands.until(bar.maximum)
    bar.setValue(bar.maximum())
    other = enterprises.suggest(hands.book, NAMES[1])[0].enterprise.id
    begun: list[None] = []

    def read_again() -> None:
        begun.append(None)
        if len(begun) == 1 and view._known is not None:
            view._put(view._known)

    view.timeline.lines.modelReset.connect(read_again)
    hands.enterprises(other)
    hands.until(lambda: len(begun) > 1)
    assert bar.value() == 0
