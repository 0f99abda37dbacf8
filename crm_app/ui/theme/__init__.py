"""How everything looks: palettes as small files, one stylesheet, one font, icons recoloured at run time.

``install(app, look)`` once at the start; ``set_look``, ``set_sizes``, ``set_motion`` and ``follow_language`` at any
time. Painters ask ``colours()`` when they paint and never keep a colour; widgets that need more listen to
``signals.changed``.

Sizes: ``XS`` to ``XL`` between things, ``SMALL`` to ``DISPLAY`` for type, ``ROW`` and ``CONTROL`` for heights, and
``px(n)`` for a width of the design. All of them are asked for as ``theme.S`` where something is built or painted, for
they change; the window is built anew with them.
"""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from crm_app.ui.theme import look
from crm_app.ui.theme.dressing import dress, put_off
from crm_app.ui.theme.icons import app_icon, fit_icon, icon, put_icon
from crm_app.ui.theme.look import colours, follow_language, moves, set_look, set_motion, signals
from crm_app.ui.theme.ring import State, fill_row, paint_ring, state_of
from crm_app.ui.theme.sizes import Sizes
from crm_app.ui.theme.tokens import Badge, Palette

XS, S, M, L, XL = Sizes().spacing
SMALL, BODY, LARGE, TITLE, DISPLAY = Sizes().type
ROW = Sizes().row
CONTROL = Sizes().control
RADIUS = 6
_LARGE_MARK = 20


def install(app: QApplication, chosen: str, sizes: Sizes | None = None, motion: str = "auto") -> None:
    """Dress the application once: style, font, sizes, palette; ``auto`` follows the system from then on."""
    _measure(sizes or Sizes())
    look.install(app, chosen, sizes or Sizes(), motion)


def set_sizes(sizes: Sizes) -> None:
    """Use another font size or density from now on; what was built keeps the old until it is built anew."""
    _measure(sizes)
    look.set_sizes(sizes)


def px(pixels: float) -> int:
    """Return so many pixels of the design at the font size in use."""
    return look.sizes().px(pixels)


def link_inset() -> int:
    """Return what a link keeps at its left for the frame of its focus: words in line with links begin there."""
    return px(4) + 1


def quiet_inset() -> int:
    """Return what a quiet button keeps at its left: a row of them in line with texts begins so much further left."""
    return px(8) + 1


def list_mark() -> str:
    """Return the icon of a field that opens a list: Qt gives it 16 pixels at any size, large letters want all."""
    return "chevron-down-large" if px(16) >= _LARGE_MARK else "chevron-down"


def size(width: float, height: float) -> QSize:
    """Return a size of the design at the font size in use."""
    return QSize(px(width), px(height))


def _measure(sizes: Sizes) -> None:
    global XS, S, M, L, XL, SMALL, BODY, LARGE, TITLE, DISPLAY, ROW, CONTROL
    XS, S, M, L, XL = sizes.spacing
    SMALL, BODY, LARGE, TITLE, DISPLAY = sizes.type
    ROW, CONTROL = sizes.row, sizes.control


__all__ = [
    "BODY",
    "CONTROL",
    "DISPLAY",
    "LARGE",
    "RADIUS",
    "ROW",
    "SMALL",
    "TITLE",
    "XL",
    "XS",
    "Badge",
    "L",
    "M",
    "Palette",
    "S",
    "Sizes",
    "State",
    "app_icon",
    "colours",
    "dress",
    "fill_row",
    "fit_icon",
    "follow_language",
    "icon",
    "install",
    "link_inset",
    "list_mark",
    "moves",
    "paint_ring",
    "put_icon",
    "put_off",
    "px",
    "quiet_inset",
    "set_look",
    "set_motion",
    "set_sizes",
    "signals",
    "size",
    "state_of",
]
