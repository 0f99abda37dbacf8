"""导入: choose a ledger, look at what would happen to each row, then write all of it as one unit of work."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from crm_app.errors import BadInput, Cancelled, CrmError
from crm_app.i18n import _, ngettext
from crm_app.services import imports
from crm_app.services.imports import ImportPlan, ImportResult
from crm_app.ui import theme
from crm_app.ui.background import Job
from crm_app.ui.imports.ask_file import ask_for_file, ask_where
from crm_app.ui.imports.foot import Foot
from crm_app.ui.imports.preview import Preview
from crm_app.ui.imports.tables import Tab
from crm_app.ui.imports.words import AUTO, KIND_WORDS
from crm_app.ui.session import Session
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.file_drop import FileDrop
from crm_app.ui.widgets.fitting import resize_within_screen

WIDEST, HIGHEST = 1000, 620
"""With its frame it still fits a screen of 1366×768 with a task bar."""
_PATTERN = "(*.xlsx *.xls *.csv *.xlsm *.xlsb *.ods *.et *.tsv *.txt *.vcf *.ics)"


class ImportDialog(QDialog):
    """File → preview → import. Nothing is written before the last step, and one undo takes that back."""

    def __init__(self, session: Session, parent: QWidget, kind: str = AUTO) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Import a ledger"))
        self._session = session
        self._path: Path | None = None
        self._job: Job | None = None
        self._reading = self._choosing_kind = False
        self._imported = False
        self.preview: Preview | None = None
        self.file = QLabel(self)
        self.file.setTextFormat(Qt.TextFormat.PlainText)
        self.kind = self._make_kinds(kind)
        self.trouble = EmptyState(
            _("This file cannot be imported"),
            icon="alert-triangle",
            step=_("Choose another file…"),
            run=self.choose,
            parent=self,
        )
        self.middle = self._make_middle()
        self.foot = Foot(self)
        self.foot.stop_wanted.connect(self.stop)
        self.again = self._button(_("Preview again"), self._read_again)
        self.rejects = self._button(_("Save the rejected rows…"), self.ask_for_rejects)
        self.close_button = self._button(_("Close"), self.reject)
        self.write = self._button(_("Import"), self.import_rows)
        self.write.setProperty("role", "primary")
        self._lay_out()
        FileDrop(self, self.read)
        session.background.progressed.connect(self._move_on)
        resize_within_screen(self, QSize(WIDEST, HIGHEST))
        self._show_state()

    def _make_kinds(self, chosen: str) -> QComboBox:
        kinds = QComboBox(self)
        kinds.setAccessibleName(_("What it holds"))
        for kind in imports.KINDS:
            kinds.addItem(_(KIND_WORDS[kind]), kind)
        kinds.setCurrentIndex(max(0, kinds.findData(chosen)))
        kinds.activated.connect(lambda _place: self._read_as())
        return kinds

    def _make_middle(self) -> QStackedWidget:
        middle = QStackedWidget(self)
        choose = EmptyState(
            _("Choose a ledger, or drop it here"),
            _(
                "Excel (.xlsx, .xls), CSV, contacts (.vcf) or a calendar (.ics). "
                "You see what happens to every row before anything is written."
            ),
            icon="file-import",
            step=_("Choose a file…"),
            run=self.choose,
        )
        middle.addWidget(choose)
        middle.addWidget(self.trouble)
        return middle

    def _button(self, text: str, run: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        assert callable(run)
        button.clicked.connect(lambda _checked=False: run())
        return button

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        layout.setSpacing(theme.S)
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        self.chooser = self._button(_("Choose a file…"), self.choose)
        theme.put_icon(self.chooser, "folder-open")
        self.file.setProperty("role", "strong")
        held = QLabel(_("What it holds"), self)
        held.setProperty("role", "muted")
        top.addWidget(self.chooser)
        top.addWidget(self.file)
        top.addStretch(1)
        top.addWidget(held)
        top.addWidget(self.kind)
        layout.addLayout(top)
        layout.addWidget(self.middle, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.S)
        foot.addWidget(self.foot, 1)
        for button in (self.again, self.rejects, self.close_button, self.write):
            foot.addWidget(button)
        layout.addLayout(foot)

    def choose(self) -> None:
        """Ask for the file."""
        pattern = f"{_('Tables')} {_PATTERN}"
        ask_for_file(self._session, self, _("Choose a ledger"), pattern, self.read)

    def read(self, path: Path) -> None:
        """Read a file and compare it with the book; the preview comes when that is done.

        Asked again before that, the first reading is given up; while something is written nothing is read.
        """
        if self._job is not None:
            if not self._reading:
                return
            self._job.cancel()
        self._path, self._imported, self._choosing_kind = path, False, False
        self.file.setText(path.name)
        self.file.setToolTip(str(path))
        book, kind = self._session.book, self.kind.currentData()
        job = self._session.background.write(
            _("Looking through {name}").format(name=path.name),
            lambda progress: imports.plan(book, path, kind, progress=progress.report),
            lambda plan: self._show_plan(plan) if job is self._job else None,
            lambda error: self._refuse_file(error) if job is self._job else None,
            owner=self,
        )
        self._begin(job, reading=True)

    def _read_again(self) -> None:
        if self._path is not None:
            self.read(self._path)

    def _read_as(self) -> None:
        """Read the file as the kind just chosen; the arrow keys may walk on to the next one."""
        if self._path is not None:
            self.read(self._path)
            self._choosing_kind = True

    def _show_plan(self, plan: ImportPlan) -> None:
        self._end()
        self._drop_preview()
        self.preview = Preview(self._session, plan, self.middle)
        self.middle.addWidget(self.preview)
        self.middle.setCurrentWidget(self.preview)
        result = plan.result
        if not result.read:
            self.foot.say(_("Below the header there are no rows."), "error")
        elif not result.created + result.updated:
            self.foot.say(_("There is nothing to write: the book holds all of it, or the rows go back."))
        else:
            self.foot.say(_("Nothing is written yet. Once imported, Ctrl+Z takes all of it back."))
        if result.rejected == result.read:
            self.preview.show_tab(Tab.REJECT)
        self._show_state()
        self.focus_first()

    def _refuse_file(self, error: CrmError) -> None:
        self._end()
        self._drop_preview()
        if isinstance(error, Cancelled):
            self.middle.setCurrentIndex(0)
            self.foot.say(_("Stopped; nothing was changed."))
        else:
            self.middle.setCurrentWidget(self.trouble)
            self.trouble.say(_("This file cannot be imported"), str(error))
            self.foot.say("")
        self._show_state()
        self.focus_first()

    def _drop_preview(self) -> None:
        if self.preview is not None:
            self.middle.removeWidget(self.preview)
            self.preview.deleteLater()
            self.preview = None

    def import_rows(self) -> None:
        """Write what the preview shows."""
        assert self.preview is not None, "the button is off before a preview"
        if self._job is not None:
            return
        plan = self.preview.plan
        self._begin(
            self._session.write(
                _("Import {name}").format(name=plan.path.name),
                lambda book, progress: imports.apply(book, plan, progress.report),
                self._finish,
                self._refuse_write,
                owner=self,
            )
        )

    def _finish(self, result: ImportResult) -> None:
        """Close; with rejected rows stay, so that they can be saved."""
        self._end()
        self._imported = True
        said = _("Imported: {created} new, {updated} updated").format(created=result.created, updated=result.updated)
        self._session.say(said, undo=True)
        if not result.rejected:
            self.accept()
            return
        assert self.preview is not None
        self.preview.show_tab(Tab.REJECT)
        back = ngettext("{n} row came back", "{n} rows came back", result.rejected).format(n=result.rejected)
        hint = _("Save them, put them right, and import that file.")
        self.foot.say(f"{said} · {back}\n{hint}")
        self._show_state()

    def _refuse_write(self, error: CrmError) -> None:
        self._end()
        self.foot.say(str(error), "muted" if isinstance(error, Cancelled) else "error")
        self._show_state()
        self.again.setVisible(not isinstance(error, Cancelled))

    def ask_for_rejects(self) -> None:
        """Ask where the rejected rows go."""
        assert self._path is not None, "the button is hidden before a preview"
        name = _("{name} rejected.xlsx").format(name=self._path.stem)
        pattern = "Excel (*.xlsx);;CSV (*.csv)"
        ask_where(self._session, self, _("Save the rejected rows"), name, pattern, self.save_rejects)

    def save_rejects(self, path: Path) -> None:
        """Write the rejected rows with the reason beside each, in the sender's own columns."""
        assert self.preview is not None
        plan = self.preview.plan
        if path.resolve() == plan.path.resolve():
            self._refuse_write(BadInput(_("That is the file you are importing; choose another name.")))
            return
        self._begin(
            self._session.background.write(
                _("Save the rejected rows"),
                lambda _progress: imports.write_rejects(plan, path),
                lambda n: self._told_rejects(n, path),
                self._refuse_write,
                owner=self,
            )
        )

    def _told_rejects(self, n: int, path: Path) -> None:
        self._end()
        said = ngettext("{n} row written to {path}.", "{n} rows written to {path}.", n)
        self.foot.say(said.format(n=n, path=path.name))
        self.foot.note.setToolTip(str(path))
        self._show_state()

    def _begin(self, job: Job, *, reading: bool = False) -> None:
        self._job, self._reading = job, reading
        self.foot.begin(job.label)
        self._show_state()

    def _end(self) -> None:
        self._job = None

    def _move_on(self, job: Job, done: int, total: int, text: str) -> None:
        if job is self._job:
            self.foot.move_on(done, total, text)

    def stop(self) -> None:
        """Ask the work under way to stop; what it has written is taken back by itself."""
        if self._job is not None:
            self._job.cancel()
            self.foot.stopping()

    def _show_state(self) -> None:
        """Offer what can be done now."""
        idle = self._job is None
        result = self.preview.plan.result if self.preview else None
        n = result.created + result.updated if result else 0
        for widget in (self.chooser, self.rejects, self.close_button, self.middle):
            widget.setEnabled(idle)
        # Walked by the arrow keys: it must not go grey at the first step.
        self.kind.setEnabled(idle or self._reading)
        self.write.setVisible(not self._imported)
        self.write.setEnabled(idle and n > 0)
        self.write.setText(ngettext("Import {n} row", "Import {n} rows", n).format(n=n) if n else _("Import"))
        self.rejects.setVisible(bool(result and result.rejected))
        _set_role(self.rejects, "primary" if self._imported else "")
        self.chooser.setVisible(self._path is not None)
        self.file.setVisible(self._path is not None)
        self.again.hide()

    def focus_first(self) -> None:
        """Let Enter choose a file, or the arrow keys walk the tabs of the preview or on through the kinds."""
        if self._choosing_kind:
            self.kind.setFocus()
        elif self.preview is not None:
            self.preview.focus_first()
        else:
            _only_button(self.middle.currentWidget()).setFocus()

    def reject(self) -> None:
        """Esc stops the work under way first; closing before the import changes nothing."""
        if self._job is not None:
            self.stop()
            return
        super().reject()


def _set_role(widget: QWidget, role: str) -> None:
    widget.setProperty("role", role)
    widget.style().polish(widget)


def _only_button(empty: QWidget | None) -> QPushButton:
    found = empty.findChild(QPushButton) if empty else None
    assert isinstance(found, QPushButton), "an empty state with a step has a button"
    return found


def open_import(session: Session, window: QWidget, path: Path | None = None, kind: str = AUTO) -> ImportDialog:
    """Open the import, and read a file at once where one is given."""
    dialog = ImportDialog(session, window, kind)
    dialog.focus_first()
    dialog.open()
    if path is not None:
        dialog.read(path)
    return dialog
