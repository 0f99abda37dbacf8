"""Kinds of words: text, names, choices, fixed options, tags, phones, credit codes, regions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crm_app.domain import names, phones, regions, uscc
from crm_app.domain.entry_names import entry_name, entry_of
from crm_app.domain.kinds.base import Kind
from crm_app.errors import BadInput
from crm_app.i18n import _


@dataclass(frozen=True)
class Text(Kind[str]):
    """Free text; ``lines`` > 1 is a multi-line editor."""

    lines: int = 1
    longest: int = 100_000

    def parse(self, text: str) -> str | None:
        """Return the text trimmed."""
        return text.strip() or None

    def check(self, value: str) -> None:
        """Refuse what is longer than ``longest`` characters."""
        if len(value) > self.longest:
            raise BadInput(_("The text is longer than {n} characters; please shorten it.").format(n=self.longest))
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise BadInput(
                _("The text holds half a character that cannot be kept; please type that part again.")
            ) from error

    def store_all(self, values: Sequence[str | None], name: str) -> dict[str, list[Any]]:
        """Check and store many texts: one by one only where one of them is not as it should be."""
        texts = [value for value in values if value]
        try:
            "".join(texts).encode()
        except UnicodeEncodeError:
            return super().store_all(values, name)
        if texts and len(max(texts, key=len)) > self.longest:
            return super().store_all(values, name)
        return {name: list(values)}


@dataclass(frozen=True)
class Name(Text):
    """A name: full width folded, inner spaces tidied."""

    def parse(self, text: str) -> str | None:
        """Return the name cleaned for storing."""
        return names.clean(text) or None

    def check(self, value: str) -> None:
        """Refuse a name of spaces alone."""
        super().check(value)
        if not names.clean(value):
            raise BadInput(_("Please give a name."))

    def store(self, value: str | None, name: str) -> dict[str, Any]:
        """Store the name cleaned, so that it is found however it was typed."""
        return {name: None if value is None else names.clean(value)}

    def store_all(self, values: Sequence[str | None], name: str) -> dict[str, list[Any]]:
        """Check and store many names."""
        cleaned = names.clean_all(values)
        if "" in cleaned:
            return Kind.store_all(self, values, name)
        super().store_all(values, name)
        return {name: cleaned}


@dataclass(frozen=True)
class Choice(Kind[str]):
    """One entry of an editable dictionary list, stored by its name; 其他 is always among them."""

    list_name: str = ""

    def store_all(self, values: Sequence[str | None], name: str) -> dict[str, list[Any]]:
        """Store many as they are."""
        return {name: list(values)}

    def parse(self, text: str) -> str | None:
        """Return the entry's name trimmed, told in either language; aliases are folded by the dictionary, not here."""
        return entry_of(text.strip()) or None

    def show(self, value: str) -> str:
        """Return its name in the language in use."""
        return entry_name(value)


@dataclass(frozen=True)
class Option(Kind[Any]):
    """One of a fixed set the rules depend on, stored by its code, shown in the language in use."""

    options: type[StrEnum]
    labels: Mapping[Any, str]

    def parse(self, text: str) -> StrEnum | None:
        """Accept the code, the English word or the shown word."""
        wanted = text.strip().casefold()
        if not wanted:
            return None
        for option in self.options:
            if wanted in (option.value, self.labels[option].casefold(), _(self.labels[option]).casefold()):
                return option
        known = _(", ").join(_(self.labels[option]) for option in self.options)
        raise BadInput(_("“{text}” is not one of: {known}.").format(text=text.strip(), known=known))

    def check(self, value: StrEnum) -> None:
        """Refuse a value of another list."""
        if not isinstance(value, self.options):
            raise BadInput(_("“{text}” is not in the list.").format(text=value))

    def load(self, row: Mapping[str, Any], name: str) -> StrEnum | None:
        """Return the option."""
        return None if row[name] is None else self.options(row[name])

    def store(self, value: StrEnum | None, name: str) -> dict[str, Any]:
        """Store the code."""
        return {name: None if value is None else value.value}

    def store_all(self, values: Sequence[StrEnum | None], name: str) -> dict[str, list[Any]]:
        """Check and store many codes: few of them differ."""
        if not {self.options, type(None)}.issuperset(map(type, values)):
            return super().store_all(values, name)
        codes = {one: None if one is None else one.value for one in {*values}}
        return {name: list(map(codes.__getitem__, values))}

    def show(self, value: StrEnum) -> str:
        """Return the option's word."""
        return _(self.labels[value])


