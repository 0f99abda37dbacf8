"""Where each column of a list comes from: SQL on the row ``t`` of the list's table."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from crm_app.db.list_sql import Events, Source, Sql
from crm_app.db.tables import LISTED
from crm_app.domain.lists import List
from crm_app.domain.stages import MAY_STALL, STALLED_AFTER_DAYS, Stage

_VISITED = Events((Source("visit", "on"),))
_MET = Events((*_VISITED.sources, Source("follow_up", "on")))
_DUE = Events((Source("task", "due", "x.deleted_at IS NULL AND x.done_on IS NULL"),), newest=False)
_OPEN = "l.deleted_at IS NULL AND coalesce(l.triage, '') <> 'no'"
_NOT_A_PROJECT = "NOT EXISTS (SELECT 1 FROM project p WHERE p.lead_id = l.id AND p.deleted_at IS NULL)"


def _last(table: str, of: str = "t.id", by: str = "enterprise_id") -> str:
    # Without the sign SQLite would walk all days from the newest on, where no index leads to those of one.
    sign = "" if by == "enterprise_id" else "+"
    return f'(SELECT max(x."on") FROM {table} x WHERE x.{by} = {of} AND {sign}x.deleted_at IS NULL)'


def _latest(*days: str) -> str:
    inner = ", ".join(f"coalesce({day}, '')" for day in days)
    return f"nullif(max({inner}), '')"


def _due(by: str) -> str:
    return f"(SELECT min(x.due) FROM task x WHERE x.{by} = t.id AND x.deleted_at IS NULL AND x.done_on IS NULL)"


def _step(by: str) -> str:
    return (
        f"(SELECT x.what FROM task x WHERE x.{by} = t.id AND x.deleted_at IS NULL AND x.done_on IS NULL"
        " ORDER BY x.due, x.id LIMIT 1)"
    )


def _named(table: str, by: str, name: str = "name") -> str:
    return f"(SELECT x.{name} FROM {table} x WHERE x.id = t.{by})"


_STAGE = (
    "(SELECT s.stage FROM stage_entry s WHERE s.project_id = {of} AND s.deleted_at IS NULL"
    ' ORDER BY s."on" DESC, s.id DESC LIMIT 1)'
)
_ENTERPRISE = Sql(
    _named("enterprise", "enterprise_id"),
    enterprise="t.enterprise_id",
    through=" CROSS JOIN {table} t ON t.enterprise_id = e.id",
)
_REGION = Sql(_named("enterprise", "enterprise_id", "region"))

_ENTERPRISES = {
    "name": Sql('t."name"', "t.pinyin", tie="t.id", listed=True, never_null=True),
    "last_on": Sql(_latest(_last("visit"), _last("follow_up")), tie="t.id", events=_MET),
    "visited_on": Sql(_last("visit"), tie="t.id", events=_VISITED),
    "next_due": Sql(_due("enterprise_id"), tie="t.id", events=_DUE),
    "next_step": Sql(_step("enterprise_id")),
    "open_leads": Sql(
        f"nullif((SELECT count(*) FROM lead l WHERE l.enterprise_id = t.id AND {_OPEN} AND {_NOT_A_PROJECT}), 0)"
    ),
    "stage": Sql(
        "(SELECT s.stage FROM investor i JOIN stage_entry s ON s.project_id = i.project_id"
        " JOIN project p ON p.id = i.project_id WHERE i.enterprise_id = t.id AND i.deleted_at IS NULL"
        ' AND p.deleted_at IS NULL AND s.deleted_at IS NULL ORDER BY s."on" DESC, s.id DESC LIMIT 1)',
        tie="t.id",
        walk="(SELECT i.enterprise_id AS owner FROM stage_entry x CROSS JOIN investor i ON i.project_id = x.project_id"
        " WHERE x.stage = :value AND x.deleted_at IS NULL AND i.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM"
        " stage_entry y WHERE y.project_id = x.project_id AND y.deleted_at IS NULL"
        ' AND (y."on", y.id) > (x."on", x.id))) s',
        along="(SELECT i.enterprise_id AS owner FROM investor i WHERE i.deleted_at IS NULL"
        f" AND {_STAGE.format(of='i.project_id')} = :value) s",
        often="SELECT 1 FROM stage_entry WHERE stage = :value AND deleted_at IS NULL",
        ranked=True,
    ),
    "honours": Sql(
        "(SELECT group_concat(honour, '、') FROM (SELECT x.honour FROM label x WHERE x.enterprise_id = t.id"
        " AND x.deleted_at IS NULL AND (x.valid_to IS NULL OR x.valid_to >= :today)"
        " GROUP BY x.honour ORDER BY max(x.year) DESC, x.honour))"
    ),
    "intent": Sql(
        "(SELECT x.intent FROM visit x WHERE x.enterprise_id = t.id AND x.deleted_at IS NULL"
        ' AND x.intent IS NOT NULL ORDER BY x."on" DESC, x.id DESC LIMIT 1)',
        tie="t.id",
        walk="(SELECT x.enterprise_id AS owner FROM visit x WHERE x.intent = :value AND x.deleted_at IS NULL) s",
        ranked=True,
    ),
}

_POSTS = (
    "FROM position {x} CROSS JOIN enterprise {e} ON {e}.id = {x}.enterprise_id AND {e}.deleted_at IS NULL"
    " WHERE {x}.contact_id = t.id AND {x}.deleted_at IS NULL AND {x}.to_on IS NULL"
)
_CONTACT_POST = f"(SELECT {{what}} {_POSTS.format(x='x', e='e')} ORDER BY x.id DESC LIMIT 1)"
_CONTACTS = {
    "name": Sql('t."name"', "t.pinyin", listed=True, never_null=True),
    "enterprise": Sql(
        _CONTACT_POST.format(what="e.name"),
        enterprise=_CONTACT_POST.format(what="e.id"),
        through=" CROSS JOIN position x ON x.enterprise_id = e.id AND +x.deleted_at IS NULL AND x.to_on IS NULL"
        " CROSS JOIN {table} t ON t.id = x.contact_id"
        f" AND NOT EXISTS (SELECT 1 {_POSTS.format(x='y', e='f')} AND y.id > x.id)",
    ),
    "title": Sql(_CONTACT_POST.format(what="x.title")),
    "region": Sql(_CONTACT_POST.format(what="e.region")),
}
_LEADS = {
    "enterprise": _ENTERPRISE,
    "region": _REGION,
    "became": Sql("(SELECT p.name FROM project p WHERE p.lead_id = t.id AND p.deleted_at IS NULL LIMIT 1)"),
    "next_due": Sql(_due("lead_id")),
    "next_step": Sql(_step("lead_id")),
    "contact": Sql(_named("contact", "contact_id")),
}
_CONTRACT = (
    "(SELECT CASE s.kind WHEN 'formal' THEN s.signed_on_{part} END FROM signing s WHERE s.project_id = t.id"
    " AND s.deleted_at IS NULL AND s.kind IN ('formal', 'cancellation')"
    " ORDER BY s.signed_on_first DESC, s.id DESC LIMIT 1)"
)
_PROJECT_STAGE = f"coalesce({_STAGE.format(of='t.id')}, 'negotiating')"
_BY_INVESTOR = " CROSS JOIN investor i ON i.enterprise_id = x.enterprise_id AND i.deleted_at IS NULL"
_FORMAL = Source("signing", "signed_on_first", "x.deleted_at IS NULL AND x.kind = 'formal'", "x.project_id")
_PROJECT_DUE = Source(
    "task",
    "due",
    f"{_DUE.sources[0].which} AND x.project_id IS NOT NULL",
    "x.project_id",
    index=" INDEXED BY ix_task_open_project",
)
_ENTRIES = Source("stage_entry", "on", of="x.project_id")
_NO_ENTRY = (
    # Nearly every project began with negotiations: two lists in order are compared sooner than each id is looked up.
    "SELECT i FROM (SELECT p.id AS i FROM project p WHERE p.deleted_at IS NULL EXCEPT SELECT x.project_id"
    f" FROM stage_entry x WHERE x.deleted_at IS NULL AND x.stage = '{Stage.NEGOTIATING.value}')"
    " WHERE NOT EXISTS (SELECT 1 FROM stage_entry s WHERE s.project_id = i AND s.deleted_at IS NULL)"
)
_TOUCHING = Events(
    (
        _ENTRIES,
        Source("follow_up", "on", of="x.project_id"),
        Source("visit", "on", of="i.project_id", via=_BY_INVESTOR),
        Source("follow_up", "on", of="i.project_id", via=_BY_INVESTOR),
    ),
    floor=_ENTRIES,
    lacking=_NO_ENTRY,
    each=6,
)
_EVERY_PROJECT = "(SELECT p.id AS owner FROM project p WHERE +p.deleted_at IS NULL) s"
_MET_LAST = ", ".join(f"coalesce({_last(table, of='i.enterprise_id')}, '')" for table in ("visit", "follow_up"))
_PARTIES_MET = (
    f"(SELECT max(max({_MET_LAST})) FROM investor i INDEXED BY ux_investor_project_id_enterprise_id"
    " WHERE i.project_id = t.id AND i.deleted_at IS NULL)"
)
_TOUCHED = _latest(_last("stage_entry", by="project_id"), _last("follow_up", by="project_id"), _PARTIES_MET)
_LONG_AGO = f"date(:today, '-{STALLED_AFTER_DAYS} days')"
_EARLY = f"IN ({', '.join(repr(stage.value) for stage in MAY_STALL)})"
_LEFT_EARLY = (
    f'coalesce((SELECT s.stage {_EARLY} AND s."on" < {_LONG_AGO} FROM stage_entry s WHERE s.project_id = t.id'
    ' AND s.deleted_at IS NULL ORDER BY s."on" DESC, s.id DESC LIMIT 1), 1)'
)
_PROJECTS = {
    "name": Sql('t."name"', "t.pinyin", listed=True, never_null=True),
    "stage": Sql(
        _PROJECT_STAGE,
        tie="t.id",
        walk="(SELECT x.project_id AS owner FROM stage_entry x WHERE x.stage = :value AND x.deleted_at IS NULL"
        f" UNION ALL SELECT i FROM ({_NO_ENTRY}) WHERE :value = '{Stage.NEGOTIATING.value}') s",
        along=_EVERY_PROJECT,
        often="SELECT 1 FROM stage_entry WHERE stage = :value AND deleted_at IS NULL",
        ranked=True,
        never_null=True,
    ),
    "amount": Sql("coalesce(t.total_investment, CASE t.intent_currency WHEN 'CNY' THEN t.intent_low END)"),
    "enterprise": Sql(
        "(SELECT group_concat(name, '、') FROM (SELECT e.name FROM investor i JOIN enterprise e"
        " ON e.id = i.enterprise_id WHERE i.project_id = t.id AND i.deleted_at IS NULL ORDER BY i.id))"
    ),
    "park": Sql(
        "(SELECT k.park FROM project_park k WHERE k.project_id = t.id AND k.deleted_at IS NULL"
        " ORDER BY coalesce(k.from_on, '') <= :today DESC,"
        " CASE WHEN coalesce(k.from_on, '') <= :today THEN coalesce(k.from_on, '') END DESC,"
        " CASE WHEN coalesce(k.from_on, '') <= :today THEN k.id END DESC, k.from_on, k.id LIMIT 1)",
        tie="t.id",
        walk="(SELECT x.project_id AS owner FROM project_park x WHERE x.park = :value AND x.deleted_at IS NULL) s",
        along=_EVERY_PROJECT,
        often="SELECT 1 FROM project_park WHERE park = :value AND deleted_at IS NULL",
        ranked=True,
        values="SELECT DISTINCT park FROM project_park WHERE deleted_at IS NULL",
    ),
    "signed_on": Sql(
        _CONTRACT.format(part="first"),
        last=_CONTRACT.format(part="last"),
        parts=tuple((f"_{part}", _CONTRACT.format(part=part)) for part in ("first", "last", "precision")),
        events=Events((_FORMAL,), floor=_FORMAL),
    ),
    "next_due": Sql(_due("project_id"), events=Events((_PROJECT_DUE,), newest=False, floor=_PROJECT_DUE)),
    "next_step": Sql(_step("project_id")),
    "touched_on": Sql(_TOUCHED, events=_TOUCHING),
    "stalled": Sql(
        f"(SELECT CASE WHEN {_PROJECT_STAGE} {_EARLY} AND days > {STALLED_AFTER_DAYS} THEN days END"
        f" FROM (SELECT CAST(julianday(:today) - julianday({_TOUCHED}) AS INTEGER) AS days))",
        sort=_TOUCHED,
        # The last stage and its day are found at once, and spare most from being asked for their other days.
        only=f" AND {_LEFT_EARLY}",
        events=replace(_TOUCHING, back=STALLED_AFTER_DAYS),
    ),
}
_OF_ENTERPRISE = {"enterprise": _ENTERPRISE, "region": _REGION, "project": Sql(_named("project", "project_id"))}
_OURS = (
    "(SELECT group_concat(name, '、') FROM (SELECT p.name FROM {0}_person x JOIN person p ON p.id = x.person_id"
    " WHERE x.{0}_id = t.id AND x.deleted_at IS NULL ORDER BY x.id))"
)
_VISITS = {
    "enterprise": _ENTERPRISE,
    "region": _REGION,
    "trip": Sql(_named("trip", "trip_id", "title")),
    "people": Sql(_OURS.format("visit")),
}
_MADE = "FROM visit v WHERE v.trip_id = t.id AND v.deleted_at IS NULL AND v.mode {mode}"
_FACE_TO_FACE, _UNSAID = _MADE.format(mode="= 'face_to_face'"), _MADE.format(mode="IS NULL")
"""Visits of a trip that count, and those of which nobody said otherwise: two ranges of the index of what is counted."""
_NOT_MET = (
    f" AND NOT EXISTS (SELECT 1 {_FACE_TO_FACE.replace('v.', 'w.').replace('visit v', 'visit w')}"
    " AND w.enterprise_id = v.enterprise_id)"
)
_OTHERS = "SELECT e.id FROM enterprise e WHERE e.category <> 'company'"


def _counted(what: str, otherwise: str = "") -> str:
    """Return how many visits of a trip count, or enterprises; ``otherwise``: what those have to be that nobody said."""

    def of(these: str) -> str:
        return f"(SELECT {what} {_FACE_TO_FACE}{these}) + (SELECT {what} {_UNSAID}{these}{otherwise})"

    # Most books hold companies alone: then no visit is asked whether it was with one.
    companies = f" AND v.enterprise_id NOT IN ({_OTHERS})"
    return f"(CASE WHEN EXISTS ({_OTHERS}) THEN {of(companies)} ELSE {of('')} END)"


_TRIPS = {
    "title": Sql("t.title", "spoken(t.title)", never_null=True),
    "members": Sql(
        "(SELECT count(*) FROM trip_member m WHERE m.trip_id = t.id AND m.deleted_at IS NULL)", never_null=True
    ),
    "planned": Sql(
        "(SELECT count(*) FROM trip_plan p WHERE p.trip_id = t.id AND p.deleted_at IS NULL"
        " AND coalesce(p.state, '') <> 'cancelled')",
        never_null=True,
    ),
    "enterprises": Sql(_counted("count(DISTINCT v.enterprise_id)", _NOT_MET), never_null=True),
    "visits": Sql(_counted("count(*)"), never_null=True),
    "reported": Sql("(t.findings IS NOT NULL AND t.plans IS NOT NULL)", never_null=True),
}
_DERIVED = {
    "enterprises": _ENTERPRISES,
    "contacts": _CONTACTS,
    "leads": _LEADS,
    "projects": _PROJECTS,
    "visits": _VISITS,
    "receptions": {"enterprise": _ENTERPRISE, "region": _REGION, "with": Sql(_OURS.format("reception"))},
    "follow_ups": _OF_ENTERPRISE,
    "tasks": _OF_ENTERPRISE,
    "trips": _TRIPS,
}


@cache
def columns(wanted: List) -> dict[str, Sql]:
    """Return the columns of a list in SQL by their names."""
    return {one.name: _column(wanted, one.name) for one in wanted.columns}


def _column(wanted: List, name: str) -> Sql:
    derived = _DERIVED[wanted.name].get(name)
    if derived is not None:
        return derived
    column, table = wanted.column(name), wanted.record.table
    stored = wanted.record.field(column.field).column_names()
    parts = tuple((one.removeprefix(column.field), f't."{one}"') for one in stored)
    listed = stored[0] in LISTED.get(table, ()) or (table, stored[0]) in (("visit", "on"), ("follow_up", "on"))
    indexed = listed or stored[0] in _OTHER_INDEXES.get(table, ())
    ranked = column.shape in ("choice", "region", "person")
    last = next((sql for suffix, sql in parts if suffix == "_last"), "")
    if column.person:
        parts = (("", _named("person", column.field)),)
    among = _AMONG.get((table, stored[0]), "")
    return Sql(f't."{stored[0]}"', last=last, parts=parts, indexed=indexed, listed=listed, ranked=ranked, among=among)


_AMONG = {("task", "due"): 't."done_on" IS NULL', ("visit", "on"): 't."talk" IS NULL'}


_OTHER_INDEXES: dict[str, tuple[str, ...]] = {
    "enterprise": ("uscc",),
    "lead": ("owner_id", "number", "first_reporter_id"),
    "project": ("owner_id", "number"),
    "visit": ("number",),
    "reception": ("host_id",),
    "follow_up": ("person_id",),
    "task": ("due", "owner_id"),
    "trip": ("start_on", "number", "leader_id"),
}
