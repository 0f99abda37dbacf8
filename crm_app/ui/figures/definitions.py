"""How each section is counted (口径), in words a leader accepts: what, by which rule, from where."""

from __future__ import annotations

from crm_app.domain.attainment import DENOMINATOR_LABELS
from crm_app.domain.figures import Rules
from crm_app.domain.outings import COUNTED_BY_LABELS
from crm_app.i18n import N_, _
from crm_app.ui.figures.section import Definition

_SIGNED = N_("Formal contracts of the window; letters of intent and framework agreements are not counted.")
_SIGNED_RULE = N_(
    "A contract counts once, in the period of its signing day; a day known only to the month counts where the window "
    "holds the whole month. Cancelled contracts stay in their period and are shown apart. Amounts are whole yuan, "
    "rounded only as they are shown."
)
_SIGNED_SOURCE = N_("The signings of the projects in this book.")

_WORDS: dict[str, tuple[str, str, str]] = {
    "funnel": (
        N_(
            "What came to each step in the window: leads registered, projects that "
            "began talks, came to an intent, signed."
        ),
        N_(
            "The share between two steps is of those that came to the first one in the window: how many have come to "
            "the next by its end. The days are the median from one step to the next."
        ),
        N_("The leads, the progress entries and the signings of the projects in this book."),
    ),
    "months": (
        N_("Month by month, beside the same month of the window it is compared with."),
        N_(
            "Months at the ends of the window count only their days inside it. A "
            "contract known to no month stands apart."
        ),
        N_("The signings, funds, visits, trips and leads of this book, each by its own day."),
    ),
    "targets": (
        N_(
            "What was reached of each target in force at the window's end, from the beginning of its period; "
            "a person's or team's target counts their own rows."
        ),
        N_(
            "The line shows how much of the target's period is gone at the end of the window. What came in the "
            "window alone stands beside it. A target for nobody known here is listed under To confirm."
        ),
        N_("Settings, Targets: with their issuer and document."),
    ),
    "bands": (
        _SIGNED,
        N_("“1 billion and above” includes 1 billion and contains the larger ones; the lines do not sum to the total."),
        _SIGNED_SOURCE,
    ),
    "cluster": (_SIGNED, N_("Each project has one cluster, so that the parts sum to the total."), _SIGNED_SOURCE),
    "channel": (_SIGNED, N_("Each project has one main channel, so that the parts sum to the total."), _SIGNED_SOURCE),
    "park": (
        _SIGNED,
        N_("A project moved between parks counts at its park on the day of signing. The parts sum to the total."),
        _SIGNED_SOURCE,
    ),
    "origin": (
        _SIGNED,
        N_("Attracted from outside, or grown from an enterprise here. The parts sum to the total."),
        _SIGNED_SOURCE,
    ),
    "region": (
        _SIGNED,
        N_("By the province where the investor with the largest share is registered. The parts sum to the total."),
        N_("The signings and the registered places of the investors in this book."),
    ),
    "people": (
        N_("Signed projects of those who own them; visits and trips of all who were there; leads of their owners."),
        N_("Projects sum to the total. A visit or trip of several people counts for each, so these do not."),
        N_("The projects, visits, trips and leads of this book."),
    ),
    "progress": (
        N_("Construction and production that began in the window, and how far the signed projects have come."),
        N_("Rates are shares of: {basis}. US dollars stand beside yuan and are never added."),
        N_("The progress entries, milestones and funds of the projects in this book."),
    ),
    "road": (
        N_("Trips, visits, receptions and leads of the window."),
        N_(
            "One approval and one return is one trip, counted {trips_by}. Visits count "
            "face to face and at enterprises only."
        ),
        N_("The trips, visits, receptions and leads of this book."),
    ),
    "per_mu": (
        N_("Output and tax of a year on the land an enterprise stands on, in 10,000 yuan a mu."),
        N_("The last full year known by the end of the window; one mu is 666.67 square metres."),
        N_("The yearly results of the enterprises in this book."),
    ),
    "events": (
        N_("Events of the window, and rankings whose period lies in it."),
        N_("An event without sessions is one. A ranking counts with the number of its document only."),
        N_("The events and rankings of this book."),
    ),
    "stages": (
        N_("How many days projects stood at a stage before they went on from it in the window, and which stand there."),
        N_(
            "The median is over those that went on in the window. What stands at a stage stands there up to the end of "
            "the window, or until today."
        ),
        N_("The progress entries of the projects in this book."),
    ),
    "activity": (
        N_("Signed, started, travelled, received, held and published: in the window, in the one before, in the year."),
        N_("Each is one row. What is published (kind of event: publicity) is no event and counts apart."),
        N_("The signings, progress entries, trips, receptions and events of this book."),
    ),
    "league_teams": (
        N_("What the colleagues of each team did in the window."),
        N_(
            "A trip or visit of several colleagues counts once for their team; an enterprise visited more than once is "
            "one. Equal values share a rank. The metrics and their order are chosen in Settings, Counting rules."
        ),
        N_("The projects, funds, trips and visits of this book, by their owners and members."),
    ),
    "league_people": (
        N_("What each colleague did in the window."),
        N_(
            "Projects and funds count for the project's owner, trips and visits for everybody who was there, so that "
            "these do not sum. Equal values share a rank. The metrics and their order are chosen in Settings, Counting "
            "rules."
        ),
        N_("The projects, funds, trips and visits of this book, by their owners and members."),
    ),
    "overdue": (
        N_("Signed projects whose agreed day of start or production has passed without it."),
        N_("Up to the end of the window, or today. Cancelled and lost ones are left out; what is on hold says so."),
        N_("The agreed days and the progress entries of the projects in this book."),
    ),
    "promises": (
        N_("What was promised to enterprises and projects and is not solved yet, by department."),
        N_("Days run from the promise to the end of the window, or today; late is what has passed its deadline."),
        N_("The promises on the pages of enterprises and projects."),
    ),
    "coverage": (
        N_("Enterprises of a list to be visited, and those of them met face to face."),
        N_(
            "A list is what a campaign is tagged on, or a saved view of enterprises (of 5,000 at most, as it stands "
            "today). Met so far counts every visit up to the end of the window."
        ),
        N_("The campaigns and saved views of enterprises, and the visits of this book."),
    ),
    "campaigns": (
        N_("Contracts and events of the window, and enterprises, by the campaign they are tagged with."),
        N_("What is tagged with no campaign is left out, so that the parts do not sum to the total."),
        N_("The campaigns chosen on enterprises, projects and events; their list has the year."),
    ),
    "packaged": (
        N_("Projects that were packaged and offered to investors, and those that became a signed one."),
        N_(
            "Signed by the end of the window and not cancelled; of several that became one contract the amount counts "
            "once."
        ),
        N_("Settings, Packaged projects: each linked to the project it was signed as."),
    ),
    "to_confirm": (
        N_("Rows that keep a figure from being certain."),
        N_(
            "A contract whose day may lie outside the window is not counted; one that lacks its park, cluster or "
            "channel counts as “not filled in”. Open the row and fill in what is missing."
        ),
        N_("The projects, signings and rankings of this book."),
    ),
}


def definition(section: str, rules: Rules) -> Definition:
    """Return the definition of a section under the rules in force."""
    counted, rule, source = (_(words) for words in _WORDS[section])
    rule = rule.format(basis=_(DENOMINATOR_LABELS[rules.denominator]), trips_by=_(COUNTED_BY_LABELS[rules.trips_by]))
    if _WORDS[section][0] is _SIGNED:
        rule = f"{rule} {_(_SIGNED_RULE)}"
    if not rules.contracts.usual:
        rule = _("{rule} Otherwise than usual {how}.").format(rule=rule, how=rules.contracts_said())
    elif rules.reason:
        rule = _("{rule} The rules were changed: {reason}").format(rule=rule, reason=rules.reason)
    return Definition(counted, rule, source)
