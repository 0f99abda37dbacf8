"""The left column: a kind of paper, what it is to be about, and the papers that were kept."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.papers import PAPER_KIND_LABELS, PAPER_STATE_LABELS, IssuedPaper, PaperKind
from crm_app.errors import BadInput
from crm_app.i18n import N_, _
from crm_app.services import papers
from crm_app.services.book import Book
from crm_app.ui import theme
from crm_app.ui.papers.work import OF_TABLE, offers
from crm_app.ui.session import Session
from crm_app.ui.widgets.suggest import Answer, SuggestField, Suggestion
from crm_app.ui.widgets.text_field import TextField

_WIDTH = 248
_ROLE = Qt.ItemDataRole.UserRole
_ORDER = (
    PaperKind.BULLETIN,
    PaperKind.VISIT,
    PaperKind.TRIP,
    PaperKind.TRIP_PACK,
    PaperKind.ONE_PAGER,
    PaperKind.PROJECT,
)


class Choice(QWidget):
    """Kind → record or window → made; or a kept paper."""

    records_wanted = Signal(object, object)
    window_wanted = Signal(object, object, object)
    kept_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        self.setFixedWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self._heading(_("Make a paper")))
        self.kinds = self._make_kinds()
        column.addWidget(self.kinds)
        self.about = QStackedWidget(self)
        self.record = SuggestField(
            self._ask, self, placeholder=_("About which one? Type two characters"), label=_("Record")
        )
        self.record.chosen.connect(self._take)
        self.about.addWidget(self._boxed(self.record))
        self.about.addWidget(self._window_box())
        self.about.setFixedHeight(132)
        column.addWidget(self.about)
        column.addWidget(self._heading(_("Kept papers")))
        self.kept = QListWidget(self)
        self.kept.setAccessibleName(_("Kept papers"))
        self.kept.itemActivated.connect(lambda item: self.kept_wanted.emit(item.data(_ROLE)))
        column.addWidget(self.kept, 1)
        self.kinds.setCurrentRow(0)

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "strong")
        return label

    def _boxed(self, widget: QWidget) -> QWidget:
        box = QWidget(self)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(widget)
        layout.addStretch(1)
        return box

    def _make_kinds(self) -> QListWidget:
        made = QListWidget(self)
        made.setAccessibleName(_("Make a paper"))
        for kind in _ORDER:
            item = QListWidgetItem(_(PAPER_KIND_LABELS[kind]))
            item.setData(_ROLE, kind)
            made.addItem(item)
        made.setFixedHeight(len(_ORDER) * (theme.ROW + 2) + theme.S)
        made.currentItemChanged.connect(lambda _now, _before: self._ask_what())
        made.itemActivated.connect(lambda _item: self._begin())
        return made

    def _window_box(self) -> QWidget:
        box = QWidget(self)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        self.preset = QComboBox(box)
        self.preset.setAccessibleName(_("Window"))
        for word, start, end in presets(clock.today()):
            self.preset.addItem(_(word), (start, end))
        self.start = TextField(box, label=_("From"), placeholder=_("From"))
        self.end = TextField(box, label=_("Until"), placeholder=_("Until"))
        make = QPushButton(_("Compose"), box)
        make.setProperty("role", "primary")
        make.clicked.connect(lambda _checked=False: self._begin())
        self.preset.currentIndexChanged.connect(lambda _index: self._fill_window())
        self.end.returnPressed.connect(self._begin)
        for widget in (self.preset, self.start, self.end, make):
            layout.addWidget(widget)
        self._fill_window()
        return box

    def _fill_window(self) -> None:
        start, end = self.preset.currentData()
        self.start.setText(start.isoformat())
        self.end.setText(end.isoformat())

    @property
    def kind(self) -> PaperKind:
        """The kind of paper under the cursor."""
        return PaperKind(self.kinds.currentItem().data(_ROLE))

    def _ask_what(self) -> None:
        self.about.setCurrentIndex(0 if self.kind in OF_TABLE else 1)
        self.record.take_text("")

    def _begin(self) -> None:
        if self.kind in OF_TABLE:
            self.record.setFocus()
            return
        try:
            start, end = (_day(field.text()) for field in (self.start, self.end))
        except BadInput as error:
            self._session.trouble.emit(str(error))
            return
        self.window_wanted.emit(self.kind, start, end)

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
        """List the kept papers anew."""
        self._session.read(_kept, self._show_kept, owner=self)

    def _show_kept(self, kept: list[IssuedPaper]) -> None:
        self.kept.clear()
        for paper in kept:
            item = QListWidgetItem(f"{_(PAPER_STATE_LABELS[paper.state])} · {paper.title}")
            item.setToolTip(paper.title)
            item.setData(_ROLE, paper.id)
            self.kept.addItem(item)

    def focus_first(self) -> None:
        """Let the arrow keys walk the kinds."""
        self.kinds.setFocus()


def presets(today: date) -> tuple[tuple[str, date, date], ...]:
    """Return the windows a bureau reports on, as (word, first day, last day)."""
    half = 1 if today.month <= 6 else 7
    last_half = (date(today.year, 1, 1), date(today.year, 6, 30))
    return (
        (N_("First half of the year"), *last_half),
        (N_("This half-year to date"), date(today.year, half, 1), today),
        (N_("Year to date"), date(today.year, 1, 1), today),
        (N_("This month"), today.replace(day=1), today),
        (N_("Last year"), date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    )


def _day(text: str) -> date:
    read = days.parse_day(text, clock.today())
    return read.first


def _kept(book: Book) -> list[IssuedPaper]:
    return papers.list_papers(book)
