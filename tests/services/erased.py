"""A person who stands everywhere a person can stand, and how a file is searched for what is left of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from crm_app.db import drafts
from crm_app.db.book import Book
from crm_app.db.engine import connect
from crm_app.domain.contacts import Contact
from crm_app.services import book as books
from crm_app.services import enterprises, leads
from crm_app.services.leads import LogLead
from crm_app.services.visits import WriteVisit, write_visit

NAME, EARLIER = "逯晴岚", "逯小岚"
PHONE, MAIL, NOTE, TITLE = "13987654321", "luqinglan@example.cn", "嗜饮毛尖", "首席增长官"
SECRETS = (NAME, EARLIER, PHONE, MAIL, NOTE, TITLE, "lu qing lan", "139 8765 4321")
OLD_BOOKS = Path(__file__).parents[1] / "old_books"
APPROVAL = "示招函〔2023〕7号"


@dataclass
class Known:
    """A person who stands everywhere a person can stand."""

    book: Book
    contact: UUID
    enterprise: UUID
    lead: UUID
    visit: UUID


def fill(book: Book) -> Known:
    books.be(book, "单晓")
    made = enterprises.create_enterprise(book, name="渝能电池(示例)").value
    contact = enterprises.add_contact(
        book, made, name=EARLIER, title="总监", phone=f"+86{PHONE}", email=MAIL, note=NOTE
    ).value
    post = enterprises.enterprise_page(book, made).contacts[0].position.id
    enterprises.change_contact_at(book, post, name=NAME, title=TITLE)
    enterprises.add_contact(book, made, name="王小示", phone="+8613800000002")
    lead = leads.log_lead(
        book,
        LogLead(
            name="渝能电池(示例)",
            contact=NAME,
            note=f"{NAME} 说下周回话，电话 139 8765 4321",
            next_step=f"明天 致电{NAME}",
        ),
    ).value.lead_id
    visit = write_visit(
        book,
        WriteVisit(
            name="渝能电池(示例)",
            on=date(2023, 6, 1),
            talk=f"与{NAME}谈",
            their_people=(NAME, "王小示"),
        ),
    ).value
    drafts.keep(book, f"contact:{contact}", {"note": "没写完"})
    drafts.keep(book, "lead:new", {"note": f"{NAME}又来电"})
    drafts.keep(book, "other", {"note": "无关"})
    with book.unit(f"Change a contact: {NAME}") as unit:
        unit.update(Contact, contact, salutation="逯总")
        unit.commit()
    return Known(book, contact, made, lead, visit)


@pytest.fixture
def known(book: Book) -> Known:
    return fill(book)


def hits(path: Path, words: tuple[str, ...] = SECRETS) -> dict[str, list[str]]:
    """Return the words found in the raw bytes of every file of a folder that begins with the book's name."""
    found = {}
    for file in sorted(path.parent.rglob("*")):
        if file.is_file():
            content = file.read_bytes()
            there = [word for word in words if word.encode() in content]
            if there:
                found[file.name] = there
    return found


def tokens(path: Path, key: bytes | None = None) -> set[str]:
    raw = connect(path, key)
    raw.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, search_text, row)")
    found = {row[0] for row in raw.execute("SELECT term FROM vocabulary")}
    raw.close()
    return found
