"""An enterprise's page while a long write is under way: what is saved waits, and nothing typed meanwhile is lost."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt

from crm_app.services import enterprises
from crm_app.ui.enterprises import forms
from crm_app.ui.enterprises.next_step import open_next_step
from crm_app.ui.follow_ups.dialog import open_follow_up
from tests.ui.enterprises.conftest import NAMES
from tests.ui.enterprises.hands import CTRL, Hands
from tests.ui.kit import enter, held_up


def _other(hands: Hands) -> UUID:
    return enterprises.suggest(hands.book, NAMES[1])[0].enterprise.id


def _show(hands: Hands, enterprise: UUID) -> None:
    page = hands.enterprises(enterprise)
    hands.until(lambda: page.view.enterprise == enterprise)


def test_a_fact_that_waits_to_be_written_closes_no_editor_of_another_enterprise(hands: Hands, battery: UUID) -> None:
    page, other = hands.enterprises(battery), _other(hands)
    row = page.view.facts.rows["address"]
    with held_up(hands.session.background):
        page.view.begin_fact("address")
        hands.write(hands.focus(), "白沙大道 1 号")
        hands.press(Qt.Key.Key_Return)
        _show(hands, other)
        page.view.begin_fact("address")
        hands.write(hands.focus(), "珞璜")
    hands.written()
    assert row.editor is not None
    assert row.editor.typed() == "珞璜"
    assert enterprises.enterprise_page(hands.book, battery).enterprise.address == "白沙大道 1 号"
    assert hands.session.drafts.load(f"fact:{battery}:address") == {}
    with held_up(hands.session.background):
        hands.press(Qt.Key.Key_Return)
        enter(hands.focus(), "镇")
    hands.written()
    assert row.editor is not None
    assert row.editor.typed() == "珞璜镇"
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: row.editor is None)
    assert enterprises.enterprise_page(hands.book, other).enterprise.address == "珞璜镇"


def test_a_step_that_waits_to_be_written_is_one_and_takes_no_words_with_it(hands: Hands, battery: UUID) -> None:
    page, other = hands.enterprises(battery), _other(hands)
    steps, people = page.view.steps, page.view.people
    with held_up(hands.session.background):
        steps.begin()
        hands.write(hands.focus(), "周五 送方案")
        hands.press(Qt.Key.Key_Return)
        hands.press(Qt.Key.Key_Return)
        hands.click(hands.named(people, "新增联系人"))
        enter(people.adding.fields["name"], "张总")
        for _twice in range(2):
            hands.qtbot.keyClick(people.adding.fields["name"], Qt.Key.Key_Return)
        _show(hands, other)
        steps.begin()
        hands.write(hands.focus(), "周六 回访")
        hands.click(hands.named(people, "新增联系人"))
        enter(people.adding.fields["name"], "李总")
    hands.written()
    assert steps.adding.text() == "周六 回访"
    assert people.adding.fields["name"].text() == "李总"
    known = enterprises.enterprise_page(hands.book, battery)
    assert [task.what for task in known.tasks].count("送方案") == 1
    assert [one.contact.name for one in known.contacts].count("张总") == 1
    drafts = hands.session.drafts
    assert drafts.load(f"next_step:{battery}") == drafts.load(f"contact:{battery}") == {}


def test_a_form_that_is_saved_twice_while_the_book_is_busy_makes_one(hands: Hands, battery: UUID) -> None:
    hands.enterprises(battery)
    before = enterprises.enterprise_page(hands.book, battery)
    forms.open_contact(hands.session, hands.window, battery)
    form = hands.dialog()
    hands.fill(form, name="王某")
    with held_up(hands.session.background):
        hands.press(Qt.Key.Key_Return, CTRL)
        assert not form.form.isEnabled(), "what is typed from now on would not be saved"
        hands.press(Qt.Key.Key_Return, CTRL)
    hands.written()
    hands.come_back()
    dialog = open_follow_up(hands.session, hands.window, about="", enterprise_id=battery)
    hands.until(dialog.mode.count)
    enter(dialog.content, "约定复访")
    with held_up(hands.session.background):
        hands.press(Qt.Key.Key_Return, CTRL)
        assert not dialog.content.isEnabled(), "neither would this"
        hands.press(Qt.Key.Key_Return, CTRL)
    hands.written()
    hands.come_back()
    step = open_next_step(hands.session, hands.window, battery, "")
    step.activateWindow()
    hands.until(step.next_step.field.hasFocus)
    hands.press(Qt.Key.Key_Return)
    hands.until(step.error.isVisible)
    assert step.next_step.field.hasFocus(), "what was refused is put right"
    step.next_step.set_text("下周三 送资料")
    with held_up(hands.session.background):
        hands.press(Qt.Key.Key_Return)
        assert not step.next_step.field.isEnabled()
        hands.press(Qt.Key.Key_Return, CTRL)
    hands.written()
    after = enterprises.enterprise_page(hands.book, battery)
    assert len(after.contacts) == len(before.contacts) + 1
    assert len(after.timeline) == len(before.timeline) + 1
    assert len(after.tasks) == len(before.tasks) + 1
