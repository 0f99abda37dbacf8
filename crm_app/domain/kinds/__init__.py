"""The kinds a field can be of: how its value is typed, checked, stored and shown.

``parse`` is forgiving and raises BadInput with a sentence; ``check`` guards what is stored; ``show`` is for reading.
A kind names its columns in plain words, so that no SQL is needed here.
"""

from crm_app.domain.kinds.base import Column, Kind
from crm_app.domain.kinds.money import Amount, AnyMoney, Money, Range
from crm_app.domain.kinds.numbers import Flag, Number, Whole
from crm_app.domain.kinds.rows import Blob, Ids, Ref
from crm_app.domain.kinds.times import Day, Fuzzy, Instant
from crm_app.domain.kinds.words import Choice, Name, Option, Phone, Region, Several, Tags, Text, Uscc

__all__ = [
    "Amount",
    "AnyMoney",
    "Blob",
    "Choice",
    "Column",
    "Day",
    "Flag",
    "Fuzzy",
    "Ids",
    "Instant",
    "Kind",
    "Money",
    "Name",
    "Number",
    "Option",
    "Phone",
    "Range",
    "Ref",
    "Region",
    "Several",
    "Tags",
    "Text",
    "Uscc",
    "Whole",
]
