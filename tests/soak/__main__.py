"""``make soak`` runs every long run, ``make soak ARGS=kills`` the named ones; a seed is said first, to do it again."""

from __future__ import annotations

import sys
from collections.abc import Callable

from crm_app import i18n
from tests.soak import damage, fuzz, kills, looks, machine, papers, points, properties, walks

RUNS: dict[str, Callable[[], str]] = {
    "kills": kills.run,
    "points": points.run,
    "damage": damage.run,
    "properties": properties.run,
    "machine": machine.run,
    "fuzz": fuzz.run,
    "looks": looks.run,
    "papers": papers.run,
    "walks": walks.run,
}


def main(names: list[str]) -> int:
    """Run the named ones, or all; an assertion that does not hold ends it."""
    unknown = [name for name in names if name not in RUNS]
    if unknown:
        print(f"There is no such run: {', '.join(unknown)}. Known: {', '.join(RUNS)}.", file=sys.stderr)
        return 2
    i18n.set_language("zh_CN")
    for name in names or RUNS:
        print(f"{name}: {RUNS[name]()}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
