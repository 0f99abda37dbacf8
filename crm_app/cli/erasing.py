"""erase: a person's data, as approved."""

from __future__ import annotations

import argparse
from uuid import UUID

from crm_app.cli.command import Handler
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services import erasure
from crm_app.services.book import Book
from crm_app.services.erasure import Mention


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("contact", metavar="CONTACT_ID", help=_("as “search” prints it"))
    parser.add_argument(
        "--approval", default="", metavar="TEXT", help=_("the number of the approval, or who approved; required")
    )
    parser.add_argument("--replace", action="store_true", help=_("put ××× for the name in the texts that are listed"))
    parser.add_argument("--dry-run", action="store_true", help=_("say what would be done, and do nothing"))


def _erase(book: Book, arguments: argparse.Namespace) -> int:
    try:
        contact = UUID(arguments.contact)
    except ValueError as error:
        raise BadInput(
            _("“{text}” is not an id. “search” and exports tell them.").format(text=arguments.contact)
        ) from error
    if arguments.dry_run:
        return _show(erasure.preview(book, contact))
    done = erasure.erase(book, contact, arguments.approval, replaced=None if arguments.replace else ())
    for line in erasure.told(done.value):
        print(line)
    return 0


def _show(preview: erasure.Preview) -> int:
    print(_("Would erase: {name}").format(name=preview.name))
    for post in preview.posts:
        print(f"  {post}")
    for mention in preview.mentions:
        print(_("Named in: {place}").format(place=_place(mention)))
    for _paper, title in preview.papers:
        print(_("The final paper “{title}” keeps the name and stays as it was issued.").format(title=title))
    for path in preview.copies:
        print(_("Backup in reach: {path}").format(path=path))
    for path in preview.absent:
        print(_("The backup {path} is away; it is cleared when it is seen again or restored.").format(path=path))
    return 0


def _place(mention: Mention) -> str:
    where = mention.field or _("its history")
    return _("{record}, {field}: {text}").format(record=mention.title, field=where, text=mention.before).rstrip(": ：")


HANDLERS = {
    "erase": Handler(_arguments, _erase),
}