@dataclass(frozen=True)
class Several(Kind[tuple[StrEnum, ...]]):
    """Several of a fixed set, each once, in the order they are named."""

    options: type[StrEnum]
    labels: Mapping[Any, str]

    def parse(self, text: str) -> tuple[StrEnum, ...] | None:
        """Read words parted by 、，, ; or line ends; raise BadInput for one that is not in the set."""
        one = Option(self.options, self.labels)
        return tuple(dict.fromkeys(filter(None, map(one.parse, Tags().parse(text) or ())))) or None

    def show(self, value: tuple[StrEnum, ...]) -> str:
        """Return their words."""
        return _(", ").join(_(self.labels[option]) for option in value)


@dataclass(frozen=True)
class Tags(Kind[tuple[str, ...]]):
    """A short list of words (regions, sites), stored as a JSON array."""

    def parse(self, text: str) -> tuple[str, ...] | None:
        """Split at 、，, ; and line ends."""
        for mark in "，,；;\n":
            text = text.replace(mark, "、")
        return tuple(part.strip() for part in text.split("、") if part.strip()) or None

    def store(self, value: tuple[str, ...] | None, name: str) -> dict[str, Any]:
        """Store a JSON array."""
        return {name: None if value is None else json.dumps(list(value), ensure_ascii=False)}

    def load(self, row: Mapping[str, Any], name: str) -> tuple[str, ...] | None:
        """Return the words."""
        return None if row[name] is None else tuple(json.loads(row[name]))

    def show(self, value: tuple[str, ...]) -> str:
        """Join the words as the language does."""
        return _(", ").join(value)


@dataclass(frozen=True)
class Phone(Kind[str]):
    """A phone number, stored in one form, overseas allowed."""

    def parse(self, text: str) -> str | None:
        """Read any written form."""
        return phones.parse(text) if text.strip() else None

    def check(self, value: str) -> None:
        """Refuse what is no phone number."""
        phones.parse(value)

    def store(self, value: str | None, name: str) -> dict[str, Any]:
        """Store the one form, however a caller wrote the number."""
        return {name: None if value is None else phones.parse(value)}

    def store_all(self, values: Sequence[str | None], name: str) -> dict[str, list[Any]]:
        """Store many in the one form, which is the check."""
        return {name: [None if value is None else phones.parse(value) for value in values]}

    def show(self, value: str) -> str:
        """Return the number grouped for reading."""
        return phones.show(value)


@dataclass(frozen=True)
class Uscc(Kind[str]):
    """统一社会信用代码, GB 32100-2015: 18 characters with a check digit."""

    def parse(self, text: str) -> str | None:
        """Return it upper-case; raise BadInput for a wrong check digit."""
        return uscc.normalize(text) if text.strip() else None

    def check(self, value: str) -> None:
        """Refuse a code whose check digit is wrong."""
        uscc.normalize(value)

    def store(self, value: str | None, name: str) -> dict[str, Any]:
        """Store the one form, so that the code is found however a caller wrote it."""
        return {name: None if value is None else uscc.normalize(value)}

    def store_all(self, values: Sequence[str | None], name: str) -> dict[str, list[Any]]:
        """Store many in the one form, which is the check."""
        if not uscc.unsound([value for value in values if value is not None]):
            return {name: list(values)}
        return {name: [None if value is None else uscc.normalize(value) for value in values]}


@dataclass(frozen=True)
class Region(Kind[str]):
    """A region by its name; known ones (GB/T 2260) are written in full, others are kept as typed."""

    def parse(self, text: str) -> str | None:
        """Return the full name of a known region, else the text."""
        known = regions.find(text.strip()) if text.strip() else None
        return regions.name(known.code) if known else text.strip() or None
