"""What a row says of a project: its parties, its park, and an agreement signed for it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crm_app import clock
from crm_app.domain import days, names, project_rules, stages
from crm_app.domain.amounts import Currency, MoneyRange
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.import_rows import Parsed
from crm_app.domain.kinds import Amount
from crm_app.domain.projects import Agreement, Investor, Project, ProjectPark, Signing, StageEntry
from crm_app.domain.stages import ASIDE, LINE, NEEDS_EVIDENCE, STAGE_LABELS, Stage
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.imports.belonging import lead_of_project
from crm_app.services.imports.colleague import colleague
from crm_app.services.imports.currency import in_currency
from crm_app.services.imports.drafts import Draft, Notes, put
from crm_app.services.imports.enterprise_rows import find_enterprise, part, refuse_ambiguous, take_contact
from crm_app.services.imports.milestone_rows import take_milestone_days
from crm_app.services.imports.need_rows import take_need_of
from crm_app.services.imports.shelf import Shelf
from crm_app.services.imports.stage_rows import take_stage_days
from crm_app.services.imports.task_rows import take_task_of

_FOLLOWS = {Agreement.FORMAL: Stage.SIGNED, Agreement.FRAMEWORK: Stage.MOU, Agreement.INTENT: Stage.MOU}
"""The stage an agreement brings a project to."""


def take_project_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a projects' ledger: the project by its number, else by its very name; several rows may add to it.

    An agreement is one of its kind and day. A contract on another day than the one in the book corrects that day, for
    a project counts once; two formal contracts of one project in the same file are refused.
    """
    values = row.values
    notes.title = values.get("project.name") or ""
    if not notes.title:
        notes.reasons.append(_("The name of the project is missing."))
        return
    signing = read_signing(shelf, notes, values)
    shares = _shares(notes, values)
    known = _find(shelf, values)
    found = _known_signing(shelf, notes, known, signing) if known is not None and signing else None
    for name, _share in values.get("investors", ()):
        refuse_ambiguous(shelf, notes, name, _code(values))
    if notes.reasons:
        return
    parties = [_party(shelf, notes, values, name) for name, _share in values.get("investors", ())]
    present = [one for one in parties if one is not None]
    project = _take_project(shelf, notes, known, values)
    _take_lead(shelf, notes, project, present, values)
    _take_parties(shelf, notes, project, present, shares, values)
    if signing:
        _take_signing(shelf, notes, project, found, signing)
    _take_park(shelf, notes, project, _park_meant(shelf, notes, values), signing)
    take_stage(shelf, notes, project, None, signing)
    take_stage_days(shelf, notes, project, values)
    take_milestone_days(shelf, notes, project, values)
    take_stage(shelf, notes, project, values.get("project.stage"), signing, own_sheet="project.id" in values)
    take_need_of(shelf, notes, row, project)
    take_task_of(shelf, notes, row, project)


def _find(shelf: Shelf, values: Any) -> Draft | None:
    number, name = part(values, "project").get("number"), values["project.name"]
    own = shelf.with_id(Project, values.get("project.id"))
    if own is not None:
        return own
    numbered = shelf.projects_called(number) if number else []
    named = [one for one in shelf.projects_called(name) if names.clean(one.get("name")) == names.clean(name)]
    return next(iter(numbered or named), None)


def read_signing(shelf: Shelf, notes: Notes, values: Any) -> dict[str, Any]:
    """Return the agreement a row speaks of; an amount of its own is rarer than the project's total investment."""
    said = part(values, "signing")
    currency, total = said.pop("currency", None), values.get("project.total_investment")
    if said.get("amount") is not None:
        said["amount"] = in_currency(notes, said["amount"], currency)
    elif total is not None and in_currency(notes, Amount(total), currency) != Amount(total):
        # What a project takes is kept in yuan, and a contract over dollars is told by an amount of its own.
        told = _("Please give this amount in {currency}, not “{text}”.")
        notes.reasons.append(told.format(currency=_("yuan"), text=currency))
    if not said.get("signed_on"):
        if said.get("kind") or said.get("amount"):
            notes.remarks.append(_("No day of signing: the agreement was left out."))
        elif said.get("note"):
            notes.remarks.append(_("No agreement to note it with, left out: {text}").format(text=said["note"]))
        return {}
    said.setdefault("amount", Amount(total) if total is not None else _in_dollars(values.get("project.intent")))
    _take_event(shelf, notes, said)
    if said["amount"] is None and said.get("kind") is not Agreement.CANCELLATION:
        notes.reasons.append(_("The agreement has no amount; give it, or the total investment."))
    if "kind" not in said:
        said["kind"] = Agreement.FORMAL
        notes.remarks.append(_("No kind of agreement given: taken as a formal contract."))
    return said


