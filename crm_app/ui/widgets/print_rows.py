"""Ctrl+P on a list: the papers of the chosen rows, together, or the paper of the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from crm_app.i18n import _
from crm_app.services import lists
from crm_app.ui.session import Session
from crm_app.ui.widgets.data_list import DataList

_MOST = 300
"""Papers at once: more are a list's business, and nobody waits for them."""


def print_chosen(session: Session, rows: DataList, kind: str) -> None:
    """Go to the papers with those of the chosen rows; ``kind`` is the papers' word for what is made of a row."""
    query, numbers = rows.model.query, rows.chosen()
    if len(numbers) > _MOST:
        session.trouble.emit(_("Please choose at most {n} rows to print.").format(n=_MOST))
    elif numbers:
        session.read(lambda book: lists.ids(book, query, numbers), lambda ids: _go(session, ids, kind), owner=rows)


def _go(session: Session, ids: Sequence[UUID], kind: str) -> None:
    if len(ids) == 1:
        session.go("papers", ids[0], kind)
    elif ids:
        session.go("papers", view=kind, records=ids)
