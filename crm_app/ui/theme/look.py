"""The look in use: Fusion with a palette of our own, the bundled font, the short stylesheet; switched at run time."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from crm_app import i18n, paths
from crm_app.ui.theme.dark import DARK
from crm_app.ui.theme.light import LIGHT
from crm_app.ui.theme.sizes import Sizes
from crm_app.ui.theme.stylesheet import stylesheet
from crm_app.ui.theme.system import SystemScheme
from crm_app.ui.theme.tokens import Palette

FAMILIES = {"zh_CN": ["Noto Sans SC"], "en": ["Outreach Quotes", "Noto Sans SC"]}
"""Families by language. The Chinese face draws quotation marks as wide as a character, so that in English four narrow
ones of its own stand before it; all else, the height of a line too, is the same."""


class _Signals(QObject):
    changing = Signal()
    changed = Signal()


signals = _Signals()
"""``signals.changed`` is emitted after another palette or other sizes came into use, ``changing`` just before."""

_now: Palette = LIGHT
_sizes = Sizes()
_look = "light"
_motion = "auto"


def colours() -> Palette:
    """Return the palette in use."""
    return _now


def sizes() -> Sizes:
    """Return the sizes in use."""
    return _sizes


def moves() -> bool:
    """Say whether something may move by itself; ``auto`` asks the system, where it tells."""
    return _motion == "on" or (_motion == "auto" and QApplication.isEffectEnabled(Qt.UIEffect.UI_General))


def install(app: QApplication, look: str, sizes: Sizes, motion: str) -> None:
    """Dress the application once: style, font, sizes, palette; ``auto`` follows the system from then on."""
    global _sizes, _motion
    if not app.styleSheet():
        app.setStyle("Fusion")
    _add_fonts()
    _sizes, _motion = sizes, motion
    app.styleHints().colorSchemeChanged.connect(_follow_system)
    _desktop().changed.connect(_follow_system)
    set_look(look)


def set_look(look: str) -> None:
    """Use ``light``, ``dark`` or ``auto`` from now on."""
    global _look, _now
    _look = look
    if look == "auto":
        _desktop().listen()
    _now = DARK if look == "dark" or (look == "auto" and _system_is_dark()) else LIGHT
    _dress(_app())


def set_sizes(sizes: Sizes) -> None:
    """Use another font size and density from now on."""
    global _sizes
    _sizes = sizes
    _dress(_app())


def follow_language() -> None:
    """Use the letters of the language that is spoken from now on."""
    _dress(_app())


def set_motion(motion: str) -> None:
    """Let things move (``on``), keep them still (``off``), or do as the system does (``auto``)."""
    global _motion
    _motion = motion


def _dress(app: QApplication) -> None:
    font, palette, sheet = QFont(FAMILIES[i18n.language()]), _qt_palette(_now), stylesheet(_now, _sizes)
    font.setPixelSize(_sizes.type[1])
    # Qt dresses every widget anew even where nothing is another: half a second with a window open.
    if (app.font(), app.palette(), app.styleSheet()) != (font, palette, sheet):
        signals.changing.emit()
        # A sheet in another's place dresses each widget once for every widget around it; in no sheet's place, once.
        app.setStyleSheet("")
        if app.font() != font:
            app.setFont(font)
        if app.palette() != palette:
            app.setPalette(palette)
        app.setStyleSheet(sheet)
    signals.changed.emit()


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication), "the look is set after the application is made"
    return app


def _system_is_dark() -> bool:
    said = _desktop().dark
    return _app().styleHints().colorScheme() == Qt.ColorScheme.Dark if said is None else said


@cache
def _desktop() -> SystemScheme:
    return SystemScheme(_app())


def _follow_system() -> None:
    if _look == "auto":
        set_look("auto")


@cache
def _add_fonts() -> None:
    """Load the bundled fonts once, so that a system without a Chinese font shows no boxes."""
    for file in sorted((paths.resources() / "fonts").rglob("*Sans*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def _qt_palette(p: Palette) -> QPalette:
    role = QPalette.ColorRole
    colours_of = {
        role.Window: p.window,
        role.WindowText: p.text,
        role.Base: p.base,
        role.AlternateBase: p.window,
        role.Text: p.text,
        role.Button: p.raised,
        role.ButtonText: p.text,
        role.BrightText: p.overdue,
        # A quiet selection keeps badges and red days readable on it.
        role.Highlight: p.accent_soft,
        role.HighlightedText: p.on_soft,
        role.Link: p.accent,
        role.LinkVisited: p.accent,
        role.PlaceholderText: p.muted,
        role.ToolTipBase: p.toast,
        role.ToolTipText: p.on_toast,
        role.Mid: p.border,
        role.Midlight: p.hover,
        role.Light: p.raised,
        role.Dark: p.edge,
        role.Shadow: p.edge,
    }
    palette = QPalette()
    for one, colour in colours_of.items():
        palette.setColor(one, QColor(colour))
    accent = getattr(role, "Accent", None)  # from Qt 6.6 on, where the bindings name it
    if accent is not None:
        palette.setColor(accent, QColor(p.accent))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(p.edge))
    return palette
