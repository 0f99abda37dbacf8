from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from crm_app.services.book import Book
from crm_app.ui.session import Session
from tests.ui.sampled import Hands, sample, windowed

__all__ = ["hands", "sample"]


@pytest.fixture
def hands(session: Session, sample: Book, qtbot: QtBot) -> Iterator[Hands]:
    yield from windowed(session, sample, qtbot, ("papers", "figures"))
