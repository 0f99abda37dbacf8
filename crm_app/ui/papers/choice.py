"""The left column: a kind of paper, what it is to be about, and the papers that were kept."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
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
from crm_app.domain.papers import PAPER_KIND_LABELS, PAPER_STATE_LABELS, IssuedPaper, MadeOf, PaperKind, made_of
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services import papers
from crm_app.ui import theme
from crm_app.ui.papers.work import offers
from crm_app.ui.papers.wrapped_list import WrappedList
from crm_app.ui.session import Session
from crm_app.ui.widgets.suggest import Answer, SuggestField, Suggestion
from crm_app.ui.widgets.text_field import TextField
from crm_app.ui.windows_of_days import presets

_WIDTH = 248
_ROLE = Qt.ItemDataRole.UserRole
_BOXES = (MadeOf.RECORD, MadeOf.WINDOW, MadeOf.LIST)
"""What is asked, in the order of the boxes that ask it."""


class Choice(QWidget):
    """Kind → record, window or list → made; or a kept paper."""

    records_wanted = Signal(object, object)
    window_wanted = Signal(object, object, object)
    list_wanted = Signal(str)
    words_wanted = Signal()
    kept_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        self.setFixedWidth(theme.px(_WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self._heading(_("Make a paper")))
        self.kinds = self._make_kinds()
        column.addWidget(self.kinds)
        self.about = QStackedWidget(self)
        self.record = SuggestField(
            self._ask, self, placeholder=_("About which one? Type two characters"), label=_("What it is about")
        )
        self.record.chosen.connect(self._take)
        self.about.addWidget(self._boxed(self.record))
        self.about.addWidget(self._window_box())
        self.about.addWidget(self._list_box())
        column.addWidget(self.about)
        column.addWidget(self._heading(_("Kept papers")))
        self.kept = WrappedList(self, _("Kept papers"))
        self.kept.taken.connect(self.kept_wanted)
        column.addWidget(self.kept, 1)
        self.kinds.setCurrentRow(0)

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "strong")
        return label

    def _boxed(self, *widgets: QWidget) -> QWidget:
        box = QWidget(self)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        for widget in widgets:
            layout.addWidget(widget)
        layout.addStretch(1)
        return box

    def _make_kinds(self) -> QListWidget:
        made = QListWidget(self)
        made.setAccessibleName(_("Make a paper"))
        made.setUniformItemSizes(True)
        for kind in PaperKind:
            item = QListWidgetItem(_(PAPER_KIND_LABELS[kind]))
            item.setData(_ROLE, kind)
            item.setSizeHint(QSize(0, theme.ROW))
            made.addItem(item)
        made.setMaximumHeight(len(PaperKind) * theme.ROW + 2 * made.frameWidth() + theme.XS)
        made.currentItemChanged.connect(lambda _now, _before: self._ask_what())
        made.itemActivated.connect(lambda _item: self._begin())
        return made

    def _window_box(self) -> QWidget:
        self.preset = QComboBox(self)
        self.preset.setAccessibleName(_("Window"))
        for word, start, end in presets(clock.today()):
            self.preset.addItem(_(word), (start, end))
        self.start = TextField(self, label=_("From"), placeholder=_("From"))
        self.end = TextField(self, label=_("Until"), placeholder=_("Until"))
        words = QPushButton(_("Words…"), self)
        words.clicked.connect(lambda _checked=False: self.words_wanted.emit())
        self.preset.currentIndexChanged.connect(lambda _index: self._fill_window())
        self.end.returnPressed.connect(self._begin)
        self._fill_window()
        return self._boxed(self.preset, self.start, self.end, words, self._compose_button())

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

    def _fill_window(self) -> None:
        start, end = self.preset.currentData()
        self.start.setText(start.isoformat())
        self.end.setText(end.isoformat())

    @property
    def kind(self) -> PaperKind:
        """The kind of paper under the cursor."""
        return PaperKind(self.kinds.currentItem().data(_ROLE))

    def _ask_what(self) -> None:
        asked = _BOXES.index(made_of(self.kind))
        self.about.setCurrentIndex(asked)
        box = self.about.widget(asked)
        assert box is not None, "every kind asks something"
        self.about.setFixedHeight(box.sizeHint().height())
        self.record.take_text("")

    def _begin(self) -> None:
        """Ask what a paper is about, or compose what is asked for already."""
        match made_of(self.kind):
            case MadeOf.RECORD:
                self.record.setFocus()
            case MadeOf.LIST:
                self.list_wanted.emit(self.lists.currentData())
            case MadeOf.WINDOW:
                self._begin_window()

    def _begin_window(self) -> None:
        today = clock.today()
        try:
            start = days.parse_day(self.start.text(), today).first
            end = days.parse_day(self.end.text(), today).last
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
        self._session.read(papers.list_papers, self._show_kept, owner=self)

    def _show_kept(self, kept: list[IssuedPaper]) -> None:
        shown = self.kept.value(self.kept.currentRow()) if self.kept.currentRow() >= 0 else None
        sentences: list[tuple[str, UUID | None]] = [
            (_("{state} · {title}").format(state=_(PAPER_STATE_LABELS[one.state]), title=one.title), one.id)
            for one in kept
        ]
        self.kept.put(sentences or [(_("None yet. A paper that was made is kept as a draft from the right."), None)])
        self.mark(shown)

    def mark(self, paper: UUID | None) -> None:
        """Put the cursor on a kept paper, or on none."""
        rows = range(self.kept.count()) if paper is not None else ()
        self.kept.setCurrentRow(next((row for row in rows if self.kept.value(row) == paper), -1))

    def focus_first(self) -> None:
        """Let the arrow keys walk the kinds."""
        self.kinds.setFocus()
