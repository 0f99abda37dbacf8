"""The words by which ledgers call the few options of a field: 已签约 is the stage of what is signed."""

from __future__ import annotations

from enum import StrEnum

from crm_app.domain.events import EventKind
from crm_app.domain.leads import Triage
from crm_app.domain.projects import Agreement, Origin
from crm_app.domain.stages import Stage
from crm_app.domain.visits import Intent, VisitMode

WORDS: dict[type[StrEnum], tuple[tuple[str, StrEnum], ...]] = {
    Agreement: (
        ("解除", Agreement.CANCELLATION),
        ("终止", Agreement.CANCELLATION),
        ("补充", Agreement.SUPPLEMENT),
        ("框架", Agreement.FRAMEWORK),
        ("意向", Agreement.INTENT),
        ("备忘", Agreement.INTENT),
        ("正式", Agreement.FORMAL),
        ("投资协议", Agreement.FORMAL),
        ("合同", Agreement.FORMAL),
    ),
    Stage: (
        ("达产", Stage.FULL_CAPACITY),
        ("投产", Stage.PRODUCING),
        ("竣工", Stage.PRODUCING),
        ("开工", Stage.STARTED),
        ("在建", Stage.STARTED),
        ("建设", Stage.STARTED),
        ("搁置", Stage.ON_HOLD),
        ("暂缓", Stage.ON_HOLD),
        ("终止", Stage.LOST),
        ("流失", Stage.LOST),
        ("框架", Stage.MOU),
        ("意向", Stage.MOU),
        ("签约", Stage.SIGNED),
        ("评审", Stage.REVIEW),
        ("研判", Stage.REVIEW),
        ("谈", Stage.NEGOTIATING),
        ("跟踪", Stage.NEGOTIATING),
    ),
    Triage: (
        ("跟进", Triage.FOLLOW),
        ("搁置", Triage.HOLD),
        ("暂缓", Triage.HOLD),
        ("不予", Triage.NO),
        ("放弃", Triage.NO),
    ),
    VisitMode: (
        ("线上", VisitMode.ONLINE),
        ("视频", VisitMode.ONLINE),
        ("面", VisitMode.FACE_TO_FACE),
        ("上门", VisitMode.FACE_TO_FACE),
        ("实地", VisitMode.FACE_TO_FACE),
        ("走访", VisitMode.FACE_TO_FACE),
        ("拜访", VisitMode.FACE_TO_FACE),
        ("接待", VisitMode.FACE_TO_FACE),
    ),
    EventKind: (
        ("签约", EventKind.SIGNING),
        ("推介", EventKind.PROMOTION),
        *((word, EventKind.PROMOTION) for word in ("招商会", "恳谈", "对接会", "洽谈会", "说明会", "展会", "博览会")),
        ("论坛", EventKind.FORUM),
        ("峰会", EventKind.FORUM),
        ("培训", EventKind.TRAINING),
        ("讲座", EventKind.TRAINING),
        ("分享", EventKind.SHARING),
        ("赛", EventKind.CONTEST),
        ("联络处", EventKind.LIAISON_OFFICE),
        ("挂牌", EventKind.LIAISON_OFFICE),
        ("宣传", EventKind.PUBLICITY),
        ("报道", EventKind.PUBLICITY),
    ),
    Intent: tuple((letter, Intent(letter)) for letter in "ABCD"),
    Origin: (
        ("外引", Origin.ATTRACTED),
        ("引进", Origin.ATTRACTED),
        ("新引", Origin.ATTRACTED),
        ("内培", Origin.GROWN),
    ),
}
"""Of each kind of options the words, the first that stands in a cell counts."""
