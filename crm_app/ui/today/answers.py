"""How the lines of Today are answered in place: done, another day, a follow-up, a next step, on hold, opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QMenu, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.stages import Stage
from crm_app.domain.tasks import Task
from crm_app.i18n import _, ngettext
from crm_app.services import tasks
from crm_app.services.projects import ProjectRow
from crm_app.services.tasks import Due
from crm_app.ui import actions, late, theme
from crm_app.ui.follow_ups.dialog import open_follow_up
from crm_app.ui.session import Session
from crm_app.ui.today.agenda import about as whom
from crm_app.ui.today.agenda import name
from crm_app.ui.today.postpone import READY, open_postpone, postpone

Answered = Due | ProjectRow


class Answers:
    """Acts on what ``chosen`` returns, the line under the cursor first."""

    def __init__(self, session: Session, page: QWidget, chosen: Callable[[], Sequence[Answered]]) -> None:
        self._session, self._page, self._chosen = session, page, chosen

    def runs(self) -> dict[str, Callable[[], None]]:
        """Return what each action of Today does."""
        return {
            "task_done": self.finish,
            "task_postpone": self.postpone,
            "task_note": self.note,
            "task_next": self.next_step,
            "task_hold": self.hold,
            "task_open": self.open,
        }

    def fits(self, action: str) -> bool:
        """Tell whether an action can be taken with what is chosen."""
        chosen = self._chosen()
        if action in ("task_done", "task_postpone"):
            return bool(self._steps())
        if len(chosen) != 1:
            return False
        if action == "task_hold":
            return isinstance(chosen[0], ProjectRow)
        return action != "task_next" or any(_about(chosen[0]).values())

    def _steps(self) -> list[Due]:
        return [line for line in self._chosen() if isinstance(line, Due)]

    def _one(self) -> Answered | None:
        chosen = self._chosen()
        return chosen[0] if chosen else None

    def finish(self) -> None:
        """Tick off every chosen step, all as one step that undo takes back."""
        self.tick([due.id for due in self._steps()])

    def tick(self, ids: Sequence[UUID]) -> None:
        """Tick off the steps and promises of these ids."""
        if ids:
            self._session.write(_("Tick off a next step"), lambda book, _progress: tasks.finish_tasks(book, ids))

    def postpone(self) -> None:
        """Ask for another day for every chosen step."""
        steps = self._steps()
        if steps:
            ids = [due.id for due in steps]
            what = _told(steps[0]) if len(steps) == 1 else several(len(steps))
            open_postpone(self._session, self._page, ids[0], what, more=ids[1:])

    def note(self) -> None:
        """Log what was said: a step is ticked off with it, a promise stays open, a project moves again."""
        line = self._one()
        if isinstance(line, Due):
            if isinstance(line.record, Task):
                open_follow_up(self._session, self._page.window(), done_task=line.id, about=_told(line))
            else:
                self._note_promise(line)
        elif line is not None:
            open_follow_up(self._session, self._page.window(), about=line.project.name, project_id=line.project.id)

    def _note_promise(self, line: Due) -> None:
        about = {of: one for of, one in _about(line).items() if one is not None}
        if about:
            open_follow_up(self._session, self._page.window(), about=_told(line), **about)
        else:
            self._session.say(_("It belongs to no enterprise and no project."))

    def next_step(self) -> None:
        """Set a next step for what the line is about."""
        line = self._one()
        if line is not None and any(_about(line).values()):
            late.place("projects.parts").open_next_step(self._session, self._page.window(), name(line), **_about(line))

    def hold(self) -> None:
        """Put a project on hold; the reason is asked."""
        line = self._one()
        if isinstance(line, ProjectRow):
            late.place("projects.moving").open_move(self._session, self._page, line.project.id, Stage.ON_HOLD)

    def open(self) -> None:
        """Show the project, else the enterprise."""
        line = self._one()
        if line is None:
            return
        if line.project is not None:
            self._session.go("projects", line.project.id)
        elif isinstance(line, Due) and line.enterprise is not None:
            self._session.go("enterprises", line.enterprise.id)
        else:
            self._session.say(_("It belongs to no enterprise and no project."))

    def menu(self) -> QMenu:
        """Return everything that can be done with what is chosen; days to move to stand in a menu of their own."""
        menu = QMenu(self._page)
        for action, run in self.runs().items():
            if not self.fits(action):
                continue
            if action == "task_postpone":
                self._add_days(menu, run)
                continue
            declared = actions.spec(action)
            entry = menu.addAction(f"{declared.title}\t{declared.shown_keys}", run)
            if declared.icon:
                theme.put_icon(entry, declared.icon)
        return menu

    def _add_days(self, menu: QMenu, other: Callable[[], None]) -> None:
        declared = actions.spec("task_postpone")
        to = menu.addMenu(declared.title)
        to.setIcon(theme.icon(declared.icon))
        ids = [due.id for due in self._steps()]
        for word in READY:
            day = days.parse_day(word, clock.today()).first
            shown = f"{days.relative(day, clock.today())}  {days.show_with_weekday(day)}"
            to.addAction(shown, partial(postpone, self._session, ids, day.isoformat()))
        another = _("Another day…")
        to.addAction(f"{another}\t{declared.shown_keys}", other)


def _about(line: Answered) -> dict[str, UUID | None]:
    """Return the records a line is about, the nearest first."""
    about = {"project_id": line.project.id if line.project is not None else None}
    if isinstance(line, Due):
        about["enterprise_id"] = line.record.enterprise_id
        about["lead_id"] = line.record.lead_id if isinstance(line.record, Task) else None
    return about


def _told(due: Due) -> str:
    """Return what is to be done, and for whom."""
    return " · ".join(part for part in (due.what, whom(due)) if part)


def several(count: int) -> str:
    """Return how many steps a form is about."""
    return ngettext("{n} next step", "{n} next steps", count).format(n=count)
