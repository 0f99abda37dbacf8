"""Named points on both sides of every commit, sync and rename of the book: where tests pull the plug.

In the program a point does nothing. The child that ``tests/faults`` starts puts a function of its own in :data:`hook`,
which ends the process at the point it was told; no setting and no variable of the environment reaches it. Each point
has its name here, and a test proves that every one of them is reached. A new file that is put in its place, or a new
commit, is a word more in ``Put`` or ``Commit``, and a scene more in ``tests/faults/scenes.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

Commit = Literal["unit", "outside", "migration"]
"""What is committed: a unit of work, a write outside the journal, a migration."""

Put = Literal["keys", "backup", "restore", "restored", "convert", "convert_copy", "attachment", "salvage", "new"]
"""What durable.py puts in its place: keys, a backup, a restored, converted, salvaged or new book, an attachment.

``restore`` decides that a book is restored, ``restored`` puts it where it belongs.
"""

COMMIT_STEPS = ("before_commit", "after_commit")
PUT_STEPS = ("before_sync", "before_rename", "after_rename", "after_put")

POINTS: tuple[str, ...] = (
    *(f"{one}.{step}" for one in get_args(Commit) for step in COMMIT_STEPS),
    *(f"{one}.{step}" for one in get_args(Put) for step in PUT_STEPS),
)
"""Every point by its name."""


def _go_on(_name: str) -> None:
    """Do nothing: what a point does in the program."""


hook: Callable[[str], None] = _go_on


def before_commit(what: Commit) -> None:
    """Stand right before a commit."""
    hook(f"{what}.before_commit")


def after_commit(what: Commit) -> None:
    """Stand right after a commit, before anybody is told of it."""
    hook(f"{what}.after_commit")


def putting(what: Put, step: Literal["before_sync", "before_rename", "after_rename", "after_put"]) -> None:
    """Stand between two steps of putting a file in its place."""
    hook(f"{what}.{step}")
