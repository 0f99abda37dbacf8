"""The second half of the week: the follow-ups, the lead that becomes a signed project, the bulletin."""

from __future__ import annotations

from crm_app.domain.papers import PaperKind, PaperState
from crm_app.domain.stages import Stage
from crm_app.i18n import _
from crm_app.ui.figures.page import FiguresPage
from crm_app.ui.follow_ups.dialog import FollowUpDialog
from crm_app.ui.log.dialog import LogDialog
from crm_app.ui.papers.page import PapersPage
from crm_app.ui.papers.reconcile import ReconcileDialog
from crm_app.ui.projects.make_project import MakeProjectDialog
from crm_app.ui.projects.moving import StageDialog
from crm_app.ui.projects.page import ProjectsPage
from crm_app.ui.today.page import TodayPage
from crm_app.ui.widgets.form_dialog import FormDialog
from tests.end_to_end.hands import LONGEST_WALK, known, label_of, text_of
from tests.end_to_end.week import Week
from tests.end_to_end.week_on_the_road import MOTORS

MINUTES, POLICY, CALL = "发会谈纪要", "送政策包", "回访看地安排"


def follow_up(week: Week) -> None:
    """Today: N logs what was done and sets the next step, Space ticks another one off."""
    hands = week.hands
    hands.press("Ctrl+1")
    today = week.page(TodayPage)
    week.wait_for(lambda: known(today.current()).what == MINUTES)
    hands.until(today.list.hasFocus)
    hands.press("N")
    dialog = hands.dialog(FollowUpDialog)
    hands.write("纪要已发王总，对方确认无误。")
    hands.walk_to(_("Next step"))
    hands.write(f"下周五 {CALL}")
    hands.press("Ctrl+Return")
    hands.gone(dialog)
    week.wait_for(lambda: known(today.current()).what == POLICY)
    hands.press("Space")
    week.wait_for(lambda: today.current() is None)


def make_the_project(week: Week) -> None:
    """Ctrl+3: the lead under the cursor becomes a project by Enter and Ctrl+Enter, nothing typed."""
    hands = week.hands
    hands.press("Ctrl+3")
    projects = week.page(ProjectsPage)
    show_view(week, _("Leads"))
    week.wait_for(projects.leads.list.current)
    hands.reach(projects.leads.list.table)
    hands.press("Return")
    dialog = hands.dialog(MakeProjectDialog)
    assert label_of(hands.focus) == _("Project name")
    assert MOTORS in text_of(hands.focus)
    hands.press("Ctrl+Return")
    hands.gone(dialog)
    week.wait_for(lambda: projects.project.isVisible() and projects.project.page)


def sign_the_contract(week: Week) -> None:
    """The board: Ctrl+Shift+→ to review, Ctrl+Z back, again, and on to the formal contract."""
    hands = week.hands
    hands.press("Ctrl+3")
    projects = week.page(ProjectsPage)
    show_view(week, _("Kanban"))
    on_the_board(week, Stage.NEGOTIATING)
    to_review(week)
    on_the_board(week, Stage.REVIEW)
    hands.press("Ctrl+Z")
    on_the_board(week, Stage.NEGOTIATING)
    hands.press("Ctrl+Shift+Z")
    on_the_board(week, Stage.REVIEW)
    hands.press("Ctrl+Shift+Right")
    on_the_board(week, Stage.MOU)
    sign(week)
    on_the_board(week, Stage.SIGNED)
    assert projects.board.current() is not None


def show_view(week: Week, name: str) -> None:
    """Tab to the views of the place, → to the one of a name, Space."""
    hands, tabs = week.hands, week.page(ProjectsPage).tabs.tabs
    for _step in range(LONGEST_WALK):
        if any(tab.hasFocus() for tab in tabs.values()):
            break
        hands.press("Tab")
    for _tab in tabs:
        if label_of(hands.focus) != name:
            hands.press("Right")
    hands.press("Space")


def to_review(week: Week) -> None:
    """Answer what the review asks; the content came with the lead."""
    hands = week.hands
    hands.press("Ctrl+Shift+Right")
    dialog = hands.dialog(StageDialog)
    assert "project.content" not in known(dialog.form).editors
    hands.fill_from_offers((_("Cluster"), "znzb"), (_("Industry"), "制造业"))
    hands.fill(
        (_("Output at full capacity"), "8亿"),
        (_("Tax at full capacity"), "3000万"),
        (_("Jobs"), "300"),
    )
    hands.press("Ctrl+Return")
    hands.gone(dialog)


