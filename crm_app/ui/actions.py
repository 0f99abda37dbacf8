"""Every command of the window and its shortcut, declared once: menus, buttons, help sheet and Ctrl+K read this list.

Two actions with one shortcut: neither fires, silently. A test therefore proves that no two that can be active together
share one. Nothing is bound to Ctrl+Space or to Shift alone: input methods switch with them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from crm_app.i18n import N_, _, language, said_in
from crm_app.ui import theme


class Where(StrEnum):
    """Where a shortcut is heard. WINDOW is active together with every other; the others exclude each other."""

    WINDOW = "window"
    LIST = "list"
    FORM = "form"
    BOARD = "board"
    PAPER = "paper"
    TODAY = "today"
    RECORD = "record"
    ATTACHMENT = "attachment"
    DUPLICATES = "duplicates"
    CALENDAR = "calendar"
    FIGURES = "figures"


HEARD = {
    Where.WINDOW: N_("Everywhere"),
    Where.LIST: N_("In a list"),
    Where.FORM: N_("In a form"),
    Where.TODAY: N_("On Today's steps"),
    Where.RECORD: N_("On a record's page"),
    Where.ATTACHMENT: N_("On an attachment"),
    Where.DUPLICATES: N_("Among duplicates"),
    Where.BOARD: N_("On the board"),
    Where.PAPER: N_("On a paper"),
    Where.CALENDAR: N_("On the calendar"),
    Where.FIGURES: N_("On a chart"),
}
"""In the words of the help sheet, and in its order."""


@dataclass(frozen=True)
class Spec:
    """One action: its id, its words, its keys (the first is shown), its icon, and where it is heard.

    ``leads``: the place and the view of it where the command belongs; ``then`` is the action done there.
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    where: Where = Where.WINDOW
    leads: tuple[str, str] | None = None
    then: str = ""

    @property
    def title(self) -> str:
        """The words in the language in use."""
        return _(self.text)

    @property
    def shown_keys(self) -> str:
        """The first shortcut as the system writes it, Enter as the key is printed; empty where there is none."""
        if not self.keys:
            return ""
        return QKeySequence(self.keys[0]).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")

    @property
    def names(self) -> tuple[str, str]:
        """The words in the language in use, then in the other one: it is found by both."""
        return self.title, said_in("en" if language() == "zh_CN" else "zh_CN", self.text)


