from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from crm_app.services import enterprises, follow_ups, tasks, visits
from crm_app.services.book import Book
from crm_app.ui.session import Session
from tests.templates import own_book
from tests.ui.enterprises.hands import Hands, window_on

TODAY = date(2023, 6, 14)
NAMES = ("渝能电池(示例)有限公司", "江驰电机(示例)有限公司", "华芯材料(示例)有限公司")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with own_book(tmp_path / "t.crm", TODAY) as made:
        for name in NAMES:
            enterprises.create_enterprise(made, name=name)
        yield made


@pytest.fixture
def hands(book: Book, session: Session, qtbot: QtBot) -> Iterator[Hands]:
    with window_on(book, session, qtbot) as made:
        yield made


@pytest.fixture
def battery(book: Book) -> UUID:
    """An enterprise with a visit, two follow-ups, a change and an open step."""
    found = enterprises.suggest(book, NAMES[0])[0].enterprise.id
    visits.write_visit(book, visits.WriteVisit(enterprise_id=found, on=date(2023, 5, 18), talk="参观模组产线"))
    for on, said in (
        (date(2023, 5, 6), "约定拜访"),
        (date(2023, 6, 10), "一、电价。\n二、厂房。\n三、人才。\n四、基金。"),
    ):
        follow_ups.log_follow_up(book, content=said, mode="电话", on=on, enterprise_id=found)
    enterprises.change_enterprise(book, found, cluster="先进材料", address="双福街道")
    tasks.add_task(book, "明天 回访张总", enterprise_id=found)
    return found
