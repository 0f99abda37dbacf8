"""The two families of errors: what a user can put right (here), and bugs (every other exception).

An expected error carries one sentence, already in the user's language, that says what to do next. It ends a command
with its ``exit_code`` and is shown as it is in the window. Everything else is a bug: the crash hook logs it.
"""

from __future__ import annotations


class CrmError(Exception):
    """An expected error; ``str(error)`` is a sentence for the user. Exit code 3: refused."""

    exit_code = 3


class BadInput(CrmError):
    """What was typed, passed or read cannot be used; ``field`` names the field it belongs to, if one does."""

    exit_code = 2

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class NotFound(BadInput):
    """No record has this id or name."""


class Refused(CrmError):
    """The book, a rule or another program stands in the way; nothing was changed."""


class NothingLeft(Refused):
    """There is nothing to undo or to redo: nothing stands in the way, and nothing has to be put right."""


class Locked(Refused):
    """The book has a password, and none or a wrong one was given."""


class Damaged(Refused):
    """The file of the book is damaged; a backup can be restored, or the rest salvaged."""


class Cancelled(CrmError):
    """The user stopped it; nothing was changed."""
