"""Random work on a real book beside a plain model of it: after each step both hold the same.

The model foretells what each use case does to the records it names. Records that come along by themselves (a post, a
stage, a draft number) are not foretold; that they go and come back with their unit is shown by comparing the whole
book before a unit and after its undo, row by row and column by column.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from crm_app import clock
from crm_app.db import tables
from crm_app.domain.fields import RECORDS
from crm_app.domain.leads import Triage
from crm_app.domain.stages import Stage
from crm_app.errors import CrmError
from crm_app.services import book as books
from crm_app.services import (
    enterprises,
    follow_ups,
    imports,
    leads,
    projects,
    protection,
    recycle_bin,
    tasks,
    visits,
)
from crm_app.services.book import Book
from crm_app.services.leads import LogLead
from crm_app.services.outcome import Changes
from crm_app.services.visits import WriteVisit
from tests.state.model import Model

TODAY = date(2023, 6, 14)
PASSPHRASE = "黄桷坪的三棵树 旧码头"
FORETOLD = {
    "enterprise": ("name", "products"),
    "contact": ("name",),
    "lead": ("enterprise_id", "note", "triage_reason"),
    "task": ("what", "due", "done_on"),
    "follow_up": ("enterprise_id", "content"),
    "visit": ("enterprise_id", "talk"),
    "project": ("name",),
}
"""The fields the model knows, by table; each of its rows holds all of them."""

_SHIPPED = ("dictionary_entry",)
"""Hundreds of rows nobody here writes."""
WORDS = st.text("渝能电池江驰机材料示例甲乙丙丁戊", min_size=2, max_size=6)
PICK = st.integers(0, 10_000)
Whole = dict[str, dict[bytes, dict[str, Any]]]


def whole(book: Book) -> Whole:
    """Return every living row of every record with all its columns."""
    with book.read() as reader:
        return {
            name: {row["id"]: dict(row) for row in reader.rows(select(table).where(table.c.deleted_at.is_(None)))}
            for name, table in tables.RECORD_TABLES.items()
            if name not in _SHIPPED
        }


Steps = dict[tuple[str, bytes, str], tuple[Any, Any]]
"""What two pictures hold differently: table, row, column → before, after; MISSING where there is no such row."""
MISSING = object()


def difference(before: Whole, after: Whole) -> Steps:
    """Return every column that differs."""
    found: Steps = {}
    for table, rows in before.items():
        for row in {*rows, *after[table]}:
            old, new = rows.get(row, {}), after[table].get(row, {})
            for column in {*old, *new}:
                if old.get(column, MISSING) != new.get(column, MISSING):
                    found[table, row, column] = (old.get(column, MISSING), new.get(column, MISSING))
    return found


class Work(RuleBasedStateMachine):
    """The use cases of one book's life. ``folder`` holds everything; the template book is made once."""

    templates: ClassVar[dict[bool, Path]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="crm-state-"))
        self.model = Model()
        self.backups: list[tuple[Path, Model, Whole, dict[int, tuple[Whole, Whole]], bool]] = []
        self.pictures: dict[int, tuple[Whole, Whole]] = {}
        """The whole book before and after each unit, by its number."""
        self.in_order = True
        """Whether units were undone from the last one backwards only, so that pictures come back as wholes."""
        self.counter = 0

    @classmethod
    def template(cls, encrypted: bool) -> Path:
        """Return a new book with the shipped lists, made once."""
        if encrypted not in cls.templates:
            path = Path(tempfile.mkdtemp(prefix="crm-template-")) / "t.crm"
            words = (PASSPHRASE, protection.new_recovery_key()) if encrypted else ()
            books.close_book(books.create_book(path, *words))
            cls.templates[encrypted] = path
        return cls.templates[encrypted]

    @initialize(encrypted=st.sampled_from([False, False, True]))
    def open(self, encrypted: bool) -> None:
        """Begin with a new book, plain or with a password."""
        self.secret = PASSPHRASE if encrypted else None
        template = self.template(encrypted)
        for file in template.parent.glob("t.crm*"):
            if file.is_file():
                shutil.copy(file, self.folder / file.name)
        self.path = self.folder / "t.crm"
        self.book = books.open_book(self.path, self.secret)
        clock.pin_today(TODAY)
        self.make_enterprise("渝能", "电池")
        self.make_enterprise("江驰", "电机")
        self.log_lead(0, "来电")
        self.write_visit(1, "看厂")

    def teardown(self) -> None:
        """Close the book and leave nothing behind."""
        if hasattr(self, "book"):
            assert self.book.check() == []
            books.close_book(self.book)
        shutil.rmtree(self.folder)

    def name(self, words: str) -> str:
        """Return a name nobody has yet."""
        self.counter += 1
        return f"{words}{self.counter}号(示例)"

    def pick(self, table: str, n: int) -> UUID:
        """Return one of a table's rows."""
        known = self.model.of(table)
        return known[n % len(known)]

    def unit(self, work: Callable[[], Any], foretold: Callable[[Any], dict[tuple[str, UUID], Any]]) -> None:
        """Do a use case on both sides."""
        before = whole(self.book)
        outcome = work()
        done: Changes = getattr(outcome, "changes", outcome)
        if done.unit is None:
            # Nothing differed: there is nothing to undo either.
            assert whole(self.book) == before
            return
        self.model.expect(done.unit, foretold(getattr(outcome, "value", None)))
        self.pictures[done.unit] = (before, whole(self.book))

    def refused(self, work: Callable[[], Any]) -> None:
        """Do a use case that is refused: nothing has changed."""
        before = whole(self.book)
        try:
            work()
        except CrmError:
            assert whole(self.book) == before
        else:
            raise AssertionError("this should have been refused")

    @rule(words=WORDS, products=WORDS)
    def make_enterprise(self, words: str, products: str) -> None:
        """Make an enterprise."""
        name = self.name(words)
        self.unit(
            lambda: enterprises.create_enterprise(self.book, name=name, products=products),
            lambda made: {("enterprise", made): {"name": name, "products": products}},
        )

    @precondition(lambda self: self.model.of("enterprise"))
    @rule(n=PICK, words=WORDS, rename=st.booleans())
    def change_enterprise(self, n: int, words: str, rename: bool) -> None:
        """Change an enterprise's products, or its name."""
        known = self.pick("enterprise", n)
        values = {"name": self.name(words)} if rename else {"products": self.name(words)}
        self.unit(
            lambda: enterprises.change_enterprise(self.book, known, **values),
            lambda _none: {("enterprise", known): values},
        )

    @precondition(lambda self: self.model.of("enterprise"))
    @rule(n=PICK)
    def delete_enterprise(self, n: int) -> None:
        """Delete an enterprise with its dealings; an investor stays."""
        known = self.pick("enterprise", n)
        parts = {key for key, values in self.model.rows.items() if values.get("enterprise_id") == known}
        invests = any(("lead", values.get("lead_id")) in parts for values in self.model.rows.values())

        def work() -> Any:
            return recycle_bin.delete(self.book, "enterprise", known)

        if invests:
            self.refused(work)
            return
        self.unit(work, lambda _none: dict.fromkeys(parts | {("enterprise", known)}))

    @precondition(lambda self: self.model.of("enterprise"))
    @rule(n=PICK, words=WORDS)
    def add_contact(self, n: int, words: str) -> None:
        """Add a contact with a post."""
        known = self.pick("enterprise", n)
        name = self.name(words)
        self.unit(
            lambda: enterprises.add_contact(self.book, known, name=name, title="总经理"),
            lambda made: {("contact", made): {"name": name}},
        )

    @precondition(lambda self: self.model.of("enterprise"))
    @rule(n=PICK, words=WORDS)
    def log_lead(self, n: int, words: str) -> None:
        """Log a lead of a known enterprise, with a next step."""
        known = self.pick("enterprise", n)
        asked = LogLead(
            self.model.rows["enterprise", known]["name"], enterprise_id=known, note=words, next_step=f"明天 {words}"
        )

        def foretell(made: leads.Logged) -> dict[tuple[str, UUID], Any]:
            assert made.task_id is not None
            return {
                ("lead", made.lead_id): {"enterprise_id": known, "note": words, "triage_reason": None},
                ("task", made.task_id): {
                    "what": words,
                    "due": TODAY.replace(day=15),
                    "done_on": None,
                    "enterprise_id": known,
                },
            }

        self.unit(lambda: leads.log_lead(self.book, asked), foretell)

    @precondition(lambda self: self.model.of("lead"))
    @rule(n=PICK, words=WORDS)
    def judge_lead(self, n: int, words: str) -> None:
        """Judge a lead."""
        known = self.pick("lead", n)
        self.unit(
            lambda: leads.triage(self.book, known, Triage.HOLD, words),
            lambda _none: {("lead", known): {"triage_reason": words}},
        )

    @precondition(lambda self: self.model.of("lead"))
    @rule(n=PICK, words=WORDS)
    def make_project(self, n: int, words: str) -> None:
        """Make a project of a lead; a second one of the same lead is refused."""
        known = self.pick("lead", n)
        name = self.name(words)

        def work() -> Any:
            return leads.to_project(self.book, known, name, None)

        if any(values["lead_id"] == known for (table, _row), values in self.model.rows.items() if table == "project"):
            self.refused(work)
            return
        self.unit(work, lambda made: {("project", made): {"name": name, "lead_id": known}})

    @precondition(lambda self: self.model.of("project"))
    @rule(n=PICK, stage=st.sampled_from([Stage.REVIEW, Stage.MOU, Stage.ON_HOLD, Stage.NEGOTIATING]))
    def move_stage(self, n: int, stage: Stage) -> None:
        """Move a project; what the rules of the stages forbid changes nothing."""
        known = self.pick("project", n)
        before = whole(self.book)
        try:
            moved = projects.move_stage(self.book, known, stage, answers={"stage_entry.reason": "试"})
        except CrmError:
            assert whole(self.book) == before
            return
        assert moved.changes.unit is not None
        self.model.expect(moved.changes.unit, {})
        self.pictures[moved.changes.unit] = (before, whole(self.book))

    @precondition(lambda self: self.model.of("enterprise"))
    @rule(n=PICK, words=WORDS)
    def log_follow_up(self, n: int, words: str) -> None:
        """Log a follow-up."""
        known = self.pick("enterprise", n)
        self.unit(
            lambda: follow_ups.log_follow_up(self.book, content=words, mode="电话", enterprise_id=known),
            lambda made: {("follow_up", made): {"enterprise_id": known, "content": words}},
        )

    @precondition(lambda self: self.model.of("task"))
    @rule(n=PICK, finish=st.booleans())
    def answer_task(self, n: int, finish: bool) -> None:
        """Tick a next step off, or move it."""
        known = self.pick("task", n)
        if finish:
            self.unit(
                lambda: tasks.finish_task(self.book, known),
                lambda _none: {("task", known): {"done_on": TODAY}},
            )
        else:
            self.unit(
                lambda: tasks.postpone_tasks(self.book, [known], "后天"),
                lambda due: {("task", known): {"due": due}},
            )

    @precondition(lambda self: self.model.of("enterprise"))
    @rule(n=PICK, words=WORDS)
    def write_visit(self, n: int, words: str) -> None:
        """Write a visit up."""
        known = self.pick("enterprise", n)
        asked = WriteVisit(enterprise_id=known, on=TODAY, talk=words)
        self.unit(
            lambda: visits.write_visit(self.book, asked),
            lambda made: {("visit", made): {"enterprise_id": known, "talk": words}},
        )

    @precondition(lambda self: self.model.of("visit"))
    @rule(n=PICK, words=WORDS, delete=st.booleans())
    def change_visit(self, n: int, words: str, delete: bool) -> None:
        """Correct a visit, or take it away."""
        known = self.pick("visit", n)
        if delete:
            self.unit(
                lambda: recycle_bin.delete(self.book, "visit", known),
                lambda _none: {("visit", known): None},
            )
        else:
            self.unit(
                lambda: visits.change_visit(self.book, known, talk=words),
                lambda _none: {("visit", known): {"talk": words}},
            )

    @rule(names=st.lists(WORDS, min_size=1, max_size=4))
    def import_ledger(self, names: list[str]) -> None:
        """Import a ledger of new enterprises: one unit, however many rows."""
        rows = {self.name(words): words for words in names}
        file = self.folder / "ledger.csv"
        lines = ["企业名称,主要产品", *(f"{name},{words}" for name, words in rows.items())]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        plan = imports.plan(self.book, file, "enterprises")

        def foretell(result: imports.ImportResult) -> dict[tuple[str, UUID], Any]:
            assert result.created == len(rows)
            made = {row.name: row.id for row in enterprises.all_enterprises(self.book)}
            return {("enterprise", made[name]): {"name": name, "products": words} for name, words in rows.items()}

        self.unit(lambda: imports.apply(self.book, plan), foretell)

    @invariant()
    def the_book_holds_what_the_model_holds(self) -> None:
        """Compare every foretold field of every living row of the foretold tables."""
        if not hasattr(self, "book"):
            return
        with self.book.read() as reader:
            for table, names in FORETOLD.items():
                held = {
                    record.id: {name: getattr(record, name) for name in names} for record in reader.find(RECORDS[table])
                }
                meant = {
                    row: {name: values[name] for name in names}
                    for (kind, row), values in self.model.rows.items()
                    if kind == table
                }
                assert held == meant, table
