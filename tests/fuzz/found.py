"""Inputs that once brought out an unexpected error, by target; each is tried again in every run."""

from __future__ import annotations

from typing import Any

from tests.fuzz.keys_files import slots_with, with_right_hash

_DEEP = "[" * 100_000
"""Deeper than the reader of JSON climbs: that is no ValueError."""

FOUND: dict[str, tuple[Any, ...]] = {
    "frames": (len(_DEEP).to_bytes(4, "big") + _DEEP.encode(),),
    "settings": (_DEEP.encode(),),
    "what the child says": (
        [{"sheet": "一", "merges": [["a", 1, 2, 3]]}],
        [{"sheet": "一", "merges": [5]}],
        [{"sheet": "一", "merges": []}, {"rows": [5]}],
        [{"sheet": "一", "merges": []}, {"rows": [[{"day": "2023-02-30"}]]}],
        [{"sheet": "一", "merges": []}, {"rows": [[["x"]]]}],
    ),
    "keys file with a right hash": (
        with_right_hash([]),
        with_right_hash({"id": "x"}),
        slots_with(("passphrase",), None),
        slots_with(("passphrase", "memory_cost"), "much"),
        slots_with(("passphrase", "time_cost"), 2**40),
        slots_with(("passphrase", "parallelism"), 0),
        slots_with(("passphrase", "salt"), "xyz"),
        slots_with(("passphrase", "nonce"), "00"),
        slots_with(("recovery", "wrapped"), 7),
    ),
    "a kept paper": (_DEEP, "", "null", "[]", "{}", '{"title":1}'),
}
