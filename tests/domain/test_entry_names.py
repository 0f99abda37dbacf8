"""The shipped lists have English names, and a name leads back to its entry."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from crm_app import i18n, paths
from crm_app.domain.enterprises import Enterprise

_PROPER = ("park", "campaign", "claim_word")
"""Lists whose entries are names of this bureau, or words that are looked for in Chinese texts."""
INDUSTRY = Enterprise.field("industry").kind


@pytest.fixture
def english() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("en")
    yield
    i18n.set_language(before)


def test_every_shipped_entry_has_an_english_name_that_leads_back_to_it(english: None) -> None:
    file = paths.resources() / "dictionaries" / "lists.json"
    entries = {one["name"] for one in json.loads(file.read_text("utf-8"))["entries"] if one["list"] not in _PROPER}
    named = {entry: INDUSTRY.show(entry) for entry in entries}
    lacking = [entry for entry, name in named.items() if name == entry]
    assert lacking == [], "no English in resources/dictionaries/entry_names.json"
    assert {INDUSTRY.parse(name.upper()): name for name in named.values()} == named


def test_what_a_bureau_wrote_stays_and_chinese_is_chinese(english: None) -> None:
    assert INDUSTRY.show("口岸经济") == "口岸经济"
    assert INDUSTRY.parse(" 口岸经济 ") == "口岸经济"
    i18n.set_language("zh_CN")
    assert INDUSTRY.show("制造业") == "制造业"
    assert INDUSTRY.parse("manufacturing") == "制造业"
