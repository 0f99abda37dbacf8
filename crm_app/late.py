"""Libraries whose import is put off for start-up's sake; each function imports on first call and answers the module.

The program's own parts that load late are named in the layer that needs them: by app.py (which face of it runs),
cli/commands.py (the command that is asked for) and a late.py of cli, ui, files and briefs. Everything else imports at
the top.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


def logging_handlers() -> ModuleType:
    """Return ``logging.handlers`` (10 ms): only a bug is logged."""
    return import_module("logging.handlers")


def alembic() -> ModuleType:
    """Return ``alembic`` with its commands and configuration (357 ms): only a new or an older book needs it."""
    import_module("alembic.command")
    import_module("alembic.config")
    return import_module("alembic")


def pypinyin() -> ModuleType:
    """Return ``pypinyin`` (219 ms): only a name with a character that GBK lacks needs it."""
    return import_module("pypinyin")


def phonenumbers() -> ModuleType:
    """Return ``phonenumbers``: only a typed phone needs it."""
    return import_module("phonenumbers")


def stdnum_uscc() -> ModuleType:
    """Return ``stdnum.cn.uscc`` (53 ms): only a typed credit code needs it."""
    return import_module("stdnum.cn.uscc")


def charset_normalizer() -> ModuleType:
    """Return ``charset_normalizer``: only a text that is neither UTF-8 nor GB18030 needs it."""
    return import_module("charset_normalizer")


def rapidfuzz_osa() -> ModuleType:
    """Return ``rapidfuzz.distance.OSA`` (26 ms): only names that are no duplicate at first sight are measured."""
    module: ModuleType = import_module("rapidfuzz.distance").OSA
    return module


def rapidfuzz_process() -> ModuleType:
    """Return ``rapidfuzz.process``: only a scan of the whole book compares names in blocks."""
    return import_module("rapidfuzz.process")


def rapidocr() -> ModuleType:
    """Return ``rapidocr`` (1.3 s), an optional extra: only the reader child that was asked for a card needs it."""
    return import_module("rapidocr")


def numpy() -> ModuleType:
    """Return ``numpy``, which comes with ``rapidocr``."""
    return import_module("numpy")


def segno() -> ModuleType:
    """Return ``segno``: only a paper with a QR code needs it."""
    return import_module("segno")
