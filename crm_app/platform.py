"""What differs between operating systems; the only module that imports what one of them lacks."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import locale
import os
import re
import signal
import sys
from collections.abc import Collection, Mapping
from ctypes import wintypes
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl
    import resource

if TYPE_CHECKING:
    import subprocess

_LOCKED_BYTE = 1 << 30
"""Windows locks bytes, and a locked byte cannot be read: one far behind the text is taken."""

_PR_SET_DUMPABLE = 4
"""linux/prctl.h."""


def try_lock(file: TextIOWrapper) -> bool:
    """Take an exclusive lock on an open file without waiting; say whether it was free.

    The system lets go of it when the file is closed or the process dies.
    """
    try:
        if sys.platform == "win32":
            file.seek(_LOCKED_BYTE)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, so that a rename outlives a power cut.

    Windows cannot open a folder to sync it; NTFS keeps a journal of its names.
    """
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some file systems of sticks and virtual machines know no sync of a folder; the rename itself was done.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise
    finally:
        os.close(descriptor)


def leave_no_core() -> None:
    """Let no crash write this program's memory, where keys and names are, to the disk.

    On Linux no other program of the same user may read its memory either. Where a system has no such switch, its own
    settings decide.
    """
    if sys.platform == "win32":
        # SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX: no dialog that offers to send a dump.
        ctypes.WinDLL("kernel32").SetErrorMode(0x0001 | 0x0002)
        # WER_FAULT_REPORTING_FLAG_NOHEAP: a report that is queued all the same holds no heap.
        ctypes.WinDLL("wer").WerSetFlags(0x0001)
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # A limit of 0 does not stop a core that is piped to a program (systemd-coredump); this does.
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


_WIDE = 1 << 20
"""Bytes; what Linux lets any user ask for (/proc/sys/fs/pipe-max-size)."""


def widen(pipe: IO[bytes]) -> None:
    """Let much lie in a pipe where the system can: who writes and who reads stop for one another less often."""
    if sys.platform == "linux":
        # A user with very many wide pipes is refused; a narrow one serves too.
        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _WIDE)


def give_back_memory() -> None:
    """Hand freed memory back to the system where the library keeps much of it for itself (glibc)."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


_POWER, _SUSPENDS = 0x0218, 4
"""WM_POWERBROADCAST, PBT_APMSUSPEND (winuser.h)."""
_SESSION, _LOCKS = 0x02B1, 7
"""WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK (winuser.h)."""


def says_sleep_or_lock(message: int) -> bool:
    """Say whether the MSG of Windows at an address tells that the laptop sleeps or its screen is locked."""
    told = wintypes.MSG.from_address(message)
    return (told.message, told.wParam) in ((_POWER, _SUSPENDS), (_SESSION, _LOCKS))


def tell_of_screen_lock(window: int) -> None:
    """Have Windows tell a window when the screen is locked; sleep it tells unasked. Elsewhere nothing is done."""
    if sys.platform == "win32":
        this_session = 0
        ctypes.WinDLL("wtsapi32").WTSRegisterSessionNotification(wintypes.HWND(window), this_session)


MOUNTS = Path("/proc/self/mountinfo")
"""Where Linux lists what is mounted (proc_pid_mountinfo(5))."""
_NETWORK = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb2",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "coda",
        "ncpfs",
        "davfs",
        "ceph",
        "glusterfs",
        "lustre",
        "beegfs",
        "ocfs2",
        "gfs2",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.glusterfs",
        "fuse.davfs2",
        "fuse.davfs",
        "fuse.gvfsd-fuse",
        "fuse.ceph",
    ]
)
_DRIVE_REMOTE = 4
"""GetDriveTypeW, fileapi.h."""


def is_on_network(path: Path) -> bool:
    """Say whether a file or folder lies on another machine, where locks and syncs cannot be trusted.

    Where the system does not tell (macOS), False.
    """
    if sys.platform == "win32":
        return _is_remote_drive(path)
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return file_system(mounts, path.resolve()) in _NETWORK


def file_system(mounts: str, path: Path) -> str:
    """Return the kind of file system a path lies on, by the lines of ``mountinfo``; empty where none holds it."""
    found, depth = "", -1
    for line in mounts.splitlines():
        fields, _dash, kind = line.partition(" - ")
        place = Path(_unescaped(fields.split(" ")[4]))
        # A later mount hides an earlier one on the same place.
        if path.is_relative_to(place) and len(place.parts) >= depth:
            found, depth = kind.split(" ")[0], len(place.parts)
    return found


def _unescaped(place: str) -> str:
    """Return a place with its blanks, which the list writes as octal numbers."""
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), place)


def has_display() -> bool:
    """Say whether a window could be shown: Windows and macOS always, elsewhere where a display server is named."""
    if sys.platform in ("win32", "darwin"):
        return True
    if os.environ.get("QT_QPA_PLATFORM", "") in ("offscreen", "minimal", "vnc"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def input_method(environment: Mapping[str, str], plugins: Collection[str]) -> dict[str, str]:
    """Return what has to be set before Qt starts on Linux, so that Chinese can be typed; empty where nothing has.

    ``plugins``: the input methods that Qt has plug-ins for, such as ``ibus``. Qt's wheels bring none for fcitx, and say
    nothing where a plug-in is missing: keys then go in as Latin letters. fcitx5 answers the protocol of ibus too.
    Where the desktop names its input method only by ``XMODIFIERS``, Qt on X11 would not ask for one at all. On Wayland
    without a name the compositor hands the text over by itself.
    """
    asked = [one for one in environment.get("QT_IM_MODULES", "").split(";") if one]
    one = environment.get("QT_IM_MODULE", "")
    if "ibus" not in plugins or any(_brings(name, plugins) for name in asked):
        return {}
    if asked:
        return {"QT_IM_MODULES": ";".join([*asked, "ibus"])}
    if one:
        return {"QT_IM_MODULE": "ibus"} if one.startswith("fcitx") and not _brings(one, plugins) else {}
    by_window_system = environment.get("XMODIFIERS", "").removeprefix("@im=")
    on_wayland = bool(environment.get("WAYLAND_DISPLAY")) and environment.get("QT_QPA_PLATFORM", "wayland") != "xcb"
    if by_window_system.startswith(("fcitx", "ibus")) and not on_wayland:
        return {"QT_IM_MODULE": "fcitx" if by_window_system.startswith("fcitx") and "fcitx" in plugins else "ibus"}
    return {}


def _brings(name: str, plugins: Collection[str]) -> bool:
    # The plug-in of fcitx 5 answers to both names.
    return name in plugins or (name.startswith("fcitx") and any(one.startswith("fcitx") for one in plugins))


def speaks_chinese() -> bool:
    """Say whether the system's own language is Chinese."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(variable):
            return os.environ[variable].lower().startswith("zh")
    name = locale.getlocale()[0] or ""
    return name.lower().startswith(("zh", "chinese"))


