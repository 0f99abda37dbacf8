"""About the program: version, licences of all that ships with it, the book, and a summary to be copied for support."""

from __future__ import annotations

import platform as system
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

import crm_app
from crm_app import i18n, paths
from crm_app.i18n import _
from crm_app.services import book as books
from crm_app.services.book import Book
from crm_app.ui.session import Session
from crm_app.ui.words import book_name

LICENCE = "licence:"
COPY = "copy:summary"
_MB = 1_000_000


@dataclass(frozen=True)
class Facts:
    """What is told of a book: its size and how many rows it holds, by kind."""

    path: Path
    bytes: int
    rows: dict[str, int]


def facts(book: Book) -> Facts:
    """Count what a book holds."""
    return Facts(book.path, book.path.stat().st_size, books.row_counts(book))


def text(session: Session, known: Facts | None) -> str:
    """Return the page as Markdown."""
    version = _(
        "**Outreach CRM** {version}, under the Apache License 2.0. It works offline and sends nothing anywhere."
    )
    parts = [_heading(1, _("About the program")), version.format(version=crm_app.__version__)]
    if known is not None:
        told = _("{name}: {size} MB, in {folder}").format(
            name=book_name(known.path), size=f"{known.bytes / _MB:.1f}", folder=known.path.parent
        )
        parts += [_heading(2, _("The open book")), _escaped(told)]
    texts = (f"[{path.name}]({LICENCE}{_name(path)})" for path in licences())
    parts += [
        _heading(2, _("For support")),
        _("What a colleague needs to know who helps you; nothing of your book is in it."),
        "\n".join(f"- {_escaped(line)}" for line in summary(session, known)),
        _link(_("Copy the summary"), COPY),
        _heading(2, _("Fonts, icons and lists that ship with it")),
        _table(paths.resources() / "LICENSES.md", (1, 2)),
        " · ".join(texts),
        _heading(2, _("Libraries it stands on")),
        _table(paths.libraries(), (0, 2)),
        _("Qt and PySide6 are used under the LGPL 3.0 as libraries of their own, which may be replaced."),
    ]
    return "\n\n".join(parts)


def _heading(level: int, words: str) -> str:
    return f"{'#' * level} {words}"


def _link(words: str, to: str) -> str:
    return f"[{words}]({to})"


def _name(path: Path) -> str:
    return path.relative_to(paths.resources()).as_posix()


def licences() -> list[Path]:
    """Return the licence texts that ship beside fonts and icons."""
    return sorted([*(paths.resources() / "fonts").glob("*.txt"), paths.resources() / "icons" / "LICENSE"])


def licence(name: str) -> str:
    """Return a licence text as Markdown; only the links of the page lead here."""
    path = next(one for one in licences() if _name(one) == name)
    return f"# {path.name}\n\n" + "\n\n".join(_escaped(part) for part in path.read_text(encoding="utf-8").split("\n\n"))


def summary(session: Session, known: Facts | None) -> list[str]:
    """Return what helps to find a fault: versions, looks, sizes; no name, path or text of anybody."""
    settings, screen = session.settings, QGuiApplication.primaryScreen()
    lines = [
        f"Outreach CRM {crm_app.__version__}",
        f"Python {system.python_version()} · Qt {qVersion()}",
        f"{system.system()} {system.release()} {system.machine()} · {QGuiApplication.platformName()}",
        f"{i18n.language()} · {settings.look} · {screen.size().width()}×{screen.size().height()}"
        f" · {screen.devicePixelRatio() * 100:.0f} %",
    ]
    if known is not None:
        kind = "protected" if session.is_protected else "plain"
        lines.append(f"book: {kind} · {known.bytes / _MB:.1f} MB")
        lines.append(" · ".join(f"{table} {count}" for table, count in known.rows.items()))
    return lines


def _table(path: Path, columns: tuple[int, ...]) -> str:
    """Return chosen columns of the first table of a document."""
    rows: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            rows.append("|" + "|".join(cells[column] for column in columns) + "|")
        elif rows:
            break
    return "\n".join(rows)


def _escaped(text: str) -> str:
    """Return text of which nothing is a mark."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]()#+-.!|<>~" else letter for letter in text)
