"""How a sheet was read the last time: kept in the book by its headers, used where nothing is chosen."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from crm_app.db.book import Book
from crm_app.db.reader import Reader
from crm_app.domain.import_days import DayOrder
from crm_app.domain.staff import Setting
from crm_app.i18n import _
from crm_app.services.imports.choices import Choices, Policy, SheetChoice
from crm_app.services.outcome import Changes, Outcome

_PREFIX = "import:"


@dataclass(frozen=True)
class Remembered:
    """What was chosen for a sheet with these headers: from which file, on which day, and whose word counted."""

    headers: str
    file: str
    on: date
    choice: SheetChoice
    policy: Policy = Policy.TAKE
    of_target: Mapping[str, Policy] = field(default_factory=dict)


def fingerprint(headers: Sequence[str]) -> str:
    """Return what names a row of headers: folded and in order; the same ledger of next month has the same."""
    folded = ["".join(unicodedata.normalize("NFKC", header).casefold().split()) for header in headers]
    while folded and not folded[-1]:
        folded.pop()
    return hashlib.sha256("\n".join(folded).encode()).hexdigest()[:32]


def recall(reader: Reader) -> dict[str, Remembered]:
    """Return everything remembered by the fingerprint of its headers; what a newer program wrote is passed over."""
    rows = [row for row in reader.find(Setting) if row.key.startswith(_PREFIX) and row.value]
    read = {row.key.removeprefix(_PREFIX): _loaded(row.key.removeprefix(_PREFIX), row.value or "") for row in rows}
    return {headers: known for headers, known in read.items() if known is not None}


def remember(book: Book, known: Sequence[Remembered], label: str) -> Changes:
    """Keep how sheets were read, in one unit; what is remembered already in the same way is not written again."""
    return _write(book, {one.headers: _dumped(one) for one in known}, label)


def forget(book: Book, headers: str) -> Outcome[None]:
    """Read sheets with these headers as they are guessed from now on."""
    return Outcome(_write(book, {headers: None}, _("Forget how a ledger is read")), None)


def _write(book: Book, values: Mapping[str, str | None], label: str) -> Changes:
    with book.unit(label) as unit:
        for headers, value in values.items():
            held = unit.find(Setting, key=_PREFIX + headers)
            if held:
                unit.update(Setting, held[0].id, value=value)
            elif value is not None:
                unit.insert(Setting, key=_PREFIX + headers, value=value)
        return unit.commit()


def choices_with(choices: Choices, known: Sequence[Remembered]) -> Choices:
    """Return choices that say nothing of whose word counts with what was said of it the last time."""
    if not known or choices.policy is not Policy.TAKE or choices.of_target:
        return choices
    return replace(choices, policy=known[0].policy, of_target=known[0].of_target)


def _dumped(known: Remembered) -> str:
    choice = known.choice
    return json.dumps(
        {
            "file": known.file,
            "on": known.on.isoformat(),
            "kind": choice.kind,
            "targets": {str(n): target for n, target in choice.targets.items()},
            "units": {str(n): unit for n, unit in choice.units.items()},
            "days": {str(n): order.value for n, order in choice.day_orders.items()},
            "policy": known.policy.value,
            "of_target": {target: policy.value for target, policy in known.of_target.items()},
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def _loaded(headers: str, text: str) -> Remembered | None:
    try:
        read: dict[str, Any] = json.loads(text)
        choice = SheetChoice(
            str(read["kind"]),
            {int(n): str(target) for n, target in read["targets"].items()},
            {int(n): str(unit) for n, unit in read["units"].items()},
            {int(n): DayOrder(order) for n, order in read["days"].items()},
        )
        policies = {str(target): Policy(policy) for target, policy in read["of_target"].items()}
        return Remembered(
            headers, str(read["file"]), date.fromisoformat(read["on"]), choice, Policy(read["policy"]), policies
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
