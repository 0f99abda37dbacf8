"""Honours of an enterprise (企业荣誉), with until when they hold."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.enterprises import Label
from crm_app.i18n import _
from crm_app.ui.enterprises import forms
from crm_app.ui.enterprises.reading import Shown
from crm_app.ui.enterprises.section import Mark, Section, small_button
from crm_app.ui.session import Session

_SOON = timedelta(days=90)
"""An honour that ends within this has to be applied for again."""


class HonoursCard(Section):
    """A line for each; an expired one is quiet, one that ends soon is marked."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(_("Honours"), parent, add=_("Add"), run=self._add, tip=_("Add an honour"))
        self._session = session
        self._enterprise: UUID | None = None

    def put(self, shown: Shown) -> None:
        """Show the honours of an enterprise: those that hold before the expired ones."""
        self._enterprise = shown.page.enterprise.id
        with self.filled():
            for label in sorted(shown.page.labels, key=has_expired):
                expired = has_expired(label)
                detail = " · ".join(part for part in (label.shown("year"), label.issuer, _until(label)) if part)
                self.entry(label.shown("honour"), detail, right=self._right(label), role="muted" if expired else "")
            if not shown.page.labels:
                self.quiet(_("None is entered."))

    def _right(self, label: Label) -> tuple[QWidget, ...]:
        edit = small_button(
            "pencil", _("Change: {name}").format(name=label.shown("honour")), partial(self._change, label)
        )
        if has_expired(label):
            return (Mark("alert-triangle", "overdue", _("Expired")), edit)
        if label.valid_to is not None and label.valid_to <= clock.today() + _SOON:
            return (Mark("alert-triangle", "gap", _("Expires soon")), edit)
        return (edit,)

    def _add(self) -> None:
        if self._enterprise is not None:
            forms.open_honour(self._session, self.window(), self._enterprise)

    def _change(self, label: Label) -> None:
        forms.open_honour(self._session, self.window(), label.enterprise_id, label)


def has_expired(label: Label) -> bool:
    """Say whether an honour no longer holds."""
    return label.valid_to is not None and label.valid_to < clock.today()


def _until(label: Label) -> str:
    if label.valid_to is None:
        return ""
    if has_expired(label):
        return _("expired {day}").format(day=days.show_date(label.valid_to))
    left = (label.valid_to - clock.today()).days
    words = _("until {day}, {n} d left") if left <= _SOON.days else _("until {day}")
    return words.format(day=days.show_date(label.valid_to), n=left)
