"""brief: a paper as a file, PDF or Word."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from crm_app.cli.command import Handler, day
from crm_app.domain.papers import PaperKind
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services import papers
from crm_app.services.book import Book
from crm_app.services.papers import Asked

_WRITTEN = {".pdf": papers.pages, ".docx": papers.document}
"""How a paper is written, by the ending of its file."""


def ask_what(parser: argparse.ArgumentParser) -> None:
    """Declare what a paper is made of."""
    kinds = ", ".join(kind.value for kind in PaperKind)
    parser.add_argument("kind", metavar="KIND", help=kinds)
    parser.add_argument(
        "--of",
        nargs="+",
        action="extend",
        default=[],
        metavar="ID",
        help=_("the records it is about; several in one"),
    )
    parser.add_argument("--list", default="", metavar="NAME", help=_("the list a ledger prints"))
    parser.add_argument("--from", dest="start", metavar="D", help=_("first day, such as 2023-01-01"))
    parser.add_argument("--to", dest="end", metavar="D", help=_("last day, such as 2023-06-30"))


def asked_for(arguments: argparse.Namespace) -> tuple[PaperKind, Asked]:
    """Return the kind and what it is made of; raise BadInput for what cannot be read."""
    asked = Asked(
        ids=tuple(_id(text) for text in arguments.of),
        start=day(arguments.start) if arguments.start else None,
        end=day(arguments.end) if arguments.end else None,
        list_name=arguments.list,
    )
    return _kind(arguments.kind), asked


def _arguments(parser: argparse.ArgumentParser) -> None:
    ask_what(parser)
    parser.add_argument("--both-sides", action="store_true", help=_("of several records each on a leaf of its own"))
    parser.add_argument("--whole-phones", action="store_true", help=_("with whole phone numbers; this is noted"))
    parser.add_argument(
        "-o",
        "--out",
        required=True,
        metavar="OUT.pdf|.docx|DIR/",
        help=_("one file, or a folder that takes one of each record"),
    )


def _brief(book: Book, arguments: argparse.Namespace) -> int:
    out = Path(arguments.out)
    if arguments.out.endswith(("/", os.sep)) or out.is_dir():
        return _brief_each(book, arguments, out)
    write = _WRITTEN.get(out.suffix.lower())
    if write is None:
        raise BadInput(_("Papers are written as .pdf or .docx; “{name}” is something else.").format(name=out.name))
    kind, asked = _handed(arguments)
    _tell_lacking(book)
    made = write(book, papers.compose(book, kind, asked))
    papers.note_handed_out(book, papers.Act.EXPORT, kind, asked)
    papers.write_file(out, made)
    print(out)
    return 0


def _tell_lacking(book: Book) -> None:
    for sentence in papers.typefaces_lacking(book):
        print(sentence, file=sys.stderr)


def _brief_each(book: Book, arguments: argparse.Namespace, folder: Path) -> int:
    _tell_lacking(book)
    for path in papers.write_each(book, *_handed(arguments), folder):
        print(path)
    return 0


def _handed(arguments: argparse.Namespace) -> tuple[PaperKind, Asked]:
    kind, asked = asked_for(arguments)
    return kind, replace(asked, unmasked=arguments.whole_phones, both_sides=arguments.both_sides)


def _kind(text: str) -> PaperKind:
    try:
        return PaperKind(text)
    except ValueError as error:
        known = _(", ").join(kind.value for kind in PaperKind)
        raise BadInput(
            _("There is no paper “{kind}” yet; there are: {known}.").format(kind=text, known=known)
        ) from error


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise BadInput(_("“{text}” is not an id. “search” and exports tell them.").format(text=text)) from error


HANDLERS = {
    "brief": Handler(_arguments, _brief),
}
