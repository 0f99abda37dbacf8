"""The merge: which one stays, field by field whose value is kept, and in numbers what moves to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crm_app.domain.enterprises import NAME_KIND_LABELS, NameKind
from crm_app.domain.records import RECORDS
from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.services import merging
from crm_app.services.merging import Choices, Preview
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.fitting import resize_within_screen
from crm_app.ui.widgets.lines import plain

_SIZE = (820, 560)
_MOST_SENTENCES = 4


class FieldTable(QTableWidget):
    """A row for each field in which they differ, a column for each enterprise; Space or a click keeps a value."""

    chosen = Signal(str, object)
    """Field name and the id of the enterprise whose value shall be kept."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._preview: Preview | None = None
        self.setAccessibleName(_("Values to keep"))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setDefaultSectionSize(theme.ROW + theme.XS)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setProperty("role", "padded")
        self.setIconSize(theme.size(16, 16))
        self.cellClicked.connect(self._choose)

    def put(self, preview: Preview) -> None:
        """Show what differs, with the kept value of each field marked."""
        here = self.currentRow(), self.currentColumn()
        self._preview = preview
        lines = self._lines()
        self.setColumnCount(len(preview.members))
        self.setRowCount(len(lines))
        stays = _("{name} (stays)").format(name=preview.members[0].name)
        self.setHorizontalHeaderLabels([stays, *(one.name for one in preview.members[1:])])
        self.setVerticalHeaderLabels([line.title for line in lines])
        for row, line in enumerate(lines):
            for column, text in enumerate(line.shown):
                kept = preview.members[column].id == line.kept
                self.setItem(row, column, _cell(" ".join(text.split()), text, kept=kept))
        self.setCurrentCell(max(here[0], 0), max(here[1], 0))

    def _lines(self) -> list[merging.FieldLine]:
        assert self._preview is not None
        return [line for line in self._preview.fields if line.differs]

    def _choose(self, row: int, column: int) -> None:
        assert self._preview is not None
        self.chosen.emit(self._lines()[row].name, self._preview.members[column].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the value under the cursor."""
        if event.key() == Qt.Key.Key_Space and self.currentItem() is not None:
            self._choose(self.currentRow(), self.currentColumn())
        else:
            super().keyPressEvent(event)


def _cell(shown: str, whole: str, *, kept: bool) -> QTableWidgetItem:
    item = QTableWidgetItem(shown or _("(empty)"))
    item.setToolTip(whole)
    if kept:
        item.setIcon(theme.icon("check", "accent"))
        font = item.font()
        font.setBold(True)
        item.setFont(font)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, _("{text}, kept").format(text=shown or _("(empty)")))
    return item


class MergeDialog(QDialog):
    """Nothing is merged before the button is pressed; afterwards the toast offers to take it back."""

    merged = Signal(object)
    """The id of the enterprise that stays."""

    def __init__(self, session: Session, parent: QWidget, members: Sequence[UUID]) -> None:
        super().__init__(parent)
        self._session, self._members = session, list(members)
        self._latest = session.latest()
        self._winner: UUID | None = None
        self._kept: dict[str, UUID] = {}
        self._kinds: dict[str, NameKind] = {}
        self._preview: Preview | None = None
        self.setWindowTitle(_("Merge enterprises"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.winner = QComboBox(self)
        self.winner.setAccessibleName(_("The one that stays"))
        self.others = QListWidget(self)
        self.others.setAccessibleName(_("These go into it"))
        self.others.setVisible(len(self._members) > 2)
        self.fields = FieldTable(self)
        self.kinds = QVBoxLayout()
        self.kinds.setSpacing(theme.XS)
        self.told = QVBoxLayout()
        self.error = plain("", "error")
        self.error.hide()
        self._lay_out()
        self.fields.chosen.connect(self._keep)
        self.winner.activated.connect(self._choose_winner)
        self.others.itemChanged.connect(lambda _item: self._look())
        actions.make("save", self, self.merge)
        resize_within_screen(self, *_SIZE)
        session.read(lambda book: merging.propose_winner(book, self._members), self._begin, self._refuse, owner=self)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        layout.setSpacing(theme.S)
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        stays = QLabel(_("The one that stays"), self)
        stays.setProperty("role", "muted")
        top.addWidget(stays)
        top.addWidget(self.winner, 1)
        layout.addLayout(top)
        self.others.setFixedHeight(min(len(self._members), 4) * (theme.ROW + theme.XS))
        layout.addWidget(self.others)
        hint = plain(_("The value with the tick is kept; Space or a click keeps another."), "muted")
        layout.addWidget(hint)
        layout.addWidget(self.fields, 1)
        layout.addLayout(self.kinds)
        layout.addLayout(self.told)
        layout.addWidget(self.error)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(plain(_("Undo takes the merge back at any later time."), "muted"), 1)
        cancel = QPushButton(_("Cancel"), self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.button = QPushButton(_("Merge"), self)
        self.button.setProperty("role", "primary")
        self.button.setAutoDefault(False)
        self.button.setEnabled(False)
        self.button.clicked.connect(lambda _checked=False: self.merge())
        row.addWidget(cancel)
        row.addWidget(self.button)
        layout.addLayout(row)

    def _begin(self, winner: UUID) -> None:
        self._winner = winner
        self._look()

    def _losers(self) -> list[UUID]:
        left_out = {
            self.others.item(row).data(Qt.ItemDataRole.UserRole)
            for row in range(self.others.count())
            if self.others.item(row).checkState() is Qt.CheckState.Unchecked
        }
        return [one for one in self._members if one != self._winner and one not in left_out]

    def _choices(self) -> Choices:
        taking_part = {self._winner, *self._losers()}
        return Choices({name: row for name, row in self._kept.items() if row in taking_part}, dict(self._kinds))

    def _look(self) -> None:
        winner, losers, choices = self._winner, self._losers(), self._choices()
        self.button.setEnabled(False)
        if winner is None or not losers:
            return
        book = self._session.book
        self._latest.read(lambda: merging.preview(book, winner, losers, choices), self._show, self._refuse, owner=self)

    def _show(self, preview: Preview) -> None:
        first = self._preview is None
        self._preview = preview
        self.error.hide()
        if first:
            self._name_members(preview)
        self.fields.put(preview)
        self._ask_kinds(preview)
        self._tell(preview)
        self.button.setEnabled(True)
        if first:
            self.fields.setFocus()

    def _name_members(self, preview: Preview) -> None:
        self.others.blockSignals(True)
        for one in preview.members:
            title = " ".join(part for part in (one.name, one.uscc or "") if part)
            self.winner.addItem(title, one.id)
            item = QListWidgetItem(title, self.others)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            item.setCheckState(Qt.CheckState.Checked)
        self.others.blockSignals(False)

    def _choose_winner(self, row: int) -> None:
        self._winner = self.winner.itemData(row)
        self._kept.clear()
        self._look()

    def _keep(self, name: str, row: UUID) -> None:
        self._kept[name] = row
        self._look()

    def _ask_kinds(self, preview: Preview) -> None:
        _empty(self.kinds)
        for name, kind in preview.names:
            line = QWidget(self)
            box = QComboBox(line)
            for one in NameKind:
                box.addItem(_(NAME_KIND_LABELS[one]), one)
            box.setCurrentIndex(box.findData(kind))
            label = _("“{name}” is kept as").format(name=name)
            box.setAccessibleName(label)
            box.activated.connect(lambda row, box=box, name=name: self._kinds.update({name: box.itemData(row)}))
            across = QHBoxLayout(line)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(theme.S)
            across.addWidget(Elided(label, parent=line), 1)
            across.addWidget(box)
            self.kinds.addWidget(line)

    def _tell(self, preview: Preview) -> None:
        _empty(self.told)
        for text, role in _sentences(preview):
            self.told.addWidget(plain(text, role))

    def merge(self) -> None:
        """Merge as shown, and close."""
        if not self.button.isEnabled() or self._winner is None:
            return
        winner, losers, choices = self._winner, self._losers(), self._choices()
        self.button.setEnabled(False)
        self._session.write(
            self.windowTitle(),
            lambda book, _progress: merging.merge(book, winner, losers, choices),
            self._done,
            self._refuse,
            owner=self,
        )

    def _done(self, winner: UUID) -> None:
        self.merged.emit(winner)
        self.accept()

    def _refuse(self, error: CrmError) -> None:
        self.button.setEnabled(self._preview is not None)
        self.error.setText(str(error))
        self.error.show()


def _empty(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _sentences(preview: Preview) -> Iterator[tuple[str, str]]:
    if preview.codes:
        yield _("They carry different credit codes: look again whether they are one enterprise."), "error"
    words = _("{kind} {n}")
    moves = [words.format(kind=_(RECORDS[table].label), n=n) for table, n in preview.moves.items()]
    yield (_("Moves to it: {rows}").format(rows=_(", ").join(moves)) if moves else _("Nothing else moves.")), ""
    sentences = (*preview.people, *preview.joins)
    for sentence in sentences[:_MOST_SENTENCES]:
        yield sentence, "muted"
    if len(sentences) > _MOST_SENTENCES:
        yield _("… and {n} more.").format(n=len(sentences) - _MOST_SENTENCES), "muted"


def open_merge(session: Session, parent: QWidget, members: Sequence[UUID]) -> MergeDialog:
    """Open the merge of enterprises."""
    dialog = MergeDialog(session, parent, members)
    dialog.open()
    return dialog
