"""导入: files, sheets and pasted tables side by side; each understood, changed where wrong, previewed, then written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from crm_app.errors import BadInput
from crm_app.i18n import _, ngettext
from crm_app.services import imports
from crm_app.services.outcome import Changes
from crm_app.ui import actions, theme
from crm_app.ui.background import Job
from crm_app.ui.imports.beginning import Beginning, Trouble
from crm_app.ui.imports.foot import Foot
from crm_app.ui.imports.pasted import Pasted, held_by, is_picture, may_be_notice, table_name
from crm_app.ui.imports.sheet_pane import SheetPane
from crm_app.ui.imports.source_list import SourceList
from crm_app.ui.imports.sources import Desk, Source, State, rejects, writes
from crm_app.ui.imports.words import PATTERN, PLACE_OF
from crm_app.ui.notices import look_into
from crm_app.ui.session import Session
from crm_app.ui.shell.tabbing import go_on
from crm_app.ui.widgets import copying
from crm_app.ui.widgets.ask_file import ask_for_files, ask_where
from crm_app.ui.widgets.file_drop import FileDrop, Told
from crm_app.ui.widgets.fitting import resize_within_screen
from crm_app.ui.widgets.parts import button, set_role

WIDEST, HIGHEST = 1320, 860
"""On a larger screen it grows no further: lines would become too long to follow."""
_ROOM_FOR_SOURCES = 1040
"""Pixels of width; in less the names of the files are cut earlier."""
_LOOKED_AT = 200
"""Rows in which one is looked for that tells what was achieved."""


class ImportDialog(QDialog):
    """Nothing is written before the last button, and one undo takes all of it back."""

    cards_wanted = Signal(object)
    """What was pasted or dropped are people, not a table; the argument is a Pasted."""
    notice_wanted = Signal(str)
    """What was pasted is the text of a ranking notice."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Import"))
        self._session = session
        self.desk = Desk(session, self)
        self.sources = SourceList(self.desk, self)
        self.sources.add.clicked.connect(lambda _checked=False: self.choose())
        self.sources.paste.clicked.connect(lambda _checked=False: self.paste())
        self.beginning = Beginning(self)
        self.beginning.choose_wanted.connect(self.choose)
        self.beginning.paste_wanted.connect(self.paste)
        self.trouble = Trouble(self)
        self.trouble.kind_wanted.connect(self._read_as)
        self.trouble.encoding_wanted.connect(self._read_in)
        self.pane: SheetPane | None = None
        self.middle = QStackedWidget(self)
        self.middle.addWidget(self.beginning)
        self.middle.addWidget(self.trouble)
        self.foot = Foot(self)
        self.again = button(_("Preview again"), self._read_again, self)
        self.rejects = button(_("Save the rejected rows…"), self.ask_for_rejects, self)
        self._taking_back = False
        self.undo = button(_("Undo"), self._take_back, self)
        self.open_them = button(_("Open what was imported"), self._open_imported, self)
        self.close_button = button(_("Close"), self.reject, self)
        self.write = button(_("Import"), self.desk.write, self, "primary")
        self._lay_out()
        self._connect()
        resize_within_screen(self, WIDEST, HIGHEST)
        self._show_state()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        layout.setSpacing(theme.S)
        across = QHBoxLayout()
        across.setSpacing(theme.M)
        across.addWidget(self.sources)
        across.addWidget(self.middle, 1)
        layout.addLayout(across, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.foot, 1)
        buttons: Sequence[QPushButton] = (self.again, self.rejects, self.undo, self.open_them, self.close_button)
        for one in (*buttons, self.write):
            row.addWidget(one)
        layout.addLayout(row)

    def focusNextPrevChild(self, following: bool) -> bool:
        """Let Tab walk what is shown now in the order of reading: every plan makes its pane anew, with a tab bar."""
        return go_on(self, following=following) or super().focusNextPrevChild(following)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave a small window's room to the rows."""
        super().resizeEvent(event)
        self.sources.set_narrow(self.width() < theme.px(_ROOM_FOR_SOURCES))

    def _connect(self) -> None:
        FileDrop(self, lambda paths, _spot: self.take_files([one for one in paths if one.is_file()]), self._told)
        actions.make("paste", self, self.paste)
        actions.make("undo", self, self._take_back)
        self.foot.stop_wanted.connect(self.desk.stop)
        self.sources.chosen.connect(self._show_sheet)
        self.desk.changed.connect(self._changed)
        self.desk.told.connect(self.foot.say)
        self.desk.added.connect(self.sources.go_to)
        self._session.background.progressed.connect(self._move_on)
        self._session.changed.connect(self._note_changes)

    def choose(self) -> None:
        """Ask for files."""
        kinds = _("Tables and cards") + f" {PATTERN}"
        ask_for_files(self._session, self, _("Choose ledgers"), kinds, self.take_files)

    def paste(self) -> None:
        """Take in what the clipboard holds."""
        self.take(held_by(copying.held()))

    def _told(self, paths: Sequence[Path], _spot: QPoint) -> Told:
        words = ngettext("Add {n} file to the import", "Add {n} files to the import", len(paths))
        return Told(words.format(n=len(paths)))

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take in files; pictures are business cards."""
        self.take(Pasted(files=tuple(paths)))

    def take(self, held: Pasted) -> None:
        """Take in what was pasted or dropped; say so where it is nothing that can be."""
        if held.notice:
            self.notice_wanted.emit(held.notice)
            return
        prose = [path for path in held.files if may_be_notice(path)]
        for path in prose:
            look_into(self._session, self, path, partial(self.desk.add, [Source(path)]))
        tables = [Source(path) for path in held.files if not is_picture(path) and path not in prose]
        if held.cells:
            tables = [Source(table_name(), held.cells)]
        if tables:
            self.desk.add(tables)
        if held.picture or held.text or any(is_picture(path) for path in held.files):
            self.cards_wanted.emit(held)
        elif not tables and not prose:
            self.foot.say(_("The clipboard holds no table, no people and no picture. Copy some and paste again."))

    def _changed(self, source: Source) -> None:
        self.sources.show_all()
        if not self.desk.sources:
            self._drop_pane()
            self.middle.setCurrentWidget(self.beginning)
            self._tell(source)
        self._show_state()

    def _show_sheet(self, source: Source, sheet: int) -> None:
        """Show a sheet of a source, at the step and the column where it was."""
        pane = self.pane
        # Another plan makes the pane anew; whoever walks through the encodings by keyboard is still at it.
        walks = pane is not None and pane.about.encoding.hasFocus()
        if source.state is State.REFUSED:
            walks = walks or self.trouble.encoding.hasFocus()
            self._drop_pane()
            self.trouble.show_source(source)
            self.middle.setCurrentWidget(self.trouble)
            if walks:
                self.trouble.encoding.setFocus()
        elif source.shown is None:
            self._drop_pane()
            self.middle.setCurrentWidget(self.beginning)
        elif pane is None or pane.shown is not source.shown or pane.sheet != sheet:
            same = pane is not None and pane.source is source and pane.sheet == sheet
            had_focus = self.focusWidget()
            step, column = (pane.step, pane.columns.at) if pane is not None and same else (None, -1)
            made = SheetPane(self._session, source, max(0, sheet), self.middle, step=step, column=column)
            made.decided.connect(lambda: self.desk.read(source))
            made.forget_wanted.connect(lambda headers: self._forget(source, headers))
            self._drop_pane()
            self.pane = made
            self.middle.addWidget(made)
            self.middle.setCurrentWidget(made)
            if walks:
                made.about.encoding.setFocus()
            elif had_focus is None or not self.sources.isAncestorOf(had_focus):
                made.focus_first()
        self._tell(source)
        self._show_state()

    def _drop_pane(self) -> None:
        if self.pane is not None:
            self.middle.removeWidget(self.pane)
            self.pane.deleteLater()
            self.pane = None

    def _tell(self, source: Source) -> None:
        """Say at the foot how things stand with a source."""
        busy = self.desk.busy
        if busy is not None:
            self.foot.begin(busy.label)
        elif source.state is State.READY and source.shown is not None and not source.stale:
            self.foot.say(*_outlook(source, others=[one for one in self.desk.ready() if one is not source]))
        elif source.state is State.DONE:
            self.foot.say(_result([one for one in self.desk.sources if one.result is not None]))
        elif source.state is State.REFUSED or not self.desk.sources:
            self.foot.say("")

    def _read_as(self, kind: str) -> None:
        if self.sources.here is not None:
            source = self.sources.here[0]
            source.kind = kind
            self.desk.read(source)

    def _read_in(self, encoding: str) -> None:
        if self.sources.here is not None:
            source = self.sources.here[0]
            source.decide_encoding(encoding)
            self.desk.read(source)

    def _read_again(self) -> None:
        for source in list(self.desk.sources):
            if source.stale:
                self.desk.read(source)

    def _forget(self, source: Source, headers: str) -> None:
        self._session.write(
            "",
            lambda book, _progress: imports.forget(book, headers),
            lambda _done: self.desk.read(source) if source in self.desk.sources else None,
            owner=self,
        )

    def _take_back(self) -> None:
        self._taking_back = True
        self._session.undo()

    def _note_changes(self, _changes: Changes) -> None:
        """Plan anew what was taken back, and what was looked at before the book changed."""
        if self.desk.writing:
            return
        taken_back, self._taking_back = self._taking_back, False
        for source in list(self.desk.sources):
            if source.state is State.READY or (source.state is State.DONE and taken_back):
                self.desk.read(source)

    def ask_for_rejects(self) -> None:
        """Ask where the rejected rows go."""
        sent = next(one for one in self.desk.sources if rejects(one))
        name = _("{name} rejected.xlsx").format(name=sent.path.stem)
        pattern = "Excel (*.xlsx);;CSV (*.csv)"
        ask_where(self._session, self, _("Save the rejected rows"), name, pattern, self.save_rejects)

    def save_rejects(self, path: Path) -> None:
        """Write the rejected rows with the reason beside each, in the senders' own columns."""
        if any(one.content is None and one.path.resolve() == path.resolve() for one in self.desk.sources):
            self.foot.say(str(BadInput(_("That is the file you are importing; choose another name."))), "error")
            return
        self.desk.save_rejects(path, lambda n: self._told_rejects(n, path))

    def _told_rejects(self, n: int, path: Path) -> None:
        said = ngettext("{n} row written to {path}.", "{n} rows written to {path}.", n)
        self.foot.say(said.format(n=n, path=path.name))
        self.foot.note.setToolTip(str(path))

    def _open_imported(self) -> None:
        """Go to the place where what was imported last is shown."""
        done = [one for one in self.desk.sources if one.state is State.DONE and one.shown is not None]
        kind = done[-1].shown.plan.sheets[0].kind if done and done[-1].shown else "enterprises"
        place, view = PLACE_OF.get(kind, ("enterprises", ""))
        self.accept()
        self._session.go(place, None, view)

    def _move_on(self, job: Job, done: int, total: int, text: str) -> None:
        if job is self.desk.busy:
            self.foot.move_on(done, total, text)

    def _show_state(self) -> None:
        """Offer what can be done now."""
        known = self.desk.sources
        writing, done = self.desk.writing, any(one.state is State.DONE for one in known)
        n = sum(writes(one) for one in self.desk.ready())
        self.sources.setVisible(bool(known))
        for widget in (self.sources, self.middle, self.rejects, self.close_button, self.undo, self.open_them):
            widget.setEnabled(not writing)
        ready = n > 0 and self.desk.busy is None and not any(one.stale for one in known)
        self.write.setEnabled(ready)
        self.write.setVisible(not done or n > 0)
        self.write.setText(ngettext("Import {n} row", "Import {n} rows", n).format(n=n) if n else _("Import"))
        self.rejects.setVisible(any(rejects(one) for one in known))
        set_role(self.rejects, "primary" if done and not n else "")
        self.undo.setVisible(done)
        self.open_them.setVisible(done)
        self.again.setVisible(any(one.stale for one in known) and self.desk.busy is None)

    def focus_first(self) -> None:
        """Let Enter choose a file at first, and the keys work on what is shown later."""
        (self.pane or self.beginning).focus_first()

    def reject(self) -> None:
        """Esc stops what is being written first; closing before the import changes nothing."""
        if self.desk.writing:
            self.desk.stop()
            self.foot.stopping()
            return
        super().reject()

    def done(self, result: int) -> None:
        """Have nothing read any more."""
        self.desk.close()
        super().done(result)


