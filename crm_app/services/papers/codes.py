"""The QR code of a record's paper, and what it says.

Name and credit code save typing eighteen characters into a telephone; the record's number finds it again where the
scanned text is pasted into the search. Nobody's telephone number or name is in it, and no address of a network: it is
read where there is none.
"""

from __future__ import annotations

from uuid import UUID

from crm_app.briefs.content import Qr
from crm_app.db.reader import Reader
from crm_app.i18n import _
from crm_app.services.book import QR_CODES
from crm_app.services.papers import asked as common

_LONGEST_NAME = 40
"""Characters; with more the squares get too small for a telephone."""


def code(reader: Reader, record: UUID, name: str, uscc: str | None = None) -> Qr | None:
    """Return the code of a record; None where the bureau wants none."""
    if common.setting(reader, QR_CODES) == "no":
        return None
    short = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
    lines = [short, _("Credit code: {uscc}").format(uscc=uscc) if uscc else "", _("Record: {id}").format(id=record)]
    return Qr("\n".join(line for line in lines if line), _("Scan for name, credit code and record"))
