"""Where things are: resources in a checkout, an installed wheel or a frozen bundle; the user's data and log folders."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import platformdirs

_APP = "OutreachCRM"
_REFUSED = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
"""What Windows takes in no file name; the other systems refuse fewer, but a file is handed on."""
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_LONGEST = 180
"""Bytes of UTF-8: 255 is the end of every file system, and folders, copies and endings want some of it."""
USUAL_BOOK = "book"
"""What the file of a book is called that was made without a word about its name."""


def resources() -> Path:
    """Return the folder of fonts, icons and words that ship with the program.

    A frozen bundle and a wheel carry it inside the package; a checkout has it beside the package.
    """
    package = Path(getattr(sys, "_MEIPASS", "")) / "crm_app" if getattr(sys, "frozen", False) else Path(__file__).parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def libraries() -> Path:
    """Return the document that names the libraries and their licences: among the resources, or in a checkout's docs."""
    inside = resources() / "dependencies.md"
    return inside if inside.is_file() else resources().parent / "docs" / "dependencies.md"


def data_folder() -> Path:
    """Return the user's data folder, made if it is not there."""
    folder = Path(platformdirs.user_data_dir(_APP, appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def log_folder() -> Path:
    """Return the folder of the program's own log, made if it is not there."""
    folder = Path(platformdirs.user_log_dir(_APP, appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def default_book() -> Path:
    """Return the book to open when none is named: ``CRM_BOOK``, else ``book.crm`` in the data folder."""
    named = os.environ.get("CRM_BOOK")
    return Path(named) if named else data_folder() / f"{USUAL_BOOK}.crm"


def file_name(words: str, suffix: str = "") -> str:
    """Return words as the name of a file that every system takes; ``suffix`` such as ``.pdf`` is put behind them.

    What a file system refuses becomes “-”, an overlong name is shortened. The rules are those of Windows: no reserved
    device, no dot and no blank at the end.
    """
    name = " ".join(_REFUSED.sub("-", words).split()).strip(" .")
    if _DEVICES.match(name):
        name = f"_{name}"
    if len(name.encode()) > _LONGEST:
        name = name.encode()[:_LONGEST].decode(errors="ignore").rstrip(" .")
    return f"{name or '-'}{suffix}"
