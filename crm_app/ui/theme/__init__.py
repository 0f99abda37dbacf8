"""How everything looks: palettes as small files, one stylesheet, one font, icons recoloured at run time.

``install(app, look)`` once at the start; ``set_look`` at any time. Painters ask ``colours()`` when they paint and
never keep a colour; widgets that need more listen to ``signals.changed``.
"""

from crm_app.ui.theme.icons import icon, put_icon
from crm_app.ui.theme.look import colours, install, set_look, signals
from crm_app.ui.theme.tokens import (
    BODY,
    CONTROL,
    DISPLAY,
    LARGE,
    RADIUS,
    ROW,
    SMALL,
    TITLE,
    XL,
    XS,
    Badge,
    L,
    M,
    Palette,
    S,
)

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
    "colours",
    "icon",
    "install",
    "put_icon",
    "set_look",
    "signals",
]
