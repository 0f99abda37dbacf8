"""The lists of the program: what each shows, and the views that come with it."""

from __future__ import annotations

from dataclasses import dataclass

from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.kinds import Day, Flag, Fuzzy, Money, Name, Option, Region, Text, Whole
from crm_app.domain.leads import Lead
from crm_app.domain.lists import Column, List, of
from crm_app.domain.projects import Project
from crm_app.domain.stages import STAGE_LABELS, Stage
from crm_app.domain.tasks import Task
from crm_app.domain.trips import Trip
from crm_app.domain.views import Filter, Op, Query, Sort, Span
from crm_app.domain.visits import INTENT_LABELS, Intent, Reception, Visit
from crm_app.i18n import N_, _

_STAGE = Option(Stage, STAGE_LABELS)
_ENTERPRISE = Column("enterprise", N_("Enterprise"), Name(), 240)
_REGION = Column("region", N_("Registered in"), Region(), 130, shown=False, sorts=False)
_NEXT_STEP = Column("next_step", N_("Next step"), Text(), 200, shown=False, sorts=False)
_DEALINGS = ("enterprise", "visit", "follow_up", "task", "lead", "project", "investor", "stage_entry", "saved_view")


def _owner(
    label: str = N_("Owner"), name: str = "owner", field: str = "owner_id", *, shown: bool = True, width: int = 90
) -> Column:
    return Column(name, label, Name(), width, field, shown, person=True)


ENTERPRISES = List(
    "enterprises",
    N_("Enterprises"),
    Enterprise,
    (
        of(Enterprise, "name", 320),
        of(Enterprise, "region", 104),
        of(Enterprise, "cluster", 150),
        Column("last_on", N_("Last contact"), Day(), 156),
        Column("next_due", N_("Next due"), Day(), 144),
        Column("stage", N_("Stage"), _STAGE, 104),
        Column("honours", N_("Honours"), Text(), 120, sorts=False, spare=True),
        Column("open_leads", N_("Open leads"), Whole(), 78, sorts=False, spare=True),
        of(Enterprise, "uscc", 160, shown=False),
        _NEXT_STEP,
        Column("intent", N_("Degree of interest"), Option(Intent, INTENT_LABELS), 110, shown=False),
        Column("visited_on", N_("Last visit"), Day(), 130, shown=False),
        of(Enterprise, "category", 84, shown=False, sorts=False),
        of(Enterprise, "ownership", 96, shown=False),
        of(Enterprise, "industry", 140, shown=False),
        of(Enterprise, "products", 200, shown=False, sorts=False),
        of(Enterprise, "chain_position", 140, shown=False, sorts=False),
        of(Enterprise, "revenue", 110, shown=False),
        of(Enterprise, "tax", 110, shown=False),
        of(Enterprise, "staff", 84, shown=False),
        of(Enterprise, "address", 200, shown=False, sorts=False),
        of(Enterprise, "country", 110, shown=False),
        of(Enterprise, "expansion_signal", 200, shown=False, sorts=False),
        of(Enterprise, "campaign", 120, shown=False),
    ),
    Sort("name"),
    (*_DEALINGS, "enterprise_name", "label"),
)

CONTACTS = List(
    "contacts",
    N_("Contacts"),
    Contact,
    (
        of(Contact, "name", 110),
        Column("enterprise", N_("Enterprise"), Name(), 260),
        Column("title", N_("Title"), Text(), 120, sorts=False),
        of(Contact, "phone", 140, sorts=False),
        of(Contact, "email", 160, sorts=False, spare=True),
        of(Contact, "salutation", 100, shown=False, sorts=False),
        _REGION,
    ),
    Sort("name"),
    ("contact", "position", "enterprise", "saved_view"),
)

LEADS = List(
    "leads",
    N_("Leads"),
    Lead,
    (
        Column("enterprise", N_("Enterprise"), Name(), 200),
        of(Lead, "content", 130, sorts=False),
        of(Lead, "intent", 110, name="amount"),
        of(Lead, "source", 80, spare=True),
        _owner(width=92),
        of(Lead, "registered_on", 112),
        of(Lead, "triage", 88, settled_by="became"),
        Column("became", N_("Became the project"), Text(), 180, shown=False, sorts=False),
        Column("next_due", N_("Next due"), Day(), 150, shown=False, sorts=False),
        _NEXT_STEP,
        Column("contact", N_("Contact"), Text(), 90, shown=False, sorts=False),
        of(Lead, "number", 120, shown=False, sorts=False),
        of(Lead, "referrer", 120, shown=False, sorts=False),
        _owner(N_("First reporter"), "first_reporter", "first_reporter_id", shown=False),
        of(Lead, "feedback_on", 116, shown=False, sorts=False),
        _REGION,
        of(Lead, "note", 200, shown=False, sorts=False),
    ),
    Sort("registered_on", descending=True),
    ("lead", "enterprise", "project", "task", "contact", "person", "saved_view"),
)

