"""What the reader child says of a file it cannot read."""

from __future__ import annotations

import zlib
from zipfile import BadZipFile

UNPACKING = (ValueError, LookupError, OSError, EOFError, BadZipFile, NotImplementedError, RuntimeError, zlib.error)
"""What unpacking a zipped document meets where it is damaged, locked or packed in an unusual way."""


class Unreadable(Exception):
    """Carries the code of what is wrong with the file: codes, not sentences, for the words are the parent's."""
