"""The lock of the window: everything is hidden, the key forgotten, and afterwards all is back as it was.

What is typed survives twice: in its widgets, which are only hidden, and as drafts in the book. Answers that come and
reads that are asked meanwhile wait in the background; no page touches a locked book.
"""

from __future__ import annotations

from functools import partial

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QStackedWidget, QWidget

from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.ui import late
from crm_app.ui.session import Session
from crm_app.ui.shell.asleep import Asleep
from crm_app.ui.shell.idle import Idle
from crm_app.ui.shell.unlock_card import UnlockCard
from crm_app.ui.words import book_name


class Lock(QObject):
    """Covers ``outer``, whose first widget is everything the window shows of a book."""

    began = Signal()
    shut = Signal()
    """The key is forgotten: nothing more stands in the way of the laptop's sleep."""
    ended = Signal()
    recovered = Signal(str)
    """It was opened by the recovery key, which is handed over so that a new password can be set."""

    def __init__(self, session: Session, outer: QStackedWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._outer = outer
        self._away: list[QWidget] = []
        self._focus: QWidget | None = None
        self.card: UnlockCard | None = None
        self.idle = Idle(lambda: session.settings.idle_minutes, self)
        self.idle.ran_out.connect(self.now)
        self.asleep = Asleep(self)
        self.asleep.going.connect(self._sleep)
        self.shut.connect(self.asleep.ready)
        session.lock_wanted.connect(self.now)
        session.opened.connect(self._heed)
        session.left.connect(self._heed)
        session.protection_changed.connect(self._heed)

    def cover(self, outer: QStackedWidget) -> None:
        """Cover another widget from now on: the window was built anew."""
        self._outer = outer

    def _heed(self) -> None:
        if self._session.is_protected:
            self.idle.begin()
            self.asleep.listen(self._outer.window())
        else:
            self.idle.stop()

    def _sleep(self) -> None:
        self.now()
        if self.card is None or self.card.is_ready:
            self.asleep.ready()

    @property
    def is_on(self) -> bool:
        """Whether the lock's card is all there is to see."""
        return self.card is not None

    def now(self) -> None:
        """Hide everything at once; the key is forgotten when what is being saved is saved. A plain book stays open."""
        if self.is_on or not self._session.is_protected:
            return
        self.idle.stop()
        self._focus = QApplication.focusWidget()
        if self._focus is not None and self._focus.window() is self._outer.window():
            # What a page saves when its field is left is left now; a dialog keeps a draft and stays as typed.
            self._focus.clearFocus()
        self._session.crash_hook.keep_drafts()
        self._away = _put_away(self._outer.window())
        self._cover()
        self.began.emit()
        background, book = self._session.background, self._session.book
        background.aside(lambda: late.service("protection").lock(book), self._locked, self._locked, owner=self)
        background.hold()
        # Before the laptop sleeps: what is painted now is what stands on the screen when it wakes.
        self._outer.window().repaint()

    def _cover(self) -> None:
        card = self.card = UnlockCard(book_name(self._session.book.path))
        card.tried.connect(self._try)
        card.wait(_("Finishing what is being saved…"))
        self._outer.addWidget(card)
        self._outer.setCurrentWidget(card)
        card.secret.setFocus()
        _app().focusChanged.connect(self._keep_focus)

    def _keep_focus(self, _before: QWidget | None, focus: QWidget | None) -> None:
        """Give the focus back where a page that is being filled took it: a password would be typed into what is hidden.

        What took it has it once the window is open again.
        """
        card = self.card
        if card is not None and focus is not None and focus.window() is card.window() and not card.isAncestorOf(focus):
            self._focus = focus
            card.secret.setFocus()

    def _locked(self, _answer: object) -> None:
        assert self.card is not None
        self.card.ready()
        self.shut.emit()

    def _try(self, secret: str) -> None:
        assert self.card is not None
        book = self._session.book

        def work() -> bool:
            protection = late.service("protection")
            protection.unlock(book, secret)
            return bool(protection.is_recovery_key(secret))

        self._session.background.aside(work, partial(self._open, secret), self._refuse, owner=self)

    def _refuse(self, error: CrmError) -> None:
        assert self.card is not None
        self.card.refuse(error)

    def _open(self, secret: str, recovered: bool) -> None:
        card, self.card = self.card, None
        assert card is not None
        _app().focusChanged.disconnect(self._keep_focus)
        self._outer.setCurrentIndex(0)
        self._outer.removeWidget(card)
        card.deleteLater()
        self.ended.emit()
        self._bring_back()
        self._session.background.resume()
        self.idle.begin()
        if recovered:
            self.recovered.emit(secret)

    def _bring_back(self) -> None:
        away, self._away = self._away, []
        for widget in away:
            if not shiboken6.isValid(widget):
                continue
            if isinstance(widget, QDialog) and widget.windowModality() != Qt.WindowModality.NonModal:
                widget.open()
            else:
                widget.show()
        focus, self._focus = self._focus, None
        if focus is not None and shiboken6.isValid(focus):
            focus.activateWindow()
            focus.setFocus()


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def _put_away(window: QWidget) -> list[QWidget]:
    """Hide every other window; return those to be shown again, the ones beneath first.

    A dialog that somebody waits for in a loop of its own, and one that asks the system for a file or a printer, ends as
    if it had been cancelled.
    """
    kept = []
    for one in QApplication.topLevelWidgets():
        if one is window or not one.isVisible():
            continue
        if isinstance(one, QDialog) and _cannot_come_back(one):
            one.reject()
        elif one.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip):
            one.close()
        else:
            one.hide()
            kept.append(one)
    return sorted(kept, key=_depth)


def _cannot_come_back(dialog: QDialog) -> bool:
    # By its name: the shell does without the library that prints.
    if isinstance(dialog, QFileDialog) or dialog.inherits("QAbstractPrintDialog"):
        return True
    return dialog.windowModality() == Qt.WindowModality.ApplicationModal


def _depth(widget: QWidget) -> int:
    above = widget.parentWidget()
    return 0 if above is None else 1 + _depth(above.window())
