"""One field of many records set at once: first what it would change, then as one step that undo takes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from crm_app.db.book import Book
from crm_app.db.reader import R, Reader
from crm_app.domain.fields import Field, require_created, store, values_of
from crm_app.domain.kinds import Choice, Day, Flag, Money, Number, Option, Ref, Region, Text, Whole
from crm_app.domain.listed import LISTS
from crm_app.domain.lists import List
from crm_app.domain.staff import Person
from crm_app.errors import BadInput, CrmError
from crm_app.i18n import _, ngettext
from crm_app.progress import Report
from crm_app.services.outcome import Outcome

_BLOCK = 500
_KINDS = (Choice, Day, Flag, Money, Number, Option, Region, Text, Whole)
_NEVER = ("name", "uscc", "number", "title", "start_on", "end_on", "first_reporter_id")
"""What tells one record from another is not the same in many, two ends hold each other, and the first reporter is never
rewritten."""


@dataclass(frozen=True)
class Refusal:
    """A record that stays as it is, and why."""

    id: UUID
    why: str


@dataclass(frozen=True)
class Preview:
    """What setting a field would do: how many change, from which values, how many have it already, which refuse."""

    field: Field
    shown: str
    changing: tuple[UUID, ...]
    same: int
    before: tuple[tuple[str, int], ...]
    refused: tuple[Refusal, ...]


def fields_of(wanted: List) -> list[Field]:
    """Return the fields of a list's records that can be set for many at once."""
    return [
        one
        for one in wanted.record.fields
        if one.name not in _NEVER and not one.derived and (isinstance(one.kind, _KINDS) or _is_person(one))
    ]


def _is_person(field: Field) -> bool:
    return isinstance(field.kind, Ref) and field.kind.table == "person"


def preview(book: Book, list_name: str, ids: Sequence[UUID], field_name: str, value: Any) -> Preview:
    """Say what setting a field of these records to ``value`` (None: empty) changes; nothing is written.

    Raise BadInput for a field that cannot be set like that, or a value it cannot hold.
    """
    wanted = LISTS[list_name]
    with book.read() as reader:
        return _look(reader, wanted.record, _field(wanted, field_name), ids, value)[0]


def apply(
    book: Book, list_name: str, ids: Sequence[UUID], field_name: str, value: Any, progress: Report | None = None
) -> Outcome[Preview]:
    """Set the field of every record that takes it, in one step; ``progress`` may raise Cancelled, then none is set."""
    wanted = LISTS[list_name]
    field = _field(wanted, field_name)
    with book.unit(_label(field, len(ids), 0)) as unit:
        found, records = _look(unit, wanted.record, field, ids, value)
        label = _label(field, len(found.changing), found.same + len(found.refused))
        unit.rename(label)
        for done in range(0, len(records), _BLOCK):
            if progress is not None:
                progress(done, len(records), label)
            unit.update_many(wanted.record, records[done : done + _BLOCK], **{field.name: value})
        return Outcome(unit.commit(), found)


def _label(field: Field, changed: int, left: int) -> str:
    """Say what was done: how many changed, and how many stayed as they were."""
    words = ngettext("Set “{field}” of {n} record", "Set “{field}” of {n} records", changed)
    if left:
        words = ngettext(
            "Set “{field}” of {n} record; {left} as before", "Set “{field}” of {n} records; {left} as before", changed
        )
    return words.format(field=field.title, n=changed, left=left)


def _field(wanted: List, name: str) -> Field:
    for one in fields_of(wanted):
        if one.name == name:
            return one
    raise BadInput(_("This field is not set for many records at once."))


def _look(
    reader: Reader, record_type: type[R], field: Field, ids: Sequence[UUID], value: Any
) -> tuple[Preview, list[R]]:
    """Return what would change, and the records it would change."""
    store(record_type, {field.name: value})
    records = reader.get_many(record_type, ids)
    changing, refused, before, same = list[R](), [], Counter[Any](), 0
    for one in dict.fromkeys(ids):
        record = records.get(one)
        if record is None or record.deleted_at is not None:
            refused.append(Refusal(one, _("It is not there any more.")))
            continue
        if getattr(record, field.name) == value:
            same += 1
            continue
        try:
            require_created(record_type, {**values_of(record), field.name: value})
        except CrmError as error:
            refused.append(Refusal(one, str(error)))
            continue
        changing.append(record)
        before[getattr(record, field.name)] += 1
    words = Counter[str]()
    for held, count in before.items():
        words[_shown(reader, field, held)] += count
    seen = Preview(
        field,
        _shown(reader, field, value),
        tuple(record.id for record in changing),
        same,
        tuple(words.most_common()),
        tuple(refused),
    )
    return seen, changing


def _shown(reader: Reader, field: Field, value: Any) -> str:
    if value is None:
        return _("(empty)")
    if isinstance(value, UUID):
        person = reader.get_many(Person, {value}).get(value)
        return person.name if person else "?"
    return field.kind.show(value)
