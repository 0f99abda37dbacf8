"""依批准清除联系人: what would go and what stays, the erasure itself, and what is told of it afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from crm_app.db import erasing, traces
from crm_app.db.book import Book
from crm_app.db.copies import copies_in_reach
from crm_app.db.erasing import Reached
from crm_app.db.reader import Reader
from crm_app.db.traces import Mention
from crm_app.domain.attachments import Attachment
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.visits import VisitContact
from crm_app.errors import BadInput, Refused
from crm_app.i18n import _, ngettext
from crm_app.services.outcome import Outcome

__all__ = ["Mention", "Reached"]


@dataclass(frozen=True)
class Preview:
    """What an erasure would take away, what it would leave, and which copies it would reach.

    ``mentions`` are texts of other records in which the person stands: each is the user's to decide. ``papers`` are
    final and stay as they were issued.
    """

    contact_id: UUID
    name: str
    posts: tuple[str, ...]
    visits: int
    drafts: int
    mentions: tuple[Mention, ...]
    papers: tuple[tuple[UUID, str], ...]
    copies: tuple[Path, ...]
    absent: tuple[Path, ...]


@dataclass(frozen=True)
class Erased:
    """What came of it: the preview it stood on, the texts replaced and left, the copies, and what is still to do."""

    before: Preview
    replaced: tuple[Mention, ...]
    left: tuple[Mention, ...]
    reached: Reached
    unfinished: str = ""
    """Why the file could not be written anew; empty where it was."""


def preview(book: Book, contact_id: UUID) -> Preview:
    """Return what erasing a contact would do; raise NotFound."""
    with book.read() as reader:
        contact = reader.get(Contact, contact_id)
        return Preview(
            contact_id,
            contact.name,
            tuple(_posts(reader, contact_id)),
            len(reader.find(VisitContact, contact_id=contact_id)),
            traces.drafts_with(reader, contact_id),
            tuple(traces.mentions(reader, contact_id)),
            tuple(traces.papers_that_keep(reader, contact_id)),
            tuple(copies_in_reach(book.path, reader)),
            tuple(erasing.copies_away(reader)),
        )


def _posts(reader: Reader, contact_id: UUID) -> Iterable[str]:
    posts = reader.find(Position, contact_id=contact_id)
    known = reader.get_many(Enterprise, [post.enterprise_id for post in posts])
    for post in posts:
        yield " ".join(part for part in (known[post.enterprise_id].name, post.title) if part)


def erase(book: Book, contact_id: UUID, approval: str, *, replaced: Iterable[Mention] | None = None) -> Outcome[Erased]:
    """Erase a contact with everything that is known of the person; never undone.

    ``approval``: the number of the document, or who approved; required, and never the person's own name. ``replaced``
    are the mentions in whose records the person is replaced too, None for every one. Raise BadInput or NotFound.
    """
    before = preview(book, contact_id)
    _check_approval(book, contact_id, approval)
    rows = {(one.table, one.row) for one in (before.mentions if replaced is None else replaced)}
    chosen = tuple(one for one in before.mentions if (one.table, one.row) in rows)
    changes = erasing.erase(book, contact_id, approval.strip(), sorted(rows))
    left = tuple(one for one in before.mentions if one not in chosen)
    try:
        return Outcome(changes, Erased(before, chosen, left, erasing.erase_again(book)))
    except Refused as error:
        return Outcome(changes, Erased(before, chosen, left, Reached(), str(error)))


def _check_approval(book: Book, contact_id: UUID, approval: str) -> None:
    if not approval.strip():
        raise BadInput(_("Give the number of the approval, or who approved."), field="approval")
    with book.read() as reader:
        pattern = traces.traces_of(reader, contact_id).pattern()
    if traces.mask(pattern, approval) != approval:
        raise BadInput(_("The approval must not name the person: it stays in the book."), field="approval")


def erase_again(book: Book) -> Reached:
    """Clear the book and the copies in reach of everybody erased before; for the start, and after a restore."""
    return erasing.erase_again(book)


def told(erased: Erased) -> list[str]:
    """Return what came of an erasure, a sentence each, without naming the person."""
    lines = [_("The person is erased: name, numbers, posts, drafts, history and search entries are gone.")]
    if erased.replaced:
        n = len(erased.replaced)
        words = ngettext("Replaced by ××× in {n} other text.", "Replaced by ××× in {n} other texts.", n)
        lines.append(words.format(n=n))
    lines += [_("Still names the person: {title}").format(title=one.title) for one in erased.left]
    lines += [
        _("{title} was not looked into: open it, and delete it if its content shows the person.").format(
            title=one.title
        )
        for one in erased.before.mentions
        if one.table == Attachment.table
    ]
    lines += [
        _("The final paper “{title}” keeps the name and stays as it was issued.").format(title=title)
        for _id, title in erased.before.papers
    ]
    lines += [_("Cleared in the backup {path}").format(path=path) for path in erased.reached.cleared]
    lines += [
        _("The backup {path} is away; it is cleared when it is seen again or restored.").format(path=path)
        for path in erased.reached.absent
    ]
    lines += [
        _("The backup {path} could not be cleared: {reason}").format(path=path, reason=reason)
        for path, reason in erased.reached.failed
    ]
    if erased.unfinished:
        lines.append(erased.unfinished)
    return lines
