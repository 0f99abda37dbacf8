"""Papers' input as a bureau would have it: the acceptance period's published facts, the rest fictional (示例)."""

from __future__ import annotations

import io
from datetime import date
from uuid import UUID

from PIL import Image

from crm_app.briefs.content import Photo, Qr
from crm_app.briefs.ledger import LedgerColumn, LedgerData
from crm_app.briefs.one_pager import Dealing, OnePagerData
from crm_app.briefs.project import Progress, ProjectData
from crm_app.briefs.trip import TripData, TripVisit
from crm_app.briefs.trip_pack import Call, TripPackData
from crm_app.briefs.visit import Step, VisitData
from crm_app.domain.days import FuzzyDay


def uid(n: int) -> UUID:
    """Return a made-up id that is easy to read."""
    return UUID(int=n)


def photo(caption: str, width: int = 72, height: int = 54) -> Photo:
    """Return a picture of a sky over a field."""
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=60)
    return Photo(out.getvalue(), width, height, caption, (uid(400),))


QR = Qr(
    "示例智能装备（苏州）有限公司\n统一社会信用代码：91320500MA1XXXXX0A\n记录编号：01890a5d-ac96-774b-bcce-b302099a8057",
    "扫码获取名称、信用代码及记录编号",
)

VISIT = VisitData(
    id=uid(1),
    enterprise_id=uid(2),
    enterprise="示例智能装备（苏州）有限公司",
    uscc="91320500MA1XXXXX0A",
    region="江苏省苏州市",
    on=date(2023, 5, 16),
    time="上午9:30",
    place="苏州市工业园区示例路18号公司会议室",
    mode="面对面",
    our_people=("李明（副局长）", "周晓（一科科长）", "单雪（招商专员）"),
    their_people=("仇建国 董事长", "Anna Schmidt 首席财务官", "曾伟 战略投资部总监"),
    overview=(
        ("主营产品", "工业机器人减速机、谐波减速器及一体化关节"),
        ("产业链位置", "智能装备核心零部件"),
        ("上年营收", "5.6亿元"),
        ("员工数", "420人"),
        ("企业荣誉", "国家级专精特新“小巨人”企业（2022年）、高新技术企业"),
        ("扩产动向", "拟在西部建设第二生产基地，与Siemens AG联合开发伺服系统"),
    ),
    talk=(
        "我方介绍了江津区位优势、智能装备产业配套和双福科技创新城承载条件，双方就西部生产基地的选址、用工与供应链配套作了深入交流。"
        "对方表示，公司现有产能利用率已超过95%，2023年在手订单8.2亿元，年内须确定第二基地选址；项目计划分两期实施，"
        "一期投资约3亿元，需工业用地约60亩，达产后年产值5亿元、年纳税2500万元左右。\n"
        "对方同时了解了重庆至苏州的铁路货运班列时效与费用，并对科学城江津片区的人才公寓、职业院校合作培养等政策表示关注。"
    ),
    asks=(
        "希望提供60亩左右、可分期供应的工业用地，地块净地交付",
        "10kV双回路供电，用电容量8000kVA",
        "协助对接2家以上铸件、热处理配套企业",
    ),
    consensus="双方达成初步意向：对方于6月中旬来江津实地考察，我方同步准备选址比选方案和配套企业清单。",
    next_steps=(
        Step(what="整理双福、珞璜两处地块的比选方案并书面反馈", owner="周晓", due="2023年5月26日", id=uid(11)),
        Step(what="对接德感片区铸件、热处理企业，形成配套清单", owner="单雪", due="2023年5月31日", id=uid(12)),
        Step(what="商定6月考察行程并发出邀请函", owner="周晓", due="2023年6月上旬", id=uid(13)),
    ),
    bureau="江津区招商投资促进局（示例）",
    author="单雪",
    written_on=date(2023, 5, 18),
    photos=(
        photo("图1　双方洽谈第二基地选址（2023年5月16日）"),
        photo("图2　参观谐波减速器总装线（2023年5月16日）", 54, 72),
        photo("图3　走访示例智能装备（苏州）有限公司（2023年5月16日）"),
    ),
    code=QR,
)


