"""Every dialog of the window, and how it is opened on the sample's book.

Whoever looks at all of them (for names, keys, words that are cut off, pictures) opens them here.
A dialog that stands neither in ``DIALOGS`` nor in ``LEFT`` fails test_every_place.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog

from crm_app import clock
from crm_app.domain.attachments import Attachment
from crm_app.domain.contacts import Contact
from crm_app.domain.day_plans import Place
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.listed import LISTS
from crm_app.services import attachments, backups, calendar, drafts, trips
from crm_app.services.attachments import Given, Held
from crm_app.services.book import Book
from crm_app.services.calendar import Item
from crm_app.services.drafts import Waiting
from crm_app.ui import reopening
from crm_app.ui.attachments.dropping import AskWhich, Target
from crm_app.ui.attachments.viewer import Viewer
from crm_app.ui.duplicates.merging import MergeDialog
from crm_app.ui.duplicates.partner import PartnerDialog
from crm_app.ui.enterprises.asking import WhichEnterprise
from crm_app.ui.enterprises.erasing import EraseDialog
from crm_app.ui.main_window import MainWindow
from crm_app.ui.notices import open_notice
from crm_app.ui.places import SHORTCUTS, Places
from crm_app.ui.records.deleting import ask_delete
from crm_app.ui.records.history import open_history
from crm_app.ui.report import open_report
from crm_app.ui.security import changes as secrets
from crm_app.ui.security import show_recovery_key
from crm_app.ui.session import Session
from crm_app.ui.settings.restore import RestoreDialog
from crm_app.ui.today.waiting import WaitingText
from crm_app.ui.trips.calendar.moving import MoveDialog, MoveTripDialog
from crm_app.ui.trips.plan_asking import AskAgain, RouteDialog
from crm_app.ui.trips.plan_with import open_plan_with
from crm_app.ui.widgets.edit_rows import EditRows
from crm_app.ui.widgets.own_views import OwnViews
from crm_app.ui.widgets.print_dialog import PrintDialog
from crm_app.ui.widgets.printing import Printing, Sides
from tests.files import hostile
from tests.ui.every_form import WALKED, Walk

Open = Callable[[Session, MainWindow], object]

NOTICE = """关于2023年上半年全市招商引资情况的通报
截至6月底，我区签约项目70个，总投资534亿元，位居全市第二；甲区签约项目81个，列全市第一。
上半年实际使用外资3000万美元，排名全市第9/12。招商工作走在全市前列。
示例市招商投资促进局
2023年7月10日"""
"""A ranking notice as it is pasted."""

LEFT = {
    "AskDialog": "what the dialogs of projects share",
    "ConfirmingDialog": "what the dialogs that confirm what was read share",
    "WritingDialog": "what the dialogs that write once share",
    "KeepingDialog": "what the dialogs that keep a draft share",
    "MeetingDialog": "what the dialogs of a visit and a reception share",
    "PaperDialog": "what the dialogs that work at a paper share",
    "TripForm": "what TripDialog and CopyDialog share",
    "_Asking": "what MoveDialog and MoveTripDialog share",
}
"""Dialogs that are not opened here, and why."""


def shown_dialogs() -> list[QDialog]:
    """Return the dialogs that stand open."""
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def away(dialog: QDialog) -> None:
    """Take a dialog away without a trace: deleted, not closed, since what closes a form keeps a draft of it.

    By Qt, with all that still has to go: PySide's own way of deleting fell over a child that had gone by itself.
    """
    dialog.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _form(walk: Walk) -> Open:
    """Open a form as Today opens its draft."""

    def show(session: Session, window: MainWindow) -> object:
        key = walk.key(session.book)
        drafts.keep(session.book, key, {"": " "})
        draft = next(one for one in drafts.waiting(session.book) if one.key == key)
        drafts.drop(session.book, key)
        return reopening.reopen(session, window, draft)

    return show


def _forms() -> Iterator[tuple[str, Open]]:
    for number, walk in enumerate(WALKED):
        if walk.part is None:
            yield f"form-{number:02d}-{walk.form}", _form(walk)


def _firms(book: Book) -> list[Enterprise]:
    with book.read() as reader:
        return sorted(reader.find(Enterprise), key=lambda one: one.name)[:2]


def _person(book: Book) -> Contact:
    with book.read() as reader:
        return min(reader.find(Contact), key=lambda one: one.name)


def _opened(dialog: QDialog) -> QDialog:
    dialog.open()
    return dialog


def _history(session: Session, window: MainWindow) -> object:
    firm, _other = _firms(session.book)
    return open_history(session, window, firm.id, firm.name)


def _partner(session: Session, window: MainWindow) -> object:
    firm, _other = _firms(session.book)
    return _opened(PartnerDialog(session, window, firm.id, firm.name))


def _merge(session: Session, window: MainWindow) -> object:
    return _opened(MergeDialog(session, window, [one.id for one in _firms(session.book)]))


def _edit_rows(session: Session, window: MainWindow) -> object:
    return _opened(EditRows(session, LISTS["enterprises"], [one.id for one in _firms(session.book)], window))


def _route(session: Session, window: MainWindow) -> object:
    trip = next(row.trip for row in trips.list_trips(session.book) if row.visits)
    plans = trips.trip_page(session.book, trip.id).plans
    return _opened(RouteDialog(window, plans, {plans[0].plan.id: Place(trip.start_on, "09:30")}))


def _plan_with(session: Session, window: MainWindow) -> object:
    return open_plan_with(session, window, [one.id for one in _firms(session.book)])


def _which_way(session: Session, window: MainWindow) -> object:
    firm, _other = _firms(session.book)
    return _opened(AskWhich(session, window, Target("enterprise", firm.id, firm.name), [Path("名册.xlsx")]))


def _again(session: Session, window: MainWindow) -> object:
    firm, _other = _firms(session.book)
    day = clock.today()
    return _opened(AskAgain(window, [(firm.name, Place(day, "09:30"), Place(day, "15:00"))]))


def _item(book: Book, kind: str) -> Item:
    """Return what of a kind the calendar has that can be put on another day."""
    year = clock.today().year
    span = calendar.between(book, date(year, 1, 1), date(year, 12, 31), {kind})
    return next(one for one in span.items if calendar.movable(one))


def _move(session: Session, window: MainWindow) -> object:
    return _opened(MoveDialog(window, _item(session.book, calendar.TASK)))


def _move_trip(session: Session, window: MainWindow) -> object:
    trip = _item(session.book, calendar.TRIP)
    return _opened(
        MoveTripDialog(window, trip, trip.on + timedelta(days=7), [one.name for one in _firms(session.book)])
    )


def _delete(session: Session, window: MainWindow) -> object:
    return ask_delete(session, window, "enterprise", _firms(session.book)[0].id)


def _report(session: Session, window: MainWindow) -> object:
    path = session.book.path.with_name("report.txt")
    path.write_text("builtins.KeyError\n  crm_app/ui/today/page.py:41 _show\n", encoding="utf-8")
    return open_report(window, path)


def _draft(session: Session, window: MainWindow) -> object:
    waiting = Waiting("contact:", 0, {"name": "张三丰", "note": "喜欢早上通话"})
    return _opened(WaitingText(session, window, waiting, lambda: None))


def _attachment(session: Session, window: MainWindow) -> object:
    """Look at two pictures that are stored beside the book; no row of it names them."""
    given = [Given(name, hostile.photo(size=(640, 400))) for name in ("厂房.jpg", "展厅.jpg")]
    files, _refused = attachments.ready(session.book, given)
    held = [Held(Attachment(id=uuid4(), **asdict(one))) for one in files]
    return _opened(Viewer(session, window, held, held[0]))


def _restore(session: Session, window: MainWindow) -> object:
    if not backups.list_backups(session.book.path):
        backups.back_up_now(session.book, None)
    return _opened(RestoreDialog(session, session.book, None, window))


def _ledger(session: Session, window: MainWindow) -> object:
    """Import a ledger with a row that is new, one that says more of a known one, and one that is refused."""
    path = session.book.path.with_name("企业名册.csv")
    known = _firms(session.book)[0].name
    rows = ("企业名称,所属区域,联系人,电话", "甲一电池(示例)有限公司,重庆,张总,13812345678", f"{known},,李总,", ",,,")
    path.write_text("\n".join(rows), encoding="utf-8")
    return Places().imports(session, window, [path])


def _print(session: Session, window: MainWindow) -> object:
    return _opened(PrintDialog(window, session.settings, ["办公室打印机"], Printing("手册", sides=Sides.LONG), 12))


DIALOGS: dict[str, Open] = {
    "log": lambda session, window: Places().log(session, window, None),
    "import-ledger": _ledger,
    "import": lambda session, window: Places().imports(session, window, []),
    "notice": lambda session, window: open_notice(session, window, NOTICE),
    "export": lambda session, window: Places().export(session, window, "enterprise"),
    "help": lambda session, window: Places().help(session, window, "today"),
    "shortcuts": lambda session, window: Places().help(session, window, SHORTCUTS),
    "history": _history,
    "which": lambda session, window: _opened(WhichEnterprise(session, window, "？", lambda _id, _name: None)),
    "partner": _partner,
    "merge": _merge,
    "edit-rows": _edit_rows,
    "route": _route,
    "plan-with": _plan_with,
    "ask-which": _which_way,
    "ask-again": _again,
    "own-views": lambda session, window: _opened(OwnViews(session, "enterprises", window)),
    "erase": lambda session, window: _opened(EraseDialog(session, window, _person(session.book).id)),
    "protect": lambda session, window: _opened(secrets.protect(session, window)),
    "secret-change": lambda session, window: _opened(secrets.change(session, window)),
    "secret-remove": lambda session, window: _opened(secrets.remove(session, window)),
    "print": _print,
    "move": _move,
    "move-trip": _move_trip,
    "delete": _delete,
    "attachment": _attachment,
    "restore": _restore,
    "draft": _draft,
    "report": _report,
    "recovery": lambda session, window: show_recovery_key(session, window, "0123-4567-89AB-CDEF"),
    **dict(_forms()),
}
"""By name what opens it."""