PROJECTS = List(
    "projects",
    N_("Projects"),
    Project,
    (
        of(Project, "name", 240),
        Column("stage", N_("Stage"), _STAGE, 104),
        Column("amount", N_("Amount"), Money(), 104),
        Column("enterprise", N_("Investors"), Text(), 160, sorts=False),
        Column("park", N_("Park"), Text(), 96, spare=True),
        Column("signed_on", N_("Signed on"), Fuzzy(), 92, spare=True),
        _owner(width=92),
        Column("next_due", N_("Next due"), Day(), 144),
        Column("stalled", N_("Days stalled"), Whole(), 72),
        _NEXT_STEP,
        Column("touched_on", N_("Last touched"), Day(), 150, shown=False),
        of(Project, "cluster", 140, shown=False),
        of(Project, "channel", 110, shown=False),
        of(Project, "origin", 90, shown=False),
        of(Project, "project_type", 100, shown=False),
        of(Project, "industry", 120, shown=False),
        of(Project, "number", 120, shown=False),
        of(Project, "fixed_investment", 110, shown=False),
        of(Project, "land", 80, shown=False),
        of(Project, "agreed_start_on", 110, shown=False),
        of(Project, "agreed_production_on", 110, shown=False),
        of(Project, "dept", 120, shown=False, sorts=False),
        of(Project, "campaign", 120, shown=False),
        of(Project, "in_bulletin", 90, shown=False, sorts=False),
    ),
    Sort(),
    (*_DEALINGS, "signing", "project_park", "person"),
)

VISITS = List(
    "visits",
    N_("Visit log"),
    Visit,
    (
        of(Visit, "on", 160),
        _ENTERPRISE,
        of(Visit, "intent", 110),
        of(Visit, "talk", 260, sorts=False),
        of(Visit, "consensus", 180, sorts=False),
        Column("trip", N_("Trip"), Text(), 160, sorts=False, spare=True),
        of(Visit, "our_level", 100, shown=False),
        of(Visit, "mode", 90, shown=False),
        of(Visit, "place", 140, shown=False, sorts=False),
        of(Visit, "asks", 180, shown=False, sorts=False),
        Column("people", N_("Our people"), Text(), 140, shown=False, sorts=False),
        _REGION,
        of(Visit, "number", 120, shown=False, sorts=False),
    ),
    Sort("on", descending=True),
    ("visit", "visit_person", "enterprise", "trip", "person", "saved_view"),
)

RECEPTIONS = List(
    "receptions",
    N_("Receptions"),
    Reception,
    (
        of(Reception, "on", 160),
        of(Reception, "guests", 170, sorts=False),
        _ENTERPRISE,
        _owner(N_("Hosted by"), "host", "host_id", width=120),
        of(Reception, "sites", 184, sorts=False, spare=True),
        of(Reception, "result", 238, sorts=False),
        of(Reception, "time", 90, shown=False, sorts=False),
        Column("with", N_("Accompanied by"), Text(), 140, shown=False, sorts=False),
        _REGION,
    ),
    Sort("on", descending=True),
    ("reception", "reception_person", "enterprise", "person", "saved_view"),
)

FOLLOW_UPS = List(
    "follow_ups",
    N_("Follow-ups"),
    FollowUp,
    (
        of(FollowUp, "on", 160),
        _ENTERPRISE,
        of(FollowUp, "mode", 110),
        of(FollowUp, "content", 320, sorts=False),
        _owner(N_("Colleague"), "person", "person_id"),
        _REGION,
        Column("project", N_("Project"), Text(), 160, shown=False, sorts=False),
    ),
    Sort("on", descending=True),
    ("follow_up", "enterprise", "person", "project", "saved_view"),
)

TASKS = List(
    "tasks",
    N_("Steps due"),
    Task,
    (
        of(Task, "due", 172, settled_by="done_on"),
        of(Task, "what", 260, sorts=False),
        _ENTERPRISE,
        Column("project", N_("Project"), Text(), 160, sorts=False, spare=True),
        _owner(),
        of(Task, "done_on", 130, spare=True),
        _REGION,
    ),
    Sort("due"),
    ("task", "enterprise", "person", "project", "saved_view"),
)

TRIPS = List(
    "trips",
    N_("Trips"),
    Trip,
    (
        of(Trip, "title", 280),
        of(Trip, "start_on", 160),
        of(Trip, "end_on", 112, spare=True),
        of(Trip, "regions", 120, sorts=False),
        _owner(N_("Led by"), "leader", "leader_id"),
        of(Trip, "kind", 100, shown=False),
        Column("members", N_("Headcount"), Whole(), 84, spare=True),
        Column("planned", N_("Planned"), Whole(), 64),
        Column("enterprises", N_("Companies"), Whole(), 84),
        Column("visits", N_("Visits"), Whole(), 64),
        of(Trip, "report_due", 164, settled_by="reported"),
        Column("reported", N_("Summary written"), Flag(), 96, shown=False, sorts=False),
        of(Trip, "channel", 100, shown=False),
        of(Trip, "number", 110, shown=False),
        of(Trip, "approval_number", 130, shown=False, sorts=False),
    ),
    Sort("start_on", descending=True),
    ("trip", "trip_member", "trip_plan", "visit", "person", "enterprise", "saved_view"),
)

