"""What a use case answers: what changed in the book, and the value asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from crm_app.db.changes import Changes

T = TypeVar("T")

__all__ = ["Changes", "Outcome"]


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """``changes`` is broadcast once by the window; ``value`` is what the caller wanted (an id, a record)."""

    changes: Changes
    value: T
