"""What stands beside the steps of Today: targets, trips of the weeks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from uuid import uuid4

from PySide6.QtWidgets import QLabel

from crm_app.domain.targets import Metric, Target
from crm_app.services import trips
from crm_app.ui.today.side import read, target_names
from tests.ui.sampled import Hands
from tests.ui.today.test_today import today


def test_a_target_says_whose_it_is_where_not_the_bureaus(hands: Hands) -> None:
    beside = read(hands.book)
    names = target_names([line.target for line in beside.targets], beside.ours)
    assert "签约项目数" in names
    assert "签约项目数 · 汽车专班" in names
    assert len(set(names)) == len(names)


def test_trips_stand_under_the_week_they_are_in(hands: Hands) -> None:
    side = today(hands).side
    last = {"start_on": date(2023, 7, 6), "end_on": date(2023, 7, 9), "regions": ("成都",)}
    hands.session.write("", lambda book, _progress: trips.create_trip(book, **last))

    def said() -> list[str]:
        return [one.text() for one in side.widget().findChildren(QLabel) if re.search("外出$|已访", one.text())]

    hands.until(lambda: "刚结束的外出" in said())
    assert said()[:6] == [
        "本周外出",
        "7月11日 – 7月14日 · 2人 · 已访8/11家",
        "下周外出",
        "7月18日 – 7月20日 · 2人 · 已访0/6家",
        "刚结束的外出",
        "7月6日 – 7月9日 · 1人 · 已访0/0家",
    ]


def test_two_targets_of_one_metric_are_told_apart() -> None:
    base = Target(
        id=uuid4(), metric=Metric.TRIPS, from_on=date(2023, 1, 1), to_on=date(2023, 12, 31), subject="全区", value=9
    )
    issued = replace(base, issuer="示例区政府")
    names = target_names(
        [replace(base, issuer="示例市局"), issued, replace(issued, metric=Metric.SIGNED_COUNT)], frozenset()
    )
    assert len(set(names)) == 3
    assert names[2] == "签约项目数"


def test_the_column_beside_never_scrolls_sideways(hands: Hands) -> None:
    hands.session.set_language("en")
    page = today(hands)
    hands.settle()
    inner = page.side.widget()
    assert inner is not None
    assert inner.width() <= page.side.viewport().width()
