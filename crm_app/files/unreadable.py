"""What the reader child says of a file it cannot read."""

from __future__ import annotations


class Unreadable(Exception):
    """Carries the code of what is wrong with the file: codes, not sentences, for the words are the parent's."""
