"""The acceptance period: 70 projects signed in the first half of 2023, 534 亿元, as a bulletin's figures.

Only 72, 56, 32, 27 and 10 are published amounts; everything else is made up so that it sums.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from crm_app.briefs.bulletin import BulletinData, Judgement, NamedProject, NamedSet
from crm_app.domain.activity import ActivityTable
from crm_app.domain.amounts import YI
from crm_app.domain.attainment import Attained, Denominator, Rate
from crm_app.domain.counting import THRESHOLDS, Band, Doubt, Share, Tally, Window, growth
from crm_app.domain.events import EventKind
from crm_app.domain.figures import (
    EventSum,
    Figure,
    Figures,
    ForeignInvestment,
    Major,
    Money,
    OpenPoint,
    OverseasSum,
    Packaged,
    PackagedShare,
    PerMuLine,
    PerMuTable,
    RateTable,
    Rules,
    TargetLine,
    TripSum,
    VisitSum,
    YearOnYear,
)
from crm_app.domain.league import League, LeagueTable
from crm_app.domain.targets import Forecast, Metric, Ranking, Target

HALF = Window(date(2023, 1, 1), date(2023, 6, 30))
SO_FAR = Window(date(2023, 1, 1), date(2023, 7, 12))
VEHICLES = "智能网联新能源汽车"


@dataclass(frozen=True)
class Contract:
    id: UUID
    cluster: str
    channel: str
    park: str
    origin: str
    yuan: int


def _contracts() -> list[Contract]:
    """Return the 70 of the half-year, then the vehicle signed on 2023-07-05."""
    vehicles = [72, 32, 15, 14] + [1.2] * 6
    others = [56, 27, 10] + [20] * 7 + [3.25] * 48 + [3.6, 1.2]
    clusters = ("先进材料", "智能装备及智能制造", "食品及农产品加工", "新型显示")
    channels = ("驻外招商", "产业链招商", "基金招商", "央企招商", "以商招商")
    parks = ("双福科技创新城", "珞璜临港产业城", "德感消费品产业城", "白沙文化创意城")
    made = []
    for n, amount in enumerate([*vehicles, *others, 1.2]):
        cluster = VEHICLES if n < len(vehicles) or n == 70 else clusters[n % 4]
        origin = "内培" if n == 1 or n % 6 == 5 else "外引"
        yuan = int(Decimal(str(amount)) * YI)
        made.append(Contract(UUID(int=1000 + n), cluster, channels[n % 5], parks[n % 4], origin, yuan))
    return made


CONTRACTS = _contracts()


def _tally(contracts: Sequence[Contract]) -> Tally:
    return Tally(len(contracts), sum(c.yuan for c in contracts), tuple(c.id for c in contracts))


def _shares(contracts: Sequence[Contract], name: Callable[[Contract], str]) -> tuple[Share, ...]:
    names = dict.fromkeys(name(c) for c in contracts)
    parts = [Share(one, _tally([c for c in contracts if name(c) == one])) for one in names]
    return tuple(sorted(parts, key=lambda part: -part.tally.yuan))


def figures(window: Window, contracts: Sequence[Contract], last_year: Tally | None) -> Figures:
    signed = _tally(contracts)
    before = window.year_before()
    year = Figure(window, signed, signed.rows)

    def of(value: object) -> Figure:
        return Figure(window, value, ())

    change = (
        YearOnYear(growth(signed.count, last_year.count), growth(signed.yuan, last_year.yuan)) if last_year else None
    )
    bands = tuple(Band(t, None, _tally([c for c in contracts if c.yuan >= t])) for t in THRESHOLDS)
    nothing = Tally(0, 0, ())
    return Figures(
        rules=Rules(),
        signed=year,
        bands=of(bands),
        exclusive_bands=of(()),
        last_year=Figure(before, last_year),
        year_on_year=of(change),
        by_cluster=of(_shares(contracts, lambda c: c.cluster)),
        by_channel=of(_shares(contracts, lambda c: c.channel)),
        by_park=of(_shares(contracts, lambda c: c.park)),
        by_park_now=of(()),
        by_origin=of(_shares(contracts, lambda c: c.origin)),
        cancelled=of(nothing),
        net=year,
        sets=of(()),
        targets=of((TargetLine(TARGET, window, signed.yuan, Decimal("0.8900"), (), window, signed.yuan),)),
        forecasts=of((FORECAST,)),
        started=of(Tally(31, 0, ())),
        producing=of(Tally(12, 0, ())),
        funds=of(Money(8_620_000_000, 12_000_000_00)),
        fdi=of(ForeignInvestment(35_000_000_00, 12_000_000_00)),
        mou=of(nothing),
        major=of(Major(5 * YI, window.first, nothing)),
        to_confirm=of((OpenPoint("project", UUID(int=77), "示例电子材料项目", Doubt.DAY),)),
        trips=of(TripSum(53, Decimal("612.5"), 41)),
        postings=of(TripSum(0, Decimal(0), 0)),
        overseas=of(OverseasSum(3, ("泰国", "老挝", "马来西亚"))),
        visits=of(VisitSum(312, 431)),
        receptions=of(187),
        leads=of(260),
        rates=of(
            RateTable(
                Denominator.WINDOW,
                (
                    Attained(Rate.STARTED, 31, 70, Decimal("0.4429"), ()),
                    Attained(Rate.FUNDED, 8_620_000_000, 53_400_000_000, Decimal("0.1614"), ()),
                ),
            )
        ),
        per_mu=of(
            PerMuTable(
                2022,
                tuple(
                    PerMuLine(
                        UUID(int=300 + n),
                        f"示例企业{n}",
                        n * YI,
                        n * YI // 20,
                        Decimal(40 + n),
                        Decimal("238.10"),
                        Decimal("11.90"),
                    )
                    for n in range(1, 6)
                ),
                Decimal("348.84"),
                Decimal("17.44"),
                Decimal("412.00"),
                42,
            )
        ),
        labels=of(()),
        rankings=of((RANKING, NO_DOCUMENT)),
        events=of(
            (
                EventSum(EventKind.FORUM, 4, 4, 620, (UUID(int=401),)),
                EventSum(EventKind.LIAISON_OFFICE, 3, 3, 90, ()),
                EventSum(EventKind.TRAINING, 6, 12, 480, ()),
            )
        ),
        league=of(League((), LeagueTable((), ()), LeagueTable((), ()))),
        activity=of(ActivityTable(window.before(), window, ())),
        needs_by_dept=of(()),
        overdue_starts=of(()),
        overdue_production=of(()),
        coverage=of(()),
        campaigns=of(()),
        packaged=of(Packaged(PackagedShare(None, (), 0, (), 0, ()), ())),
    )


TARGET = Target(
    id=UUID(int=500),
    metric=Metric.SIGNED_YUAN,
    from_on=date(2023, 1, 1),
    to_on=date(2023, 12, 31),
    subject="全局",
    value=600 * YI,
)
FORECAST = Forecast(
    id=UUID(int=501),
    metric=Metric.SIGNED_YUAN,
    from_on=date(2023, 1, 1),
    to_on=date(2023, 12, 31),
    value=720 * YI,
    basis="在谈项目中拟下半年签约25个、186亿元",
)
RANKING = Ranking(
    id=UUID(int=502),
    board="全市招商引资考核",
    period="2023年上半年",
    group="主城新区组",
    rank=2,
    of=12,
    document="示例招商发〔2023〕18号",
    announced_on=date(2023, 7, 10),
)
NO_DOCUMENT = Ranking(id=UUID(int=503), board="无文号榜单", period="2023年上半年", rank=1, of=9)

LAST_YEAR = Tally(48, 286 * YI, ())

BULLETIN = BulletinData(
    name="招商投资工作简报",
    bureau="江津区招商投资促进局（示例）",
    published=date(2023, 7, 12),
    issue="12",
    figures=figures(HALF, CONTRACTS[:70], LAST_YEAR),
    so_far=figures(SO_FAR, CONTRACTS, LAST_YEAR),
    cluster=VEHICLES,
    named=(
        NamedProject(
            id=CONTRACTS[0].id,
            enterprise="巨湾技研",
            project="XFC极速充电电池重庆基地",
            yuan=72 * YI,
            labels=("独角兽（2022年）",),
            channel="产业链招商",
            origin="外引",
        ),
        NamedProject(
            id=CONTRACTS[10].id,
            enterprise="拓博尔",
            project="轨道维保智能重大装备研发制造总部基地",
            yuan=56 * YI,
            origin="外引",
        ),
        NamedProject(
            id=CONTRACTS[1].id,
            enterprise="东风小康",
            project="双福基地生产线智慧工厂升级",
            yuan=32 * YI,
            origin="内培",
        ),
        NamedProject(id=CONTRACTS[11].id, enterprise="中国大唐", project="江津燃机", yuan=27 * YI, channel="央企招商"),
        NamedProject(
            id=CONTRACTS[12].id,
            enterprise="康硕集团",
            project="西南总部基地",
            yuan=10 * YI,
            labels=("专精特新小巨人", "高新技术企业", "国家智能制造试点示范工厂"),
        ),
    ),
    sets=(NamedSet(names=("巨湾技研", "浙江瑞标", "迈特孚明"), yuan=int(Decimal("101.4") * YI)),),
    judgements=(
        Judgement(text="招商引资较去年同期取得重大突破", basis="签约总投资534亿元，上年同期286亿元（局长办公会审定）"),
    ),
    problems=("部分签约项目用地保障滞后，3个项目未按约定时间开工。", "基金招商项目储备不足，对接基金管理人仅9家。"),
    plans=(
        "紧盯33618现代制造业集群体系，开展招商五大行动，三季度组织外出招商25批次以上。",
        "建立签约项目“月调度、周会商”机制，推动上半年签约项目年内开工率达到80%。",
        "深化亩产论英雄改革，盘活低效用地500亩。",
    ),
    report_to="区委书记、区长，区委、区政府有关领导。",
    send_to="区人大常委会办公室、区政协办公室，区级有关部门，各园区管委会。",
    issue_to="局机关各科室，各驻外招商组。",
    copies=50,
)
