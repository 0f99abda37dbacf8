"""What Today shows on a new book: the first three things to do, and where help is."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.widgets.fitting import centre
from crm_app.ui.widgets.way import Way

_WIDTH = 560


class Beginning(QWidget):
    """Goes away by itself once the book holds something."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        card = self._card = QFrame(self)
        card.setProperty("role", "card")
        centre(self, card)
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.L)
        title = QLabel(_("The book is new. Three things to begin with:"), card)
        title.setProperty("role", "heading")
        title.setWordWrap(True)
        column.addWidget(title)
        keys = {name: actions.spec(name).shown_keys for name in ("log", "import", "help")}
        self.ways = [
            Way(
                "plus",
                _("Log the first lead"),
                _(
                    "An enterprise's name is enough; what comes next stands here by its day. {keys} from anywhere."
                ).format(keys=keys["log"]),
                _("Log a lead"),
                lambda: session.log_wanted.emit(None),
                card,
                primary=True,
            ),
            Way(
                "file-import",
                _("Take in the ledgers you have"),
                _("Excel, WPS or CSV of any shape; everything is shown before it is taken. {keys}").format(
                    keys=keys["import"]
                ),
                _("Import…"),
                lambda: session.import_wanted.emit([]),
                card,
            ),
            Way(
                "settings",
                _("Say who works here"),
                _("Colleagues, parks and this year's targets stand in the settings; papers and figures go by them."),
                _("Settings"),
                lambda: session.go("settings", view="people"),
                card,
            ),
        ]
        for way in self.ways:
            column.addWidget(way)
        hint = QLabel(
            _("{keys} explains every place and the main jobs, without a network.").format(keys=keys["help"]), card
        )
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        column.addWidget(hint)
        self.setFocusProxy(self.ways[0].button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the width there is, and the height that words need where they wrap: layouts guess too low."""
        super().resizeEvent(event)
        layout = self._card.layout()
        assert layout is not None
        width = min(theme.px(_WIDTH), self.width() - 2 * theme.L)
        self._card.setFixedSize(width, layout.totalHeightForWidth(width))