def sign(week: Week) -> None:
    """Answer what the formal contract asks; channel and amount came with the lead."""
    hands = week.hands
    hands.press("Ctrl+Shift+Right")
    dialog = hands.dialog(StageDialog)
    assert dialog.form is not None
    assert "project.channel" not in dialog.form.editors
    assert dialog.form.editors["signing.amount"].typed() == "5.6亿元"
    hands.fill_from_offers(
        (_("Origin"), "wy"),
        (_("Project type"), "xs"),
        (_("Park"), "sf"),
    )
    hands.walk_to(_("Fixed investment"))
    hands.write("4亿")
    hands.press("Ctrl+Return")
    hands.gone(dialog)


def compose_the_bulletin(week: Week) -> None:
    """Ctrl+5, the window of days, Enter; what is missing is seen, the words that no row holds are typed."""
    hands = week.hands
    hands.press("Ctrl+5")
    papers = week.page(PapersPage)
    hands.reach(papers.choice.kinds)
    hands.press("Home")
    hands.walk_to(_("From"))
    hands.retype("2024-01-01")
    hands.walk_to(_("Until"))
    hands.retype("2024-03-31")
    hands.press("Return")
    bare = week.shown(PaperKind.BULLETIN)
    # What is to be done next is drafted from the rows until somebody says it.
    assert len(bare.gaps) == 1
    hands.walk_to(_("Words…"))
    hands.press("Space")
    dialog = hands.dialog(FormDialog)
    hands.fill(
        (_("Name in the red head"), "江岸招商快报"),
        (_("Problems that remain, one a line"), "电机项目用地尚未挂牌。"),
        (_("Next steps, one a line"), "四月底前完成项目供地。"),
        (_("Reported to"), "区委、区政府"),
    )
    hands.press("Ctrl+Return")
    hands.gone(dialog)
    # The office has not given the issue its number; nobody makes one up.
    assert len(week.shown(PaperKind.BULLETIN, after=bare).gaps) == 1


def issue_the_bulletin(week: Week) -> None:
    """Keep it, send it to review; it is final only with the reason for what is still missing. Then print it."""
    hands = week.hands
    shown = week.shown(PaperKind.BULLETIN)
    for word, state in ((_("Keep as draft"), PaperState.DRAFT), (_("Send to review"), PaperState.REVIEW)):
        hands.walk_to(word)
        hands.press("Space")
        shown = week.shown(PaperKind.BULLETIN, after=shown)
        assert shown.state is state
    hands.walk_to(_("Make final"))
    hands.press("Space")
    dialog = hands.dialog(ReconcileDialog)
    hands.walk_to(_("Reason for leaving it so"))
    hands.write("期号待办公室编定")
    hands.press("Ctrl+Return")
    week.wait_for(dialog.final.isEnabled)
    hands.walk_to(_("Make final"))
    hands.press("Space")
    hands.gone(dialog)
    assert week.shown(PaperKind.BULLETIN, after=shown).state is PaperState.FINAL
    week.save_paper(PaperKind.BULLETIN, "bulletin")


def reprint_the_bulletin(week: Week) -> None:
    """Log another lead, come back to the kept paper and save it once more."""
    hands = week.hands
    hands.press("Ctrl+N")
    dialog = hands.dialog(LogDialog)
    hands.write("望江新材")
    hands.press("Ctrl+Return")
    hands.gone(dialog)
    papers = week.page(PapersPage)
    final = week.shown(PaperKind.BULLETIN)
    hands.walk_to(_("Make a paper"))
    hands.press("Ctrl+PgDown")
    hands.reach(papers.choice.kept.list)
    week.wait_for(lambda: papers.choice.kept.list.model().rowCount())
    hands.press("Home")
    hands.press("Return")
    week.shown(PaperKind.BULLETIN, after=final)
    week.save_paper(PaperKind.BULLETIN, "reprint")


def read_the_figures(week: Week) -> None:
    """Ctrl+6: the clusters of the quarter, and Enter on the one there is shows the contract it stands on."""
    hands = week.hands
    hands.press("Ctrl+6")
    figures = week.page(FiguresPage)
    hands.walk_to(_("Until"))
    hands.retype("2024-03-31")
    hands.press("Return")
    week.wait_for(lambda: figures.list.count())
    hands.walk_rows(figures.list, _("By cluster"))
    hands.reach(figures.pane.table)
    hands.press("Home")
    hands.press("Return")
    week.wait_for(lambda: len(figures.pane.rows.table.rows) == 1)


def on_the_board(week: Week, stage: Stage) -> None:
    """Wait until the one card stands in a column, with the keyboard on it."""
    board = week.page(ProjectsPage).board
    column = board.columns[stage].list
    week.wait_for(lambda: column.cards.cards and column.hasFocus())
