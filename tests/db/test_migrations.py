from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from crm_app.db import migrate, schema, triggers
from crm_app.db.book import Book
from crm_app.domain.staff import Person


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    return ScriptDirectory.from_config(config)


def parts(known: dict[str, tuple[str, ...]]) -> set[tuple[str, str]]:
    """Return every clause beside its table or index, so that what differs is told alone."""
    return {(name, clause) for name, clauses in known.items() for clause in clauses}


def test_the_revisions_named_are_alembics() -> None:
    known = [script.revision for script in reversed(list(scripts().walk_revisions()))]
    assert tuple(known) == migrate.REVISIONS, "REVISIONS of crm_app/db/migrate.py names the files of the migrations"
    assert scripts().get_current_head() == migrate.HEAD


def test_a_migrated_book_has_the_tables_the_declarations_ask_for(book: Book) -> None:
    with book.read() as reader:
        made, declared = parts(schema.of(reader.connection)), parts(schema.expected())
    assert declared - made == set(), "declared, and no migration of crm_app/db/migrations/versions makes it"
    assert made - declared == set(), "made by a migration, and no longer declared"


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
