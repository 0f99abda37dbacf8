"""The left column: a kind of paper and what it is to be about, or the papers that were kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.counting import Window
from crm_app.domain.papers import MadeOf, PaperKind, made_of
from crm_app.domain.staff import Person
from crm_app.errors import BadInput
from crm_app.i18n import N_, _
from crm_app.services import papers, staff
from crm_app.services.papers import Asked
from crm_app.ui import theme
from crm_app.ui.papers.kept import Kept
from crm_app.ui.papers.kinds import Kinds
from crm_app.ui.papers.periods import offered
from crm_app.ui.papers.words import OF_KINDS
from crm_app.ui.papers.work import offers
from crm_app.ui.session import Session
from crm_app.ui.widgets.suggest import Answer, SuggestField, Suggestion
from crm_app.ui.widgets.text_field import TextField
from crm_app.ui.widgets.view_tabs import ViewTabs

_WIDTH = 248
_BOXES = (MadeOf.RECORD, MadeOf.WINDOW, MadeOf.LIST)
"""What is asked, in the order of the boxes that ask it."""
MAKE, KEPT = "make", "kept"


class Choice(QWidget):
    """Kind → record, window or list → made; or a kept paper."""

    records_wanted = Signal(object, object)
    window_wanted = Signal(object, object)
    list_wanted = Signal(str)
    words_wanted = Signal(object, object)
    """The first and the last day of the window whose words are to be changed."""
    kept_wanted = Signal(object)
    turned = Signal()
    """Another kind is under the cursor, or what is kept is shown instead."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        self.setFixedWidth(theme.px(_WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        self.tabs = ViewTabs(((MAKE, N_("Make a paper")), (KEPT, N_("Kept papers"))), self.show_view, self)
        self.tabs.listen(self)
        tabs = QHBoxLayout()
        tabs.addWidget(self.tabs)
        tabs.addStretch(1)
        column.addLayout(tabs)
        self._views = QStackedWidget(self)
        self._make = self._make_view()
        self._marked: UUID | None = None
        self._views.addWidget(self._make)
        column.addWidget(self._views, 1)
        self.tabs.show_view(MAKE)
        self._ask_what()

    @cached_property
    def kept(self) -> Kept:
        """The kept papers, read when they are first shown."""
        made = Kept(self._session, self)
        made.wanted.connect(self.kept_wanted)
        self._views.addWidget(made)
        made.reload()
        made.mark(self._marked)
        return made

    def _make_view(self) -> QWidget:
        # In its place from the beginning: to move a full widget elsewhere takes as long as to make it.
        view = QWidget(self._views)
        column = QVBoxLayout(view)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        self.kinds = Kinds(view)
        self.kinds.chosen.connect(self._ask_what)
        self.kinds.begun.connect(self._begin)
        column.addWidget(self.kinds, 1)
        self.about = QStackedWidget(view)
        self.record = SuggestField(
            self._ask, self, placeholder=_("About which one? Type two characters"), label=_("What it is about")
        )
        self.record.chosen.connect(self._take)
        self.about.addWidget(self._boxed(self.record))
        self.about.addWidget(self._window_box())
        self.about.addWidget(self._list_box())
        column.addWidget(self.about)
        column.addStretch(0)
        return view

    def show_view(self, view: str) -> None:
        """Show what can be made, or what was kept."""
        self.tabs.show_view(view)
        self._views.setCurrentWidget(self.kept if view == KEPT else self._make)
        self.turned.emit()
        self.focus_first()

    @property
    def making(self) -> bool:
        """Whether the kinds are shown, not what is kept."""
        return self._views.currentWidget() is self._make

    def _boxed(self, *widgets: QWidget) -> QWidget:
        box = QWidget(self.about)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        for widget in widgets:
            layout.addWidget(widget)
        layout.addStretch(1)
        return box

    def _beside(self, *widgets: QWidget) -> QWidget:
        pair = QWidget(self)
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.XS)
        for widget in widgets:
            row.addWidget(widget, 1)
        return pair

    def _window_box(self) -> QWidget:
        self.preset = QComboBox(self)
        self.preset.setAccessibleName(_("Window"))
        self.start = TextField(self, label=_("From"), placeholder=_("From"))
        self.end = TextField(self, label=_("Until"), placeholder=_("Until"))
        self.owner = QComboBox(self)
        self.owner.setAccessibleName(_("Whose"))
        self.owner.addItem(_("Everybody"), None)
        self.words = QPushButton(_("Words…"), self)
        self.words.clicked.connect(lambda _checked=False: self._ask_words())
        self.preset.currentIndexChanged.connect(lambda index: self._fill_window() if index >= 0 else None)
        self.end.returnPressed.connect(self._begin)
        made = self._compose_button()
        days_between = self._beside(self.start, self.end)
        return self._boxed(self.preset, days_between, self.owner, self._beside(self.words, made))

    def _list_box(self) -> QWidget:
        self.lists = QComboBox(self)
        self.lists.setAccessibleName(_("List printed"))
        for name, title in papers.printed_lists():
            self.lists.addItem(title, name)
        return self._boxed(self.lists, self._compose_button())

    def _compose_button(self) -> QPushButton:
        made = QPushButton(_("Compose"), self)
        made.setProperty("role", "primary")
        made.clicked.connect(lambda _checked=False: self._begin())
        return made

    def _offer_windows(self) -> None:
        self.preset.clear()
        for words, start, end in offered(self.kind, clock.today()):
            self.preset.addItem(words, (start, end))

    def _fill_window(self) -> None:
        start, end = self.preset.currentData()
        self.start.setText(days.show_short(start))
        self.end.setText(days.show_short(end))

    @property
    def kind(self) -> PaperKind:
        """The kind of paper under the cursor."""
        return self.kinds.kind

    def _ask_what(self) -> None:
        made = made_of(self.kind)
        if made is MadeOf.WINDOW:
            self._offer_windows()
            self.words.setVisible(self.kind in OF_KINDS)
            self.owner.setVisible(self.kind is PaperKind.FOLLOW_UPS)
        asked = _BOXES.index(made)
        self.about.setCurrentIndex(asked)
        box = self.about.widget(asked)
        assert box is not None, "every kind asks something"
        self.about.setFixedHeight(box.sizeHint().height())
        self.record.take_text("")
        self.turned.emit()

    def _begin(self) -> None:
        """Ask what a paper is about, or compose what is asked for already."""
        match made_of(self.kind):
            case MadeOf.RECORD:
                self.record.setFocus()
            case MadeOf.LIST:
                self.list_wanted.emit(self.lists.currentData())
            case MadeOf.WINDOW:
                self._begin_window()

    def _days(self) -> tuple[date, date] | None:
        """Return the days typed; what is wrong with them is told, and there are none."""
        today = clock.today()
        try:
            window = Window(days.parse_day(self.start.text(), today).first, days.parse_day(self.end.text(), today).last)
        except BadInput as error:
            self._session.trouble.emit(str(error))
            return None
        return window.first, window.last

    def _ask_words(self) -> None:
        if asked := self._days():
            self.words_wanted.emit(*asked)

    def _begin_window(self) -> None:
        asked = self._days()
        if asked is None:
            return
        start, end = asked
        whose = self.owner.currentData() if self.kind is PaperKind.FOLLOW_UPS else None
        self.window_wanted.emit(self.kind, Asked(ids=(whose,) if whose else (), start=start, end=end))

    def _ask(self, text: str, answer: Answer) -> None:
        if not text:
            answer(())
            return
        book, kind = self._session.book, self.kind
        self._latest.read(
            lambda: offers(book, kind, text),
            lambda found: answer([Suggestion(title, record) for record, title in found]),
            owner=self,
        )

    def _take(self, taken: Suggestion) -> None:
        self.record.take_text(taken.text)
        self.records_wanted.emit(self.kind, taken.value)

    def reload(self) -> None:
        """List the kept papers anew, where they are listed."""
        if "kept" in vars(self):
            self.kept.reload()

    def reload_people(self) -> None:
        """Offer those whose next steps can be listed."""
        self._session.read(staff.colleagues, self._offer_people, owner=self)

    def _offer_people(self, found: Sequence[Person]) -> None:
        chosen = self.owner.currentData()
        while self.owner.count() > 1:
            self.owner.removeItem(1)
        for one in found:
            self.owner.addItem(one.name, one.id)
            if one.id == chosen:
                self.owner.setCurrentIndex(self.owner.count() - 1)

    def mark(self, paper: UUID | None) -> None:
        """Put the cursor on a kept paper, or on none."""
        self._marked = paper
        if "kept" in vars(self):
            self.kept.mark(paper)

    def focus_first(self) -> None:
        """Let the arrow keys walk the kinds, or what was kept."""
        if self.making:
            self.kinds.setFocus()
        else:
            self.kept.focus_first()
