"""The sheet of every command and its shortcut, under where it is heard: made of the one declaration, and printable."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.ui import actions, theme
from crm_app.ui.actions import Spec, Where

_KEYS = {"Return": "Enter", "Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}
"""Keys by what stands on them; Return and Enter are one key to most people."""


def shown_keys(declared: Spec) -> str:
    """Return an action's first shortcut as it stands on the keyboard; empty where it has none."""
    return shown_keys_of(declared.keys[0]) if declared.keys else ""


def shown_keys_of(keys: str) -> str:
    """Return a shortcut as it stands on the keyboard."""
    # The last may be the plus sign itself.
    *held, key = keys.replace("++", "+plus").split("+")
    return "+".join([*held, "+" if key == "plus" else _KEYS.get(key, key)])


def groups() -> list[tuple[Where, list[Spec]]]:
    """Return every command under where it is heard, those with a shortcut first."""
    return [
        (where, sorted((one for one in actions.SPECS if one.where is where), key=lambda one: not one.keys))
        for where in actions.HEARD
    ]


def as_html() -> str:
    """Return the sheet as a page to print, in the language in use."""
    parts = [f"<h2>{_('Shortcuts')}</h2>"]
    for where, specs in groups():
        rows = "".join(f"<tr><td width='150'>{_escaped(_keys_of(one))}</td><td>{one.title}</td></tr>" for one in specs)
        parts.append(f"<h4>{_(actions.HEARD[where])}</h4><table cellpadding='2'>{rows}</table>")
    return "".join(parts)


def _keys_of(declared: Spec) -> str:
    return shown_keys(declared) or _("by Ctrl+K")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


class ShortcutSheet(QWidget):
    """The sheet on the screen, with a button that prints it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, 0, 0, 0)
        column.setSpacing(theme.S)
        head = QHBoxLayout()
        head.addWidget(_words(_("Shortcuts"), "title"), 1)
        self.print_button = QPushButton(_("Print"), self)
        theme.put_icon(self.print_button, "printer")
        self.print_button.setAutoDefault(False)
        self.print_button.clicked.connect(lambda _checked=False: self._ask_printer())
        head.addWidget(self.print_button)
        column.addLayout(head)
        column.addWidget(_words(_("What has no shortcut is found by its name in Ctrl+K."), "muted"))
        column.addWidget(self._table(), 1)

    def _table(self) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("role", "clear")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme.S, 0)
        grid.setHorizontalSpacing(theme.L)
        grid.setVerticalSpacing(theme.XS)
        grid.setColumnStretch(1, 1)
        row = 0
        for where, specs in groups():
            heading = _words(_(actions.HEARD[where]), "strong")
            heading.setContentsMargins(0, theme.S if row else 0, 0, 0)
            grid.addWidget(heading, row, 0, 1, 2)
            for number, declared in enumerate(specs, row + 1):
                grid.addWidget(_words(_keys_of(declared), "muted"), number, 0)
                grid.addWidget(_words(declared.title), number, 1)
            row += len(specs) + 1
        grid.setRowStretch(row, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(_("Shortcuts"))
        area.setWidget(inside)
        return area

    def _ask_printer(self) -> None:
        printer = QPrinter()
        asked = QPrintDialog(printer, self)
        if asked.exec() == QPrintDialog.DialogCode.Accepted:
            print_sheet(printer)


def print_sheet(printer: QPrinter) -> None:
    """Print the sheet, black on white whatever the look."""
    page = QTextDocument()
    page.setDefaultStyleSheet("body, td, h2, h4 { color: #000000; }")
    page.setHtml(f"<body>{as_html()}</body>")
    page.print_(printer)


def _words(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    return label