SPECS: tuple[Spec, ...] = (
    Spec("go_today", N_("Today"), ("Ctrl+1",), "sun", leads=("today", "")),
    Spec("go_enterprises", N_("Enterprises"), ("Ctrl+2",), "building-factory-2", leads=("enterprises", "")),
    Spec("go_projects", N_("Projects"), ("Ctrl+3",), "layout-kanban", leads=("projects", "")),
    Spec("go_trips", N_("Trips"), ("Ctrl+4",), "plane", leads=("trips", "")),
    Spec("go_papers", N_("Papers"), ("Ctrl+5",), "files", leads=("papers", "")),
    Spec("go_figures", N_("Figures"), ("Ctrl+6",), "chart-bar", leads=("figures", "")),
    Spec("go_settings", N_("Settings"), ("Ctrl+,",), "settings", leads=("settings", "")),
    Spec("help", N_("Help"), ("F1",), "help"),
    Spec("search", N_("Search"), ("Ctrl+K",), "search"),
    Spec("log", N_("Log"), ("Ctrl+N",), "plus"),
    Spec("new_visit", N_("Write up a visit"), ("Ctrl+Shift+W",), "map-pin"),
    Spec("new_reception", N_("Log a reception"), ("Ctrl+Shift+R",), "users"),
    Spec("new_follow_up", N_("Log a follow-up of an enterprise"), ("Ctrl+Shift+J",), "note"),
    Spec("import", N_("Import"), ("Ctrl+I",), "file-import"),
    Spec("export", N_("Export"), ("Ctrl+E",), "file-export"),
    Spec("paste", N_("Paste a table, people, a card or a picture"), ("Ctrl+V",)),
    Spec("find_duplicates", N_("Find duplicates"), ("Ctrl+Shift+D",), "users", leads=("enterprises", "duplicates")),
    Spec("go_contacts", N_("All contacts"), (), "user", leads=("enterprises", "contacts")),
    Spec("go_leads", N_("Leads"), (), "briefcase", leads=("projects", "leads")),
    Spec("go_board", N_("Project board"), (), "layout-kanban", leads=("projects", "board")),
    Spec("go_visits", N_("Visit records"), (), "map-pin", leads=("trips", "visits")),
    Spec("go_receptions", N_("Receptions"), (), "users", leads=("trips", "receptions")),
    Spec("go_follow_ups", N_("Follow-ups"), (), "note", leads=("trips", "follow_ups")),
    Spec("go_steps", N_("All next steps"), (), "circle-check", leads=("trips", "tasks")),
    Spec("go_calendar", N_("Calendar"), (), "calendar-event", leads=("trips", "calendar")),
    Spec("new_enterprise", N_("New enterprise"), (), "plus", leads=("enterprises", "list"), then="new_record"),
    Spec("new_trip", N_("New trip"), (), "plus", leads=("trips", "trips"), then="new_record"),
    Spec("go_people", N_("Colleagues"), (), "settings", leads=("settings", "people")),
    Spec("go_lists", N_("Lists"), (), "settings", leads=("settings", "lists")),
    Spec("go_targets", N_("Targets"), (), "settings", leads=("settings", "targets")),
    Spec("go_counting", N_("Counting rules"), (), "settings", leads=("settings", "counting")),
    Spec("go_backups", N_("Book and backup"), (), "settings", leads=("settings", "book")),
    Spec("go_changes", N_("Change list"), (), "settings", leads=("settings", "changes")),
    Spec("go_recycle_bin", N_("Recycle bin"), (), "settings", leads=("settings", "recycle_bin")),
    Spec("go_security", N_("Security"), (), "settings", leads=("settings", "security")),
    Spec("go_general", N_("General"), (), "settings", leads=("settings", "general")),
    Spec("go_look", N_("Look"), (), "settings", leads=("settings", "look")),
    Spec("go_reminders", N_("Reminders"), (), "settings", leads=("settings", "reminders")),
    Spec("go_parks", N_("Parks"), (), "settings", leads=("settings", "parks")),
    Spec("go_typefaces", N_("Fonts of papers"), (), "settings", leads=("settings", "typefaces")),
    Spec("go_rankings", N_("Rankings"), (), "settings", leads=("settings", "rankings")),
    Spec("go_events", N_("Events"), (), "settings", leads=("settings", "events")),
    Spec("go_packaged", N_("Packaged projects"), (), "settings", leads=("settings", "packaged")),
    Spec("go_sets", N_("Sets of projects"), (), "settings", leads=("settings", "sets")),
    Spec("go_annuals", N_("Yearly results"), (), "settings", leads=("settings", "annuals")),
    Spec("go_workdays", N_("Holidays"), (), "settings", leads=("settings", "workdays")),
    Spec("go_access", N_("Who took what out"), (), "settings", leads=("settings", "access")),
    Spec("shortcuts", N_("Shortcuts"), ("Ctrl+/",), "help"),
    Spec("news", N_("What is new"), (), "help"),
    Spec("about", N_("About the program"), (), "help"),
    Spec("switch_look", N_("Switch between light and dark"), (), "sun"),
    Spec("switch_language", N_("Switch between Chinese and English"), (), "settings"),
    Spec("back", N_("Back"), ("Alt+Left",), "arrow-left"),
    Spec("forward", N_("Forward"), ("Alt+Right",), "arrow-right"),
    Spec("undo", N_("Undo"), ("Ctrl+Z",), "arrow-back-up"),
    Spec("redo", N_("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "arrow-forward-up"),
    Spec("lock", N_("Lock"), ("Ctrl+L",), "lock"),
    Spec("quit", N_("Quit"), ("Ctrl+Q",), "x"),
    Spec("find", N_("Find in the list"), ("Ctrl+F",), "filter", Where.LIST),
    Spec("open", N_("Open"), ("Return", "Enter"), "", Where.LIST),
    Spec("open_row", N_("Show what the row is about"), ("Alt+Return", "Alt+Enter"), "", Where.LIST),
    Spec("copy_rows", N_("Copy the chosen rows"), ("Ctrl+C",), "", Where.LIST),
    Spec("views", N_("Views of the list"), ("Ctrl+Shift+V",), "", Where.LIST),
    Spec("edit_rows", N_("Change the chosen rows"), ("Ctrl+Shift+E",), "pencil", Where.LIST),
    Spec("new_record", N_("New"), ("Insert",), "plus", Where.LIST),
    Spec("move_up", N_("Move up"), ("Alt+Up",), "", Where.LIST),
    Spec("move_down", N_("Move down"), ("Alt+Down",), "", Where.LIST),
    Spec("plan_trip", N_("Plan a trip with these"), ("Ctrl+Shift+T",), "plane", Where.LIST),
    Spec("day_before", N_("Move to the day before"), ("Alt+PgUp",), "", Where.LIST),
    Spec("day_after", N_("Move to the next day"), ("Alt+PgDown",), "", Where.LIST),
    Spec("order_by_region", N_("Order by region"), ("Ctrl+Shift+O",), "route", Where.LIST),
    Spec("delete", N_("Delete"), ("Ctrl+Delete",), "trash", Where.LIST),
    Spec("save", N_("Save"), ("Ctrl+Return", "Ctrl+Enter"), "check", Where.FORM),
    Spec("save_and_next", N_("Save and next"), ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"), "", Where.FORM),
    Spec("stop_before", N_("The stop before"), ("Alt+PgUp",), "", Where.FORM),
    Spec("stop_after", N_("The stop after"), ("Alt+PgDown",), "", Where.FORM),
    Spec("show_duplicate", N_("Show the possible duplicate"), ("F3",), "", Where.FORM),
    Spec("cancel", N_("Close, keep as draft"), ("Esc",), "x", Where.FORM),
    Spec("edit_row", N_("Edit"), ("F2",), "pencil", Where.LIST),
    Spec("print_row", N_("Papers of the chosen rows"), ("Ctrl+P",), "printer", Where.LIST),
    Spec("copy_trip", N_("Copy as a new trip"), ("Ctrl+Shift+C",), "files", Where.LIST),
    Spec("pack_trip", N_("Pack for the road"), (), "files", Where.LIST),
    Spec("step_done", N_("Done"), ("Space",), "circle-check", Where.LIST),
    Spec("step_postpone", N_("Postpone"), ("Ctrl+D",), "clock", Where.LIST),
    Spec("step_note", N_("Log a follow-up"), ("Ctrl+Shift+N",), "note", Where.LIST),
    Spec("list_before", N_("The list before"), ("Ctrl+PgUp",), "", Where.LIST),
    Spec("list_after", N_("The next list"), ("Ctrl+PgDown",), "", Where.LIST),
    Spec("stage_back", N_("Previous stage"), ("Ctrl+Shift+Left",), "arrow-left", Where.BOARD),
    Spec("stage_forward", N_("Next stage"), ("Ctrl+Shift+Right",), "arrow-right", Where.BOARD),
    Spec("print", N_("Print"), ("Ctrl+P",), "printer", Where.PAPER),
    Spec("save_pdf", N_("Save as PDF"), ("Ctrl+S",), "download", Where.PAPER),
    Spec("save_word", N_("Save for Word"), ("Ctrl+Shift+S",), "file-text", Where.PAPER),
    Spec("pages", N_("Pages beside the preview"), ("F4",), "files", Where.PAPER),
    Spec("paper_text", N_("Change the text in view"), ("F2",), "pencil", Where.PAPER),
    Spec("find_text", N_("Find in the paper"), ("Ctrl+F",), "search", Where.PAPER),
    Spec("find_next", N_("The next place found"), ("F3",), "", Where.PAPER),
    Spec("find_before", N_("The place found before"), ("Ctrl+F3",), "", Where.PAPER),
    Spec("zoom_in", N_("Zoom in"), ("Ctrl++", "Ctrl+="), "zoom-in", Where.PAPER),
    Spec("zoom_out", N_("Zoom out"), ("Ctrl+-",), "zoom-out", Where.PAPER),
    Spec("zoom_fit", N_("Fit the width"), ("Ctrl+0",), "", Where.PAPER),
    Spec("zoom_page", N_("Whole page"), ("Ctrl+9",), "", Where.PAPER),
    Spec("zoom_actual", N_("Actual size"), ("Ctrl+8",), "", Where.PAPER),
    Spec("panel_choice", N_("What can be made, beside the paper"), ("Ctrl+[",), "layout-sidebar", Where.PAPER),
    Spec("panel_side", N_("What is missing, beside the paper"), ("Ctrl+]",), "layout-sidebar-right", Where.PAPER),
    Spec("task_done", N_("Done"), ("Space",), "circle-check", Where.TODAY),
    Spec("task_postpone", N_("Postpone"), ("D",), "clock", Where.TODAY),
    Spec("task_note", N_("Log a follow-up"), ("N",), "note", Where.TODAY),
    Spec("task_next", N_("Next step"), ("T",), "calendar-event", Where.TODAY),
    Spec("task_hold", N_("Put on hold"), ("H",), "", Where.TODAY),
    Spec("task_open", N_("Open"), ("Return", "Enter"), "", Where.TODAY),
    Spec("edit", N_("Edit"), ("F2",), "pencil", Where.RECORD),
    Spec("note", N_("Log a follow-up"), ("N",), "note", Where.RECORD),
    Spec("write_visit", N_("Write up a visit"), ("V",), "map-pin", Where.RECORD),
    Spec("receive", N_("Log a reception"), ("R",), "users", Where.RECORD),
    Spec("next_step", N_("Next step"), ("T",), "clock", Where.RECORD),
    Spec("attach", N_("Attach files"), ("A",), "plus", Where.RECORD),
    Spec("unfold", N_("Show all of it"), ("Space",), "", Where.RECORD),
    Spec("record_before", N_("The enterprise before"), ("Ctrl+PgUp",), "chevron-left", Where.RECORD),
    Spec("record_after", N_("The next enterprise"), ("Ctrl+PgDown",), "chevron-right", Where.RECORD),
    Spec("history", N_("History of the record"), ("Ctrl+H",), "clock", Where.RECORD),
    Spec("delete_record", N_("Delete…"), ("Ctrl+Shift+Delete",), "trash", Where.RECORD),
    Spec("print_record", N_("Print its paper"), ("Ctrl+P",), "printer", Where.RECORD),
    Spec("save_report", N_("Save the report as a PDF"), ("Ctrl+S",), "download", Where.RECORD),
    Spec("merge_with", N_("Merge with…"), (), "", Where.RECORD),
    Spec("merge", N_("Merge…"), ("M", "Return", "Enter"), "", Where.DUPLICATES),
    Spec("tell_apart", N_("Not the same"), ("N",), "", Where.DUPLICATES),
    Spec("decide_later", N_("Later"), ("L",), "", Where.DUPLICATES),
    Spec("calendar_open", N_("Open"), ("Return", "Enter"), "", Where.CALENDAR),
    Spec("calendar_postpone", N_("Postpone"), ("D",), "clock", Where.CALENDAR),
    Spec("calendar_today", N_("Today"), ("T",), "sun", Where.CALENDAR),
    Spec("calendar_before", N_("Month or week before"), ("PgUp",), "chevron-left", Where.CALENDAR),
    Spec("calendar_after", N_("Next month or week"), ("PgDown",), "chevron-right", Where.CALENDAR),
    Spec("calendar_month", N_("Month"), ("M",), "", Where.CALENDAR),
    Spec("calendar_week", N_("Week"), ("W",), "", Where.CALENDAR),
    Spec("copy_chart", N_("Copy the chart as a picture"), ("Ctrl+C",), "files", Where.FIGURES),
    Spec("copy_chart_table", N_("Copy the chart's table"), ("Ctrl+Shift+C",), "", Where.FIGURES),
    Spec("define", N_("How this is counted"), ("I",), "help", Where.FIGURES),
    Spec("back_to_chart", N_("Back to the chart"), ("Esc",), "arrow-left", Where.FIGURES),
    Spec("attachment_before", N_("The one before"), ("PgUp",), "arrow-left", Where.ATTACHMENT),
    Spec("attachment_after", N_("The next one"), ("PgDown",), "arrow-right", Where.ATTACHMENT),
)

_BY_ID = {spec.id: spec for spec in SPECS}


def spec(action_id: str) -> Spec:
    """Return a declared action; KeyError for an undeclared one."""
    return _BY_ID[action_id]


def is_declared(action_id: str) -> bool:
    """Say whether an action is declared here."""
    return action_id in _BY_ID


def make(action_id: str, widget: QWidget, run: Callable[[], object]) -> QAction:
    """Build a declared action on ``widget`` and connect it.

    A WINDOW action is heard in the whole window of ``widget``; any other only while the focus is inside ``widget``.
    Its words and icon follow the language at the time of building and the look at all times.
    """
    declared = spec(action_id)
    action = QAction(declared.title, widget)
    action.setObjectName(action_id)
    action.setShortcuts([QKeySequence(keys) for keys in declared.keys])
    inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut if declared.where is Where.WINDOW else inside)
    tip = f"{declared.title}  {declared.shown_keys}".rstrip()
    action.setToolTip(tip)
    if declared.icon:
        theme.put_icon(action, declared.icon)
    action.triggered.connect(lambda _checked=False: run())
    widget.addAction(action)
    return action
