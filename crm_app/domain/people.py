"""How people are addressed: surname and title (张总, 李副主任), and as spoken (李主任)."""

from __future__ import annotations

import re

from crm_app.domain import surnames
from crm_app.domain.traditional import simplified

_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]+")
_SHORT_TITLES = (
    (re.compile(r".*?(副?董事长|副?理事长|副?会长|副?秘书长|副?院长|副?所长|副?校长)(?:助理)?$"), r"\1"),
    (re.compile(r".*董事$"), "董"),
    (re.compile(r".*(副总裁|副总经理|常务副总|副总|总裁|总经理|首席\w*官|ceo|coo|cto|cfo)$", re.I), "总"),
    (re.compile(r".*(总监|总工程师|总工|总会计师)$"), r"\1"),
    (
        re.compile(
            r".*?(副?(?:市长|区长|县长|州长|书记|主任|局长|处长|科长|部长|司长|厅长|镇长|主席|行长|部门经理|经理|厂长|站长|巡视员|调研员))$"
        ),
        r"\1",
    ),
    (re.compile(r".*?(教授|博士|院士|主管|工程师|专员|秘书|助理|代表|合伙人)$"), r"\1"),
)


def surname(name: str) -> str:
    """Return the surname of a Chinese name, compound ones whole (欧阳); a foreign name is returned as it is."""
    own = name.strip()
    if not _CHINESE.fullmatch(own) or "·" in own:
        return own
    return own[:2] if simplified(own[:2]) in surnames.readings() and len(own) > 2 else own[:1]


def is_title(text: str) -> bool:
    """Say whether a text is a title and nobody's name: 董事长 and 招商部部长, not 李主任."""
    if not any(pattern.fullmatch(text) for pattern, _form in _SHORT_TITLES):
        return False
    return len(text) > 3 or text[0] in "副总" or not is_title(text[1:])


_KINDS_OF = (
    "投资|市场|销售|技术|财务|运营|招商|区域|项目|行政|人事|人力|法务|采购|生产|研发|部门|大区|业务|产品|客户|渠道|品牌|战略|质量|品质|安全|"
    "工程|设备|物流|融资|金融|资本|公关|外联|商务|外贸|国际|海外|国内|华东|华南|华北|西南|集团|车间|科技|商贸|园区|街道|"
    "党委|党组|纪委|市委|区委|县委|支部|工会|妇联|团委"
)
"""What a post is of. Before it stands a surname at least, so that none of these is taken for a given name."""
_POST = re.compile(
    rf"(?:常务副|执行副|副|总|执行|(?:{_KINDS_OF})副?)?(?:董事长|理事长|总经理|经理|总裁|总监|区长|县长|市长|州长|镇长|书记|主任|"
    r"局长|处长|科长|部长|司长|厅长|主席|行长|厂长|会长|秘书长|院长|校长|所长|总工程师|工程师|董事|董秘|主管|专员|调研员|巡视员|"
    r"合伙人|教授|博士|院士|秘书)(?:助理)?"
)
"""Posts that are known as a whole, so that what stands before one is a name."""
_NO_GIVEN_NAME = re.compile(rf"[副总常].*|[大分]|执行|第一|代理|分管|公司|{_KINDS_OF}")


def parted(text: str) -> tuple[str, str]:
    """Return the name and the post that are written in one word: 王某某董事长, 李某投资总监; else the text alone.

    A surname with a post (张总, 李副主任) is how somebody is addressed, and stays. The longest post counts: 王明总经理
    is 王明, not 王明总.
    """
    if not 4 <= len(text) <= 14 or not _CHINESE.fullmatch(text):
        return text, ""
    family = len(surname(text))
    for given in (1, 2):
        name, title = text[: family + given], text[family + given :]
        if _POST.fullmatch(title) and not _NO_GIVEN_NAME.fullmatch(name[family:]) and not is_title(name[family:]):
            return name, title
    return text, ""


def with_post(text: str) -> tuple[str, str]:
    """Return the name and the post behind it: 张总 总经理, 王 伟 总经理, John Smith 首席财务官.

    A name in Latin letters may have several words, and a surname may stand apart.
    """
    words = text.split()
    if len(words) > 1 and surname("".join(words[:2])) == words[0]:
        words[:2] = ["".join(words[:2])]
    chinese = next((place for place, word in enumerate(words) if _CHINESE.match(word)), len(words))
    return " ".join(words[: chinese or 1]), " ".join(words[chinese or 1 :])


_BEFORE_NAME = re.compile(
    r"(?P<title>.*(?:常委|党组成员|党委委员|书记|市长|区长|县长|镇长|主席|主任|局长|部长|处长|科长|秘书长|会长|组长|队长|总经理|董事长))"
    r"\s*(?P<name>[\u3400-\u9fff]{2,3})"
)
_POSTS_ALONE = re.compile(
    r"\S*(?:常委|党组成员|党委委员)|(?:\S*[区县市镇省局委办会]|\S*(?:街道|公司|集团))?(?:党组|党工委|党委)?副?(?:书记|市长|区长|县长|镇长|主席|主任|局长|部长)"
)
"""Posts that stand before a name, and are nobody by themselves: 区委常委, 副区长, 招商局局长."""
_NO_NAME = re.compile(r"[员长助室处科部兼及的].*|秘书|代表|同志|(?:一行|等).*")


