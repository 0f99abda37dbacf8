"""The list of enterprises: found by what one remembers, narrowed and sorted by any of its columns."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crm_app.domain.views import Query
from crm_app.i18n import _
from crm_app.ui.session import Session
from crm_app.ui.widgets.data_list import DataList
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.list_cells import ago

__all__ = ["ago"]


def make_list(session: Session, empty: EmptyState, parent: QWidget) -> DataList:
    """Return the list, not yet filled."""
    hint = _("Name, initials, alias, phone or credit code")
    return DataList(session, Query("enterprises"), empty, parent, search_hint=hint)
