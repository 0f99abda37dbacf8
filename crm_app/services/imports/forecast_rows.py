"""What a row says of a forecast (预计): of which metric and period, how much, and on what ground."""

from __future__ import annotations

from crm_app.domain.import_headers import split_unit
from crm_app.domain.import_rows import Parsed
from crm_app.domain.targets import Forecast
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.imports import measured
from crm_app.services.imports.drafts import Notes, put
from crm_app.services.imports.enterprise_rows import part
from crm_app.services.imports.shelf import Shelf
from crm_app.services.imports.target_rows import read_metric, read_period


def take_forecast_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a ledger of forecasts. One in the book is that of its metric and period, and is rewritten."""
    said = part(row.values, "forecast")
    unit = said.pop("unit", "") or split_unit(said.get("metric") or "")[1]
    row_id = row.values.get("forecast.id")
    read_metric(notes, said)
    read_period(notes, said)
    if not said.get("value"):
        notes.reasons.append(_("The forecast value is missing."))
    if not said.get("basis"):
        notes.reasons.append(_("What the forecast stands on is missing; no text may say 预计 without it."))
    if notes.reasons:
        return
    try:
        said["value"] = measured.value_of(said["metric"], said["value"], unit, held=row_id is not None)
        Forecast.field("value").kind.check(said["value"])
    except BadInput as error:
        notes.reasons.append(_("{field}: {reason}").format(field=Forecast.field("value").title, reason=error))
        return
    notes.title = Forecast.field("metric").kind.show(said["metric"])
    key = ("metric", "from_on", "to_on")
    same = [one for one in shelf.drafts[Forecast] if all(one.get(name) == said[name] for name in key)]
    found = shelf.with_id(Forecast, row_id) or next(iter(same), None)
    if found is not None:
        put(found, notes, said)
        return
    shelf.make(Forecast, row_id=row_id, **said)
    notes.made = True