def behind_post(text: str) -> tuple[str, str]:
    """Return name and posts of somebody whose posts stand in front: 区委常委、副区长 李某某; else the text alone."""
    found = _BEFORE_NAME.fullmatch(text.strip())
    if found is None or _NO_NAME.fullmatch(found["name"]) or is_title(found["name"]):
        return text, ""
    return found["name"], found["title"].strip()


_FIRM = re.compile(
    r"(?P<firm>.*(?:公司|集团|研究院|研究所|商会|协会|学会|中心|大学|学院|银行|基金|事务所|企业|厂)(?:\([^)]*\)|（[^）]*）)?)[\s,，、/]*(?P<title>.*)"
)


def at_firm(text: str) -> tuple[str, str]:
    """Return an enterprise and the post there: 某某有限公司董事长; without a known ending a blank parts them."""
    found = _FIRM.fullmatch(text.strip())
    if found:
        return found["firm"], found["title"].strip()
    firm, _blank, title = text.strip().partition(" ")
    return firm, title.strip()


_PARTY = re.compile(r"(?:等?一行(?:\s*约?\d+余?人)?|等\s*(?:约?\d+余?人)?)$")
"""Who else came, behind the last name: 李局长一行3人, 曾小示等5人."""


def listed(text: str) -> list[str]:
    """Return the people a cell lists, each with what stands behind the name: 单晓 副局长、曾小示 2天.

    Latin words are one name (John Smith). Posts in front of a name stay there: 区委常委、副区长 李某某.
    """
    found: list[str] = []
    posts = ""
    for piece in (_PARTY.sub("", one.strip()) for one in re.split(r"[、,，;；/\n]+", text)):
        if _POSTS_ALONE.fullmatch(piece.strip()):
            posts = f"{posts}{piece.strip()}、"
            continue
        name, title = behind_post(piece)
        if title:
            found.append(f"{posts}{title} {name}")
            posts = ""
            continue
        words = piece.split()
        for place, word in enumerate(words):
            latin = word.isascii() and words[place - 1].isascii()
            if place and (latin or word[0] in "0123456789(（" or is_title(word)):
                found[-1] += f" {word}"
            else:
                found.append(posts + word)
                posts = ""
    return found + ([posts.rstrip("、")] if posts else [])


def short_title(title: str) -> str:
    """Return the part of a title that follows a surname: 市场部总监 → 总监, 执行副总裁 → 总, 招商局副局长 → 副局长."""
    text = re.split(r"[、,，/;；兼]", title.strip())[0].strip()
    for pattern, form in _SHORT_TITLES:
        match = pattern.fullmatch(text)
        if match:
            return match.expand(form)
    return text


def salutation(name: str, title: str, own: str | None = None) -> str:
    """Return how a person is addressed in writing: 张总, 李副主任; ``own`` (自定称呼) goes before all rules."""
    if own and own.strip():
        return own.strip()
    family, short = surname(name), short_title(title)
    if not short or not _CHINESE.fullmatch(family) or "·" in family:
        return name.strip()
    return family + short


_HEADS = "书记|市长|区长|县长|州长|镇长|主席|董事长|理事长|会长|院长|校长|局长|主任|部长|处长|总裁|总经理|行长|厂长"
_STANDINGS = (
    re.compile(r".*(?<!副)(?:书记|市长|区长|县长|州长|主席|董事长|理事长|会长)$"),
    re.compile(r".*(?:副(?:书记|市长|区长|县长|州长|主席|董事长|理事长|会长)|常委|区领导)$"),
    re.compile(rf".*(?<!副)(?:{_HEADS}|首席执行官|ceo)$", re.I),
    re.compile(rf".*(?:副(?:{_HEADS})|副总|(?<!助)总工程师|首席\w+官|c[tfo]o)$", re.I),
    re.compile(r".*(?:总监|总助|助理|总会计师|秘书长)$"),
    re.compile(r".*(?<!副)(?:科长|站长|经理|室主任|主管)$"),
    re.compile(r".*副(?:科长|站长|经理|室主任)$"),
)
"""Posts from the head down, as a report names people (职务排序); a department's head stands below a whole house's."""

_DEPARTMENT = 5
"""Where the head of a department stands at best."""
_INNER = re.compile(r"科|办公|部门|车间|分公司|事业部|市场部|投资部|战略部")


def standing(title: str) -> int:
    """Return where a post stands in the order a report names people; the head is 0, an unknown post comes last."""
    text = re.split(r"[、,，/;；兼]", title.strip())[0].strip()
    found = next((place for place, pattern in enumerate(_STANDINGS) if pattern.fullmatch(text)), len(_STANDINGS))
    return max(found, _DEPARTMENT) if _INNER.search(text) else found
