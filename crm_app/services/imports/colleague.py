"""The one colleague a cell names who is answerable for something."""

from __future__ import annotations

import re
from functools import lru_cache
from uuid import UUID

from crm_app.domain import people
from crm_app.i18n import _
from crm_app.services.imports.drafts import Draft, Notes
from crm_app.services.imports.shelf import Shelf

_TEAM = re.compile(r".{1,12}(?:[局处组部办委室科]|科室|中心|专班|公司|集团|园区|街道)")
"""A team that stands beside who is answerable in it: 招商一科/李华."""


def colleague(shelf: Shelf, notes: Notes, text: str) -> UUID | Draft:
    """Return the colleague a cell names, drafted where there is none; of several the first, and the row says so."""
    named = _people_in(text)
    if len(named) > 1:
        told = _("“{text}” names several people; noted is the first, {name}.")
        notes.remarks.append(told.format(text=text, name=named[0]))
    return shelf.person(named[0] if named else text).reference


@lru_cache(1024)
def _people_in(text: str) -> tuple[str, ...]:
    """Return whom a cell lists, without the teams beside them; none where it is one name as it stands."""
    listed = [one.lstrip("@＠ ") for one in people.listed(text)]
    if len(listed) < 2:
        return ()
    return tuple(one for one in listed if not _TEAM.fullmatch(one)) or (listed[0],)
