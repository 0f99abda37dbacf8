"""The unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters, the last a check character."""

from __future__ import annotations

import re
import unicodedata

from crm_app import late
from crm_app.errors import BadInput
from crm_app.i18n import _

_LENGTH = 18
_SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")


def _compact(text: str) -> str:
    return re.sub(r"[\s\-—]", "", unicodedata.normalize("NFKC", text)).upper()


def normalize(text: str) -> str:
    """Return the code in 18 upper-case characters; raise BadInput saying what is wrong with it."""
    code = _compact(text)
    if len(code) != _LENGTH:
        raise BadInput(
            _("A unified social credit code has 18 characters; this one has {n}. Please check it.").format(n=len(code)),
        )
    odd = sorted(set(code) - set("0123456789ABCDEFGHJKLMNPQRTUWXY"))
    if odd:
        raise BadInput(
            _("“{found}” does not occur in a unified social credit code (I, O, S, V and Z never do).").format(
                found="".join(odd)
            ),
        )
    if not late.stdnum_uscc().is_valid(code):
        raise BadInput(_("The check digit of {code} is wrong; please compare it with the licence.").format(code=code))
    return code


def looks_like(text: str) -> bool:
    """Tell whether the text has the shape of a code, the check digit aside: a pasted one with a slip still does."""
    return bool(_SHAPE.fullmatch(_compact(text)))
