"""The cards of an enterprise's page, each made when it is first asked for: to make all of them takes a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial

from PySide6.QtWidgets import QWidget

from crm_app.ui import theme
from crm_app.ui.attachments import AttachmentsCard
from crm_app.ui.attachments.thumbnails import Thumbnails
from crm_app.ui.enterprises.business import BusinessCard
from crm_app.ui.enterprises.facts import FactsCard
from crm_app.ui.enterprises.honours import HonoursCard
from crm_app.ui.enterprises.people import ContactsCard
from crm_app.ui.enterprises.promises import TickCard
from crm_app.ui.enterprises.relations import NamesCard, RelationsCard
from crm_app.ui.enterprises.results import ResultsCard
from crm_app.ui.enterprises.steps import StepsCard
from crm_app.ui.enterprises.timeline import Timeline
from crm_app.ui.session import Session


class Cards:
    """By what they are about; they are part of ``parent``, and nobody sees them until they are laid out."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._session, self._parent = session, QWidget(parent)
        # A page shows all it has once it is shown: a card without its place would lie over the list.
        self._parent.hide()

    @cached_property
    def _thumbnails(self) -> Thumbnails:
        return Thumbnails(self._session, self._parent)

    @cached_property
    def attachments(self) -> AttachmentsCard:
        """Its photos and files, behind a tab of the timeline."""
        return AttachmentsCard(self._session, self._parent, None, self._thumbnails)

    @cached_property
    def facts(self) -> FactsCard:
        """What is declared of it."""
        return FactsCard(self._session, self._parent)

    @cached_property
    def people(self) -> ContactsCard:
        """Who is known there."""
        return ContactsCard(self._session, self._parent)

    @cached_property
    def steps(self) -> StepsCard:
        """What is to be done next."""
        return StepsCard(self._session, self._parent)

    @cached_property
    def promised(self) -> TickCard:
        """What we promised."""
        return TickCard(self._session, self._parent, promises=True)

    @cached_property
    def asked(self) -> TickCard:
        """What they asked."""
        return TickCard(self._session, self._parent, promises=False)

    @cached_property
    def honours(self) -> HonoursCard:
        """What it was awarded, and until when."""
        return HonoursCard(self._session, self._parent)

    @cached_property
    def results(self) -> ResultsCard:
        """Its figures by the year."""
        return ResultsCard(self._session, self._parent)

    @cached_property
    def relations(self) -> RelationsCard:
        """Its group and its place in the chain."""
        return RelationsCard(self._session, self._parent)

    @cached_property
    def names(self) -> NamesCard:
        """Its other names."""
        return NamesCard(self._session, self._parent)

    @cached_property
    def business(self) -> BusinessCard:
        """Its leads and projects."""
        return BusinessCard(self._session, self._parent)

    @cached_property
    def timeline(self) -> Timeline:
        """Everything that happened."""
        return Timeline(self._thumbnails, self.attachments, self._parent)

    def making(self) -> Iterator[Callable[[], object]]:
        """Yield the steps in which all are made; none of them takes long."""
        for name in _NAMES:
            yield partial(getattr, self, name)

    def dressing(self) -> Iterator[Callable[[], object]]:
        """Yield the steps in which all are dressed, before they are shown together."""
        for name in _NAMES:
            yield partial(self._dress, name)

    def _dress(self, name: str) -> None:
        card: QWidget = getattr(self, name)
        theme.dress([card, *card.findChildren(QWidget)])


_NAMES = [name for name, made in vars(Cards).items() if isinstance(made, cached_property) and not name.startswith("_")]
