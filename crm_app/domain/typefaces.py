"""The faces of a paper that a bureau may replace by a font file of its own, for which it has a licence."""

from __future__ import annotations

from enum import StrEnum

from crm_app.i18n import N_


class Typeface(StrEnum):
    """What a face is for, in the order of the settings (GB/T 9704-2012: 仿宋, 小标宋, 黑体, 楷体)."""

    BODY = "body"
    TITLE = "title"
    HEAD = "head"
    KAI = "kai"

    @property
    def key(self) -> str:
        """The setting of the book that holds the path of its file."""
        return f"typeface_{self.value}"


TYPEFACE_LABELS = {
    Typeface.BODY: N_("Body text"),
    Typeface.TITLE: N_("Title and name in the red head"),
    Typeface.HEAD: N_("Headings of the first level, heads of tables"),
    Typeface.KAI: N_("Headings of the second level"),
}