def _trip_visit(n: int, enterprise: str, industry: str, result: str, intent: str) -> TripVisit:
    return TripVisit(
        id=uid(100 + n),
        enterprise_id=uid(200 + n),
        enterprise=enterprise,
        on=date(2023, 5, 15 + n // 3),
        industry=industry,
        place="企业会议室",
        our_people=("李明", "周晓", "单雪"),
        their_people=("仇建国 董事长", "曾伟 总监"),
        talk="介绍江津产业基础与承载平台，了解企业扩产计划，参观生产线，就选址条件、用工和供应链配套深入交流。",
        result=result,
        intent=intent,
    )


TRIP = TripData(
    id=uid(50),
    title="赴上海、苏州招商",
    start_on=date(2023, 5, 15),
    end_on=date(2023, 5, 18),
    enterprises=9,
    visit_count=10,
    regions=("上海市", "江苏省苏州市"),
    leader="李明副局长",
    members=("周晓", "单雪"),
    purpose="围绕智能网联新能源汽车和智能装备产业链补链强链，对接长三角目标企业",
    visits=tuple(
        _trip_visit(n, f"示例{name}有限公司", industry, result, intent)
        for n, (name, industry, result, intent) in enumerate(
            [
                ("智能装备（苏州）", "智能装备", "达成初步意向，拟6月中旬来江津考察选址，一期投资约3亿元", "A"),
                ("汽车电子（上海）", "汽车电子", "有西部布局计划，待2023年四季度董事会研究", "B"),
                ("精密铸造", "基础零部件", "愿随主机厂配套落地，需厂房约8000㎡", "B"),
                ("新材料科技（昆山）", "先进材料", "", "B"),
                ("半导体设备", "电子信息", "暂无扩产计划，保持联系", "C"),
                ("食品机械", "智能装备", "愿参加本地食品产业对接会", "B"),
                ("动力电池结构件（张家港）", "新能源汽车", "就租赁标准厂房条件进行磋商，需3000㎡先期试产", "A"),
                ("智能装备（苏州）", "智能装备", "第二次会面，参观生产线并确认考察行程", "A"),
                ("氢能装备", "新能源汽车", "关注应用场景开放政策", "C"),
                ("供应链管理（上海）自由贸易试验区", "现代物流", "拟在珞璜设区域分拨中心", "B"),
            ]
        )
    ),
    findings="长三角企业西迁更看重供应链配套半径和交付周期，土地、税收优惠已不是首要因素；链主企业带动效应明显，配套企业普遍愿意“跟着主机厂走”。",
    problems="一是可供净地的成熟地块信息更新不及时；二是厂房参数（承重、层高、电容量）未形成标准化清单，现场答复不够精准。",
    plans="一周内逐户书面反馈，一个月内完成重点企业回访，并会同园区建立可供地块和厂房清单，每两周更新。",
    next_steps=VISIT.next_steps,
    bureau="江津区招商投资促进局（示例）",
    author="单雪",
    written_on=date(2023, 5, 24),
)


ONE_PAGER = OnePagerData(
    id=uid(2),
    enterprise="示例智能装备（苏州）有限公司",
    uscc="91320500MA1XXXXX0A",
    region="江苏省苏州市",
    facts=(("企业性质", "民营"), ("员工数", "420人")),
    overview="2012年成立，国内谐波减速器出货量前三，现有苏州、常州两个生产基地，2022年完成C轮融资。",
    products="工业机器人减速机、谐波减速器、一体化关节",
    chain_position="智能装备核心零部件，下游为机器人本体和数控机床",
    labels=("专精特新小巨人（2022年）", "高新技术企业（2021年）"),
    results=("2022年：营收5.6亿元，纳税3100万元", "2021年：营收4.3亿元，纳税2400万元"),
    expansion="拟在西部建设第二生产基地，年内确定选址；一期约60亩、3亿元。",
    contacts=("仇建国 董事长 138****0001", "曾伟 战略投资部总监 139****0002"),
    dealings=(
        Dealing(on=FuzzyDay.of(date(2023, 3, 9)), what="电话：初次联系，约定5月拜访", id=uid(31)),
        Dealing(on=FuzzyDay.of(date(2023, 5, 16)), what="拜访：达成初步意向，拟6月来津考察", id=uid(1)),
    ),
    fit="双福片区已集聚汽车零部件与机器人应用企业40余家，可提供净地和双回路供电。",
    topics=("6月考察行程与人员", "一期用地与用电时序", "配套铸件、热处理企业对接"),
    bureau="江津区招商投资促进局（示例）",
    code=QR,
)

PROJECT = ProjectData(
    id=uid(60),
    project="示例谐波减速器西部生产基地项目",
    investors=("示例智能装备（苏州）有限公司（60%）", "示例产业基金（40%）"),
    content="建设谐波减速器及一体化关节生产线，一期建筑面积3.2万㎡，达产后年产50万台。",
    investment="3亿元",
    fixed_investment="2.1亿元",
    stage="研判评审",
    park="双福科技创新城",
    channel="产业链招商",
    origin="外引",
    land="60亩",
    output="5亿元",
    tax="2500万元",
    jobs="380人",
    per_mu="投资强度350万元/亩",
    owner="周晓",
    needs=("用地60亩：区规划自然资源局，6月30日前", "10kV双回路、8000kVA：供电公司，9月30日前"),
    progress=(
        Progress(on=FuzzyDay.of(date(2023, 5, 16)), what="拜访企业，达成初步意向", id=uid(1)),
        Progress(on=FuzzyDay.of(date(2023, 6, 14)), what="企业来津考察，选定双福地块", id=uid(61)),
    ),
    obstacles=("地块内220V线路迁改需电力部门明确时限",),
    next_steps=VISIT.next_steps,
    bureau="江津区招商投资促进局（示例）",
    code=QR,
)

TRIP_PACK = TripPackData(
    id=uid(50),
    title="赴上海、苏州招商",
    start_on=date(2023, 5, 15),
    end_on=date(2023, 5, 18),
    regions=("上海市", "江苏省苏州市"),
    purpose="围绕智能网联新能源汽车和智能装备产业链补链强链，对接长三角目标企业。",
    members=(("李明", "副局长", "138****1001", "带队"), ("周晓", "一科科长", "138****1002", "联络、记录")),
    calls=tuple(
        Call(
            id=uid(70 + n),
            enterprise=visit.enterprise,
            on=visit.on,
            time="9:30" if n % 2 else "14:30",
            place="苏州市工业园区示例路18号",
            contact="曾伟 139****0002",
            purpose="洽谈选址",
            state="已约定",
        )
        for n, visit in enumerate(TRIP.visits)
    ),
    enterprises=(ONE_PAGER,) * 3,
    bureau="江津区招商投资促进局（示例）",
)


def ledger(count: int) -> LedgerData:
    """Return a ledger of ``count`` rows."""
    return LedgerData(
        title="招商项目台账",
        subtitle="2023年上半年签约",
        columns=(
            LedgerColumn("企业"),
            LedgerColumn("项目"),
            LedgerColumn("总投资", "right", "亿元"),
            LedgerColumn("签约日期", "center"),
            LedgerColumn("产业集群"),
            LedgerColumn("平台/园区"),
        ),
        rows=tuple(
            (
                f"示例企业{n}有限公司",
                f"示例项目{n}",
                "3.25",
                "2023年3月9日",
                "智能装备及智能制造",
                "双福科技创新城",
            )
            for n in range(1, count + 1)
        ),
        ids=tuple(uid(10_000 + n) for n in range(count)),
        total=("", "", f"{3.25 * count:,.2f}", "", "", ""),
        note="注：按正式签约日期统计。",
        bureau="江津区招商投资促进局（示例）",
    )


LEDGER = ledger(60)
