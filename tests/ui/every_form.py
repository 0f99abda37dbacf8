"""Every form of the window in which something is typed: how it is found, what is typed, where its draft is kept.

``WALKED`` is walked by test_every_form.py. A class that holds a field to type in and is in none of the tables here
fails that test: whoever adds a form either lets it keep a draft and walks it, or says why it keeps none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from crm_app import clock
from crm_app.domain.contacts import Contact
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.events import PackagedProject
from crm_app.domain.fields import Record
from crm_app.domain.leads import Lead
from crm_app.domain.papers import IssuedPaper, PaperKind
from crm_app.domain.projects import Need, Project, Signing
from crm_app.domain.staff import DictionaryEntry, Person
from crm_app.domain.targets import Annual, Ranking, Target
from crm_app.domain.tasks import Task
from crm_app.domain.trips import Trip, TripPlan
from crm_app.domain.visits import Reception, Visit
from crm_app.services import leads, papers, projects
from crm_app.services.book import Book
from crm_app.services.papers import Asked
from crm_app.ui.enterprises.page import EnterprisesPage
from crm_app.ui.main_window import MainWindow
from crm_app.ui.settings.counting import Counting
from crm_app.ui.settings.general import General
from crm_app.ui.settings.page import SettingsPage
from crm_app.ui.trips.page import TripsPage

Key = Callable[[Book], str]
Part = Callable[[MainWindow], QWidget | None]


@dataclass(frozen=True)
class Walk:
    """One form: the class of its dialog (or how its part of a page is found), its draft's key, what is typed where.

    A field is named by its attribute or, in a form of declared fields, by the field; ``leaves``: it is saved by
    leaving the field, not by a button; ``saved_by``: by the button of this attribute, where its strong one does more.
    """

    form: str
    key: Key
    typed: Mapping[str, str]
    part: Part | None = None
    leaves: bool = False
    saved_by: str = ""


def of(form: str, kind: type[Record], rest: str = "", **wanted: object) -> Key:
    """Return what names the draft of a record of the book, one for which ``wanted`` holds."""

    def key(book: Book) -> str:
        with book.read() as reader:
            known = next(
                one
                for one in reader.find(kind)
                if all((getattr(one, name) is not None) == held for name, held in wanted.items())
            )
        return f"{form}:{known.id}{rest}"

    return key


def keep_a_paper(book: Book) -> None:
    """Put a paper under way into the sample, which has none."""
    today = clock.today()
    asked = Asked(start=today.replace(month=1, day=1), end=today)
    kept = papers.draft(book, papers.compose(book, PaperKind.BULLETIN, asked), asked).value
    papers.advance(book, kept)


def add_a_need(book: Book) -> None:
    """Put a need of a project into the sample, which has none."""
    first = projects.list_projects(book)[0].project.id
    projects.add_need(book, project_id=first, kind="电", quantity=Decimal(800), measure="kVA")


def _open_lead(book: Book) -> str:
    return f"make_project:{next(row.lead.id for row in leads.list_leads(book) if row.open)}"


def _fixed(key: str) -> Key:
    return lambda _book: key


def _of_trip(name: str) -> Part:
    def part(window: MainWindow) -> QWidget | None:
        page = window.page
        view = page.trip if isinstance(page, TripsPage) else None
        if view is None or view.page is None:
            return None
        found = getattr(view, name)
        if name == "itinerary":
            return found.rows()[0] if found.rows() else None
        if name == "members":
            return found._days[0] if found._days else None
        if name == "evening":
            return found.lines[0] if found is not None and found.lines else None
        assert isinstance(found, QWidget)
        return found

    return part


def _fact(window: MainWindow) -> QWidget | None:
    page = window.page
    rows = page.view.facts.rows if isinstance(page, EnterprisesPage) else {}
    return next((row for row in rows.values() if row.editor is not None), None)


def _of_settings(kind: type[General | Counting]) -> Part:
    def part(window: MainWindow) -> QWidget | None:
        page = window.page
        found = page.part(kind) if isinstance(page, SettingsPage) else None
        return found if found is not None and found.isVisible() else None

    return part


WALKED = (
    Walk("LogDialog", _fixed("log"), {"enterprise": "甲一电池(示例)有限公司", "note": "首次来访"}),
    Walk("LogDialog", of("log", Enterprise), {"note": "再谈二期"}),
    Walk("NewEnterprise", _fixed("enterprise:new"), {"name": "乙二材料(示例)有限公司", "products": "铜箔"}),
    Walk("FormDialog", of("enterprise", Enterprise), {"products": "减速器与电驱"}),
    Walk("FactRow", of("fact", Enterprise, ":address"), {"address": "双福大道 6 号"}, _fact, leaves=True),
    Walk("FormDialog", of("ask", Enterprise), {"text": "要双回路供电"}),
    Walk("FormDialog", of("promise", Enterprise), {"text": "六月底前答复电价"}),
    Walk("FormDialog", of("name", Enterprise), {"name": "丙三示例"}),
    Walk("FormDialog", of("honour", Enterprise), {"issuer": "市经信委名单"}),
    Walk("FormDialog", of("result", Enterprise), {"source": "企业年报"}),
    Walk("FormDialog", of("contact", Enterprise), {"name": "单晓东"}),
    Walk("FormDialog", of("contact", Contact), {"note": "喜欢早上通话"}),
    Walk("NextStepDialog", of("next_step", Enterprise), {"next_step": "下周三 送资料"}),
    Walk("NextStepDialog", of("step", Project), {"step": "下周四 对接用地"}),
    Walk("NextStepDialog", of("step", Lead), {"step": "下周五 约访"}),
    Walk("FollowUpDialog", of("follow_up", Task, done_on=False), {"content": "电话里说月底来"}),
    Walk("FollowUpDialog", of("follow_up", Enterprise), {"content": "微信问了电价"}),
    Walk("FollowUpDialog", of("follow_up", Visit), {"content": "寄出会议纪要"}),
    Walk("PostponeDialog", of("postpone", Task, done_on=False), {"day": "下周三"}),
    Walk("VisitDialog", _fixed("visit:"), {"form.talk": "临时约见，谈了厂房"}),
    Walk("VisitDialog", of("visit", Enterprise), {"form.talk": "谈了扩产"}),
    Walk("VisitDialog", of("visit", Visit), {"form.consensus": "六月底前签框架"}),
    Walk("VisitDialog", of("visit", TripPlan, visit_id=False), {"form.asks": "标准厂房两万平"}),
    Walk("ReceptionDialog", _fixed("reception:"), {"form.guests": "商会代表团"}),
    Walk("ReceptionDialog", of("reception", Enterprise), {"form.result": "看了标准厂房"}),
    Walk("ReceptionDialog", of("reception", Reception), {"form.promises": "下周五前 回复电价"}),
    Walk("TripDialog", _fixed("trip"), {"regions": "苏州", "purpose": "拜访电驱企业"}),
    Walk("TripDialog", of("trip", Trip), {"purpose": "补充：顺访无锡"}),
    Walk("CopyDialog", of("copy", Trip), {"start_on": "2023-08-01"}),
    Walk("FormDialog", _fixed("entry:park"), {"name": "丁四产业园"}),
    Walk("FormDialog", of("entry", DictionaryEntry), {"heading": "先进制造"}),
    Walk("FormDialog", _fixed("person:new"), {"name": "解放", "dept": "招商一科"}),
    Walk("FormDialog", of("person", Person), {"dept": "招商三科"}),
    Walk("FormDialog", _fixed("target:new"), {"subject": "驻沪小组"}),
    Walk("FormDialog", _fixed("forecast:new"), {"basis": "三个在谈项目"}),
    Walk("FormDialog", of("target", Target), {"subject": "驻深小组"}),
    Walk("FormDialog", _fixed("ranking:new"), {"board": "上半年赛马榜"}),
    Walk("FormDialog", _fixed("calendar_day:new"), {"note": "调休"}),
    Walk("FormDialog", of("ranking", Ranking), {"document": "〔2023〕示例号"}),
    Walk("FormDialog", _fixed("event:new"), {"name": "专题招商推介会(示例)"}),
    Walk("FormDialog", of("packaged", PackagedProject), {"content": "标准厂房三万平"}),
    Walk("FormDialog", _fixed("set:new"), {"name": "百亿组合(示例)"}),
    Walk("FormDialog", of("annual", Annual), {"land": "36"}),
    Walk("WordsDialog", _fixed("paper_words:2023-01-01..2023-06-30"), {"judgement": "势头向好"}),
    Walk("FieldsDialog", of("project", Project), {"dept": "装备科"}),
    Walk("StageDialog", of("stage", Project), {"on": "2023-07-11"}),
    Walk("SigningDialog", of("signing", Project), {"note": "待法务看过"}),
    Walk("CountDialog", of("count", Signing), {"count_reason": "按去年口径"}),
    Walk("InvestorsDialog", of("investors", Project), {"rows._rows.0.role": "牵头方"}),
    Walk("FieldsDialog", of("park", Project), {"reason": "地块调整"}),
    Walk("FieldsDialog", of("milestone", Project), {"evidence": "备案证"}),
    Walk("FieldsDialog", of("fund", Project), {"note": "首笔"}),
    Walk("FieldsDialog", of("need", Project), {"text": "双回路供电"}),
    Walk("FieldsDialog", of("need", Need, project_id=True), {"measure": "千伏安"}),
    Walk("MakeProjectDialog", _open_lead, {"name": "戊五示例项目"}),
    Walk("FieldsDialog", of("judgement", Lead, ":hold"), {"triage_reason": "等环评政策"}),
    Walk("CardsDialog", _fixed("cards"), {"person.name": "庚七", "person.note": "想看厂房"}),
    Walk("NoticeDialog", _fixed("notice"), {"text": "截至6月底，我区签约项目70个，位居全市第二。"}),
    Walk("General", _fixed("settings:general"), {"bureau": "示例区招商局"}, _of_settings(General), leaves=True),
    Walk("Counting", _fixed("settings:counting"), {"form.major_since": "2023-01-02"}, _of_settings(Counting)),
    Walk("ReconcileDialog", of("reason", IssuedPaper), {"reason": "对方尚未回函"}, saved_by="answer"),
    Walk("TextsDialog", of("paper_text", IssuedPaper), {"words": "上半年招商工作情况（手工）"}),
    Walk("TemplateDialog", _fixed("paper_template:bulletin"), {"closing": "以上为台账数。"}),
    Walk("PlanRow", of("itinerary", Trip), {"purpose": "看总装线"}, _of_trip("itinerary"), leaves=True),
    Walk("Members", of("members", Trip), {"": "1.5"}, _of_trip("members"), leaves=True),
    Walk("Conclusion", of("conclusion", Trip), {"findings": "长三角电驱企业外溢明显"}, _of_trip("conclusion")),
    Walk("Evening", of("evening", Trip), {"asks": "要一栋宿舍"}, _of_trip("evening")),
)
"""In an order in which those that are part of a trip's page come last: leaving that page keeps every draft at once."""

