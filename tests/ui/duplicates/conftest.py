from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crm_app.services import enterprises, leads
from crm_app.services.book import Book
from crm_app.ui.session import Session
from tests.templates import own_book
from tests.ui.enterprises.hands import Hands, window_on

LONG, SHORT = "宁德时代新能源科技股份有限公司", "宁德时代新能源"
NAMES = (LONG, SHORT, "广州巨湾技研有限公司", "巨湾技研", "上海新能源科技有限公司")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with own_book(tmp_path / "t.crm", date(2023, 6, 14)) as made:
        for name in NAMES:
            enterprises.create_enterprise(made, name=name, address="漳湾镇新港路2号" if name == SHORT else None)
        leads.log_lead(made, leads.LogLead(name=SHORT, contact="张晓", phone="+8613800000001"))
        yield made


@pytest.fixture
def hands(book: Book, session: Session, qtbot: QtBot) -> Iterator[Hands]:
    with window_on(book, session, qtbot) as made:
        yield made
