"""One step: field by field what it did, what taking it back would change, and the button that does so."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crm_app.errors import CrmError, Refused
from crm_app.i18n import _, ngettext
from crm_app.services import changes
from crm_app.services.book import Book
from crm_app.services.changes import Preview, RowChange, Standing, UnitLine
from crm_app.services.outcome import Changes, Outcome
from crm_app.ui import theme
from crm_app.ui.background import Progress
from crm_app.ui.session import Session
from crm_app.ui.settings.steps_words import counts, moment
from crm_app.ui.widgets.parts import literal

_MOST_RECORDS = 200
_MOST_OBSTACLES = 6
_MOST_FIRST = 3
_FIELD_WIDTH, _FIELD_LEAST = 96, 40


@dataclass(frozen=True)
class _Read:
    """What is read of a step; ``refused`` says why it can neither be undone nor redone."""

    line: UnitLine
    rows: list[RowChange]
    preview: Preview | None
    refused: str = ""


def _read(book: Book, n: int) -> _Read:
    line = changes.unit_line(book, n)
    rows = changes.row_changes(book, n, limit=_MOST_RECORDS)
    try:
        look = changes.preview_redo if line.standing is Standing.UNDONE else changes.preview_undo
        return _Read(line, rows, look(book, n))
    except Refused as error:
        return _Read(line, rows, None, str(error))


class StepView(QFrame):
    """Shows the step it is given; ``step_wanted`` asks for another one by its number."""

    step_wanted = Signal(int)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._session = session
        self._latest = session.latest()
        self._line: UnitLine | None = None
        self.title = QLabel(self)
        self.title.setProperty("role", "heading")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.about = self._label("muted")
        self.tree = self._make_tree()
        self.consequence = self._label("muted")
        self.first = QVBoxLayout()
        self.first.setSpacing(0)
        self.act = QPushButton(self)
        self.act.clicked.connect(lambda _checked=False: self._act())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        layout.setSpacing(theme.S)
        layout.addWidget(self.title)
        layout.addWidget(self.about)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.consequence)
        layout.addLayout(self.first)
        row = QHBoxLayout()
        row.addWidget(self.act)
        row.addStretch(1)
        layout.addLayout(row)
        self.show_line(None)

    def _label(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setColumnCount(3)
        tree.setHeaderLabels([_("Field"), _("Before"), _("After")])
        tree.setAccessibleName(_("What the step did"))
        tree.setRootIsDecorated(False)
        tree.setIndentation(theme.M)
        tree.setUniformRowHeights(True)
        tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        head = tree.header()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        # The names of fields are short, what stood and stands in them is not.
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        head.setMinimumSectionSize(theme.px(_FIELD_LEAST))
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return tree

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave two thirds of the room to the values."""
        super().resizeEvent(event)
        self.tree.header().resizeSection(0, min(theme.px(_FIELD_WIDTH), (self.width() - 2 * theme.M) // 3))
        self._shorten_heads()

    @property
    def shown(self) -> int | None:
        """The number of the step that is shown."""
        return self._line.n if self._line else None

    def show_line(self, line: UnitLine | None) -> None:
        """Show a step, or nothing."""
        self._line = line
        if line is None:
            self._latest.drop()
        self.setEnabled(line is not None)
        self.act.hide()
        self.consequence.hide()
        self._clear_first()
        self.tree.clear()
        self.title.setText(line.label if line else _("No step is chosen"))
        self.about.setText(
            _("{time} · {who} · step {n}").format(time=moment(line.at), who=line.who, n=line.n) if line else ""
        )
        if line is not None:
            self.read_again()

    def read_again(self) -> None:
        """Read what the step did and what taking it back would do now."""
        if self._line is not None:
            book, n = self._session.book, self._line.n
            self._latest.read(lambda: _read(book, n), self._put, owner=self)

    def _put(self, read: _Read) -> None:
        self._line = read.line
        self._fill_tree(read)
        redo = read.line.standing is Standing.UNDONE
        way = read.preview
        self.act.setText(_("Do this step again") if redo else _("Undo this step"))
        theme.put_icon(self.act, "arrow-forward-up" if redo else "arrow-back-up")
        self.act.setVisible(way is not None)
        self.act.setEnabled(way is not None and not way.in_the_way)
        self._say(self._words(read, redo=redo), error=bool(way and way.in_the_way))
        self._clear_first()
        for step in way.first[:_MOST_FIRST] if way else ():
            words = _("See “{label}” ({time})").format(label=step.label, time=moment(step.at))
            button = QPushButton(literal(self._shortened(words)), self)
            button.setProperty("role", "link")
            button.setToolTip(words)
            button.clicked.connect(lambda _checked=False, n=step.n: self.step_wanted.emit(n))
            self.first.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _shortened(self, words: str) -> str:
        return self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self.width() - 2 * theme.XL)

    def _words(self, read: _Read, *, redo: bool) -> str:
        if read.preview is None:
            return read.refused
        way = read.preview
        if not way.in_the_way:
            words = _("Doing it again changes: {counts}.") if redo else _("Undoing it changes: {counts}.")
            return words.format(counts=counts(way.rows))
        more = len(way.in_the_way) - _MOST_OBSTACLES
        lines = [_("It stands, because:"), *way.in_the_way[:_MOST_OBSTACLES]]
        if more > 0:
            lines.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
        return "\n".join(lines)

    def _say(self, words: str, *, error: bool) -> None:
        self.consequence.setProperty("role", "error" if error else "muted")
        self.consequence.style().polish(self.consequence)
        self.consequence.setText(words)
        self.consequence.setVisible(bool(words))

    def _clear_first(self) -> None:
        while (item := self.first.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _shorten_heads(self) -> None:
        """Shorten what spans the columns to the room there is: Qt cuts it in the middle of a character."""
        room = self.tree.viewport().width() - self.tree.indentation() - 2 * theme.S
        for number in range(self.tree.topLevelItemCount()):
            head = self.tree.topLevelItem(number)
            if head is not None and head.isFirstColumnSpanned():
                head.setText(0, self.fontMetrics().elidedText(head.toolTip(0), Qt.TextElideMode.ElideRight, room))

    def _fill_tree(self, read: _Read) -> None:
        self.tree.clear()
        for row in read.rows:
            head = QTreeWidgetItem([" · ".join((_("new"), row.title)) if row.made else row.title])
            head.setToolTip(0, head.text(0))
            self.tree.addTopLevelItem(head)
            head.setFirstColumnSpanned(True)
            for field in row.fields:
                if field.field:
                    item = QTreeWidgetItem(head, [field.field, field.old or "—", field.new or "—"])
                    for column in range(3):
                        item.setToolTip(column, item.text(column))
            head.setExpanded(True)
        self._shorten_heads()
        left = sum(read.line.counts.values()) - len(read.rows)
        if left > 0:
            words = ngettext("and {n} more record", "and {n} more records", left).format(n=left)
            more = QTreeWidgetItem([words])
            self.tree.addTopLevelItem(more)
            more.setFirstColumnSpanned(True)

    def _act(self) -> None:
        line = self._line
        if line is None:
            return
        redo = line.standing is Standing.UNDONE
        run = changes.redo_unit if redo else changes.undo_unit

        def work(book: Book, progress: Progress) -> Outcome[Changes]:
            changed = run(book, line.n, progress.report)
            return Outcome(changed, changed)

        label = _("Do this step again") if redo else _("Undo this step")
        self._session.write(label, work, None, self._refuse, owner=self)

    def _refuse(self, error: CrmError) -> None:
        self._say(str(error), error=True)
