"""快速登记: duplicates told, a number that finds its own field, drafts kept."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_app.domain import amounts, days
from crm_app.domain.enterprises import Enterprise
from crm_app.services import enterprises, leads, tasks
from crm_app.services.book import Book
from crm_app.ui.log.dialog import LogDialog
from tests.ui.keyboard import CTRL, SHIFT
from tests.ui.kit import held_up
from tests.ui.sampled import PUBLISHED, Hands

USCC = "91500000MA5U00000W"
NEW = "渝新储能(示例)有限公司"


def opened(hands: Hands) -> LogDialog:
    QTest.keyClick(hands.window, Qt.Key.Key_N, CTRL)
    dialog = hands.dialog(LogDialog)
    hands.until(dialog.enterprise.hasFocus)
    return dialog


def saved(hands: Hands, dialog: LogDialog) -> leads.LeadRow:
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.closed(dialog)
    return leads.list_leads(hands.book)[0]


def known(book: Book) -> Enterprise:
    return next(one for one in enterprises.all_enterprises(book) if one.category and not one.uscc)


def test_only_the_name_is_required(hands: Hands) -> None:
    dialog = opened(hands)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(dialog.error.text)
    assert dialog.enterprise.hasFocus()
    hands.write(NEW)
    with held_up(hands.session.background):
        hands.press(Qt.Key.Key_Return, CTRL)
        assert not dialog.note.isEnabled(), "what is typed from now on would not be saved"
        hands.press(Qt.Key.Key_Return, CTRL)
    hands.closed(dialog)
    hands.settle()
    made = [one for one in leads.list_leads(hands.book) if one.enterprise.name == NEW]
    assert len(made) == 1, "saved twice while the book is busy, it is logged once"


def test_a_known_enterprise_is_taken_by_initials(hands: Hands) -> None:
    before = len(enterprises.all_enterprises(hands.book))
    dialog = opened(hands)
    hands.write("jwjy")
    hands.until(lambda: dialog.enterprise.offers)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    assert dialog.enterprise.text() == "巨湾技研"
    assert dialog.contact.hasFocus()
    assert saved(hands, dialog).enterprise.name == "巨湾技研"
    assert len(enterprises.all_enterprises(hands.book)) == before


def test_a_likely_duplicate_is_told_and_f3_shows_it(hands: Hands) -> None:
    likely = known(hands.book)
    dialog = opened(hands)
    hands.write(likely.name.replace("(", "（").replace(")", "）"))
    hands.until(dialog.warning.isVisible)
    assert likely.name in dialog.warning.text()
    hands.press(Qt.Key.Key_F3)
    hands.until(lambda: not dialog.isVisible())
    assert hands.went_to("enterprises").record == likely.id


def test_a_bare_phone_takes_the_enterprise_known_by_it(hands: Hands) -> None:
    leads.log_lead(hands.book, leads.LogLead(NEW, contact="张总", phone="+8613812345678"))
    dialog = opened(hands)
    hands.write("13812345678")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: dialog.enterprise.text() == NEW)
    assert dialog.contact.hasFocus()
    assert dialog.phone.text() == ""


def test_a_bare_phone_of_nobody_moves_to_its_field_and_the_cursor_waits_for_the_name(hands: Hands) -> None:
    dialog = opened(hands)
    hands.write("13912345678")
    hands.press(Qt.Key.Key_Return)
    hands.until(dialog.phone.text)
    assert dialog.phone.text() == "13912345678"
    assert dialog.enterprise.hasFocus()
    assert dialog.enterprise.text() == ""
    assert "13912345678" in dialog.moved.text()
    hands.write(NEW)
    lead = saved(hands, dialog)
    page = enterprises.enterprise_page(hands.book, lead.enterprise.id)
    assert [one.contact.phone for one in page.contacts] == ["+8613912345678"]


def test_a_bare_credit_code_is_kept_for_the_new_enterprise(hands: Hands) -> None:
    dialog = opened(hands)
    hands.write(USCC)
    hands.press(Qt.Key.Key_Tab)
    hands.until(dialog.moved.isVisible)
    hands.until(dialog.enterprise.hasFocus)
    assert USCC in dialog.moved.text()
    hands.write(NEW)
    assert saved(hands, dialog).enterprise.uscc == USCC


def test_a_credit_code_with_a_slip_is_told(hands: Hands) -> None:
    dialog = opened(hands)
    hands.write(USCC[:-1] + ("1" if USCC[-1] != "1" else "2"))
    hands.press(Qt.Key.Key_Return)
    hands.until(dialog.error.isVisible)
    assert dialog.enterprise.text()
    hands.press(Qt.Key.Key_Escape)
    hands.closed(dialog)


def test_a_bare_amount_asks_its_unit(hands: Hands) -> None:
    dialog = opened(hands)
    hands.write(NEW)
    hands.tab_to(dialog.amount.line)
    hands.write("5")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.until(dialog.error.isVisible)
    assert dialog.amount.line.hasFocus()
    hands.write("亿")
    assert saved(hands, dialog).lead.intent == amounts.parse_range("5亿")


def test_esc_keeps_a_draft_that_is_offered_back(hands: Hands) -> None:
    dialog = opened(hands)
    hands.write(NEW)
    hands.tab_to(dialog.note)
    hands.write("要5万㎡厂房")
    hands.press(Qt.Key.Key_Escape)
    hands.closed(dialog)
    assert not any(one.enterprise.name == NEW for one in leads.list_leads(hands.book))

    again = opened(hands)
    assert (again.enterprise.text(), again.note.toPlainText()) == (NEW, "要5万㎡厂房")
    assert again.kept.isVisible()
    assert saved(hands, again).lead.note == "要5万㎡厂房"
    assert opened(hands).enterprise.text() == ""


def test_a_draft_can_be_thrown_away(hands: Hands) -> None:
    dialog = opened(hands)
    hands.write(NEW)
    hands.press(Qt.Key.Key_Escape)
    hands.closed(dialog)
    again = opened(hands)
    hands.click(again.kept)
    assert again.enterprise.text() == ""
    assert not again.kept.isVisible()
    hands.press(Qt.Key.Key_Escape)
    hands.closed(again)
    third = opened(hands)
    assert not third.kept.isVisible()
    hands.press(Qt.Key.Key_Escape)
    hands.closed(third)

    hands.window.toast.undo_wanted.emit()
    hands.until(lambda: hands.session.drafts.load("log"))
    assert opened(hands).enterprise.text() == NEW


def test_save_and_next_goes_on_with_an_empty_form_and_the_last_source(hands: Hands) -> None:
    dialog = opened(hands)
    hands.until(dialog.source.count)
    dialog.source.setCurrentIndex(2)
    source = dialog.source.currentText()
    hands.write(NEW)
    hands.press(Qt.Key.Key_Return, CTRL | SHIFT)
    hands.until(lambda: not dialog.enterprise.text())
    assert dialog.isVisible()
    assert dialog.enterprise.hasFocus()
    hands.settle()
    hands.write("渝新储能二号(示例)")
    lead = saved(hands, dialog)
    assert {one.enterprise.name for one in leads.list_leads(hands.book)[:2]} == {NEW, "渝新储能二号(示例)"}
    assert lead.lead.source == source


def test_a_lead_of_one_enterprise_leaves_the_other_draft_alone(hands: Hands) -> None:
    dialog = opened(hands)
    hands.write(NEW)
    hands.press(Qt.Key.Key_Escape)
    hands.closed(dialog)

    hands.session.log_wanted.emit(known(hands.book).id)
    of_one = hands.dialog(LogDialog)
    hands.until(lambda: of_one.enterprise.text() == known(hands.book).name)
    assert not of_one.kept.isVisible()
    hands.tab_to(of_one.note)
    hands.write("补记")
    assert saved(hands, of_one).enterprise.id == known(hands.book).id
    assert opened(hands).enterprise.text() == NEW


def test_chinese_being_composed_is_not_cut_short(hands: Hands) -> None:
    dialog = opened(hands)
    hands.write("渝新")
    assert dialog.enterprise.text() == "渝新"
    hands.tab_to(dialog.next_step.field)
    hands.write("下周三 回访")
    due = days.parse_day("下周三", PUBLISHED).first
    assert days.show_of_year(due) in dialog.next_step.echo.text()
    hands.press(Qt.Key.Key_Escape)
    hands.closed(dialog)
    assert not [due for due in tasks.agenda(hands.book).week if due.what == "渝新"]
