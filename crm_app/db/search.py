"""Finding, best first: the exact name, names that begin so, initials, pinyin, names that hold it, texts that do.

What is rare is found by one question, and ranked by the folded names that stand beside the index: no record is read.
What is common is asked for in stages, each only for what is still wanted: sorting every hit would cost more than
finding it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from crm_app.db.reader import Reader
from crm_app.db.search_common import Entry, holders, holding, is_common, texts_of
from crm_app.db.search_documents import PARAMETERS, blocks, marks
from crm_app.db.search_terms import (
    Stage,
    anywhere,
    as_written,
    ends_as_code,
    is_lettered,
    mixture,
    runs,
    short_initials,
    spread,
    stages,
    whole_code,
)
from crm_app.domain import matching, pinyin
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.search_kinds import KINDS, PEOPLE, Shape, kind_of, shapes

_LAST_NAME = "project"
"""The last kind of those that are names first of all."""

_FIRST_OF_FEW = "trip"
"""The first of the kinds that are few: of those between, names are not asked for by themselves, for leads are called
after their enterprises, and the others have none."""

_RANKED = 60
"""Hits of a question that are ranked; where there are more, the query is common."""

_VERIFIED = 1_000

_READ = 300
"""Names that may be read as a mixture: where there are more, it is asked more closely."""

_HEAD = 6
"""Characters of a long name that hardly another one begins with."""

_AFTER_ALL = "\U0010ffff"

_KEPT_KEYS = ("search_row", "search_name")
"""Where the folded names stand, and the other ones."""

ORDER = ("exact", "prefix", "initials", "title", "pinyin", "inside")
"""Where a query stands, best first."""


@dataclass(frozen=True)
class Found:
    """One found record, and where the query stood, one of :data:`ORDER`."""

    table: str
    row: bytes
    matched: str

    @property
    def id(self) -> UUID:
        """The record's id, of which ``row`` are the bytes."""
        return UUID(bytes=self.row)


Range = tuple[int, int]


def find(reader: Reader, query: str, *, table: str = "", limit: int = 20) -> list[Found]:
    """Return the records that hold every word of ``query``, best first; the same each time."""
    wanted = runs(query)
    if not wanted or (table and table not in shapes()):
        return []
    asked = _Asked(reader, wanted, table, limit)
    for matched, (n, row, _key) in asked.answers():
        if n not in asked.found:
            asked.found[n] = Found(kind_of(n), row, matched)
        if len(asked.found) == limit:
            break
    return list(asked.found.values())


