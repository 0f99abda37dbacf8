"""The window: the only Qt in the program.

How to build a place (``crm_app/ui/<place>/``, imported when it is first shown, so it may import services at the top):

1.  ``__init__.py`` offers ``make_page(session) -> Page``. The page subclasses ``ui.page.Page``; its constructor builds
    widgets and asks for rows, and never waits.
2.  ``show_location(location)``: show ``location.record`` or ``location.view``; ``refresh(changes)``: read again where
    ``changes.touches("lead", …)``; ``focus_first()``; emit ``count_changed("312 家")`` for the status line.
3.  Read: ``session.read(lambda book: leads.list_leads(book), self._show, owner=self)``. As one types, or for previews:
    ``self._latest = session.latest()`` once, then ``self._latest.read(work, done)``; stale answers are dropped.
4.  Write: ``session.write(label, lambda book, progress: leads.log_lead(book, asked), done, failed, owner=self)``. The
    use case returns an Outcome; the session broadcasts its Changes, shows the toast with Undo, calls ``done(value)``.
    ``failed(error)`` gets a CrmError: ``form.show_error(error)``. Without it the sentence goes to the bar.
5.  Go: ``session.go("enterprises", record_id)``, ``session.log_wanted.emit(enterprise_id)``, ``session.say("…")``.
    Nobody touches the main window.
6.  A list of records is ``widgets.data_list.DataList(session, Query(name), empty, parent)``: filters, columns, groups.
    What is read whole is ``widgets.lists.RecordList(session, name, columns, fetch_for, sort, empty)``;
    ``fetch_for(query)`` returns ``fetch(sort, after, limit) -> Block(rows, after)``, run beside the window; columns
    give Cells (badge, amount, day).
7.  A form is ``widgets.form.Form(session, Record.fields or some, columns=2)``: ``values()`` raises BadInput after
    marking what is wrong; ``submitted`` is Ctrl+Enter; ``keep_draft("visit:" + id)`` keeps what is typed, ``discard()``
    on its answer forgets it once saved.
8.  Typing happens in ``TextField``, ``TextArea`` or ``SuggestField``, which respect input methods; no Qt.Popup.
9.  Every shortcut is a Spec in ``actions.py``; ``actions.make(id, widget, run)`` builds it. Say ``where`` it is heard.
10. Looks: ``setProperty("role", …)`` with title, heading, muted, error, echo; primary, quiet, link; card;
    ``theme.XS/S/M/L/XL`` for spacing, ``theme.px(n)`` for a width; ``theme.put_icon``; painters ask ``theme.colours()``
    and sizes each time, and use ``theme.fill_row`` and ``paint_ring``. No sheet, colour, font or pixel of your own.
    A row of buttons that may lack room is given to ``widgets.folding.Folding``.
11. An empty list is an ``EmptyState`` that names the next step and its keys (``action``); what is read slowly is
    announced by ``widgets.skeleton.Skeleton``, never by an empty page.
    Dialogs: at most 560×420, ``open()``, never ``exec()``.
12. The language switch builds pages anew: translate in constructors, never in module constants (``N_`` there).
13. Tests: ``tests/ui/conftest.py`` gives ``session``, ``hook``, ``drafts``; ``tests.ui.kit.enter`` types Chinese; wait
    with ``qtbot.waitUntil``/``waitSignal`` (QTest.qWait holds the interpreter and starves the background threads).
"""
