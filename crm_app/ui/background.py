"""Three doors to slow work, so that the window never waits: ``write``, ``read``, and ``keep`` for what is being typed.

``write`` is one thread, in order; ``read`` a small pool; ``keep`` a thread that waits for no paper.
Answers come back on the window's thread. Expected errors reach ``failed`` as a sentence, or ``trouble`` where nobody
takes them; anything else is a bug and goes to the crash hook, ``failed`` then getting a :class:`crash.Bug`.
Never touch a widget inside ``work``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from crm_app.errors import Cancelled, CrmError, Locked
from crm_app.i18n import _
from crm_app.progress import Report
from crm_app.ui.crash import Bug, CrashHook

T = TypeVar("T")
_READERS = 2
_BETWEEN_REPORTS = 0.05
"""Seconds: more reports than 20 a second would only load the window."""

_BITS = 31


class Progress:
    """Handed to ``work``; services take ``progress.report`` as a plain callable."""

    def __init__(self, say: Report) -> None:
        self._say = say
        self._stop = Event()
        self._last = 0.0

    @property
    def cancelled(self) -> bool:
        """Whether the user asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop; it does at its next report."""
        self._stop.set()

    def report(self, done: int, total: int = 0, text: str = "") -> None:
        """Say how far the work is (``total`` 0: unknown); raise Cancelled where the user asked to stop."""
        if self.cancelled:
            raise Cancelled(_("Stopped; nothing was changed."))
        now = time.monotonic()
        if now - self._last >= _BETWEEN_REPORTS or done == total:
            self._last = now
            # Bytes of a large book are more than the whole numbers of a signal and of a bar.
            beyond = max(0, total.bit_length() - _BITS)
            self._say(done >> beyond, total >> beyond, text)


@dataclass(eq=False)
class Job:
    """One piece of work under way. ``owner``: when that QObject is gone, its answer is dropped.

    ``writes``: it changes something, on the writer's thread or, where ``keeps``, on the one for what is being typed.
    ``aside``: a hold does not concern it.
    """

    label: str
    work: Callable[[Progress], Any]
    done: Callable[[Any], object] | None
    failed: Callable[[CrmError], object] | None
    owner: QObject | None
    writes: bool = False
    aside: bool = False
    keeps: bool = False
    progress: Progress = field(init=False)

    def cancel(self) -> None:
        """Ask it to stop, or drop it where it has not begun."""
        self.progress.cancel()


class Background(QObject):
    """The three doors. ``write_started``/``progressed``/``write_ended`` feed the panel in the status line."""

    write_started = Signal(object)
    progressed = Signal(object, int, int, str)
    write_ended = Signal(object)
    idle = Signal()
    trouble = Signal(str)
    _answered = Signal(object, object, object)

    def __init__(self, crash_hook: CrashHook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._crash = crash_hook
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._keeper = ThreadPoolExecutor(1, thread_name_prefix="keeper")
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="reader")
        self._writes: list[Job] = []
        self._unanswered: set[Job] = set()
        self._held = False
        self._waiting: list[Job] = []
        self._unheard: list[tuple[Job, object, BaseException | None]] = []
        self._finished = False
        self._answered.connect(self._deliver)

    def write(
        self,
        label: str,
        work: Callable[[Progress], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[CrmError], object] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Job:
        """Queue work that changes something, or that must not run beside such (papers, imports).

        ``label`` is shown beside the progress; an empty one shows nothing. Called on the window's thread.
        """
        job = self._job(label, work, done, failed, owner)
        job.writes = True
        self._begin(job)
        return job

    def keep(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[CrmError], object],
        *,
        owner: QObject | None = None,
    ) -> Job:
        """Keep what is being typed, in order, beside a long write: a paper or a backup must not make it wait."""
        job = self._job("", lambda _progress: work(), done, failed, owner)
        job.writes = job.keeps = True
        self._begin(job)
        return job

    def aside(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[CrmError], object] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Job:
        """Run work after every write that is queued, though everything else is held: locking and unlocking."""

        def last(_progress: Progress) -> T:
            # What was typed before is kept first: a locked book keeps nothing.
            self._keeper.submit(int).result()
            return work()

        job = self._job("", last, done, failed, owner)
        job.writes = job.aside = True
        self._begin(job)
        return job

    def read(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[CrmError], object] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Job:
        """Run a short read beside everything else."""
        job = self._job("", lambda _progress: work(), done, failed, owner)
        self._begin(job)
        return job

    def hold(self) -> None:
        """Begin nothing and hand no answer over until :meth:`resume`: the window shows nothing and the book is locked.

        What is queued already is still done.
        """
        self._held = True

    def resume(self) -> None:
        """Hand over what was answered meanwhile, and begin what was asked; reads the lock cut off are read again."""
        self._held = False
        unheard, self._unheard = self._unheard, []
        waiting, self._waiting = self._waiting, []
        for job, answer, error in unheard:
            if isinstance(error, Locked) and not job.writes:
                self._begin(job)
            else:
                self._unanswered.add(job)
                self._answered.emit(job, answer, error)
        for job in waiting:
            self._begin(job)

    def _begin(self, job: Job) -> None:
        if self._held and not job.aside:
            self._waiting.append(job)
            return
        if self._finished and not job.writes:
            # A timer of a page may come due while the window goes: there is nobody left to read, or to be answered.
            return
        self._unanswered.add(job)
        if job.writes:
            self._writes.append(job)
            (self._keeper if job.keeps else self._writer).submit(self._run, job)
            if job.label:
                self.write_started.emit(job)
        else:
            self._readers.submit(self._run, job)

    @property
    def busy(self) -> bool:
        """Whether anything that was asked, a read too, waits for its answer."""
        return bool(self._unanswered)

    @property
    def writing(self) -> bool:
        """Whether a write is queued or under way."""
        return bool(self._writes)

    def finish(self) -> None:
        """Wait for what is being written and end the threads; no write may follow, and reads are dropped."""
        self._finished = True
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._unanswered.clear()
        self._writer.shutdown(wait=True)
        self._keeper.shutdown(wait=True)

    def _job(
        self,
        label: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], object] | None,
        failed: Callable[[CrmError], object] | None,
        owner: QObject | None,
    ) -> Job:
        receiver = getattr(done, "__self__", None)
        owner = owner or (receiver if isinstance(receiver, QObject) else None)
        job = Job(label, work, done, failed, owner)
        job.progress = Progress(lambda n, total, text: self.progressed.emit(job, n, total, text))
        return job

    def _run(self, job: Job) -> None:
        """Do the work on its thread and send the answer, whatever it is, back to the window's."""
        answer: object = None
        error: BaseException | None = None
        try:
            if job.progress.cancelled:
                raise Cancelled(_("Stopped; nothing was changed."))
            answer = job.work(job.progress)
        except BaseException as raised:  # noqa: BLE001 -- sorted into expected and bug where the user can be told
            error = raised
        if shiboken6.isValid(self):
            self._answered.emit(job, answer, error)

    def _deliver(self, job: Job, answer: object, error: BaseException | None) -> None:
        if self._finished:
            # An answer may lead to the next read, and there is nobody left to read.
            return
        if job in self._writes:
            self._writes.remove(job)
            if job.label:
                self.write_ended.emit(job)
        try:
            if self._held and not job.aside:
                self._unheard.append((job, answer, error))
            else:
                self._hand_over(job, answer, error)
        finally:
            self._unanswered.discard(job)
            if not self._writes:
                self.idle.emit()

    def _hand_over(self, job: Job, answer: object, error: BaseException | None) -> None:
        gone = job.owner is not None and not shiboken6.isValid(job.owner)
        expected = error if isinstance(error, CrmError) else None
        if error is not None and expected is None:
            self._crash.report(error)
            expected = Bug()
        if expected is None:
            if job.done is not None and not gone:
                job.done(answer)
        elif job.failed is not None and not gone:
            job.failed(expected)
        elif not isinstance(expected, (Cancelled, Bug)):
            self.trouble.emit(str(expected))


class Latest:
    """Reads of which only the newest answer counts: search as you type, a preview, a page of a list."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._newest: Job | None = None

    def read(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[CrmError], object] | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Read; answers of earlier calls are dropped, and those not begun are never run."""
        self.drop()
        receiver = getattr(done, "__self__", None)
        owner = owner or (receiver if isinstance(receiver, QObject) else None)

        def only_newest(answer: T) -> None:
            if job is self._newest:
                done(answer)

        def failed_newest(error: CrmError) -> None:
            if job is not self._newest or isinstance(error, Cancelled):
                return
            if failed is not None:
                failed(error)
            elif not isinstance(error, Bug):
                self._background.trouble.emit(str(error))

        job = self._background.read(work, only_newest, failed_newest, owner=owner)
        self._newest = job

    def drop(self) -> None:
        """Forget what is under way."""
        if self._newest is not None:
            self._newest.cancel()
            self._newest = None
