"""The same enterprise once (重复企业): pairs a person has told apart, and where a merged record went."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from crm_app.domain.fields import Record, When, declare
from crm_app.domain.kinds import Day, Ref, Text
from crm_app.i18n import N_


class DistinctPair(Record, table="distinct_pair", label=N_("Pair told apart")):
    """Two enterprises that somebody said are not the same; it stands while both are called as they were then.

    ``one_id`` is the smaller id of the two, so that a pair is kept once.
    """

    unique = (("one_id", "other_id"),)

    one_id: UUID = declare(Ref("enterprise"), N_("Enterprise"), required=When.CREATE)
    other_id: UUID = declare(Ref("enterprise"), N_("The other enterprise"), required=When.CREATE)
    one_name: str = declare(Text(), N_("Name then"), required=When.CREATE)
    other_name: str = declare(Text(), N_("Name of the other then"), required=When.CREATE)
    on: date | None = declare(Day(), N_("Day"), required=When.AUTO)


class Merger(Record, table="merger", label=N_("Merged enterprise")):
    """An enterprise that went into another: whoever asks for the one is led to the other."""

    loser_id: UUID = declare(Ref("enterprise"), N_("Merged enterprise"), required=When.CREATE)
    winner_id: UUID = declare(Ref("enterprise"), N_("Merged into"), required=When.CREATE)
    on: date | None = declare(Day(), N_("Day"), required=When.AUTO)


class ContactMerger(Record, table="contact_merger", label=N_("Merged contact")):
    """A contact that went into another entry of the same person."""

    loser_id: UUID = declare(Ref("contact"), N_("Merged contact"), required=When.CREATE)
    winner_id: UUID = declare(Ref("contact"), N_("Merged into"), required=When.CREATE)
    on: date | None = declare(Day(), N_("Day"), required=When.AUTO)


TOLD_ONLY = frozenset({"merger", "contact_merger"})
"""Tables whose references tell what was: they stay when the record they name goes into another."""


ALIKE: Mapping[str, tuple[str, ...]] = {
    "enterprise_name": ("enterprise_id", "name"),
    "attachment": ("enterprise_id", "visit_id", "project_id", "trip_id", "follow_up_id", "reception_id", "sha256"),
    "label": ("enterprise_id", "honour", "year"),
    "position": ("enterprise_id", "contact_id", "to_on"),
    "trip_plan": ("trip_id", "enterprise_id", "on"),
}
"""Fields by which two rows that come to belong to one record are the same, beside those no two rows may share."""

MAY_DIFFER = frozenset({"enterprise_name", "attachment"})
"""Tables of ``ALIKE`` whose same rows become one whatever else they say; of others both stay where they contradict."""
