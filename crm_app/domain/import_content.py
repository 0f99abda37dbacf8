"""What a column holds by the look of its cells, where its header says nothing: a weak guess, and only the unmistakable.

Names of people or amounts look like too many things; credit codes, phones, mails and firms do not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from uuid import UUID

from crm_app.domain import uscc
from crm_app.domain.import_cells import text_of
from crm_app.domain.import_kinds import ID, RECORD_OF, RECORDS_OF
from crm_app.errors import BadInput
from crm_app.i18n import N_, _

_MOBILE = re.compile(r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_STAGE = re.compile(
    r"(?:已|正在|拟)?(?:在谈|洽谈|跟踪|研判|评审|签?(?:意向|框架)|(?:正式)?签约|开工|在建|建设|竣工|投产|达产|搁置|暂缓|终止|流失){1,2}"
    r"(?:中|阶段|期|协议)?"
)
"""How far a project is, and nothing else: 项目进展 often holds prose."""
_FIRM = re.compile(r".{2,40}(?:公司|集团|研究院|研究所|事务所|合伙企业|商会|协会)(?:[(（].*[)）])?")


def _is_code(text: str) -> bool:
    try:
        uscc.normalize(text)
    except BadInput:
        return False
    return True


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return len(text) == len(str(UUID(int=0)))


_LOOKS: tuple[tuple[str, Callable[[str], bool], str], ...] = (
    (ID, _is_id, N_("{n} of {total} values look like record ids.")),
    ("enterprise.uscc", _is_code, N_("{n} of {total} values look like credit codes.")),
    ("project.stage", lambda text: _STAGE.fullmatch(text) is not None, N_("{n} of {total} values look like stages.")),
    ("contact.phone", lambda text: _MOBILE.fullmatch(text) is not None, N_("{n} of {total} values look like phones.")),
    ("contact.email", lambda text: _MAIL.fullmatch(text) is not None, N_("{n} of {total} values look like mails.")),
    ("enterprise.name", lambda text: _FIRM.fullmatch(text) is not None, N_("{n} of {total} values look like firms.")),
)


def guess_by_content(kind: str, cells: Sequence[object]) -> tuple[str, str] | None:
    """Return the target that most cells look like, and the sentence that says so; None where they are nothing known."""
    texts = [text for cell in cells if (text := text_of(cell))]
    for target, looks, why in _LOOKS:
        record = RECORD_OF[kind] if target == ID else target.partition(".")[0]
        if target == "project.stage" and (kind != "projects" or len(set(texts)) == 1):
            # What is the same of all is more likely an answer (是否开工: 已开工) than how far each is.
            continue
        alike = sum(map(looks, texts)) if record in RECORDS_OF[kind] else 0
        if alike * 5 > len(texts) * 4:
            return f"{record}.{ID}" if target == ID else target, _(why).format(n=alike, total=len(texts))
    return None
