"""The dark look: nothing pure black, nothing pure white."""

from crm_app.ui.theme.tokens import Badge, Palette

DARK = Palette(
    name="dark",
    dark=True,
    window="#171b20",
    base="#1e2329",
    raised="#262c34",
    hover="#2c333c",
    border="#363e48",
    edge="#77828f",
    text="#e6eaee",
    muted="#a3adb8",
    accent="#6cb0ff",
    on_accent="#0b1f36",
    accent_soft="#1d3a5c",
    on_soft="#b9d9ff",
    overdue="#ff8f8a",
    gap="#f0b45c",
    good="#7fd19b",
    danger_soft="#45242a",
    warn_soft="#40331d",
    toast="#e6eaee",
    on_toast="#1c2329",
    neutral=Badge("#363e48", "#c5ced7"),
    stages={
        "negotiating": Badge("#273b53", "#b3d1f4"),
        "review": Badge("#3a2f58", "#d2c1f7"),
        "mou": Badge("#493713", "#f5cf86"),
        "signed": Badge("#1c3d73", "#bcd8ff"),
        "started": Badge("#17443d", "#93e0cf"),
        "producing": Badge("#234526", "#a9e0aa"),
        "full_capacity": Badge("#1c4f2d", "#a9ecbd"),
        "on_hold": Badge("#363e48", "#c5ced7"),
        "lost": Badge("#512a2c", "#f8b5b2"),
    },
)
