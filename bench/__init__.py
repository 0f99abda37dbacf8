"""Measurements: every figure is a ratio against a floor in the same run, never a time by itself.

A group is a module with ``measures(stock, rows) -> Iterator[Measure]`` and its line in ``GROUPS`` of ``__main__.py``.
``stock`` (stock.py) makes the files and the books of so many made-up enterprises, each once a run. What a generator
has opened it closes after its last ``yield``; each measure is run before the next is asked for. ``Measure``
(measure.py) says what else can be asked: a goal, other programs beside the floor, something to be done before each
round, many calls of which the 95th percentile counts, the memory of a process.

    make bench                                        everything, at 10,000 enterprises
    make bench ARGS="importing undoing --rows 100000"   two groups
    make bench ARGS="finding --rows 1000,10000 --json docs/performance.json"   two sizes; the figures are kept
    .venv/bin/python -m bench.report docs/performance.json   the table and the picture of docs/performance.md
"""

# The floors use the library as the book does: it is set up before it is first used.
import crm_app.db  # noqa: F401
