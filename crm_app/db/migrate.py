"""Bringing a book to this program's schema: Alembic, in one transaction, triggers dropped and made again.

With foreign keys on, Alembic's batch mode silently loses child rows and triggers: they are off here, set before BEGIN.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.engine import Connection

from crm_app import late
from crm_app.db import faults, search_index, triggers
from crm_app.db.engine import APPLICATION_ID
from crm_app.db.reader import Borrowed
from crm_app.errors import Refused
from crm_app.i18n import _
from crm_app.progress import Report

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011")
"""Every revision this program knows, oldest first; written here so that opening a book need not load Alembic."""

HEAD = REVISIONS[-1]


def revision_of(connection: Connection) -> str | None:
    """Return the revision of a book; None for a file with no tables; raise Refused for what is no book."""
    names = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master")}
    if not names:
        return None
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if application != APPLICATION_ID or "alembic_version" not in names:
        raise Refused(_("This file is not a book of this program. Choose a .crm file."))
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def refuse_newer(revision: str | None) -> None:
    """Raise Refused for a book a newer program wrote."""
    if revision is not None and revision not in REVISIONS:
        raise Refused(
            _("This book was written by a newer version of the program. Update the program on this laptop first.")
        )


def migrate(engine: Engine, report: Report | None = None) -> None:
    """Bring the book to ``HEAD`` in one transaction; a half-done migration leaves nothing.

    ``report`` hears how far the search index is made anew, and may raise Cancelled.
    """
    alembic = late.alembic()
    config = alembic.config.Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect() as connection:
        # No effect inside a transaction, therefore before SQLAlchemy's BEGIN.
        raw = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
        try:
            with connection.begin():
                triggers.drop_all(connection)
                config.attributes["connection"] = connection
                before = revision_of(connection)
                alembic.command.upgrade(config, HEAD)
                if before != HEAD:
                    search_index.rebuild(Borrowed(connection), report)
                triggers.regenerate(connection)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                    raise Refused(_("The book could not be brought up to date: rows refer to rows that are missing."))
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                faults.before_commit("migration")
            faults.after_commit("migration")
        finally:
            raw.execute("PRAGMA foreign_keys = ON")  # type: ignore[union-attr]
