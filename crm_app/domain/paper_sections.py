"""The sections of each kind of paper by their stable names, and the figures a sentence of a template may name.

A paper that lacks a section (no ranking, no problem told) simply does not print it; the order here is the shipped one.
"""

from __future__ import annotations

from dataclasses import dataclass

from crm_app.domain.papers import PaperKind
from crm_app.i18n import N_, _

OPENING = ""
"""The part before the first heading: a bulletin's 导语, the ruled form of a visit. It is always first."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section; ``terms`` are those of its figures, a ``form``'s line takes no sentences of its own."""

    key: str
    title: str
    terms: tuple[str, ...] = ()
    form: bool = False


TERM_LABELS = {
    "attained": N_("rate of attainment"),
    "bureau": N_("bureau"),
    "calls": N_("calls planned"),
    "day": N_("day"),
    "days": N_("days of the trip"),
    "enterprise": N_("enterprise"),
    "enterprises": N_("enterprises met"),
    "funds": N_("funds in place"),
    "growth": N_("growth on last year"),
    "last_year_money": N_("amount of last year"),
    "last_year_projects": N_("projects of last year"),
    "leader": N_("leader"),
    "money": N_("amount signed"),
    "place": N_("place"),
    "producing": N_("projects producing"),
    "projects": N_("projects signed"),
    "regions": N_("regions"),
    "started": N_("projects started"),
    "target": N_("target"),
    "trips": N_("trips made"),
    "visits": N_("visits made"),
    "window": N_("window"),
}
"""What a figure is called where a template is written; the key itself is understood as well."""


def _lines(*named: tuple[str, str]) -> tuple[Section, ...]:
    return tuple(Section(key, title, form=True) for key, title in named)


_OPENING = N_("Opening")

ONE_PAGER_LINES = _lines(
    ("overview", N_("Overview")),
    ("products", N_("Products and place in the chain")),
    ("honours", N_("Honours")),
    ("results", N_("Recent years")),
    ("expansion", N_("Plans to expand")),
    ("contacts", N_("Contacts")),
    ("dealings", N_("Dealings so far")),
    ("fit", N_("Where we fit")),
    ("topics", N_("Topics to raise")),
)

REPORT = (
    Section(OPENING, _OPENING, ("bureau", "window", "day")),
    Section("targets", N_("Targets and the time passed"), ("attained", "target")),
    Section(
        "signed",
        N_("Signing of projects"),
        ("projects", "money", "last_year_projects", "last_year_money", "growth"),
    ),
    Section("carried_out", N_("Projects carried out, and funds"), ("started", "producing", "funds")),
    Section("projects", N_("Major projects and those about to sign")),
    Section("outings", N_("Trips and receptions"), ("trips", "enterprises", "visits")),
    Section("rankings", N_("Rank in the assessment")),
    Section("league", N_("League table")),
    Section("problems", N_("Problems that remain")),
    Section("plans", N_("Next steps")),
    Section("annex", N_("Annex: tables and what they count")),
)
"""The sections of every period report; a week and a month have fewer tables in them."""

SECTIONS: dict[PaperKind, tuple[Section, ...]] = {
    PaperKind.BULLETIN: (
        Section(OPENING, _OPENING, ("bureau", "window", "day", "projects", "money")),
        Section("signed", N_("Signing of projects"), ("last_year_projects", "last_year_money", "growth")),
        Section("targets", N_("Targets attained"), ("attained", "target")),
        Section("carried_out", N_("Projects carried out, and funds"), ("started", "producing", "funds")),
        Section("outings", N_("Trips and receptions"), ("trips", "enterprises", "visits")),
        Section("rankings", N_("Rank in the assessment")),
        Section("problems", N_("Problems that remain")),
        Section("plans", N_("Next steps")),
        Section("annex", N_("Annex: tables and what they count")),
    ),
    **dict.fromkeys((PaperKind.WEEKLY, PaperKind.MONTHLY, PaperKind.HALF_YEAR, PaperKind.ANNUAL), REPORT),
    PaperKind.VISIT: (
        Section(OPENING, _OPENING, ("bureau", "enterprise", "day", "place")),
        Section("enterprise", N_("The enterprise")),
        Section("talk", N_("What was discussed")),
        Section("asks", N_("What the enterprise asks for")),
        Section("consensus", N_("What was agreed")),
        Section("next_steps", N_("Next steps")),
        Section("photos", N_("Annex: photos of the visit")),
    ),
    PaperKind.TRIP: (
        Section(OPENING, _OPENING, ("bureau", "days", "leader", "regions", "enterprises", "visits")),
        Section("trip", N_("The trip")),
        Section("results", N_("Main results")),
        Section("findings", N_("What we learned")),
        Section("problems", N_("Problems that remain")),
        Section("plans", N_("Next steps")),
        Section("annex", N_("Annex")),
        Section("photos", N_("Annex: photos of the visits")),
    ),
    PaperKind.TRIP_PACK: (
        Section(OPENING, _OPENING, ("bureau", "days", "regions", "calls")),
        Section("itinerary", N_("Itinerary")),
        Section("members", N_("Members of the group")),
        Section("one_pagers", N_("Enterprise one-pager"), form=True),
        Section("forms", N_("Record of a visit"), form=True),
    ),
    PaperKind.ONE_PAGER: ONE_PAGER_LINES,
    PaperKind.PROJECT: _lines(
        ("investors", N_("Investors")),
        ("content", N_("What will be built")),
        ("investment", N_("Investment")),
        ("fixed_investment", N_("Fixed investment")),
        ("stage", N_("Stage")),
        ("park", N_("Park")),
        ("channel", N_("Channel")),
        ("origin", N_("Origin")),
        ("land", N_("Land")),
        ("plant", N_("Plant")),
        ("output", N_("Output a year")),
        ("tax", N_("Tax a year")),
        ("jobs", N_("Jobs")),
        ("per_mu", N_("Per mu")),
        ("needs", N_("Needs")),
        ("progress", N_("Progress")),
        ("obstacles", N_("To be coordinated")),
        ("owner", N_("Owner")),
        ("number", N_("Number")),
    ),
}
"""A kind that stands not here has no template: a ledger is its columns."""


def sections_of(kind: PaperKind) -> tuple[Section, ...]:
    """Return the sections of a kind in the shipped order; empty where it has no template."""
    return SECTIONS.get(kind, ())


def terms_of(kind: PaperKind, key: str) -> tuple[str, ...]:
    """Return the figures a sentence of a section may name: its own, and those of the whole paper."""
    known = {section.key: section.terms for section in sections_of(kind)}
    return tuple(dict.fromkeys((*known.get(key, ()), *known.get(OPENING, ()))))


def term_key(name: str) -> str:
    """Return the key of a figure by its key or by what it is called in the language in use; empty for no figure."""
    name = name.strip()
    return next((key for key, label in TERM_LABELS.items() if name in (key, _(label))), "")
