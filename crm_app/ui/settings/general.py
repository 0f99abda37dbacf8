"""The bureau's name, whose book this is, and the language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from crm_app.errors import CrmError
from crm_app.i18n import _
from crm_app.services import book as books
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.settings.part import Part, heading, muted
from crm_app.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

_FIELD_WIDTH = 320
_LANGUAGES = (("zh_CN", "中文"), ("en", "English"))
"""Each in its own words, so that it is found by those who read no other."""


@dataclass(frozen=True)
class _Names:
    bureau: str
    me: str
    sample: bool
    codes: bool = True


def _read(book: Book) -> _Names:
    me = books.me(book)
    sample = books.setting(book, books.SAMPLE) is not None
    codes = books.setting(book, books.QR_CODES) != "no"
    return _Names(books.setting(book, books.BUREAU) or "", me.name if me else "", sample, codes)


class General(Part):
    """Each field is saved when it is left or Enter is pressed."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._kept = _Names("", "", False)
        self._unsaved: set[str] = set()
        self.bureau = TextField(self, label=_("Bureau"), placeholder=_("as it stands on papers"))
        self.me = TextField(self, label=_("My name"), placeholder=_("signs what is logged here"))
        self.language = self._combo(_LANGUAGES, session.settings.language, _("Language"))
        self.language.setObjectName("language")
        self.codes = QCheckBox(_("Print a QR code on one-pagers, visit reports and project sheets"), self)
        self.codes.setToolTip(_("It holds the name, the credit code and the record's number; no person."))
        self.codes.clicked.connect(self._set_codes)
        self.error = QLabel(self)
        self.error.setProperty("role", "error")
        self.error.setWordWrap(True)
        self.sample = muted(
            _("This is the sample book: a fictional half-year to try things in. Your own book is made at the start."),
            self,
        )
        self.sample.hide()
        self._lay_out()
        self._autosave = session.autosave(self, "settings:general", self._typed)
        for name, field in self._fields().items():
            field.textEdited.connect(lambda _text, name=name: self._edit(name))
            field.left.connect(self._save)
            field.returnPressed.connect(self._save)
        for name, text in self._autosave.restore().items():
            self._fields()[name].setText(text)
            self._unsaved.add(name)
        self.language.activated.connect(lambda _row: session.set_language(self.language.currentData()))

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
            (_("The window"), ((_("Language"), self.language),)),
        ):
            layout.addWidget(heading(title, self))
            form = QFormLayout()
            form.setHorizontalSpacing(theme.L)
            form.setVerticalSpacing(theme.S)
            for words, field in rows:
                field.setFixedWidth(theme.px(_FIELD_WIDTH))
                label = QLabel(words, self)
                label.setMinimumWidth(theme.px(96))
                label.setBuddy(field)
                form.addRow(label, field)
            layout.addLayout(form)
            if title == _("The bureau"):
                layout.addWidget(self.codes)
                layout.addWidget(self.error)
                layout.addWidget(self.sample)
        self.error.hide()
        layout.addStretch(1)

    def _fields(self) -> dict[str, TextField]:
        return {"bureau": self.bureau, "me": self.me}

    def _typed(self) -> dict[str, str]:
        fields = self._fields().items()
        return {
            name: field.text()
            for name, field in fields
            if name in self._unsaved and field.text().strip() != getattr(self._kept, name)
        }

    def _edit(self, name: str) -> None:
        self._unsaved.add(name)
        self._autosave.touch()

    def load(self) -> None:
        """Read the names."""
        self.session.read(_read, self._put, owner=self)

    def _put(self, names: _Names) -> None:
        self._kept = names
        for name, field in self._fields().items():
            # What is typed and could not be saved stays.
            if not field.hasFocus() and name not in self._unsaved:
                field.setText(getattr(names, name))
        self.codes.setChecked(names.codes)
        self.sample.setVisible(names.sample)
        self._autosave.touch()

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
            words = _("Change a setting")
            self._write("bureau", words, lambda book: books.change_setting(book, books.BUREAU, bureau or None))
        else:
            self._settle("bureau")
        if me != self._kept.me:
            self._write("me", _("Say whose book this is"), lambda book: books.be(book, me))
        else:
            self._settle("me")

    def _set_codes(self, on: bool) -> None:
        def change(book: Book) -> Outcome[None]:
            return books.change_setting(book, books.QR_CODES, None if on else "no")

        self.session.write(_("Change a setting"), lambda book, _progress: change(book), owner=self)

    def _write(self, name: str, words: str, work: Callable[[Book], Outcome[Any]]) -> None:
        self.session.write(
            words, lambda book, _progress: work(book), lambda _value: self._settle(name), self._refuse, owner=self
        )

    def _settle(self, name: str) -> None:
        """Take a field for saved; typed on meanwhile, it is saved when it is left again."""
        if not self._fields()[name].hasFocus():
            self._unsaved.discard(name)
        self._autosave.touch()

    def _refuse(self, error: CrmError) -> None:
        self.error.setText(str(error))
        self.error.show()
        for name, field in self._fields().items():
            if not field.text().strip():
                # Nothing typed is lost here; the name that stands in the book comes back.
                self._unsaved.discard(name)
                field.setText(getattr(self._kept, name))
