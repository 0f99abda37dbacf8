"""Exports: every row of a kind to a sheet, typed, whole or not at all; what is personal masked or left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from crm_app.db import access
from crm_app.db.book import Book
from crm_app.db.reader import Reader
from crm_app.domain import phones
from crm_app.domain.access import Act
from crm_app.domain.access import rows as rows_of
from crm_app.domain.amounts import Currency
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.events import Event
from crm_app.domain.fields import Field, Privacy, Record
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.kinds import Day, Fuzzy, Instant, Money, Number, Phone, Ref, Tags, Text, Whole
from crm_app.domain.leads import Lead
from crm_app.domain.projects import Fund, Investor, Project, ProjectPark, Signing, StageEntry
from crm_app.domain.records import RECORDS
from crm_app.domain.targets import Target
from crm_app.domain.tasks import Task
from crm_app.domain.trips import Trip
from crm_app.domain.visits import Reception, Visit
from crm_app.errors import BadInput
from crm_app.files.cells import Cell
from crm_app.files.writing import Head, Page, check_suffix, write_pages
from crm_app.i18n import _

KINDS: dict[str, type[Record]] = {
    "enterprises": Enterprise,
    "contacts": Contact,
    "leads": Lead,
    "trips": Trip,
    "visits": Visit,
    "receptions": Reception,
    "follow_ups": FollowUp,
    "tasks": Task,
    "projects": Project,
    "signings": Signing,
    "funds": Fund,
    "stages": StageEntry,
    "targets": Target,
    "events": Event,
}
"""What can be exported, by the name the command line knows it by."""

_WAN = 10_000
_WIDE, _NARROW = 30, 14


@dataclass(frozen=True)
class _Extra:
    """A column that stands in other records: the posts of a contact, the investors of a project."""

    title: str
    cells: Mapping[UUID, str]


def export(book: Book, kind: str, out_path: Path, *, personal: bool = False) -> int:
    """Write every row of a kind to .xlsx or .csv and return how many.

    Phones are masked, mail and personal notes left out, unless ``personal``. Raise BadInput for another kind of record
    or of file, Refused where it cannot be written: the file is whole or not there.
    """
    if kind not in KINDS:
        known = _(", ").join(KINDS)
        raise BadInput(_("“{kind}” cannot be exported. Choose one of: {known}.").format(kind=kind, known=known))
    record_type = KINDS[kind]
    with book.read() as reader:
        records = reader.find(record_type)
        fields = [field for field in record_type.fields if _exported(field, personal=personal)]
        names = _names(reader, record_type, records)
        extras = _EXTRAS[record_type](reader) if record_type in _EXTRAS else []
    heads = [_head(field) for field in fields] + [Head(extra.title, _WIDE) for extra in extras]
    rows = (
        [_cell(field, getattr(record, field.name), names, personal=personal) for field in fields]
        + [extra.cells.get(record.id) for extra in extras]
        for record in records
    )
    check_suffix(out_path, 1)
    if personal:
        access.note(book, Act.REVEAL, rows_of(kind), amount=len(records))
    access.note(book, Act.EXPORT, rows_of(kind), amount=len(records))
    return write_pages(out_path, [Page(_(record_type.label), heads, rows)])


def _exported(field: Field, *, personal: bool) -> bool:
    """Say whether a field has a column: not what is computed, instants of entry, or personal beyond a masked phone."""
    if field.derived or isinstance(field.kind, Instant):
        return False
    return personal or field.privacy is Privacy.NONE or isinstance(field.kind, Phone)


def _names(reader: Reader, record_type: type[Record], records: Sequence[Record]) -> dict[UUID, str]:
    """Return what the records referred to are called."""
    names: dict[UUID, str] = {}
    for field in record_type.fields:
        if isinstance(field.kind, Ref):
            ids = {getattr(record, field.name) for record in records} - {None}
            for other in reader.get_many(RECORDS[field.kind.table], ids).values():
                names[other.id] = _called(other)
    return names


def _called(record: Record) -> str:
    for name in ("name", "title", "number", "on"):
        if getattr(record, name, None):
            return record.shown(name)
    return ""


def _head(field: Field) -> Head:
    if isinstance(field.kind, Money):
        unit = "万元" if field.kind.currency is Currency.CNY else "万美元"
        return Head(f"{field.title}({unit})", _NARROW)
    title = f"{field.title}({field.unit})" if isinstance(field.kind, Number) and field.unit else field.title
    return Head(title, _WIDE if isinstance(field.kind, Text | Ref) else _NARROW)


def _cell(field: Field, value: Any, names: Mapping[UUID, str], *, personal: bool) -> Cell:
    if value is None:
        return None
    kind = field.kind
    if isinstance(kind, Ref):
        return names.get(value, "")
    if isinstance(kind, Phone):
        return phones.show(value) if personal else phones.mask(value)
    if isinstance(kind, Money):
        return _number(Decimal(value) / _WAN / (1 if kind.currency is Currency.CNY else 100))
    if isinstance(kind, Number):
        return _number(value)
    if isinstance(kind, Whole):
        return int(value)
    if isinstance(kind, Day):
        return value  # type: ignore[no-any-return]
    if isinstance(kind, Fuzzy) and value.exact:
        return value.first  # type: ignore[no-any-return]
    if isinstance(kind, Tags):
        return "、".join(value)
    shown = kind.show(value)
    return shown if personal or not isinstance(kind, Text) else phones.mask_all(shown)


def _number(value: Decimal) -> float | int:
    return int(value) if value == value.to_integral_value() else float(value)


def _joined(pairs: Iterable[tuple[UUID, str]]) -> dict[UUID, str]:
    gathered: dict[UUID, list[str]] = defaultdict(list)
    for owner, word in pairs:
        if word:
            gathered[owner].append(word)
    return {owner: "、".join(words) for owner, words in gathered.items()}


def _of_contacts(reader: Reader) -> list[_Extra]:
    posts = [post for post in reader.find(Position) if post.to_on is None]
    known = reader.get_many(Enterprise, [post.enterprise_id for post in posts])
    return [
        _Extra(
            Enterprise.field("name").title, _joined((post.contact_id, known[post.enterprise_id].name) for post in posts)
        ),
        _Extra(Position.field("title").title, _joined((post.contact_id, post.title or "") for post in posts)),
    ]


def _of_projects(reader: Reader) -> list[_Extra]:
    investors = reader.find(Investor)
    known = reader.get_many(Enterprise, [one.enterprise_id for one in investors])
    parks = {one.project_id: one.park for one in reader.find(ProjectPark, order_by=("from_on",))}
    stages = {one.project_id: one.shown("stage") for one in reader.find(StageEntry, order_by=("on",))}
    parties = ((one.project_id, _party(known[one.enterprise_id].name, one.share)) for one in investors)
    return [
        _Extra(_(Investor.label), _joined(parties)),
        _Extra(ProjectPark.field("park").title, parks),
        _Extra(StageEntry.field("stage").title, stages),
    ]


def _party(name: str, share: Decimal | None) -> str:
    whole = Decimal(100)
    return name if share is None or share == whole else f"{name}{share.normalize():f}%"


_EXTRAS: dict[type[Record], Callable[[Reader], list[_Extra]]] = {Contact: _of_contacts, Project: _of_projects}