def confine(most: int) -> None:
    """Let this process have no more than ``most`` bytes of memory from now on, leave no core, and write into no file.

    Raises OSError where the system refuses: a child that cannot be limited must not read untrusted files.
    """
    if sys.platform == "win32":
        _limit_by_job(most)
    else:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def end(child: subprocess.Popen[bytes]) -> None:
    """Kill a process that was started with a session of its own, and whatever it started there; it is to be reaped yet.

    Left alive, what it started would keep its pipes open, and whoever reads them waiting.
    """
    if sys.platform == "win32":
        child.kill()
    else:
        # macOS refuses for a group of which only the dead are left.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)


if sys.platform == "win32":

    class _BasicLimits(ctypes.Structure):
        """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

        _fields_ = [
            ("process_time", wintypes.LARGE_INTEGER),
            ("job_time", wintypes.LARGE_INTEGER),
            ("flags", wintypes.DWORD),
            ("smallest_set", ctypes.c_size_t),
            ("largest_set", ctypes.c_size_t),
            ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        ]

    class _ExtendedLimits(ctypes.Structure):
        """JOBOBJECT_EXTENDED_LIMIT_INFORMATION; the six counters between are of no interest here."""

        _fields_ = [
            ("basic", _BasicLimits),
            ("counters", ctypes.c_ulonglong * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process", ctypes.c_size_t),
            ("peak_job", ctypes.c_size_t),
        ]

    def _limit_by_job(most: int) -> None:
        """Put this process into a job object of its own that limits its memory (JOB_OBJECT_LIMIT_PROCESS_MEMORY)."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        limits = _ExtendedLimits()
        limits.basic.flags = 0x100
        limits.process_memory = most
        extended_limit_information = 9
        done = kernel.SetInformationJobObject(
            job, extended_limit_information, ctypes.byref(limits), ctypes.sizeof(limits)
        ) and kernel.AssignProcessToJobObject(job, wintypes.HANDLE(kernel.GetCurrentProcess()))
        if not done:
            raise ctypes.WinError(ctypes.get_last_error())


if sys.platform == "win32":

    def _is_remote_drive(path: Path) -> bool:
        """Say whether a path is a share (UNC) or on a drive that stands for one."""
        anchor = path.absolute().anchor
        return anchor.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(anchor) == _DRIVE_REMOTE
