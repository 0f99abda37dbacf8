"""企业一页纸: 概况 → 产品/产业链位置 → 荣誉 → 近年经营 → 扩产动向 → 往来记录 → 契合点 → 建议话题, in one ruled form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from crm_app.briefs import fonts, forms
from crm_app.briefs.composer import join
from crm_app.briefs.content import Block, Fact, KeyValue, Paper, Qr, Run, Sheet
from crm_app.briefs.flow import Flow
from crm_app.briefs.furniture import draw_title
from crm_app.briefs.tables import facts_height
from crm_app.domain import days
from crm_app.domain.days import FuzzyDay
from crm_app.domain.papers import PaperKind
from crm_app.i18n import _, language, ngettext

_FEWEST_DEALINGS = 2
_SHEET = Sheet.SINGLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealing:
    """One line of 往来记录: a visit, a reception, a follow-up; ``on`` is as precise as its day is known."""

    on: FuzzyDay
    what: str
    id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePagerData:
    """What a one-pager is made of; what is empty prints as an empty space to write in.

    ``facts`` are short (label, value); ``results`` one line a year; ``contacts`` “name title phone”, masked already.
    ``dealings`` come newest first, ``earlier`` is how many more there were.
    """

    enterprise: str
    id: UUID | None = None
    uscc: str = ""
    region: str = ""
    facts: Sequence[tuple[str, str]] = ()
    overview: str = ""
    products: str = ""
    chain_position: str = ""
    labels: Sequence[str] = ()
    results: Sequence[str] = ()
    expansion: str = ""
    contacts: Sequence[str] = ()
    dealings: Sequence[Dealing] = ()
    earlier: int = 0
    fit: str = ""
    topics: Sequence[str] = ()
    bureau: str = ""
    day: date | None = None
    code: Qr | None = None


def compose(data: OnePagerData) -> Paper:
    """Return the one-pager."""
    return Paper(
        kind=PaperKind.ONE_PAGER,
        title=data.enterprise,
        language=language(),
        blocks=blocks(data),
        sheet=_SHEET,
        author=data.bureau,
        day=data.day,
    )


def blocks(data: OnePagerData) -> tuple[Block, ...]:
    """Return the form alone with its code, as a trip pack holds it.

    The oldest dealings give way where the page is full.
    """
    form = _form(data)
    if len(data.dealings) > _FEWEST_DEALINGS:
        with fonts.set_for(language()):
            form = _fitted(data, form)
    return (data.code, form) if data.code else (form,)


def _fitted(data: OnePagerData, form: KeyValue) -> KeyValue:
    """Return the form with as many dealings as leave it on the page that its title begins: measured, not laid out."""
    page = Flow(forms.form(_SHEET))
    draw_title(page, data.enterprise)
    while len(data.dealings) > _FEWEST_DEALINGS and facts_height(page.width, form) > page.room:
        data = replace(data, dealings=data.dealings[:-1], earlier=data.earlier + 1)
        form = _form(data)
    return form


def _form(data: OnePagerData) -> KeyValue:
    rows = (data.id,) if data.id else ()
    short = [(_("Credit code"), data.uscc), (_("Registered in"), data.region), *data.facts]
    facts = [Fact(label, (Run(value, rows=rows),)) for label, value in short if value]
    facts += [
        _wide("overview", _("Overview"), data.overview),
        _wide(
            "products",
            _("Products and place in the chain"),
            "\n".join(t for t in (data.products, data.chain_position) if t),
        ),
        _wide("honours", _("Honours"), join(data.labels)),
        _wide("results", _("Recent years"), "\n".join(data.results)),
        _wide("expansion", _("Plans to expand"), data.expansion),
        _wide("contacts", _("Contacts"), "\n".join(data.contacts)),
        Fact(_("Dealings so far"), _dealings(data), wide=True, lines=2, key="dealings"),
        _wide("fit", _("Where we fit"), data.fit, lines=2),
        _wide(
            "topics",
            _("Topics to raise"),
            "\n".join(f"{n}. {topic}" for n, topic in enumerate(data.topics, 1)),
            lines=3,
        ),
    ]
    return KeyValue(tuple(facts))


def _wide(key: str, label: str, text: str, lines: int = 1) -> Fact:
    return Fact(label, (Run(text),), wide=True, lines=lines, key=key)


def _dealings(data: OnePagerData) -> tuple[Run, ...]:
    lines = [
        Run(
            _("{day} {what}").format(day=days.show_day(one.on), what=one.what),
            rows=(one.id,) if one.id else (),
        )
        for one in data.dealings
    ]
    if data.earlier:
        words = ngettext("and {n} earlier one", "and {n} earlier ones", data.earlier)
        lines.append(Run(words.format(n=data.earlier)))
    return tuple(replace(run, text=f"{run.text}\n") for run in lines[:-1]) + tuple(lines[-1:])
