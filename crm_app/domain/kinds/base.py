"""What every kind is: columns, and the five ways a value goes through it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Column:
    """One stored column: a suffix to the field's name, its storage class, and the table it refers to, if any."""

    suffix: str
    storage: Literal["text", "integer", "blob"]
    refers_to: str = ""


class Kind(Generic[T]):
    """A kind with one column holding the value as it is; others override what differs."""

    columns: tuple[Column, ...] = (Column("", "text"),)

    def parse(self, text: str) -> T | None:
        """Return the value of what was typed (None for nothing); raise BadInput with a sentence."""
        raise NotImplementedError

    def check(self, value: T) -> None:
        """Raise BadInput where a value may not be stored."""

    def store(self, value: T | None, name: str) -> dict[str, Any]:
        """Return column name → stored value."""
        return {name: value}

    def store_all(self, values: Sequence[T | None], name: str) -> dict[str, list[Any]]:
        """Check and store many values at once: column name → their stored values, in order."""
        if type(self).check is not Kind.check:
            for value in values:
                if value is not None:
                    self.check(value)
        if type(self).store is Kind.store:
            return {name: list(values)}
        stored: dict[str, list[Any]] = {name + column.suffix: [] for column in self.columns}
        for value in values:
            for column, part in self.store(value, name).items():
                stored[column].append(part)
        return stored

    def load(self, row: Mapping[str, Any], name: str) -> T | None:
        """Return the value stored in ``row``."""
        stored: T | None = row[name]
        return stored

    def check_stored(self, columns: Sequence[Sequence[Any]], name: str) -> None:
        """Raise ValueError where :meth:`load` would, or TypeError, of one of many rows: the values of each column."""
        if type(self).load is not Kind.load:
            names = [name + column.suffix for column in self.columns]
            for parts in set(zip(*columns, strict=True)):
                self.load(dict(zip(names, parts, strict=True)), name)

    def show(self, value: T) -> str:
        """Return the value as a person reads it."""
        return str(value)
