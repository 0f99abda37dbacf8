"""What a unit changed is told compactly, and as a set of ids would tell it."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from crm_app.db.changes import Changes, Ids, gathered

_ROWS = st.integers(0, 12).map(lambda n: UUID(int=n << 64 | 7))
_ENTRIES = st.lists(st.tuples(st.sampled_from(["lead", "visit"]), _ROWS))


@given(_ENTRIES, st.integers(1, 5))
def test_rows_are_gathered_by_table_each_once(entries: list[tuple[str, UUID]], size: int) -> None:
    found = Changes(1, "", gathered((table, row.bytes) for table, row in entries))
    for table in ("lead", "visit"):
        wanted = {row for name, row in entries if name == table}
        ids = found.ids(table)
        assert ids == wanted
        assert len(ids) == len(wanted)
        assert list(ids) == sorted(wanted)
        assert all((UUID(int=n << 64 | 7) in ids) == (UUID(int=n << 64 | 7) in wanted) for n in range(14))
        assert found.touches(table) == bool(wanted)
        assert [row for block in Ids(row.bytes for row in wanted).blocks(size) for row in block] == sorted(
            row.bytes for row in wanted
        )


def test_nothing_changed_touches_nothing() -> None:
    assert not Changes().touches("lead")
    assert Changes().ids("lead") == set()
    assert "lead" not in Changes().ids("lead")
