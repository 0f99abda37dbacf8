"""What a row says it belongs to: a lead by its title, a visit, reception or follow-up by its day."""

from __future__ import annotations

from collections.abc import Sequence

from crm_app import clock
from crm_app.domain import days, names
from crm_app.domain.days import Precision
from crm_app.domain.fields import Record
from crm_app.domain.leads import Lead
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.imports.drafts import Draft, Notes
from crm_app.services.imports.shelf import Shelf


def lead_of_project(shelf: Shelf, notes: Notes, parties: Sequence[Draft], title: str) -> object:
    """Return the lead a project came from, by number or title: that of an investor, else the only one of the book.

    None, remarked, where there is none or several: a lead may be that of the group whose new daughter invests.
    """
    wanted = names.clean(title)
    found = [one for one in shelf.drafts[Lead] if wanted in (names.clean(one.get("title") or ""), one.get("number"))]
    owners = [one.reference for one in parties]
    of_parties = [one for one in found if one.get("enterprise_id") in owners] or found
    if len(of_parties) == 1:
        return of_parties[0].reference
    several = _("There are {n} leads called “{title}”; it was left out. Give the number the right one has.")
    none = _("The lead “{title}” is not in the book; it was left out. Import the leads, then this file once more.")
    notes.remarks.append((several if found else none).format(n=len(of_parties), title=title))
    return None


def lead_called(shelf: Shelf, notes: Notes, enterprise: Draft, title: str) -> object:
    """Return the enterprise's lead of this title or number; None, remarked, where there is none or several."""
    if not title:
        return None
    leads = shelf.children(Lead, "enterprise_id", enterprise)
    found = [one for one in leads if names.clean(title) in (names.clean(one.get("title") or ""), one.get("number"))]
    if len(found) == 1:
        return found[0].reference
    notes.remarks.append(_("The lead “{title}” is not in the book; it was left out.").format(title=title))
    return None


def of_day(shelf: Shelf, notes: Notes, record_type: type[Record], enterprise: Draft, day: str) -> object:
    """Return the enterprise's record on the day a cell names; None, remarked, where there is none or several.

    Of several of one day the hour tells: none in the cell, none in the record.
    """
    if not day:
        return None
    word, _space, time = day.partition(" ")
    on = _day(word)
    found = [one for one in shelf.children(record_type, "enterprise_id", enterprise) if on and one.get("on") == on]
    if len(found) > 1:
        found = [one for one in found if (one.get("time") or "") == time]
    if len(found) == 1:
        return found[0].reference
    sentence = _("{record} “{day}”: there is not exactly one in the book, so this was left out.")
    notes.remarks.append(sentence.format(record=_(record_type.label), day=day))
    return None


def _day(text: str) -> object:
    try:
        read = days.parse_day(text, clock.today())
    except BadInput:
        return None
    return read.first if read.precision is Precision.DAY else None
