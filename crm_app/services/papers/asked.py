"""What a paper is asked for, and the book's own words on every paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app.db.reader import Reader
from crm_app.db.writing import me
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.staff import Setting
from crm_app.errors import BadInput
from crm_app.i18n import _, ngettext


@dataclass(frozen=True)
class Asked:
    """The records or the window a paper is made of; ``list_name`` names a ledger's list.

    ``unmasked``: print whole mobile numbers, which are masked otherwise. ``both_sides``: of several records each begins
    a right-hand page.
    """

    ids: tuple[UUID, ...] = ()
    start: date | None = None
    end: date | None = None
    list_name: str = ""
    unmasked: bool = False
    both_sides: bool = False

    @property
    def record(self) -> UUID | None:
        """The one record it is about; None where it is about several or none."""
        return self.ids[0] if len(self.ids) == 1 else None

    def one(self) -> UUID:
        """Return the one id; raise BadInput where there is none or several."""
        if len(self.ids) != 1:
            raise BadInput(_("Please name the one record the paper is about (--of ID)."), field="ids")
        return self.ids[0]

    def window(self) -> tuple[date, date]:
        """Return the window; raise BadInput where it is not given."""
        if self.start is None or self.end is None:
            raise BadInput(_("Please give the window of the paper (--from D --to D)."), field="start")
        return self.start, self.end


def setting(reader: Reader, key: str) -> str:
    """Return a setting of the book; empty where it was never said."""
    found = reader.find(Setting, key=key)
    return (found[0].value or "") if found else ""


def bureau(reader: Reader) -> str:
    """Return the bureau's name."""
    return setting(reader, "bureau")


def author(reader: Reader) -> str:
    """Return the name of the colleague the book belongs to."""
    person = me(reader)
    return person.name if person else ""


def known_facts(enterprise: Enterprise, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return what is known of an enterprise as (label, value), in the order of the names."""
    known = ((Enterprise.field(name).title, _fact(enterprise, name)) for name in names)
    return tuple((label, value) for label, value in known if value)


def _fact(enterprise: Enterprise, name: str) -> str:
    if name == "staff" and enterprise.staff is not None:
        return ngettext("{n} employee", "{n} employees", enterprise.staff).format(n=enterprise.shown(name))
    return enterprise.shown(name)