def _in_dollars(expected: MoneyRange | None) -> Amount | None:
    """Return what a contract is over whose total is given in dollars: it counts in yuan once it has a rate."""
    if expected is None or expected.currency is not Currency.USD or expected.low is None:
        return None
    return Amount(expected.low, Currency.USD) if expected.low == expected.high else None


def _take_event(shelf: Shelf, notes: Notes, said: dict[str, Any]) -> None:
    name = said.pop("event", None)
    found = shelf.events_called(name) if name else []
    if len(found) == 1:
        said["event_id"] = found[0].reference
    elif name:
        notes.remarks.append(_("The event “{name}” is not in the book; it was left out.").format(name=name))


def _shares(notes: Notes, values: Any) -> list[Decimal | None]:
    shares = [share for _name, share in values.get("investors", ())]
    if len(shares) > 1 and all(share is not None for share in shares):
        total = sum((share for share in shares if share is not None), Decimal(0))
        if total != project_rules.WHOLE:
            notes.reasons.append(
                _("The investors' shares sum to {sum} %, not 100 %; correct them.").format(sum=f"{total:f}")
            )
    return shares


def _code(values: Any) -> str | None:
    """Return the credit code of the row, which is its only investor's."""
    code: str | None = values.get("enterprise.uscc") if len(values["investors"]) == 1 else None
    return code


def _party(shelf: Shelf, notes: Notes, values: Any, name: str) -> Draft | None:
    found = find_enterprise(shelf, notes, name, _code(values))
    if found is not None and len(values["investors"]) == 1:
        declared = {one.name for one in Enterprise.fields} - {"name", "uscc"}
        put(found, notes, {key: value for key, value in part(values, "enterprise").items() if key in declared})
    return found


def _take_project(shelf: Shelf, notes: Notes, known: Draft | None, values: Any) -> Draft:
    said = part(values, "project")
    for name in ("stage", "park", "lead"):
        said.pop(name, None)
    owner = said.pop("owner", None)
    if owner:
        said["owner_id"] = colleague(shelf, notes, owner)
    if known is None:
        said.setdefault("owner_id", shelf.me)
        notes.made = True
        return shelf.index_project(shelf.make(Project, row_id=values.get("project.id"), **said))
    if known is not shelf.with_id(Project, values.get("project.id")):
        said.pop("name")
    put(known, notes, said)
    return shelf.index_project(known)


def _take_lead(shelf: Shelf, notes: Notes, project: Draft, parties: list[Draft], values: Any) -> None:
    """Note the lead a project came from, where the row names one."""
    title = values.get("project.lead")
    if title:
        known = shelf.children(Investor, "project_id", project)
        investors = [*parties, *(shelf.draft_of(one.get("enterprise_id")) for one in known)]
        put(project, notes, {"lead_id": lead_of_project(shelf, notes, investors, title)})


def _take_parties(
    shelf: Shelf, notes: Notes, project: Draft, parties: list[Draft], shares: list[Decimal | None], values: Any
) -> None:
    """Add the investors that are not known yet; shares never sum to more than the whole."""
    known = shelf.children(Investor, "project_id", project)
    present = {one.get("enterprise_id") for one in known}
    fresh = [(one, share) for one, share in zip(parties, shares, strict=True) if one.reference not in present]
    if fresh and not known and all(share is None for _one, share in fresh):
        equal = project_rules.equal_shares(len(fresh))
        fresh = [(one, share) for (one, _share), share in zip(fresh, equal, strict=True)]
        if len(fresh) > 1:
            notes.remarks.append(_("No shares given: the investors were given equal ones."))
    total = sum((one.get("share") or Decimal(0) for one in known), Decimal(0))
    for party, share in fresh:
        if share is None or total + share > project_rules.WHOLE:
            notes.remarks.append(
                _("“{name}” was left out of the investors: the shares would not sum to 100 %.").format(
                    name=party.get("name")
                )
            )
            continue
        total += share
        shelf.make(
            Investor,
            "project_id",
            project_id=project.reference,
            enterprise_id=party.reference,
            share=share,
            role=values.get("investor.role"),
        )
        if project.id is not None:
            notes.added.append(str(party.get("name")))
    people = values.get("contacts", ())
    if people and not parties:
        named = _(", ").join(one["name"] for one in people if one["name"])
        notes.remarks.append(_("{names}: left out, for the row names no enterprise they are of.").format(names=named))
    for place, contact in enumerate(people if parties else ()):
        person = take_contact(shelf, notes, parties[0], contact)
        if place == 0 and project.get("contact_id") is None:
            put(project, notes, {"contact_id": person.reference})


