"""The words by which the lines of a business card are told apart: titles, kinds of organisation, marks, surnames.

Pure patterns; :mod:`crm_app.domain.cards` reads cards with them.
"""

from __future__ import annotations

import re
from functools import cache

from crm_app import paths
from crm_app.domain import regions, surnames

CJK = r"\u3400-\u9fff"

_BEFORE_TITLE = (
    r"(?:集团|公司|全国|中国区?|大中华区?|亚太区?|区域|大区|华东|华南|华北|华中|西南|西北|重庆|执行|常务|高级|资深|首席|助理|代理|副|总|市场|销售|营销"
    r"|投资|融资|技术|研发|生产|制造|运营|财务|人力资源|人事|行政|法务|采购|供应链|项目|战略|发展|拓展|业务|商务|公共事务|政府事务|公共关系|品牌"
    r"|产品|工程|质量|信息|客户|渠道|招商|部门|事业部|办公室|部|处|科|室|及|和|暨|兼|、|/|&)*"
)
_TITLE_WORD = (
    r"(?:董事长|副?理事长|总经理|经理|总裁|执行董事|独立董事|董事会?秘书|董事|监事|总监|主任|部长|处长|科长|局长|厂长|院长|所长|校长|会长|秘书长"
    r"|书记|主席|行长|站长|组长|司长|厅长|市长|区长|县长|镇长|总工程师|工程师|总工|架构师|教授|研究员|博士|院士|律师|会计师|顾问|主管|专员|助理"
    r"|秘书|代表|合伙人|创始人|负责人|董秘|法人|法定代表人|科学家|首席[一-鿿]{1,4}官|设计师|巡视员|调研员)"
)
TITLE = re.compile(rf"{_BEFORE_TITLE}{_TITLE_WORD}(?:(?:助理)|(?:[兼暨、/&]{_BEFORE_TITLE}{_TITLE_WORD}))*")
LOOSE_TITLE = re.compile(rf"[{CJK}]{{0,12}}{_TITLE_WORD}")
"""A title with words before it that no list knows."""
ADDRESS_FORM = re.compile(
    r"(?:副?总|工|老师|女士|先生|博士|教授|主任|局长|经理|部长|书记|院长|会长|董|处|科长|副主任|副局长)"
)
"""What stands behind a surname alone: 张总, 李工."""

FOREIGN_TITLE = re.compile(
    r"\b(?:president|chairman|chairwoman|chairperson|ceo|cfo|coo|cto|cmo|cio|chief|director|manager|partner|founder"
    r"|co-founder|engineer|officer|head|secretary|consultant|counsel|lawyer|attorney|professor|representative"
    r"|assistant|supervisor|executive|specialist|vp|vice|general manager|dean|analyst|architect)\b",
    re.I,
)

_ORGANISATION = (
    r"(?:有限责任公司|股份有限公司|有限公司|股份公司|集团公司|总公司|分公司|子公司|公司|集团|控股|合伙企业|研究总院|研究院|研究所|设计院|大学|学院"
    r"|协会|商会|联合会|学会|促进会|事务所|管委会|管理委员会|委员会|人民政府|办事处|招商局|投资促进局|发改委|经信局|商务局|基金会|银行|医院|实验室"
    r"|总厂|制造厂|工厂|工作室|经营部|合作社)"
)
ENTERPRISE = re.compile(rf"[{CJK}A-Za-z0-9（）()·&＆\-－]{{2,40}}?{_ORGANISATION}(?:[（(][{CJK}]{{1,8}}[）)])?")
"""The name of an organisation, up to the word that says what it is."""
MORE_OF_IT = re.compile(rf"(?:[（(][{CJK}]{{1,8}}[）)])?[{CJK}]{{0,14}}?{_ORGANISATION}(?:[（(][{CJK}]{{1,8}}[）)])?")
"""What may follow at once and belongs to the name: 渝江集团 + 股份有限公司."""
FOREIGN_ENTERPRISE = re.compile(
    r"(?:\bco\.?,?\s*ltd\b|\bcorp(?:oration)?\b|\binc\b|\bllc\b|\bgmbh\b|\blimited\b|\bltd\b|\bplc\b|\bgroup\b"
    r"|\bholdings?\b|\bcompany\b|\buniversity\b|\binstitute\b|\bbank\b|\bpartners\b|\bassociation\b|\bS\.A\.|\bAG\b"
    r"|\bKK\b|\bB\.V\.)",
    re.I,
)

