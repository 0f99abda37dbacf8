import re
import sqlite3
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from crm_app.db import migrate, tables, triggers
from crm_app.db.book import Book
from crm_app.domain.staff import Person


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    return ScriptDirectory.from_config(config)


def test_the_revisions_named_are_alembics() -> None:
    known = [script.revision for script in reversed(list(scripts().walk_revisions()))]
    assert tuple(known) == migrate.REVISIONS
    assert scripts().get_current_head() == migrate.HEAD


def clauses(sql: str) -> list[str]:
    """The clauses of a statement in any order: a migration adds its columns behind the others."""
    flat = " ".join(sql.split()).replace("( ", "(").replace(" )", ")")
    head, _bracket, body = flat.partition("(")
    return [head.strip(), *sorted(re.split(r",\s*(?![^(]*\))", body.removesuffix(")")))]


def schema(rows: list[tuple[str, str]]) -> dict[str, list[str]]:
    return {
        name: clauses(sql) for name, sql in rows if sql and not name.startswith(("search_text_", "sqlite_", "alembic_"))
    }


def test_a_migrated_book_has_the_tables_the_declarations_ask_for(book: Book, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.db"
    engine = create_engine(f"sqlite:///{fresh}")
    tables.metadata.create_all(engine)
    engine.dispose()
    with sqlite3.connect(fresh) as plain:
        wanted = schema(plain.execute("SELECT name, sql FROM sqlite_master").fetchall())
    plain.close()
    with book.read() as reader:
        rows = reader.connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type IN ('table','index')")
        present = schema([tuple(row) for row in rows])
    present.pop("search_text")
    assert present == wanted


def test_triggers_equal_the_tables(book: Book) -> None:
    with book.read() as reader:
        assert triggers.present(reader.connection) == triggers.expected()


def test_migrating_again_keeps_rows_and_triggers(book: Book) -> None:
    with book.unit("One") as unit:
        unit.insert(Person, name="甲")
        unit.commit()
    migrate.migrate(book._writer)
    assert book.check() == []
    with book.read() as reader:
        assert [person.name for person in reader.find(Person)] == ["甲"]