class _Asked:
    """One search under way."""

    def __init__(self, reader: Reader, wanted: list[str], table: str, limit: int) -> None:
        self._reader, self._wanted, self._limit = reader, wanted, limit
        self._key = "".join(wanted)
        self._lettered = [run for run in wanted if is_lettered(run)]
        self.found: dict[int, Found] = {}
        known = shapes()
        if table:
            self._names = self._all = (known[table].first, known[table].last)
            self._few: Range = (1, 0)
        else:
            self._all = (known[KINDS[0]].first, known[KINDS[-1]].last)
            self._names = (self._all[0], known[_LAST_NAME].last)
            self._few = (known[_FIRST_OF_FEW].first, self._all[1])

    def answers(self) -> Iterator[tuple[str, Entry]]:
        """Yield what is found, best first; some of it more than once."""
        yield from self._by_key()
        most = max(_RANKED, self._limit)
        if (coded := self._coded()) is not None:
            yield from coded
            return
        if code := whole_code(self._wanted):
            yield from (("exact", entry) for entry in self._entries(code, self._all, self._limit))
        if letters := short_initials(self._wanted):
            first = self._entries(letters, self._names, len(self.found) + most)
            yield from (("initials", entry) for entry in sorted(first, key=_shortest))
        if common := [run for run in self._wanted if is_common(self._reader, run)]:
            yield from self._common(most) if len(self._wanted) == 1 else self._ranked(self._several(common, most))
            return
        texts = self._texts(most)
        if len(texts) == most:
            yield from self._staged(stages(self._wanted), most, beyond=texts[0])
        yield from self._ranked(self._named(texts))
        yield from (("pinyin", entry) for entry in self._mixed())

    def _coded(self) -> Sequence[tuple[str, Entry]] | None:
        """Return what holds a long code, those whose code ends so first; None where that is asked for otherwise."""
        asked = spread(self._wanted)
        entries = self._entries(asked, self._all, _VERIFIED) if asked else []
        if not asked or len(entries) == _VERIFIED:
            return None
        (run,) = self._wanted
        texts = texts_of(self._reader, entries)
        whole = [one for one in entries if any(ends_as_code(self._wanted, text) for text in texts.get(one[0], ()))]
        held = [
            (n, row, key)
            for n, row, key in entries
            if any(run in text for text in texts.get(n, ())) or self._matched(n, key or "") != "inside"
        ]
        return [*(("exact", one) for one in whole), *self._ranked(held)]

    def _several(self, common: Sequence[str], most: int) -> Sequence[Entry]:
        """Return what holds several runs, of which very many hold these: of what holds the others, or of the first."""
        if rest := [run for run in self._wanted if run not in common]:
            entries: Sequence[Entry] = self._entries(anywhere(rest), self._all, _VERIFIED)
        else:
            entries = [entry for shape in self._kinds() for entry in holders(self._reader, shape, common[0], _VERIFIED)]
        named = [entry for entry in entries if self._matched(entry[0], entry[2] or "") != "inside"]
        known = {n for n, *_rest in named}
        texts = [entry for entry in entries if entry[0] not in known][:most]
        for run in self._wanted:
            held = holding(self._reader, texts, run)
            texts = [entry for entry in texts if entry[0] in held]
        return [*named, *texts]

    def _kinds(self) -> list[Shape]:
        return [shape for shape in shapes().values() if self._all[0] <= shape.first <= self._all[1]]

    def _texts(self, most: int) -> Sequence[int]:
        """Return the numbers of what holds the query anywhere; of a long one, of what holds how it begins and is read.

        Each pair of a query costs a look into every piece of the index.
        """
        (run, *others) = self._wanted
        if len(run) > _HEAD + 1 and not others and not run.isascii() and not is_lettered(run):
            begins = self._entries(anywhere([run[:_HEAD]]), self._all, most)
            if len(begins) < most:
                held = holding(self._reader, [entry for entry in begins if run not in (entry[2] or "")], run)
                return [entry[0] for entry in begins if run in (entry[2] or "") or entry[0] in held]
        return self._numbers(anywhere(self._wanted), self._all, most)

    def _mixed(self) -> Iterator[Entry]:
        """Yield the names that are read so; those that are by another name behind the others."""
        if not (asked := mixture(self._wanted)):
            return
        numbers = self._numbers(asked, self._all, _READ)
        common = len(numbers) == _READ
        if common:
            numbers = self._numbers(mixture(self._wanted, closer=True), self._all, _VERIFIED)
        otherwise = []
        for entry in sorted(self._named(numbers), key=_shortest):
            # Of what is common few are read so: a look at each is quicker. Of what is not, nearly all are.
            may_be = not common or matching.may_be_read(entry[2] or "", self._key)
            if may_be and self._reads(entry[0], entry[2] or ""):
                yield entry
            elif kind_of(entry[0]) == Enterprise.table:
                otherwise.append(entry)
        others = self._other_keys([n for n, *_rest in otherwise])
        yield from (entry for entry in otherwise if any(self._reads(entry[0], key) for key in others[entry[0]]))

    def _staged(self, asked: Iterable[Stage], most: int, beyond: int) -> Iterator[tuple[str, Entry]]:
        """Yield what the stages find in names; nothing before ``beyond`` holds the query.

        Names stand at both ends of the numbers: one question finds those of either, unless there are very many.
        """
        first, last = self._all
        for stage in asked:
            limit = len(self.found) + most
            found = self._entries(stage.expression, (max(first, beyond), last), limit)
            yield from self._among(stage, found, self._names)
            if len(found) == limit:
                found = self._entries(stage.expression, (max(self._few[0], beyond), self._few[1]), limit)
            yield from self._among(stage, found, self._few)

    def _among(self, stage: Stage, entries: Sequence[Entry], span: Range) -> Iterator[tuple[str, Entry]]:
        named = [entry for entry in entries if span[0] <= entry[0] <= span[1]]
        yield from ((stage.matched, entry) for entry in sorted(named, key=_shortest))

    def _common(self, most: int) -> Iterator[tuple[str, Entry]]:
        """Yield what holds a run that very many hold, without gathering them all."""
        (run,) = self._wanted
        for shape in self._kinds():
            yield from self._ranked(holders(self._reader, shape, run, len(self.found) + most))
        yield from self._ranked(self._entries(as_written(run), self._all, len(self.found) + most))

    def _reads(self, n: int, key: str) -> bool:
        return matching.reading_at(key, self._key, _syllables(n, key)) is not None

    def _other_keys(self, numbers: Sequence[int]) -> dict[int, list[str]]:
        """Return the other names of each, an empty list for those that have none."""
        found: dict[int, list[str]] = {n: [] for n in numbers}
        for block in blocks(numbers, PARAMETERS):
            statement = f'SELECT n, "key" FROM search_name WHERE n IN ({marks(block)})'
            for n, key in self._reader.driver_rows(statement, *block):
                found[n].append(key)
        return found

    def _by_key(self) -> Iterator[tuple[str, Entry]]:
        name = 'SELECT n, "row", "key" FROM search_row WHERE {} AND +n BETWEEN ? AND ? ORDER BY {} LIMIT ?'
        other = (
            'SELECT r.n, r."row", r."key" FROM search_name o JOIN search_row r ON r.n = o.n '
            "WHERE o.{} AND +o.n BETWEEN ? AND ? ORDER BY o.{} LIMIT ?"
        )
        key = (self._key, self._key + _AFTER_ALL)
        some = " UNION ALL ".join(f'SELECT 1 FROM {one} WHERE "key" >= ? AND "key" < ?' for one in _KEPT_KEYS)
        if not self._reader.driver_rows(f"{some} LIMIT 1", *key, *key):
            return
        same, begins = '"key" = ?', '"key" > ? AND "key" < ?'
        for statement in (name, other):
            asked = statement.format(same, "n")
            yield from (("exact", row) for row in self._reader.driver_rows(asked, self._key, *self._all, self._limit))
        for span in (self._names, self._few):
            asked = name.format(begins, '"key", n')
            yield from (
                ("prefix", row) for row in self._reader.driver_rows(asked, *key, *span, self._limit + len(self.found))
            )
        asked = other.format('"key" > ? AND o."key" < ?', '"key", o.n')
        yield from (
            ("prefix", row) for row in self._reader.driver_rows(asked, *key, *self._all, self._limit + len(self.found))
        )

    def _numbers(self, expression: str, span: Range, most: int) -> list[int]:
        """Return the numbers alone: of what is common hardly a name is needed, and each is a page of its own."""
        statement = (
            "SELECT rowid FROM search_text WHERE search_text MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid LIMIT ?"
        )
        return [n for (n,) in self._reader.driver_rows(statement, expression, *span, most)]

    def _named(self, numbers: Sequence[int]) -> list[Entry]:
        return [
            entry
            for block in blocks(numbers, PARAMETERS)
            for entry in self._reader.driver_rows(
                f'SELECT n, "row", "key" FROM search_row WHERE n IN ({marks(block)}) ORDER BY n', *block
            )
        ]

    def _entries(self, expression: str, span: Range, most: int) -> list[Entry]:
        if span[0] > span[1]:
            return []
        statement = (
            'SELECT r.n, r."row", r."key" FROM search_text s JOIN search_row r ON r.n = s.rowid '
            "WHERE search_text MATCH ? AND s.rowid BETWEEN ? AND ? ORDER BY s.rowid LIMIT ?"
        )
        return self._reader.driver_rows(statement, expression, *span, most)

    def _ranked(self, entries: Iterable[Entry]) -> Iterator[tuple[str, Entry]]:
        """Yield entries by where their name has the query."""
        found: dict[str, list[Entry]] = {matched: [] for matched in ORDER}
        for entry in entries:
            found[self._matched(entry[0], entry[2] or "")].append(entry)
        for matched, those in found.items():
            yield from ((matched, entry) for entry in sorted(those, key=_shortest))

    def _matched(self, n: int, key: str) -> str:
        if not [run for run in self._wanted if run not in key]:
            return "title"
        lettered = [run for run in self._lettered if run not in key]
        if not key or not lettered:
            return "inside"
        letters = _letters(n, key)
        if not [run for run in lettered if run not in letters]:
            return "initials"
        syllables = _syllables(n, key)
        return "pinyin" if all(matching.reading_at(key, run, syllables) for run in lettered) else "inside"


def _letters(n: int, key: str) -> str:
    if kind_of(n) not in PEOPLE:
        return pinyin.letters_by_character(key)
    return "".join([syllable[:1] or char for syllable, char in zip(_syllables(n, key), key, strict=True)])


def _syllables(n: int, key: str) -> list[str]:
    return pinyin.person_by_character(key) if kind_of(n) in PEOPLE else pinyin.by_character(key)


def _shortest(entry: Entry) -> tuple[bool, int, str, int]:
    """Order names: enterprises, people and projects before what belongs to them; the shortest first."""
    n, _row, key = entry
    return n > shapes()[_LAST_NAME].last, len(key or ""), key or "", n
