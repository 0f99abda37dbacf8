"""The user's own settings on this laptop: language, look, recent books, window sizes, values used last.

One JSON file in the data folder, written beside and renamed, so that a crash leaves the old one or the new one.
Keys this version does not know are kept, so that an older program does not undo a newer one's settings.
What belongs to the bureau rather than to the laptop (names, parks, counting switches) lives in the book.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crm_app import paths, platform

FILE_NAME = "settings.json"
LOOKS = ("auto", "light", "dark")
FONT_SIZES = (100, 110, 125, 150)
"""Per cent of the design's sizes."""
DENSITIES = ("comfortable", "compact")
MOTIONS = ("auto", "on", "off")
MOST_RECENT = 8
IDLE_MINUTES = (5, 10, 15, 30, 0)
"""What can be chosen; 0 is never."""
_IDLE_BY_ITSELF = 10
HOURS = tuple(f"{half // 2:02}:{half % 2 * 30:02}" for half in range(48))
"""The times of day that can be chosen for reminders."""
BACKUP_FOLDER = "backup_folder"
"""What ``last`` knows the folder of backups by."""


class Settings:
    """The settings as last read; every change is written at once, by the window's thread only.

    Shapes and values used last are written beside it: a disk may take its time, and each change of view has one.
    A file that cannot be read counts as empty and is put aside as ``settings.json.bad``: settings are never worth
    refusing to start for.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Read ``path``, by default the file in the user's data folder."""
        self._path = path or paths.data_folder() / FILE_NAME
        self._seen = self._path.with_suffix(".seen")
        self._values: dict[str, Any] = self._read()
        self._screens = ""
        self._writing, self._handing = threading.Lock(), threading.Lock()
        self._waiting = ""
        self._writer: threading.Thread | None = None

    @property
    def path(self) -> Path:
        """The file they are kept in."""
        return self._path

    def _read(self) -> dict[str, Any]:
        try:
            read = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (ValueError, RecursionError):
            read = None
        if isinstance(read, dict):
            return read
        os.replace(self._path, self._path.with_suffix(".json.bad"))
        return {}

    def _text_of_all(self) -> str:
        return json.dumps(self._values, ensure_ascii=False, indent=1, sort_keys=True)

    def _write(self) -> None:
        with self._writing:
            with self._handing:
                self._waiting = ""
            self._write_text(self._text_of_all())

    def _write_soon(self) -> None:
        with self._handing:
            self._waiting = self._text_of_all()
            if self._writer is None:
                self._writer = threading.Thread(target=self._write_waiting, name="settings")
                self._writer.start()

    def _write_waiting(self) -> None:
        while True:
            with self._writing:
                with self._handing:
                    text, self._waiting = self._waiting, ""
                    if not text:
                        self._writer = None
                        return
                self._write_text(text)

    def end(self) -> None:
        """Wait until everything is written."""
        writer = self._writer
        if writer is not None:
            writer.join()

    def _write_text(self, text: str) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_suffix(".json.new")
        beside.touch(mode=0o600)
        with beside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, self._path)

    def _put(self, key: str, value: Any) -> None:
        if self._values.get(key) != value:
            self._values[key] = value
            self._write()

    def _put_soon(self, key: str, value: Any) -> None:
        if self._values.get(key) != value:
            self._values[key] = value
            self._write_soon()

    def _text(self, key: str, known: tuple[str, ...], default: str) -> str:
        value = self._values.get(key)
        return value if value in known else default

    def _texts(self, key: str) -> dict[str, str]:
        held = self._values.get(key)
        return {k: v for k, v in held.items() if isinstance(v, str)} if isinstance(held, Mapping) else {}

    @property
    def language(self) -> str:
        """``zh_CN`` or ``en``; until one is chosen, Chinese where the system is Chinese."""
        return self._text("language", ("zh_CN", "en"), "zh_CN" if platform.speaks_chinese() else "en")

    @language.setter
    def language(self, value: str) -> None:
        self._put("language", value)

    @property
    def look(self) -> str:
        """``auto`` (as the system), ``light`` or ``dark``."""
        return self._text("look", LOOKS, "auto")

    @look.setter
    def look(self, value: str) -> None:
        self._put("look", value)

    @property
    def font_size(self) -> int:
        """Per cent of the usual size, one of ``FONT_SIZES``."""
        value = self._values.get("font_size")
        return value if isinstance(value, int) and value in FONT_SIZES else FONT_SIZES[0]

    @font_size.setter
    def font_size(self, value: int) -> None:
        self._put("font_size", value)

    @property
    def density(self) -> str:
        """``comfortable``, or ``compact``: more rows, less air."""
        return self._text("density", DENSITIES, "comfortable")

    @density.setter
    def density(self, value: str) -> None:
        self._put("density", value)

    @property
    def motion(self) -> str:
        """Whether things may move: ``auto`` (as the system), ``on`` or ``off``."""
        return self._text("motion", MOTIONS, "auto")

    @motion.setter
    def motion(self, value: str) -> None:
        self._put("motion", value)

    @property
    def idle_minutes(self) -> int:
        """Minutes without a key or the mouse after which a book with a password is locked; 0: never."""
        value = self._values.get("idle_minutes")
        return value if isinstance(value, int) and value in IDLE_MINUTES else _IDLE_BY_ITSELF

    @idle_minutes.setter
    def idle_minutes(self, value: int) -> None:
        self._put("idle_minutes", value)

    @property
    def reminders_on(self) -> bool:
        """Whether the program reminds of next steps by a note of the system; they stand in Today either way."""
        return self._values.get("reminders_on") is not False

    @reminders_on.setter
    def reminders_on(self, value: bool) -> None:
        self._put("reminders_on", value)

    @property
    def day_begins(self) -> str:
        """When the working day begins, one of ``HOURS``: steps with only a day are reminded of then."""
        return self._text("day_begins", HOURS, "09:00")

    @day_begins.setter
    def day_begins(self, value: str) -> None:
        self._put("day_begins", value)

    @property
    def quiet_hours(self) -> tuple[str, str]:
        """When the hours begin and end in which nothing is said, each of ``HOURS``; none where they are equal."""
        return self._text("quiet_from", HOURS, "21:00"), self._text("quiet_to", HOURS, "08:00")

    @quiet_hours.setter
    def quiet_hours(self, value: tuple[str, str]) -> None:
        self._put("quiet_from", value[0])
        self._put("quiet_to", value[1])

    def reminded(self, book: Path) -> dict[str, str]:
        """Return the ids of a book's steps that were reminded of, each with the day it was due then."""
        held = self._values.get("reminded")
        one = held.get(str(book)) if isinstance(held, Mapping) else None
        return {k: v for k, v in one.items() if isinstance(v, str)} if isinstance(one, Mapping) else {}

    def set_reminded(self, book: Path, steps: Mapping[str, str]) -> None:
        """Remember of which steps of a book was reminded; books no longer among the recent ones are forgotten."""
        held = self._values.get("reminded")
        known = {str(one) for one in self.recent_books}
        others = {k: v for k, v in held.items() if k in known} if isinstance(held, Mapping) else {}
        self._put("reminded", others | {str(book): dict(steps)})

    @property
    def seen_ms(self) -> int | None:
        """The last instant at which the program was seen running; None where it never was."""
        try:
            return int(self._seen.read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return None

    def note_seen(self, now_ms: int) -> None:
        """Note that the program runs, in a file of its own: it changes every minute, and losing it costs nothing."""
        self._seen.parent.mkdir(parents=True, exist_ok=True)
        self._seen.write_text(str(now_ms), encoding="ascii")

    @property
    def version(self) -> str:
        """The version of the program that ran last; empty at the first start."""
        held = self._values.get("version")
        return held if isinstance(held, str) else ""

    @version.setter
    def version(self, value: str) -> None:
        self._put("version", value)

    @property
    def recent_books(self) -> tuple[Path, ...]:
        """Books opened before, the latest first."""
        held = self._values.get("recent_books")
        return tuple(Path(one) for one in held if isinstance(one, str)) if isinstance(held, list) else ()

    def add_recent_book(self, path: Path) -> None:
        """Put a book first among the recent ones."""
        others = [str(one) for one in self.recent_books if one != path]
        self._put("recent_books", [str(path), *others][:MOST_RECENT])

    def use_screens(self, arrangement: str) -> None:
        """Remember shapes for this arrangement of screens from now on: a desk's are not those of the road."""
        self._screens = arrangement

    def forget_recent_book(self, path: Path) -> None:
        """Take a book from the recent ones: the next start shall not open it by itself."""
        self._put("recent_books", [str(one) for one in self.recent_books if one != path])

    def geometry(self, name: str) -> str:
        """Return the saved shape of a window, table head or splitter as text; empty where none was saved.

        With screens that are new here it is the shape that was saved last with any.
        """
        kept = self._texts("geometry")
        return kept.get(f"{name} {self._screens}", kept.get(name, ""))

    def set_geometry(self, name: str, text: str) -> None:
        """Save the shape of a window, table head or splitter."""
        here = {f"{name} {self._screens}": text} if self._screens else {}
        self._put_soon("geometry", self._texts("geometry") | here | {name: text})

    def last(self, name: str) -> str:
        """Return the value used last for something (a folder, a view), to offer it again; never words of a book."""
        return self._texts("last").get(name, "")

    def set_last(self, name: str, value: str) -> None:
        """Remember a value to offer next time."""
        self._put_soon("last", self._texts("last") | {name: value})
