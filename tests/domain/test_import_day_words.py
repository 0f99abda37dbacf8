"""Words in a column of days mean something: what is done or under way has no day, and 预计 is no fact."""

from __future__ import annotations

from datetime import date

import pytest

from crm_app.domain.days import FuzzyDay, month_of
from crm_app.domain.import_day_words import Day, Words, meant
from crm_app.domain.import_rows import REMARKS, RowReader
from crm_app.domain.imports import Column


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("未开工", Words.NO_DAY),
        ("暂未办理", Words.NO_DAY),
        ("待定", Words.NO_DAY),
        ("办理中", Words.NO_DAY),
        ("正在编制", Words.NO_DAY),
        ("不需要", Words.NO_DAY),
        ("不涉及", Words.NO_DAY),
        ("已开工", Words.DONE),
        ("已办结", Words.DONE),
        ("是", Words.DONE),
        ("√", Words.DONE),
        ("2024.3.18已办结", Day("2024.3.18", expected=False)),
        ("已办结（2024.3.18）", Day("2024.3.18", expected=False)),
        ("已于2024年3月开工", Day("2024年3月", expected=False)),
        ("约2024年3月", Day("2024年3月", expected=False)),
        ("预计2025年底", Day("2025年底", expected=True)),
        ("2025年底（预计）", Day("2025年底", expected=True)),
        ("力争2025年6月", Day("2025年6月", expected=True)),
        ("2025年6月", None),
        ("一些", None),
        ("企业资金链紧张，股东之间对选址有分歧，需要区里协调后才能确定下一步的时间安排", None),
    ],
)
def test_what_stands_for_a_day_is_known_for_what_it_means(text: str, means: object) -> None:
    assert meant(text) == means


@pytest.mark.parametrize(
    ("target", "cell", "says", "remarked"),
    [
        ("stage.started", "已开工", {}, "已开工"),
        ("stage.started", "预计2030年底", {"stage.started": None}, ""),
        ("stage.started", "预计2020年3月", {}, "预计2020年3月"),
        ("milestone_of.环评", "2024.3.18已批复", {"milestone_of.环评": FuzzyDay.of(date(2024, 3, 18))}, ""),
        ("milestone_of.环评", "预计2030年3月", {}, "预计2030年3月"),
        ("project.agreed_production_on", "预计2025年底", {"project.agreed_production_on": date(2025, 12, 31)}, ""),
        ("signing.signed_on", "预计6月签约", {}, "预计6月签约"),
        ("lead.registered_on", "2024年3月", {"lead.registered_in": month_of(2024, 3)}, ""),
        ("visit.on", "2024年3月5日-7日", {"visit.on": date(2024, 3, 5)}, "3月7日"),
        ("event.kind", "座谈会", {}, "座谈会"),
    ],
)
def test_a_row_says_what_such_a_cell_means_and_remarks_what_is_left_out(
    target: str, cell: str, says: dict[str, object], remarked: str
) -> None:
    values, reasons = RowReader([Column(0, "列", "", target)], {}).read([cell])
    assert not reasons
    assert remarked in "".join(values.get(REMARKS, ()))
    told = {name: value for name, value in values.items() if name != REMARKS}
    assert told.keys() == says.keys()
    assert all(told[name] == value for name, value in says.items() if value is not None)


@pytest.mark.parametrize(
    ("target", "cell"), [("visit.on", "2024年3月"), ("event.on", "3月上旬"), ("trip.period", "3月中旬")]
)
def test_what_wants_its_days_goes_back_where_it_says_a_month(target: str, cell: str) -> None:
    _values, reasons = RowReader([Column(0, "列", "", target)], {}).read([cell])
    assert "2023-06-30" in reasons[0]


def test_a_deadline_lies_behind_the_day_of_its_row() -> None:
    columns = [
        Column(0, "签约时间", "", "signing.signed_on"),
        Column(1, "约定开工时间", "", "project.agreed_start_on", year=2023),
    ]
    values, _reasons = RowReader(columns, {}).read(["2023-11-03", "9月底"])
    assert values["project.agreed_start_on"] == date(2024, 9, 30)
    columns = [Column(0, "走访时间", "", "visit.on"), Column(1, "时限", "", "task.due", year=2023)]
    values, _reasons = RowReader(columns, {}).read(["2024-10-08", "3月底前"])
    assert values["task.due"] == date(2025, 3, 31)