LISTS = {
    one.name: one for one in (ENTERPRISES, CONTACTS, LEADS, PROJECTS, VISITS, RECEPTIONS, FOLLOW_UPS, TASKS, TRIPS)
}
"""Every list by its name."""


@dataclass(frozen=True)
class Shipped:
    """A view that comes with the program; ``name`` tells it from the others of its list."""

    name: str
    label: str
    query: Query

    @property
    def title(self) -> str:
        """The label in the language in use."""
        return _(self.label)


SHIPPED = (
    Shipped(
        "never_visited", N_("Never visited"), Query("enterprises", (Filter("visited_on", Op.EMPTY),), Sort("name"))
    ),
    Shipped(
        "a_intent",
        N_("A-intent enterprises"),
        Query("enterprises", (Filter("intent", Op.ONE_OF, ("A",)),), Sort("intent")),
    ),
    Shipped(
        "overdue",
        N_("Next step overdue"),
        Query("enterprises", (Filter("next_due", Op.WITHIN, (Span.OVERDUE,)),), Sort("next_due")),
    ),
    Shipped(
        "not_met",
        N_("No contact for over 30 days"),
        Query("enterprises", (Filter("last_on", Op.OLDER, ("30",)),), Sort("last_on", descending=True)),
    ),
    Shipped(
        "open",
        N_("Open leads only"),
        Query(
            "leads",
            (Filter("triage", Op.ONE_OF, ("follow", "hold", "")), Filter("became", Op.EMPTY)),
            Sort("registered_on", descending=True),
        ),
    ),
    Shipped(
        "stalled",
        N_("Stalled for over 30 days"),
        Query("projects", (Filter("stalled", Op.FILLED),), Sort("stalled", descending=True)),
    ),
    Shipped(
        "signed",
        N_("Signed this year"),
        Query("projects", (Filter("signed_on", Op.WITHIN, (Span.THIS_YEAR,)),), Sort("signed_on", descending=True)),
    ),
    Shipped(
        "ahead",
        N_("Under way or to come"),
        Query("trips", (Filter("end_on", Op.WITHIN, (Span.FROM_TODAY,)),), Sort("start_on")),
    ),
    Shipped(
        "this_week",
        N_("Departing this week"),
        Query("trips", (Filter("start_on", Op.WITHIN, (Span.THIS_WEEK,)),), Sort("start_on")),
    ),
    Shipped(
        "report_overdue",
        N_("Report overdue"),
        Query(
            "trips",
            (Filter("report_due", Op.WITHIN, (Span.OVERDUE,)), Filter("reported", Op.ONE_OF, ("no",))),
            Sort("report_due"),
        ),
    ),
    Shipped(
        "not_written",
        N_("Without what was said"),
        Query("visits", (Filter("talk", Op.EMPTY),), Sort("on", descending=True)),
    ),
    Shipped(
        "this_month",
        N_("Visits of this month"),
        Query("visits", (Filter("on", Op.WITHIN, (Span.THIS_MONTH,)),), Sort("on", descending=True)),
    ),
    Shipped(
        "a_intent",
        N_("A-intent visits"),
        Query("visits", (Filter("intent", Op.ONE_OF, ("A",)),), Sort("on", descending=True)),
    ),
    Shipped(
        "this_month",
        N_("Receptions of this month"),
        Query("receptions", (Filter("on", Op.WITHIN, (Span.THIS_MONTH,)),), Sort("on", descending=True)),
    ),
    Shipped(
        "this_week",
        N_("Follow-ups of this week"),
        Query("follow_ups", (Filter("on", Op.WITHIN, (Span.THIS_WEEK,)),), Sort("on", descending=True)),
    ),
    Shipped(
        "overdue",
        N_("Overdue"),
        Query("tasks", (Filter("done_on", Op.EMPTY), Filter("due", Op.WITHIN, (Span.OVERDUE,))), Sort("due")),
    ),
    Shipped(
        "this_week",
        N_("Due this week"),
        Query("tasks", (Filter("done_on", Op.EMPTY), Filter("due", Op.WITHIN, (Span.THIS_WEEK,))), Sort("due")),
    ),
    Shipped("to_do", N_("To be done"), Query("tasks", (Filter("done_on", Op.EMPTY),), Sort("due"))),
    Shipped(
        "done",
        N_("Done this month"),
        Query("tasks", (Filter("done_on", Op.WITHIN, (Span.THIS_MONTH,)),), Sort("done_on", descending=True)),
    ),
)
"""In the order in which they are offered."""


def shipped(list_name: str, name: str) -> Query | None:
    """Return the query of a view that comes with a list; None where there is none of that name."""
    return next((one.query for one in SHIPPED if (one.query.list, one.name) == (list_name, name)), None)
