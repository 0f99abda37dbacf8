"""The approved erasure by hand: begun on a contact, decided line by line, confirmed by the name typed once more."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from crm_app.i18n import _
from crm_app.services import enterprises, leads
from crm_app.services.leads import LogLead
from crm_app.ui.enterprises.erasing import EraseDialog
from crm_app.ui.widgets.form_dialog import FormDialog
from tests.ui.enterprises.hands import Hands

NAME = "逯晴岚"


@pytest.fixture
def known(hands: Hands) -> UUID:
    made = enterprises.create_enterprise(hands.book, name="渝能电池(示例)").value
    enterprises.add_contact(hands.book, made, name=NAME, title="首席增长官", phone="+8613987654321")
    note = f"{NAME} 下周回话"
    leads.log_lead(hands.book, LogLead(name="渝能电池(示例)", contact=NAME, note=note, next_step=f"明天 致电{NAME}"))
    return made


def begin(hands: Hands, enterprise: UUID) -> EraseDialog:
    page = hands.enterprises(enterprise)
    hands.until(lambda: any(NAME in one.text() for one in page.findChildren(QLabel)))
    hands.click(hands.named(page, _("Change: {name}").format(name=NAME), QToolButton))
    form = hands.dialog()
    assert isinstance(form, FormDialog)
    hands.click(hands.named(form, _("Erase as approved…")))

    def shown() -> list[EraseDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, EraseDialog) and one.isVisible()]

    hands.until(lambda: shown() and shown()[0].mentions.count())
    return shown()[0]


def told(dialog: EraseDialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisibleTo(dialog))


def test_a_person_is_erased_after_the_approval_and_the_name(hands: Hands, known: UUID) -> None:
    dialog = begin(hands, known)
    hands.until(lambda: "不能撤销" in told(dialog))
    button: QPushButton = dialog.erase_button
    assert not button.isEnabled()
    hands.write(dialog.approval, "示招函1号")
    assert not button.isEnabled()
    hands.write(dialog.name, "别人")
    assert not button.isEnabled()
    hands.write(dialog.name, NAME)
    assert button.isEnabled()
    item = next(
        dialog.mentions.item(row)
        for row in range(dialog.mentions.count())
        if "下周回话" in dialog.mentions.item(row).text()
    )
    item.setCheckState(Qt.CheckState.Unchecked)
    hands.click(button)
    hands.until(lambda: _("Erased") in told(dialog))
    assert "1处文字" in told(dialog)
    hands.click(hands.named(dialog, "线索 渝能电池(示例)"))
    hands.until(lambda: "projects" in hands.rooms.made)
    hands.come_back()
    page = hands.enterprises(known)
    hands.until(lambda: any("致电×××" in one.text() for one in page.findChildren(QLabel)))
    # What was shown before is taken away once the event loop gets to it.
    hands.until(lambda: not any(NAME in one.text() for one in page.findChildren(QLabel)))
    assert enterprises.enterprise_page(hands.book, known).contacts == []
    assert leads.list_leads(hands.book)[0].lead.note == f"{NAME} 下周回话"


def test_an_approval_that_names_the_person_is_refused_under_the_fields(hands: Hands, known: UUID) -> None:
    dialog = begin(hands, known)
    hands.write(dialog.approval, f"{NAME}申请")
    hands.write(dialog.name, NAME)
    hands.click(dialog.erase_button)
    hands.until(dialog.error.isVisible)
    assert "批准依据" in dialog.error.text()
    hands.click(dialog.close_button)
    hands.come_back()
    assert [one.contact.name for one in enterprises.enterprise_page(hands.book, known).contacts] == [NAME]
