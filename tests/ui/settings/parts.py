"""A part of the settings, by its class; amounts in 亿."""

from __future__ import annotations

from typing import TypeVar

from crm_app.ui.settings.page import SettingsPage
from crm_app.ui.settings.part import Part

YI = 100_000_000
P = TypeVar("P", bound=Part)


def part(page: SettingsPage, kind: type[P]) -> P:
    return page.part(kind)
