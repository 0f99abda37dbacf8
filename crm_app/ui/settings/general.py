"""The bureau's name, whose book this is, the language and the look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from crm_app.errors import CrmError
from crm_app.i18n import N_, _
from crm_app.services import book as books
from crm_app.services.book import Book
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.settings.part import Part, heading, muted
from crm_app.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

_FIELD_WIDTH = 320
_LANGUAGES = (("zh_CN", "中文"), ("en", "English"))
"""Each in its own words, so that it is found by those who read no other."""
_LOOKS = (("auto", N_("As the system")), ("light", N_("Light")), ("dark", N_("Dark")))


@dataclass(frozen=True)
class _Names:
    bureau: str
    me: str
    sample: bool


def _read(book: Book) -> _Names:
    me = books.me(book)
    sample = books.setting(book, books.SAMPLE) is not None
    return _Names(books.setting(book, books.BUREAU) or "", me.name if me else "", sample)


class General(Part):
    """Each field is saved when it is left or Enter is pressed."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._kept = _Names("", "", False)
        self.bureau = TextField(self, label=_("Bureau"), placeholder=_("as it stands on papers"))
        self.me = TextField(self, label=_("My name"), placeholder=_("signs what is logged here"))
        self.language = self._combo(_LANGUAGES, session.settings.language, _("Language"))
        self.look = self._combo(
            tuple((code, _(words)) for code, words in _LOOKS), session.settings.look, _("Appearance")
        )
        self.error = QLabel(self)
        self.error.setProperty("role", "error")
        self.error.setWordWrap(True)
        self.sample = muted(
            _("This is the sample book: a fictional half-year to try things in. Your own book is made at the start."),
            self,
        )
        self.sample.hide()
        self._lay_out()
        for field in (self.bureau, self.me):
            field.left.connect(self._save)
            field.returnPressed.connect(self._save)
        self.language.activated.connect(lambda _row: session.set_language(self.language.currentData()))
        self.look.activated.connect(lambda _row: session.set_look(self.look.currentData()))

    def _combo(self, entries: tuple[tuple[str, str], ...], chosen: str, words: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setAccessibleName(words)
        for code, shown in entries:
            combo.addItem(shown, code)
        combo.setCurrentIndex(combo.findData(chosen))
        return combo

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.M)
        for title, rows in (
            (_("The bureau"), ((_("Bureau"), self.bureau), (_("My name"), self.me))),
            (_("The window"), ((_("Language"), self.language), (_("Appearance"), self.look))),
        ):
            layout.addWidget(heading(title, self))
            form = QFormLayout()
            form.setHorizontalSpacing(theme.L)
            form.setVerticalSpacing(theme.S)
            for words, field in rows:
                field.setFixedWidth(_FIELD_WIDTH)
                label = QLabel(words, self)
                label.setMinimumWidth(96)
                label.setBuddy(field)
                form.addRow(label, field)
            layout.addLayout(form)
            if title == _("The bureau"):
                layout.addWidget(self.error)
                layout.addWidget(self.sample)
        self.error.hide()
        layout.addStretch(1)

    def load(self) -> None:
        """Read the names."""
        self.session.read(_read, self._put, owner=self)

    def _put(self, names: _Names) -> None:
        self._kept = names
        if not self.bureau.hasFocus():
            self.bureau.setText(names.bureau)
        if not self.me.hasFocus():
            self.me.setText(names.me)
        self.sample.setVisible(names.sample)

    def refresh(self, changes: Changes) -> None:
        """Read the names again where a setting or a colleague changed."""
        if changes.touches("setting", "person"):
            self.load()

    def focus_first(self) -> None:
        """Start at the bureau's name."""
        self.bureau.setFocus()

    def _save(self) -> None:
        self.error.hide()
        bureau, me = self.bureau.text().strip(), self.me.text().strip()
        if bureau != self._kept.bureau:
            self.session.write(
                _("Change a setting"), lambda book, _progress: books.change_setting(book, books.BUREAU, bureau or None)
            )
        if me != self._kept.me:
            words = _("Say whose book this is")
            self.session.write(words, lambda book, _progress: books.be(book, me), None, self._refuse, owner=self)
        self._kept = _Names(bureau, me, self._kept.sample)

    def _refuse(self, error: CrmError) -> None:
        self.error.setText(str(error))
        self.error.show()
        self.load()
