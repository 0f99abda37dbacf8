"""What the place of papers offers before one is open."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from crm_app.domain.papers import PAPER_KIND_LABELS, MadeOf, PaperKind, made_of
from crm_app.i18n import _
from crm_app.ui.papers.lately import read_lately
from tests.ui.keyboard import CTRL
from tests.ui.papers.test_papers import choose, place, shown
from tests.ui.sampled import Hands


def test_a_kind_tells_what_it_is_and_whom_it_can_be_about(hands: Hands) -> None:
    page = place(hands)
    opening = page._middle.currentWidget()
    assert opening is not None
    hands.until(lambda: "红头简报" in " ".join(told(opening)))
    assert "这种材料还没有存过" in " ".join(told(opening))
    assert not page.side.isVisible()
    choose(hands, page, PaperKind.TRIP)
    hands.until(lambda: "最近的外出" in told(opening))
    trip = next(one for one in opening.findChildren(QPushButton) if one.isVisible() and "上海" in one.text())
    hands.click(trip)
    paper = shown(hands, page, PaperKind.TRIP)
    assert "上海" in paper.paper.title


def test_every_kind_tells_what_it_is_and_offers_what_it_can_be_made_of(hands: Hands) -> None:
    page = place(hands)
    opening = page._middle.currentWidget()
    assert opening is not None
    for kind in PaperKind:
        choose(hands, page, kind)
        hands.until(lambda words=_(PAPER_KIND_LABELS[kind]): words in told(opening))
        offers = read_lately(hands.book, kind).offers
        assert offers, f"say in lately.py or periods.py what {kind} is offered"
        for asked in (one.asked for one in offers):
            made = MadeOf.RECORD if asked.ids else MadeOf.LIST if asked.list_name else MadeOf.WINDOW
            assert made is made_of(kind), f"say in lately.py or periods.py what {kind} is offered"


def test_the_keys_stay_where_they_were_among_what_a_kind_offers_and_another_year_is_told(hands: Hands) -> None:
    page = place(hands)
    choose(hands, page, PaperKind.HALF_YEAR)
    opening = page._middle.currentWidget()
    assert opening is not None
    hands.until(lambda: "2022年1月1日 – 2022年6月30日" in told(opening))
    third = [one for one in opening.findChildren(QPushButton) if one.isVisible()][2]
    third.setFocus()
    hands.window.resize(1100, 768)
    hands.until(lambda: not shiboken6.isValid(third))
    now = hands.focus()
    assert isinstance(now, QPushButton)
    assert opening.isAncestorOf(now)
    assert now.text() == "2022年下半年"


def told(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def test_the_place_says_how_a_kept_paper_is_opened(hands: Hands) -> None:
    page = place(hands)
    hands.press(Qt.Key.Key_PageDown, CTRL)
    nothing = page._middle.currentWidget()
    assert nothing is not None
    hands.until(lambda: any("在左侧选一份" in words for words in told(nothing)))