def _outlook(source: Source, others: Sequence[Source]) -> tuple[str, str]:
    assert source.shown is not None
    result = source.shown.plan.result
    if not result.read:
        return _("Below the header there are no rows."), "error"
    if any(sheet.near for sheet in source.shown.plan.sheets):
        return _("The sheet may be of several kinds: say which before it is imported."), "error"
    if any(sheet.day_questions for sheet in source.shown.plan.sheets):
        return _("Say first how the days of a column are written; until then its rows go back."), "error"
    if any(sheet.achieved and sheet.kind == "targets" for sheet in source.shown.plan.sheets):
        words = _("This sheet tells what was achieved: its targets revise those that stand. Look at each first.")
        return words, "error"
    if any(row.announced for row in source.shown.plan.rows[:_LOOKED_AT]):
        return _("Targets stay as they are; beside each row stand our own figures of the same days."), "muted"
    if result.rejected and others:
        words = _("Rows that lack what another of these files brings are looked at again when all are imported.")
        return words, "muted"
    if not result.created + result.updated:
        return _("There is nothing to write: the book holds all of it, or the rows go back."), "muted"
    return _("Nothing is written yet. Once imported, one Ctrl+Z takes all of it back."), "muted"


def _result(done: Sequence[Source]) -> str:
    """Say what became of all that was imported, as the rejected rows of all are saved together."""
    results = [one.result for one in done if one.result is not None]
    created, updated = sum(one.created for one in results), sum(one.updated for one in results)
    said = _("Imported: {created} new, {updated} updated").format(created=created, updated=updated)
    rejected = sum(one.rejected for one in results)
    if not rejected:
        return said
    back = ngettext("{n} row came back", "{n} rows came back", rejected).format(n=rejected)
    return f"{said} · {back}\n" + _("Save them, put them right, and import that file.")
