"""The handbook's words: what each place is for and the three or four things one does there."""

from __future__ import annotations

from dataclasses import dataclass

from crm_app.i18n import N_


@dataclass(frozen=True)
class Topic:
    """A page of the handbook; ``steps`` are one sentence each."""

    title: str
    lead: str
    steps: tuple[str, ...]


TOPICS = {
    "today": Topic(
        N_("Today"),
        N_("What is overdue, due today and due in the next seven days; beside it this week's trip and the targets."),
        (
            N_("Walk the steps with ↑ and ↓. Space ticks one off, D moves it to another day, N logs what was said."),
            N_("Days are typed in words: 明天, 下周三, 6月底, 12-02. The day they mean is always shown."),
            N_("Steps missed while the laptop was off stand on top in red."),
            N_("What was typed and not saved is a draft; Today lists them."),
        ),
    ),
    "enterprises": Topic(
        N_("Enterprises"),
        N_("Every company, association and office that was met, with everything known about it on one page."),
        (
            N_("Type initials (jwjy), any two characters, an alias, part of a phone or the credit code to find one."),
            N_("Enter opens it. F2 edits the facts, N logs a follow-up, V writes up a visit, T sets a next step."),
            N_("The tabs narrow the timeline. Enter on a long entry shows all of it, on a visit the visit."),
            N_("A new title closes the contact's post and opens another: earlier visits keep the title held then."),
            N_("A person is erased as approved from the contact's form: for good, in the backups too."),
            N_("Ctrl+PgDown goes on to all contacts; Enter shows a person's enterprise, F2 changes the person."),
            N_("Possible duplicates show while a name is typed; F3 shows the likeliest."),
            N_("Ctrl+F filters under the heads; Ctrl+Shift+V shows views, Ctrl+Shift+E changes the chosen rows."),
            N_("Ctrl+I takes in ledgers, Ctrl+E gives out; Ctrl+C copies the chosen rows, to be pasted into Excel."),
            N_("Ctrl+Shift+D looks for duplicates in the whole book; M merges, N tells apart, L leaves for later."),
        ),
    ),
    "projects": Topic(
        N_("Projects"),
        N_("From the lead to full capacity: leads, the board by stage, the table."),
        (
            N_("A lead becomes a project without typing anything again; its source proposes the channel."),
            N_("Ctrl+Shift+→ moves a card on. The dialog asks exactly for what the stage requires, nothing else."),
            N_("A red dot means that nothing moved for over 30 days."),
            N_("In the table Ctrl+Shift+V shows those stalled or signed this year; Ctrl+Shift+→ moves a project on."),
            N_("Only a formal contract counts, in the period of its own date."),
        ),
    ),
    "trips": Topic(
        N_("Trips"),
        N_("One approval and one return is one trip, with its days, people, enterprises and visits."),
        (
            N_("Ctrl+PgDown goes on to visits, follow-ups, next steps and the calendar; the right button offers more."),
            N_("Filter the enterprises and press Ctrl+Shift+T: those found go on a new trip or on one to come."),
            N_("In the schedule Alt+↑ ↓ moves a stop, Alt+PgDn to the next day; Ctrl+Shift+O orders by region."),
            N_("In the calendar ← → ↑ ↓ walk, Enter opens, D moves to another day, M and W show a month or a week."),
            N_("Among the next steps Space ticks one off, Ctrl+D moves it; those more than a week ahead are here too."),
            N_("Plan the enterprises before leaving; on site write each visit up in three sentences."),
            N_("In the evening one table shows what is missing; fill it cell by cell."),
            N_("A visit is face to face. A day in the future is a plan, not a visit."),
            N_("Drop photos and recordings on a visit's page, or paste a picture with Ctrl+V; Enter shows one."),
        ),
    ),
    "papers": Topic(
        N_("Papers"),
        N_("One-pagers, visit and trip reports, bulletins: written from the rows, previewed, printed."),
        (
            N_("A draft follows the rows. What is missing is listed beside it and leads to the row."),
            N_("A final paper is kept as it was printed; a later correction shows as a difference."),
            N_("Ctrl+P prints, Ctrl+S saves the PDF."),
        ),
    ),
    "figures": Topic(
        N_("Figures"),
        N_("Any window of days: signings, bands, shares, targets, trips. Click a figure to see its rows."),
        (
            N_("“10亿 and above” includes 10亿 and is cumulative."),
            N_("A contract whose day is known only to the month counts where the window holds the whole month."),
            N_("Without rows of last year no comparison is printed: that is not zero."),
            N_("Settings, Counting rules changes thresholds and what rates are a share of; papers print it."),
        ),
    ),
    "settings": Topic(
        N_("Settings"),
        N_("The bureau, its people, language and look, the lists, targets, counting, backup."),
        (
            N_("Retire an entry of a list instead of rewriting it: rows keep what they hold."),
            N_("Back up now makes a checked copy; keep one on another disk."),
            N_("Under Security the book gets a password. Ctrl+L then locks it; half-typed forms stay as they are."),
            N_("Everything that changes the book can be undone with Ctrl+Z, across restarts."),
        ),
    ),
}
"""Place → its page."""