_ADDRESS_WORD = r"(?:路|街|大道|巷|弄|号|栋|幢|座|楼|层|室|大厦|广场|园区|产业园|工业园|科技园|开发区|新区|镇|乡|村)"
ADDRESS = re.compile(
    rf"(?:[{CJK}]{{2,}}(?:省|市|区|县|州|盟|镇))[^，,;；\n]*?{_ADDRESS_WORD}|[{CJK}]+(?:路|街|大道)\s*\d+\s*号"
)
LETTER_OF_ADDRESS = re.compile(rf"(?:A|Add)\.?\s*(?=[{CJK}]{{2,}}(?:省|市|区|县))")
"""A mark that stands at the address itself, as pictures are read: A上海市浦东新区…; A座 is part of one."""
FOREIGN_ADDRESS = re.compile(
    r"\b(?:road|rd\.?|street|st\.|avenue|ave\.?|building|bldg\.?|floor|district|tower|plaza|park|room|suite|boulevard"
    r"|lane|highway|allee|platz|rue|no\.\s*\d+)\b"
    r".*(?:,|\d)|stra(?:ß|ss)e\s+\d",
    re.I,
)

MARKS = {
    "name": r"姓\s*名|name|联系人",
    "title": r"职\s*[务位称]|title|position|岗位",
    "enterprise": r"单位(?:名称)?|公司(?:名称)?|企业(?:名称)?|company|organi[sz]ation",
    "fax": r"传\s*真|fax|facsimile|f",
    "phone": (
        r"手\s*机(?:号码?)?|移动电话|联系(?:电话|方式)|办公电话|电\s*话(?:\s*/\s*传真)?|座\s*机|直\s*线|总\s*机|热线"
        r"|mobile(?:\s*phone)?|mob|cell|tel(?:ephone)?(?:\s*/\s*fax)?|phone|direct|d|hp|m|t|p|微信同号|微信/手机|手机/微信"
    ),
    "email": r"电子邮[箱件]|邮\s*箱|邮件|e-?mail|mail|e",
    "address": r"(?:公司|办公|通讯|联系|注册)?地\s*址|address|addr?|a",
    "web": r"网\s*[址站]|主页|官网|web(?:site)?|http|url|w",
    "wechat": r"微\s*信(?:号)?|wechat|weixin",
    "other": r"邮\s*编|邮政编码|zip|p\.?\s*c|post\s*code|qq|税号|信用代码|统一社会信用代码|账号|开户行",
}
"""The part a mark stands for → what is written: 手机, Tel, M, F."""

_MARK = re.compile(
    r"(?<![A-Za-z\u3400-\u9fff])(?:" + "|".join(f"(?P<{part}>{words})" for part, words in MARKS.items()) + r")"
    r"\.?\s*(?:[(（][^)）\n]{1,6}[)）])?\s*(?:[:：]|\s(?=[+\d(（])|(?=\d|[+]))\s*",
    re.I,
)
_LONE_CHINESE_MARK = re.compile(
    r"(?<![\u3400-\u9fff])(?P<word>姓\s*名|职\s*务|职\s*位|手\s*机|电\s*话|传\s*真|邮\s*箱|地\s*址|网\s*址|微\s*信|邮\s*编)\s+"
)
_OF_WORD = {
    "姓名": "name", "职务": "title", "职位": "title", "手机": "phone", "电话": "phone", "传真": "fax", "邮箱": "email",
    "地址": "address", "网址": "web", "微信": "wechat", "邮编": "other",
}  # fmt: skip


def marks(line: str) -> list[tuple[int, int, str]]:
    """Return every mark of a line as (where it begins, where its value begins, the part it stands for)."""
    found = [(one.start(), one.end(), str(one.lastgroup)) for one in _MARK.finditer(line)]
    for one in _LONE_CHINESE_MARK.finditer(line):
        if not any(start <= one.start() < end for start, end, _part in found):
            found.append((one.start(), one.end(), _OF_WORD["".join(one["word"].split())]))
    return sorted(found)


@cache
def _single_surnames() -> frozenset[str]:
    text = (paths.resources() / "dictionaries" / "common_surnames.txt").read_text(encoding="utf-8")
    return frozenset("".join(text.split())) | {name for name in surnames.readings() if len(name) == 1}


def surname_length(word: str) -> int:
    """Return how many characters of a word are a surname: 2 for 欧阳, 1 for 张, 0 where it begins with none."""
    if word[:2] in surnames.readings() and len(word[:2]) == 2:
        return 2
    return 1 if word[:1] in _single_surnames() else 0


FOREIGN_NAME = re.compile(
    r"(?:(?:Dr|Mr|Mrs|Ms|Prof)\.?\s+)?[A-ZÀ-Þ][A-Za-zÀ-ÿ'’\-]+,?(?:\s+[A-ZÀ-Þ][A-Za-zÀ-ÿ'’.\-]*){1,3}(?:,?\s*(?:Ph\.?D|MBA|CPA|CFA)\.?)?"
)
"""Two to four words with capitals."""

SPOKEN_OF = re.compile(r"(?:的|叫|是|找|人|和|给)(?P<name>[\u3400-\u9fff]{2,4})$")
"""A name at the end of a sentence: 商会介绍的李四."""


@cache
def _common_words() -> frozenset[str]:
    return frozenset((paths.resources() / "dictionaries" / "no_names.txt").read_text(encoding="utf-8").split())


def no_name(word: str) -> bool:
    """Say whether a word begins like a name and is a common word or a region all the same."""
    return word in _common_words() or regions.find(word) is not None
