"""The template (模板) of a kind of paper: its sections switched, moved, retitled and told, with the pages beside it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crm_app.domain import paper_templates
from crm_app.domain.paper_sections import OPENING, SECTIONS, TERM_LABELS, Section, sections_of, terms_of
from crm_app.domain.paper_templates import Template, Wording
from crm_app.domain.papers import PAPER_KIND_LABELS, PaperKind
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services import papers
from crm_app.services.book import Book
from crm_app.services.papers import Asked
from crm_app.ui import actions, theme
from crm_app.ui.papers.paper_dialog import PaperDialog
from crm_app.ui.session import Session
from crm_app.ui.widgets.fitting import resize_within_screen
from crm_app.ui.widgets.pdf_pages import PageSize, PdfPages
from crm_app.ui.widgets.pdf_paper import PdfPaper
from crm_app.ui.widgets.skeleton import Skeleton
from crm_app.ui.widgets.text_field import TextArea, TextField

_PAUSE_MS = 400
_LIST = 264
_WIDTH, _HEIGHT = 1200, 680
"""Wide and high enough to read a page beside what is said of it."""


class TemplateDialog(PaperDialog):
    """Opens once the template is read. Space switches a section; the pages follow when typing pauses."""

    saved = Signal(object)
    _opened = Signal(object, object)

    def __init__(self, session: Session, parent: QWidget, kind: PaperKind, asked: Asked | None = None) -> None:
        super().__init__(session, parent, _("Template: {kind}").format(kind=_(PAPER_KIND_LABELS[kind])))
        self.kind, self._asked = kind, asked
        self._template: list[Wording] = []
        self._pages: list[PdfPages] = []
        """What is on show, and behind it what is still being opened."""
        resize_within_screen(self, _WIDTH, _HEIGHT)
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._preview)
        self._opened.connect(self._show_opened)
        self.destroyed.connect(lambda: self._close_pages(len(self._pages)))
        actions.make("save", self, self._save)
        self._autosave = session.autosave(self, f"paper_template:{kind.value}", self._typed)
        session.read(lambda book: papers.template_of(book, kind), self._begin, owner=self)

    def _lay_out(self) -> None:
        layout = self._column()
        across = QHBoxLayout()
        across.setSpacing(theme.M)
        across.addLayout(self._order())
        across.addLayout(self._wording(), 1)
        self.paper = PdfPaper()
        self.area = QScrollArea(self)
        self.area.setWidget(self.paper)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(_("Preview"))
        self._skeleton = Skeleton(self.area.viewport())
        across.addWidget(self.area, 2)
        layout.addLayout(across, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._button(_("As shipped"), self._reset))
        foot.addStretch(1)
        foot.addWidget(self._button(_("Close"), self.reject))
        save = self._button(_("Save the template"), self._save)
        save.setProperty("role", "primary")
        foot.addWidget(save)
        self._end(layout, foot)

    def _order(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.S)
        self.sections = QListWidget(self)
        self.sections.setAccessibleName(_("Sections in their order"))
        self.sections.setFixedWidth(theme.px(_LIST))
        self.sections.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sections.currentRowChanged.connect(lambda _row: self._show_section())
        self.sections.itemChanged.connect(self._switched)
        column.addWidget(self.sections, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        self.up = self._button(_("Move up"), lambda: self._move(-1))
        self.down = self._button(_("Move down"), lambda: self._move(1))
        row.addWidget(self.up)
        row.addWidget(self.down)
        column.addLayout(row)
        return column

    def _wording(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.XS)
        self.title = TextField(self, label=_("Own title"))
        self.opening = TextArea(self, lines=3, label=_("Sentence at its beginning"))
        self.closing = TextArea(self, lines=3, label=_("Sentence at its end"))
        self.terms = QComboBox(self)
        self.terms.setAccessibleName(_("Figure to name in a sentence"))
        self.terms.activated.connect(self._insert)
        self._told: list[QWidget] = []
        for words, field in (
            (_("Own title"), self.title),
            (_("Sentence at its beginning"), self.opening),
            (_("Sentence at its end"), self.closing),
            (_("Figure to name in a sentence"), self.terms),
        ):
            label = self._label("muted")
            label.setText(words)
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
            self._told += [label, field] if field is not self.title else []
        self.hint = self._label("muted")
        self.hint.setText(_("A sentence is printed only where the paper has every figure it names."))
        column.addWidget(self.hint)
        column.addStretch(1)
        self._into = self.opening
        self.title.textEdited.connect(lambda _text: self._edited())
        for area in (self.opening, self.closing):
            area.textChanged.connect(self._edited)
            area.left.connect(lambda area=area: setattr(self, "_into", area))
        return column

    def _begin(self, template: Template) -> None:
        self._skeleton.expect()
        kept = self._autosave.restore().get("template", "")
        self._kept = template
        self._show(paper_templates.whole(self.kind, paper_templates.from_json(kept)) if kept else template)
        self.open()
        self.sections.setFocus()

    def _typed(self) -> dict[str, str]:
        if not self._template or tuple(self._template) == self._kept:
            return {}
        return {"template": paper_templates.to_json(tuple(self._template))}

    def _show(self, template: Sequence[Wording], row: int = 0) -> None:
        self._template = list(template)
        self.sections.blockSignals(True)
        self.sections.clear()
        for wording in self._template:
            item = QListWidgetItem(wording.title or _(self._section(wording).title))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if wording.on else Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, theme.ROW))
            item.setToolTip(item.text())
            self.sections.addItem(item)
        self.sections.blockSignals(False)
        self.sections.setCurrentRow(row)
        self._show_section()
        self._pause.start()

    def _section(self, wording: Wording) -> Section:
        return next(section for section in sections_of(self.kind) if section.key == wording.key)

    def _at(self) -> int:
        return self.sections.currentRow()

    def _show_section(self) -> None:
        if not 0 <= self._at() < len(self._template):
            return
        wording = self._template[self._at()]
        section = self._section(wording)
        for field, text in (
            (self.title, wording.title),
            (self.opening, wording.opening),
            (self.closing, wording.closing),
        ):
            field.blockSignals(True)
            field.setText(text) if isinstance(field, TextField) else field.setPlainText(text)
            field.blockSignals(False)
        self.title.setPlaceholderText(_(section.title))
        self.title.setEnabled(wording.key != OPENING)
        for widget in (*self._told, self.hint):
            widget.setVisible(not section.form)
        self.terms.clear()
        self.terms.addItem(_("Choose a figure…"))
        for key in terms_of(self.kind, section.key):
            self.terms.addItem(_(TERM_LABELS[key]), key)
        first = 1 if self._template[0].key == OPENING else 0
        self.up.setEnabled(self._at() > first)
        self.down.setEnabled(first <= self._at() < len(self._template) - 1)

    def _insert(self, number: int) -> None:
        if number > 0:
            self._into.insertPlainText("{" + _(TERM_LABELS[self.terms.itemData(number)]) + "}")
            self.terms.setCurrentIndex(0)
            self._into.setFocus()

    def _edited(self) -> None:
        at = self._at()
        if not 0 <= at < len(self._template):
            return
        self._template[at] = replace(
            self._template[at],
            title=self.title.text().strip(),
            opening=self.opening.toPlainText().strip(),
            closing=self.closing.toPlainText().strip(),
        )
        wording = self._template[at]
        self.sections.blockSignals(True)
        self.sections.item(at).setText(wording.title or _(self._section(wording).title))
        self.sections.blockSignals(False)
        self._touch()

    def _switched(self, item: QListWidgetItem) -> None:
        at = self.sections.row(item)
        self._template[at] = replace(self._template[at], on=item.checkState() is Qt.CheckState.Checked)
        self._touch()

    def _move(self, by: int) -> None:
        at = self._at()
        moved = self._template.copy()
        moved.insert(at + by, moved.pop(at))
        self._show(moved, at + by)
        self._touch()

    def _touch(self) -> None:
        self._autosave.touch()
        self._pause.start()

    def _reset(self) -> None:
        self._show(paper_templates.shipped(self.kind))
        self._touch()

    def _preview(self) -> None:
        book, kind, asked, template = self._session.book, self.kind, self._asked, tuple(self._template)
        self._latest.read(lambda: _drawn(book, kind, asked, template), self._show_pages, owner=self)

    def _show_pages(self, made: bytes | BadInput) -> None:
        self.note.setText(str(made) if isinstance(made, BadInput) else "")
        self.note.setVisible(isinstance(made, BadInput))
        if isinstance(made, BadInput):
            self._skeleton.done()
            return
        pages = PdfPages(made)
        self._pages.append(pages)
        pages.open().add_done_callback(lambda answer: self._opened.emit(pages, answer))

    def _show_opened(self, pages: PdfPages, answer: Future[list[PageSize]]) -> None:
        self._close_pages(self._pages.index(pages))
        at = self.area.verticalScrollBar().value()
        self._skeleton.done()
        self.paper.show_pages(pages, answer.result())
        self.paper.set_zoom(self.paper.zoom_to_width(self.area.viewport().width()))
        self.area.verticalScrollBar().setValue(at)

    def _close_pages(self, first: int) -> None:
        for pages in self._pages[:first]:
            pages.close()
        del self._pages[:first]

    def _save(self) -> None:
        kind, template = self.kind, tuple(self._template)
        self._write_once(
            self._session,
            self.windowTitle(),
            lambda book: papers.change_template(book, kind, template),
            self._saved,
            self._refuse,
            draft=self._autosave,
        )

    def _saved(self, _none: object) -> None:
        self._autosave.discard()
        self.saved.emit(self.kind)
        self.accept()

    def reject(self) -> None:
        """Close and keep what was typed."""
        self._autosave.now()
        super().reject()


def _drawn(book: Book, kind: PaperKind, asked: Asked | None, template: Template) -> bytes | BadInput:
    """Return the pages by a template under way, or what keeps it from being printed."""
    try:
        # Of several records one shows how the template prints each.
        example = replace(asked, ids=asked.ids[:1]) if asked else papers.example_of(book, kind)
        return papers.pages(book, papers.composed_as(book, kind, example, template))
    except BadInput as error:
        return error


def has_template(kind: PaperKind) -> bool:
    """Say whether a kind has sections to arrange."""
    return kind in SECTIONS
