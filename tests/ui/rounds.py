"""A round through the window: every place with its views, every dialog, each as it stands in the sample's book.

Whoever looks at all of them (names for screen readers, ambiguous keys, words that are cut off, pictures) walks it. A
dialog that is opened nowhere is missed by test_every_place.py: it is opened here, or ``LEFT`` says why not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.listed import LISTS
from crm_app.domain.papers import PaperKind
from crm_app.services import drafts, projects, trips, visits
from crm_app.services.book import Book
from crm_app.services.drafts import Waiting
from crm_app.ui import reopening
from crm_app.ui.duplicates.merging import MergeDialog
from crm_app.ui.duplicates.partner import PartnerDialog
from crm_app.ui.enterprises.asking import WhichEnterprise
from crm_app.ui.enterprises.erasing import EraseDialog
from crm_app.ui.main_window import MainWindow
from crm_app.ui.places import SETTINGS, SHORTCUTS, Places
from crm_app.ui.records.history import HistoryDialog
from crm_app.ui.security import changes as secrets
from crm_app.ui.security import show_recovery_key
from crm_app.ui.session import Session
from crm_app.ui.settings.page import PARTS
from crm_app.ui.trips.trip_view import TABS
from crm_app.ui.widgets.edit_rows import EditRows
from crm_app.ui.widgets.own_views import OwnViews
from tests.ui.every_form import WALKED

LEFT = {
    "RestoreDialog": "shows a backup, and there is none in the sample: tests/ui/settings walk it",
    "ReportDialog": "shows the report of a crash: tests/ui/test_crash.py",
    "WaitingText": "shows a draft whose record is gone: tests/ui/test_every_form.py",
    "Viewer": "shows an attachment, and the sample has none: tests/ui/attachments",
    "AskDialog": "what the dialogs of projects share",
    "_TripDialog": "what TripDialog and CopyDialog share",
    "DeleteDialog": "opened by what answers beside the window: tests/ui/records",
}
"""Dialogs that the round does not open, and why."""

_LONGEST_MS = 30_000
_REST_MS = 10


class Round:
    """One window on a copy of the sample; ``window`` is shown and has its book."""

    def __init__(self, session: Session, window: MainWindow, book: Book) -> None:
        self.session, self.window, self.book = session, window, book
        QApplication.setCursorFlashTime(0)

    def rest(self) -> None:
        """Work until everything asked for is answered and painted."""
        for _turn in range(_LONGEST_MS // _REST_MS):
            loop = QEventLoop()
            QTimer.singleShot(_REST_MS, loop.quit)
            loop.exec()
            if not self.session.background.busy:
                return
        raise AssertionError("the window does not come to rest")

    def places(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """Yield each place and view by its name, with what goes there."""
        book = self.book
        met = [enterprise for _visit, enterprise in visits.recent_visits(book, 300)]
        visit = visits.recent_visits(book, 1)[0][0]
        busiest = max(met, key=lambda one: (sum(other.id == one.id for other in met), one.name))
        trip = next(row.trip for row in trips.list_trips(book) if row.visits)
        largest = max(projects.list_projects(book), key=lambda row: (row.amount_yuan or 0, row.project.name))
        go = self.session.go
        yield "today", partial(go, "today")
        for view in ("list", "contacts", "duplicates"):
            yield f"enterprises-{view}", partial(go, "enterprises", None, view)
        yield "enterprise", partial(go, "enterprises", busiest.id)
        for view in ("leads", "board", "table"):
            yield f"projects-{view}", partial(go, "projects", None, view)
        yield "project", partial(go, "projects", largest.project.id)
        for view in ("trips", "visits", "follow_ups", "tasks"):
            yield f"trips-{view}", partial(go, "trips", None, view)
        for view in (*TABS, "evening"):
            yield f"trip-{view}", partial(go, "trips", trip.id, view)
        yield "visit", partial(go, "trips", visit.id, "visit")
        yield "papers", partial(go, "papers", busiest.id, PaperKind.ONE_PAGER.value)
        yield "figures", partial(go, "figures")
        for part, _words, _kind in PARTS:
            yield f"settings-{part}", partial(go, SETTINGS, None, part)

    def stops(self, only: tuple[str, ...] = (), *, once: bool = False) -> Iterator[tuple[str, QWidget]]:
        """Go to each place and open each dialog in turn, and yield the page or the dialog that stands there.

        ``once``: of the dialogs of one class the first alone.
        """
        for name, go in self.places():
            if not only or name in only:
                go()
                self.rest()
                assert self.window.page is not None
                yield name, self.window.page
        met: set[str] = set()
        for name, open_dialog in self.dialogs():
            kind = name.partition("-")[0]
            if (not only or name in only) and not (once and kind in met):
                met.add(kind)
                yield from self._opened(name, open_dialog)

    def _opened(self, name: str, open_dialog: Callable[[], object]) -> Iterator[tuple[str, QWidget]]:
        before = set(shown_dialogs())
        kept = open_dialog()
        self.rest()
        found = [one for one in shown_dialogs() if one not in before]
        assert len(found) == 1, (name, found, kept)
        yield name, found[0]
        # Deleted, not closed: what closes a form keeps a draft of it.
        shiboken6.delete(found[0])
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.window.activateWindow()

    def dialogs(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Yield each dialog by its name, with what opens it."""
        for name, draft in _forms(self.book):
            yield name, partial(reopening.reopen, self.session, self.window, draft)
        session, window, places = self.session, self.window, Places()
        firm, other = self._two()
        yield "Handbook", partial(places.help, session, window, "today")
        yield "Handbook-shortcuts", partial(places.help, session, window, SHORTCUTS)
        yield "ImportDialog", partial(session.import_wanted.emit, [])
        yield "ExportDialog", partial(session.export_wanted.emit, "enterprise")
        yield "HistoryDialog", lambda: _open(HistoryDialog(session, window, firm.id, firm.name))
        yield "WhichEnterprise", lambda: _open(WhichEnterprise(session, window, "？", lambda _id, _name: None))
        yield "PartnerDialog", lambda: _open(PartnerDialog(session, window, firm.id, firm.name))
        yield "MergeDialog", lambda: _open(MergeDialog(session, window, [firm.id, other.id]))
        yield "EditRows", lambda: _open(EditRows(session, LISTS["enterprises"], [firm.id], window))
        yield "OwnViews", lambda: _open(OwnViews(session, "enterprises", window))
        yield "EraseDialog", lambda: _open(EraseDialog(session, window, self._contact().id))
        yield "SecretDialog", lambda: _open(secrets.protect(session, window))
        yield "RecoveryDialog", partial(show_recovery_key, session, window, "0123-4567-89AB-CDEF")

    def _two(self) -> tuple[Enterprise, Enterprise]:
        with self.book.read() as reader:
            found = sorted(reader.find(Enterprise), key=lambda one: one.name)
        return found[0], found[1]

    def _contact(self) -> Contact:
        with self.book.read() as reader:
            return min(reader.find(Contact), key=lambda one: one.name)


def shown_dialogs() -> list[QDialog]:
    """Return the dialogs that stand open."""
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def _open(dialog: QDialog) -> QDialog:
    dialog.open()
    return dialog


def _forms(book: Book) -> list[tuple[str, Waiting]]:
    """Return the dialogs in which something is typed, each by the draft that would be kept of it."""
    walks = [(walk, walk.key(book)) for walk in WALKED if walk.part is None]
    for _walk, key in walks:
        drafts.keep(book, key, {"": " "})
    waiting = {one.key: one for one in drafts.waiting(book)}
    for _walk, key in walks:
        drafts.drop(book, key)
    return [(f"{walk.form}-{key.partition(':')[0]}-{n}", waiting[key]) for n, (walk, key) in enumerate(walks)]