PARTS = {
    "MeetingForm": "what the forms of a visit and a reception share; their dialogs keep it",
    "Form": "holds the fields of a form; the form keeps them",
    "InvestorsEditor": "rows of SigningDialog, StageDialog and InvestorsDialog",
    "_Line": "names what is ticked in a menu; nothing is typed in it",
    "AddPerson": "what the form of a contact keeps, under the same key",
    "ResultLine": "what the form of a yearly result keeps, under the same key",
    "StepsCard": "the line of NextStepDialog, under the same key",
    "VisitForm": "the fields of VisitDialog",
    "ReceptionForm": "the fields of ReceptionDialog",
    "EveningLine": "a row of Evening",
    "Itinerary": "holds PlanRow; its adding line is kept with them",
    "_Days": "a row of Members",
    "_Typing": "the line in a PeopleField",
    "EnterpriseField": "a field of VisitForm and Itinerary",
    "NextStepField": "a field of many forms",
    "LineEditor": "a field of Form",
    "AreaEditor": "a field of Form",
    "ChoiceEditor": "a field of Form",
    "RecordEditor": "a field of Form",
    "SuggestField": "a field of many forms",
    "Person": "the fields of CardsDialog",
    "SourceView": "the text of CardsDialog",
    "AskDialog": "what the dialogs of projects share",
    "TripForm": "what TripDialog and CopyDialog share",
}
"""Classes with fields that are no form of their own, and whose draft holds what is typed in them."""

