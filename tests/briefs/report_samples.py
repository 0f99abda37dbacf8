"""The papers made of a window, and the lists and pages beside them, as a bureau would have them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from crm_app.briefs.calendar import CalendarData, OnDay, OnDays
from crm_app.briefs.follow_ups import FollowUpsData, OpenStep
from crm_app.briefs.obstacles import ObstaclesData
from crm_app.briefs.progress import Happened, ProgressData, UnderWay
from crm_app.briefs.report_data import Contract, Guests, Outing, ReportData
from crm_app.briefs.window_data import Ahead, Coming, Obstacle
from crm_app.domain.amounts import YI
from crm_app.domain.counting import Tally, Window
from crm_app.domain.overview import FunnelStep, Overview, Period, Step
from crm_app.domain.papers import PaperKind
from crm_app.domain.stages import Stage
from crm_app.domain.workdays import DayMark
from tests.briefs import samples
from tests.briefs.half_year import BULLETIN, CONTRACTS, HALF, LAST_YEAR, figures
from tests.briefs.samples import uid

TODAY = date(2023, 7, 12)
NOTHING = Tally(0, 0, ())


def _periods(window: Window, yuan: int) -> tuple[Period, ...]:
    signed = (Tally(n, n * yuan, (uid(900 + n),)) for n in range(1, 13))
    return tuple(
        Period(month, one, NOTHING, NOTHING, NOTHING, NOTHING)
        for month, one in zip(window.months(), signed, strict=False)
    )


def _overview(window: Window, yuan: int) -> Overview:
    counts = dict(zip(Step, (260, 120, 86, 70, 31, 12), strict=True))
    return Overview(
        figures=figures(window, CONTRACTS[:70], LAST_YEAR),
        funnel=tuple(
            FunnelStep(step, Tally(n, n * YI, (uid(950),)), (), Decimal("0.4200"), 38) for step, n in counts.items()
        ),
        periods=_periods(window, yuan),
        by_region=(),
        people=(),
        stages=(),
        signings_known=True,
        work_known=True,
    )


def report(kind: PaperKind, rows: int = 12) -> ReportData:
    """Return what a report is made of, with so many rows of each kind."""
    before = HALF.year_before()
    return ReportData(
        kind=kind,
        bureau=BULLETIN.bureau,
        published=TODAY,
        figures=figures(HALF, CONTRACTS[:70] if rows else [], LAST_YEAR if rows else None),
        so_far=figures(HALF, CONTRACTS[:70] if rows else [], LAST_YEAR if rows else None),
        year=_overview(HALF, 12 * YI),
        before=_overview(before, 9 * YI) if rows else None,
        cluster=BULLETIN.cluster if rows else "",
        named=BULLETIN.named if rows else (),
        problems=BULLETIN.problems if rows else (),
        plans=BULLETIN.plans if rows else (),
        contracts=tuple(
            Contract(
                id=uid(1000 + n),
                project=f"示例项目{n}（一期）",
                parties="示例智能装备（苏州）有限公司（60%）、示例产业基金（40%）",
                kind="正式合同",
                day="2023.6.28",
                yuan=325_000_000,
                projects=n % 9 and 1,
                cluster="智能装备及智能制造",
                channel="产业链招商",
                park="双福科技创新城",
                origin="外引",
                honours="专精特新小巨人（2022年）",
            )
            for n in range(rows)
        ),
        ahead=Ahead(
            coming=tuple(
                Coming(
                    id=uid(2000 + n),
                    project=f"示例拟签约项目{n}",
                    enterprises=f"示例企业{n}有限公司",
                    stage="框架/意向",
                    yuan=None if n % 5 == 4 else (40 - n % 40) * YI,
                    expected="2023年9月",
                    owner="周晓",
                )
                for n in range(rows)
            ),
            obstacles=obstacles(rows).obstacles,
        ),
        trips=tuple(
            Outing(
                id=uid(3000 + n),
                title="赴上海、苏州招商",
                first=date(2023, 1, 3) + timedelta(days=n),
                last=date(2023, 1, 6) + timedelta(days=n),
                leader="李明副局长",
                enterprises=6,
                visits=7,
            )
            for n in range(rows)
        ),
        receptions=tuple(
            Guests(id=uid(4000 + n), on=date(2023, 6, 14), guests="苏州某公司一行5人", result="考察双福地块。")
            for n in range(rows)
        ),
        steps=samples.VISIT.next_steps if rows else (),
    )


def obstacles(rows: int = 12) -> ObstaclesData:
    """Return a list of what waits for a department."""
    return ObstaclesData(
        until=TODAY,
        bureau=BULLETIN.bureau,
        obstacles=tuple(
            Obstacle(
                id=uid(5000 + n),
                whose=f"示例项目{n}",
                need="用地60亩，净地交付",
                dept="" if n % 7 == 6 else "规划和自然资源局",
                due=date(2023, 7, 1 + n % 28),
                days_open=40 + n,
                overdue=n % 28 < 11,
            )
            for n in range(rows)
        ),
    )


def follow_ups(rows: int = 12) -> FollowUpsData:
    """Return a list of next steps of two colleagues and of nobody."""
    return FollowUpsData(
        until=date(2023, 7, 31),
        bureau=BULLETIN.bureau,
        steps=tuple(
            OpenStep(
                id=uid(6000 + n),
                owner=("周晓", "单雪", "")[n % 3],
                due=date(2023, 7, 1 + n % 30),
                what="整理两处地块的比选方案并书面反馈",
                overdue=n % 30 < 11,
                enterprise="示例智能装备（苏州）有限公司",
            )
            for n in range(rows)
        ),
    )


def progress(rows: int = 12) -> ProgressData:
    """Return a report on the progress of so many projects."""
    stages = (Stage.MOU, Stage.NEGOTIATING, Stage.SIGNED, Stage.STARTED)
    return ProgressData(
        window=Window(date(2023, 6, 26), date(2023, 7, 9)),
        bureau=BULLETIN.bureau,
        projects=tuple(
            UnderWay(
                id=uid(7000 + n),
                project=f"示例谐波减速器生产基地项目{n}",
                stage=stages[n % 4],
                yuan=None if n % 5 == 4 else 3 * YI,
                enterprises="示例智能装备（苏州）有限公司",
                owner="周晓",
                happened=(Happened(on=date(2023, 6, 30), what="正式合同 3亿元", id=uid(7500 + n)),) if n % 2 else (),
                next_step="商定8月考察行程（2023.8.4）" if n % 3 else "",
                obstacles=("用地60亩（规划和自然资源局）",) if n % 4 == 1 else (),
                rows=(uid(7700 + n),),
            )
            for n in range(rows)
        ),
    )


def month(rows: int = 12) -> CalendarData:
    """Return a month with so many things on every second day."""
    days = [date(2023, 6, 1) + timedelta(days=n) for n in range(30)]
    return CalendarData(
        month=date(2023, 6, 1),
        marks={day: DayMark(day.weekday() < 5, "", unusual=False) for day in days}
        | {date(2023, 6, 22): DayMark(False, "Dragon Boat Festival", unusual=True)},
        items=tuple(
            OnDay(on=day, words=f"访　9:30 示例企业{n}有限公司", id=uid(8000 + n))
            for day in days[::2]
            for n in range(rows)
        ),
        trips=tuple(
            OnDays(first=days[3 * n], last=days[3 * n + 3], words="赴上海、苏州招商", id=uid(8500 + n))
            for n in range(8 if rows else 0)
        ),
        bureau=BULLETIN.bureau,
    )
