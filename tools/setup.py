"""Set up a checkout: an environment from a hashed lock, and the system libraries that Qt loads.

Runs under the system's own Python before anything is installed, so it uses the standard library alone. A stamp in the
environment holds the digest of what it was built from; while that fits, nothing is done. ``--programs`` installs what
the tests call, ``--lock`` renews the locks.
"""

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
UV = TOOLS / "bin" / "uv"
STAMP = ".set-up"
UV_LOCK = ROOT / "tools" / "uv-requirements.lock"

# What PySide6's wheels load from the system, and the Debian and Ubuntu package of each.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}

# What the tests call on Linux, each the name of its package too: a save is traced down to the disk.
PROGRAMS = ("strace",)


class Stop(Exception):
    """Set-up cannot go on; the sentence says what the user can do."""


def run(*command: object, env: "dict[str, str] | None" = None, quiet: bool = False) -> None:
    """Run a command to its end; its own words say what went wrong, those on stderr alone where it is ``quiet``.

    Raises Stop when it fails.
    """
    words = [str(word) for word in command]
    output = subprocess.DEVNULL if quiet else None
    settings = {**os.environ, **(env or {})}
    if subprocess.run(words, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, env=settings).returncode:
        raise Stop("This step did not succeed: {}".format(" ".join(words)))


def missing_libraries() -> "list[str]":
    """Return the packages whose library the loader does not find."""
    missing = []
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def install(packages: "list[str]", what_for: str) -> None:
    """Install system packages where that takes no password.

    Raises Stop with the one line to run where it does.
    """
    if not packages or not sys.platform.startswith("linux"):
        return
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        raise Stop(f"{what_for} what is not on this system. Install what Debian calls {names}, then make again.")
    become_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if become_root and (
        not shutil.which("sudo") or subprocess.run(["sudo", "-n", "true"], stderr=subprocess.DEVNULL).returncode
    ):
        raise Stop(f"{what_for} system packages. Run this line, then make again:\n  sudo apt-get install -y {names}")
    print(f"{what_for} system packages; installing {names}", flush=True)
    apt_get = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    run(*apt_get, "update", quiet=True)
    run(*apt_get, "install", "-y", "--no-install-recommends", *packages, quiet=True)


def uv_environment() -> "dict[str, str]":
    """Return uv's settings: the system's certificates and Python, and the package index that pip is set to use."""
    settings = {"UV_SYSTEM_CERTS": "1", "UV_PYTHON_DOWNLOADS": "never", "UV_COMPILE_BYTECODE": "1"}
    if "UV_DEFAULT_INDEX" not in os.environ and importlib.util.find_spec("pip"):
        asked = subprocess.run(
            [sys.executable, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True
        )
        index = os.environ.get("PIP_INDEX_URL") or asked.stdout.strip()
        if index:
            settings["UV_DEFAULT_INDEX"] = index
    return settings


def install_uv() -> None:
    """Put the pinned uv into .tools, by pip, or by the pip of a seed environment where Python has none.

    Raises Stop where there is neither pip nor venv.
    """
    stamp = TOOLS / "uv-requirements.lock"
    if UV.exists() and stamp.exists() and stamp.read_bytes() == UV_LOCK.read_bytes():
        return
    python = sys.executable
    if not importlib.util.find_spec("pip"):
        if not importlib.util.find_spec("ensurepip"):
            raise Stop(
                "Python has neither pip nor venv. Run this, then make again:\n  sudo apt-get install -y python3-venv"
            )
        run(python, "-m", "venv", TOOLS / "seed")
        python = str(TOOLS / "seed" / "bin" / "python")
    run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-warn-script-location",
        "--root-user-action=ignore", "--upgrade", "--require-hashes", "--target", TOOLS, "-r", UV_LOCK)  # fmt: skip
    shutil.copyfile(UV_LOCK, stamp)


def sync(environment: Path, lock: Path) -> None:
    """Make the environment hold exactly what the lock lists."""
    install_uv()
    settings = uv_environment()
    python = environment / "bin" / "python"
    if not python.exists():
        run(UV, "venv", "-q", "--clear", "--python", sys.executable, environment, env=settings)
    print(f"Installing what {lock.name} lists into {environment.name}", flush=True)
    run(UV, "pip", "sync", "-q", "--require-hashes", "--python", python, lock, env=settings)


def digest(lock: Path) -> str:
    """Return what an environment's stamp says when it was built from this lock by this file and this Python."""
    return hashlib.sha256(lock.read_bytes() + Path(__file__).read_bytes() + sys.version.encode()).hexdigest()


def set_up(environment: Path, lock: Path) -> None:
    """Bring environment and system libraries to what the lock and this file say, unless they are there already."""
    stamp = environment / STAMP
    if (environment / "bin" / "python").exists() and stamp.exists() and stamp.read_text() == digest(lock):
        return
    install(missing_libraries(), "Qt needs")
    sync(environment, lock)
    stamp.write_text(digest(lock))


def renew_locks() -> None:
    """Pin anew: the newest versions, the oldest that pyproject.toml admits, and uv itself."""
    compile_ = [UV, "pip", "compile", "-q", "--upgrade", "--generate-hashes", "--no-emit-index-url",
                "--python-version", "3.11", "--custom-compile-command", "make lock"]  # fmt: skip
    settings = uv_environment()
    run(*compile_, "--universal", "pyproject.toml", "--group", "dev", "-o", "requirements.lock", env=settings)
    run(*compile_, "pyproject.toml", "--group", "test", "--resolution", "lowest-direct",
        "-o", "requirements-floor.lock", env=settings)  # fmt: skip
    run(*compile_, "--universal", "tools/uv.in", "-o", "tools/uv-requirements.lock", env=settings)


def main() -> int:
    """Do what the arguments ask: ``ENVIRONMENT LOCK``, ``--programs`` or ``--lock``."""
    if sys.version_info < (3, 11):  # noqa: UP036 -- this file is what an older Python gets to read
        print("Python 3.11 or newer is needed, and this is {}.{}.".format(*sys.version_info[:2]), end=" ")
        print("Install a newer one, then: make PYTHON=python3.12 (or as it is named)")
        return 1
    try:
        if sys.argv[1:] == ["--lock"]:
            renew_locks()
        elif sys.argv[1:] == ["--programs"]:
            install([program for program in PROGRAMS if not shutil.which(program)], "The tests need")
        else:
            set_up(ROOT / sys.argv[1], ROOT / sys.argv[2])
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