def _known_signing(shelf: Shelf, notes: Notes, project: Draft, said: dict[str, Any]) -> Draft | None:
    """Return the agreement of the book that a row means; a reason in ``notes`` where the file contradicts itself."""
    alike = [one for one in shelf.children(Signing, "project_id", project) if one.get("kind") is said["kind"]]
    same_day = next((one for one in alike if one.get("signed_on") == said["signed_on"]), None)
    if same_day is not None or said["kind"] is not Agreement.FORMAL:
        return same_day
    if any("signed_on" in one.claimed for one in alike):
        notes.reasons.append(
            _("Another row of the file says that the formal contract of “{name}” was signed on another day.").format(
                name=project.get("name")
            )
        )
    return alike[-1] if alike else None


def _take_signing(shelf: Shelf, notes: Notes, project: Draft, known: Draft | None, said: dict[str, Any]) -> None:
    if known is not None:
        put(known, notes, said)
        return
    shelf.make(Signing, "project_id", project_id=project.reference, **said)
    notes.added.append(Signing.field("kind").kind.show(said["kind"]))


def _park_meant(shelf: Shelf, notes: Notes, values: Any) -> str | None:
    """Return the park a row names, if only for short; a word by which the book or its own sheet notes one stays.

    The name of a place (重庆) is none of a park.
    """
    park: str | None = values.get("project.park")
    noted = "project.id" in values or any(one.get("park") == park for one in shelf.drafts[ProjectPark])
    if park is None or noted or park not in shelf.parks or _is_place(park):
        return park
    remark = _("“{word}” is taken for the park “{park}”.")
    notes.remarks.append(remark.format(word=park, park=shelf.parks[park]))
    return shelf.parks[park]


def _is_place(word: str) -> bool:
    """Say whether a word is the name of a province, a city or a county: those are read as what they stand for."""
    return Enterprise.field("region").kind.parse(word) != word


def _take_park(shelf: Shelf, notes: Notes, project: Draft, park: str | None, signing: dict[str, Any]) -> None:
    """Note where a project lands; another park than today's is a move, from today on."""
    known = shelf.children(ProjectPark, "project_id", project)
    if not park or any(one.get("park") == park for one in known):
        return
    signed = signing.get("signed_on")
    exact = signed.first if signed and signed.exact else None
    shelf.make(
        ProjectPark,
        "project_id",
        project_id=project.reference,
        park=park,
        from_on=clock.today() if known else exact,
        reason=_("Says the imported ledger") if known else None,
    )
    if project.id is not None:
        notes.added.append(park)


def take_stage(
    shelf: Shelf,
    notes: Notes,
    project: Draft,
    stage: Stage | None,
    signing: dict[str, Any],
    *,
    own_sheet: bool = False,
) -> None:
    """Write the progress that follows from an agreement, and the stage named where no day or evidence is wanting.

    A sheet of this program (``own_sheet``) names the stage without its day: that stands in the sheet of stages.
    """
    log = sorted(shelf.children(StageEntry, "project_id", project), key=lambda one: (one.get("on"), one.id is None))
    entries = [(one.get("stage"), one.get("on")) for one in log]
    reached = _FOLLOWS.get(signing.get("kind")) if signing else None  # type: ignore[arg-type]
    if reached and not any(one in LINE and LINE.index(one) >= LINE.index(reached) for one, _on in entries):
        span = signing["signed_on"]
        # A day known only to the month has certainly come by the month's end.
        day = span.first if span.exact else min(span.last, clock.today())
        reason = _("Says the imported ledger; signed {when}, the day is not known").format(when=days.show_day(span))
        _move(shelf, notes, project, entries, reached, day, "" if span.exact else reason)
    if stage is None or (stage is stages.standing(entries) and entries):
        return
    undated = own_sheet or stage in NEEDS_EVIDENCE or stage in (Stage.FULL_CAPACITY, Stage.SIGNED)
    if undated or (project.id is not None and entries):
        if stage not in [one for one, _on in entries]:
            notes.remarks.append(
                _("The stage “{stage}” was left out: note it in the project, with its day.").format(
                    stage=_(STAGE_LABELS[stage])
                )
            )
    elif stage in ASIDE or not reached:
        _move(shelf, notes, project, entries, stage, clock.today())


def _move(
    shelf: Shelf, notes: Notes, project: Draft, entries: list[Any], stage: Stage, day: Any, reason: str = ""
) -> None:
    reason = reason or _("Says the imported ledger")
    try:
        stages.check_move(entries, stage, day, evidence=None, reason=reason)
    except BadInput as error:
        notes.remarks.append(str(error))
        return
    entries.append((stage, day))
    shelf.make(StageEntry, "project_id", project_id=project.reference, stage=stage, on=day, reason=reason)
