"""Whom an enterprise belongs together with: its group, its place in the chain; and its other names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from crm_app.domain import days
from crm_app.domain.chains import REACH_LABELS
from crm_app.domain.enterprises import EnterpriseName
from crm_app.i18n import _
from crm_app.services import enterprises
from crm_app.services.enterprises import Related
from crm_app.ui.enterprises import forms
from crm_app.ui.enterprises.reading import Shown
from crm_app.ui.enterprises.section import Section, small_button
from crm_app.ui.session import Session
from crm_app.ui.widgets.chip_flow import ChipFlow
from crm_app.ui.widgets.lines import plain


class RelationsCard(Section):
    """A row of chips for each kind of relation; a chip leads to the enterprise. Hidden where none is known."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(_("Group and chain"), parent)
        self._session = session

    def put(self, shown: Shown) -> None:
        """Show what the book knows of an enterprise's relations."""
        group, chain = shown.page.group, shown.page.chain
        place = shown.page.enterprise.chain_position or ""
        rows: list[tuple[str, Sequence[Related]]] = [
            (_("Belongs to"), group.above),
            (_("Subsidiaries"), group.below),
            (_("In the same group"), group.beside),
            (_("Upstream in the cluster"), chain.upstream),
            (_("Downstream in the cluster"), chain.downstream),
        ]
        with self.filled():
            for title, related in rows:
                if related:
                    self.add(plain(title, "muted"))
                    self.add(ChipFlow([(one.name, one.detail, partial(self._go, one.id)) for one in related]))
        reach = _(REACH_LABELS[chain.reach]) if chain.reach else ""
        self.count.setText(_("{reach}: {place}").format(reach=reach, place=place) if reach else "")
        self.setVisible(any(related for _title, related in rows))

    def _go(self, enterprise: UUID) -> None:
        self._session.go("enterprises", enterprise)


class NamesCard(Section):
    """Former names, short names, aliases."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(_("Other names"), parent, add=_("Add"), run=self._add, tip=_("Add another name"))
        self._session = session
        self._enterprise: UUID | None = None

    def put(self, shown: Shown) -> None:
        """Show the other names of an enterprise."""
        self._enterprise = shown.page.enterprise.id
        with self.filled():
            for name in shown.page.names:
                until = _("until {day}").format(day=days.show_date(name.to_on)) if name.to_on else ""
                detail = _(", ").join(part for part in (name.shown("kind"), until) if part)
                words = _("{name} ({what})").format(name=name.name, what=detail) if detail else name.name
                remove = small_button("x", _("Remove: {name}").format(name=name.name), partial(self._remove, name))
                self.entry(words, right=(remove,))
            if not shown.page.names:
                self.quiet(_("Former names, short names and aliases are found by search."))

    def _add(self) -> None:
        if self._enterprise is not None:
            forms.open_name(self._session, self.window(), self._enterprise)

    def _remove(self, name: EnterpriseName) -> None:
        words = _("Remove: {name}").format(name=name.name)
        self._session.write(words, lambda book, _progress: enterprises.remove(book, name))
