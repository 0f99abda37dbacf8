"""Names with a “&” stand whole on what can be pressed: Qt would take the letter behind it for a key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from crm_app.ui.trips.plan_name import PlanName
from crm_app.ui.widgets.chip_flow import ChipFlow
from crm_app.ui.widgets.lines import Link
from crm_app.ui.widgets.people_field import Named, PeopleField

NAME = "A&B电池(示例)有限公司"


@pytest.fixture
def host(app: QApplication, qtbot: QtBot) -> QWidget:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(900, 200)
    return host


def a_link(host: QWidget) -> QWidget:
    link = Link(NAME, lambda: None)
    link.setParent(host)
    link.resize(link.sizeHint())
    return link


def a_narrow_link(host: QWidget) -> QWidget:
    link = Link("甲&乙", lambda: None)
    link.say(NAME)
    link.setParent(host)
    link.resize(link.sizeHint().width() - 40, link.sizeHint().height())
    return link


def a_stop(host: QWidget) -> QWidget:
    stop = PlanName(host)
    stop.resize(600, 32)
    stop.put(NAME, "深圳", off=False)
    return stop


def chips(host: QWidget) -> QWidget:
    flow = ChipFlow([(NAME, "母公司", lambda: None)], host)
    flow.resize(600, 40)
    return flow


def people(host: QWidget) -> QWidget:
    field = PeopleField(host, "对方人员", "姓名")
    field.set_people([Named(NAME, NAME)])
    return field


@pytest.mark.parametrize("made", [a_link, a_narrow_link, a_stop, chips, people])
def test_a_name_is_shown_as_it_is(made: Callable[[QWidget], QWidget], host: QWidget) -> None:
    shown = made(host)
    host.show()
    QApplication.processEvents()
    buttons = [one for one in (shown, *shown.findChildren(QPushButton)) if isinstance(one, QPushButton)]
    (button,) = [one for one in buttons if one.text()]
    read = button.text().replace("&&", "&")
    assert read == NAME or (read.endswith("…") and NAME.startswith(read[:-1]) and "&B" in read)
    assert not button.shortcut().toString()
