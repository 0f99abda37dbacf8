"""The light look: white paper on a cool grey desk."""

from crm_app.ui.theme.tokens import Badge, Palette

LIGHT = Palette(
    name="light",
    dark=False,
    window="#f4f6f8",
    base="#ffffff",
    raised="#ffffff",
    hover="#eceff3",
    border="#dde2e8",
    edge="#858f9b",
    text="#1c2329",
    muted="#586370",
    accent="#0b5fc4",
    on_accent="#ffffff",
    accent_soft="#deebfa",
    on_soft="#0a4a99",
    overdue="#c02626",
    gap="#92500a",
    good="#176f3d",
    danger_soft="#fdeaea",
    warn_soft="#fdf1dc",
    toast="#2a323b",
    on_toast="#f2f5f8",
    neutral=Badge("#e7ebef", "#47515c"),
    stages={
        "negotiating": Badge("#e3ecf7", "#2b527f"),
        "review": Badge("#ece6f8", "#5b3e96"),
        "mou": Badge("#fdf0d5", "#7f4d05"),
        "signed": Badge("#dbeafe", "#1549a8"),
        "started": Badge("#d8f1ea", "#0c5f52"),
        "producing": Badge("#def3dd", "#1f6227"),
        "full_capacity": Badge("#cdebd2", "#14562a"),
        "on_hold": Badge("#e7ebef", "#47515c"),
        "lost": Badge("#f9e3e3", "#8f2424"),
    },
)