EXEMPT = {
    "FirstStart": "there is no book yet that could keep a draft",
    "ColumnEditor": "what a column means is chosen, planned with at once, and remembered with the ledger's headers",
    "DataList": "what is looked for in a list is typed into no book",
    "FilterBar": "what narrows the board is typed into no book",
    "FilterField": "what narrows a list is typed into no book",
    "EditRows": "one value for many rows, said with what it changes before it is set",
    "RecordList": "what is looked for in a list is typed into no book",
    "TopBar": "what is looked for is typed into no book",
    "MoveDialog": "a day to which something is moved at once, or not at all",
    "WhichEnterprise": "whom a form is about is looked for, and kept with the form",
    "SettingsPage": "which setting is looked for is typed into no book",
    "Span": "the days between which figures are counted are looked at, not stored",
    "Choice": "the days a paper is made of are kept with the paper",
    "Kept": "what is looked for among the kept papers is typed into no book",
    "_PageField": "the number of a page to go to",
    "PdfFind": "what is looked for in a paper is typed into no book",
    "PrintDialog": "which pages are printed, this once",
    "Handbook": "what is looked for in the handbook is typed into no book",
    "WaitingText": "shows a draft, to be copied",
    "ReportDialog": "shows a report, to be copied",
    "PasswordField": "a secret is kept nowhere",
    "EraseDialog": "what confirms an erasure names the person, and would outlive them as a draft",
    "PartnerDialog": "which enterprise is the same is looked for, and typed into no book",
    "Viewer": "a file's name alone, stored as soon as its field is left",
}
"""Classes with fields that keep no draft, and why."""
