"""Asks the reader child for the text of a notice: a .txt or a .docx, as untrusted as any file."""

from __future__ import annotations

import contextlib
import itertools
from pathlib import Path

from crm_app.errors import BadInput
from crm_app.files import asking
from crm_app.files.prose_reader import LONGEST_LINE, MOST_LINES
from crm_app.i18n import N_, _

ENDINGS = (".txt", ".docx")
_LARGEST = 50 * 1024 * 1024
_SENTENCES = {
    "empty": N_("“{name}” is empty."),
    "no_prose": N_("“{name}” is no text and no Word document (.docx). Save it as one of these, or paste its text."),
    "too_big": N_("“{name}” is too large to be read. Paste the part that counts."),
    "too_long": N_("Reading “{name}” took too long and was stopped. Paste its text."),
    "unreadable": N_("“{name}” cannot be opened. Close it in other programs and try again."),
    "died": N_("“{name}” could not be read: the file is damaged, or made to do harm. Paste its text."),
}


def read(path: Path) -> str:
    """Return the text of a file, a paragraph a line; raise BadInput with a sentence for whatever is wrong with it."""
    try:
        if path.stat().st_size > _LARGEST:
            raise _trouble("too_big", path)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise BadInput(_("There is no file {path}.").format(path=path)) from error
    except OSError as error:
        raise _trouble("unreadable", path) from error
    try:
        with contextlib.closing(asking.ask({"do": "prose"}, content)) as answers:
            answered = list(itertools.islice(answers, 2))
    except asking.Trouble as trouble:
        raise _trouble(str(trouble), path) from trouble
    match answered:
        case [{"lines": list(lines)}] if all(isinstance(line, str) for line in lines):
            return "\n".join(line[:LONGEST_LINE] for line in lines[:MOST_LINES])
    raise _trouble("died", path)


def _trouble(code: str, path: Path) -> BadInput:
    return BadInput(_(_SENTENCES.get(code, _SENTENCES["died"])).format(name=path.name))
