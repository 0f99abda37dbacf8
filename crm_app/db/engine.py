"""Engines over sqlcipher3's SQLite: one that writes, one that only reads.

Python's own SQLite is too old to trust: before 3.51.3 two connections that write and checkpoint together can corrupt
the WAL. SQLAlchemy's default transactions would read unstable snapshots, so BEGIN is said by us.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Connection
from sqlalchemy.pool import QueuePool, StaticPool
from sqlalchemy.util import LRUCache
from sqlcipher3 import dbapi2

from crm_app.domain import pinyin

APPLICATION_ID = 0x43524D31
"""“CRM1” in the file's header: what tells a book from any other SQLite file."""

PAGE = 8192
"""Bytes of a page of a plain book: half as many to be written, summed up and copied as of SQLite's own 4096.

Behind a password they stay as SQLCipher has them: it would have to be told with each opening.
"""


def _itself(value: object) -> object:
    return value


# Without adapters the driver looks for one at each NULL and each id, raises inside, and takes 1 µs a value (0.1 with).
dbapi2.register_adapter(bytes, bytearray)
dbapi2.register_adapter(type(None), _itself)


class BookDialect(SQLiteDialect_pysqlite):
    """How any book is asked: what was compiled for one engine serves every other.

    Compiling takes a millisecond or three a statement, and an engine of its own would do it again for each it asks.
    """

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BookDialect)

    def __hash__(self) -> int:
        return hash(BookDialect)


registry.register("sqlite.book", __name__, BookDialect.__name__)
_COMPILED: LRUCache[Any, Any] = LRUCache(1_000)
_READERS_PAGES = -16 * 1024
"""16 MB of pages for each that reads: what a list of a book of a million looks at before it knows its first rows."""


def _give_key(cursor: Any, key: bytes | None) -> None:
    # A wrong key would print ERROR CORE lines to stderr.
    cursor.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        # A raw key: 32 random bytes need no stretching by SQLCipher (133 ms at each connection).
        cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


def connect(path: Path, key: bytes | None) -> Any:
    """Return a bare connection in autocommit, for what works on the file as a whole: copies, conversions, repairs."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    _give_key(connection, key)
    return connection


def connect_reading(path: Path, key: bytes | None) -> Any:
    """Return a bare connection that changes nothing, not even a file beside it: for looking into backups."""
    wal = path.with_name(path.name + "-wal")
    # Without a WAL nobody writes it: it need not be locked either, and may stand on a medium that takes no lock.
    how = "mode=ro" if wal.exists() and wal.stat().st_size else "mode=ro&immutable=1"
    connection = dbapi2.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None)
    _give_key(connection, key)
    return connection


def _prepare(dbapi_connection: Any, *, key: bytes | None, read_only: bool) -> None:
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    _give_key(cursor, key)
    for pragma in (
        "busy_timeout = 10000",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "synchronous = FULL",
        "trusted_schema = OFF",
        "temp_store = MEMORY",
        f"query_only = {'ON' if read_only else 'OFF'}",
        *((f"cache_size = {_READERS_PAGES}",) if read_only else ()),
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    dbapi_connection.create_function("spoken", 1, pinyin.order_key, deterministic=True)


def make_engine(path: Path, key: bytes | None, *, read_only: bool) -> Engine:
    """Return an engine on the file; a reader's transactions are deferred and ``query_only``, a writer's immediate.

    ``key`` is the book's data key, None for a plain book.
    """
    return make_asking_engine(path, lambda: key, read_only=read_only)


def make_asking_engine(path: Path, key: Callable[[], bytes | None], *, read_only: bool) -> Engine:
    """Return an engine that asks for the data key at each connection, for a book that can be locked and unlocked."""
    pool: dict[str, Any] = (
        {"poolclass": QueuePool, "pool_size": 4, "max_overflow": 4} if read_only else {"poolclass": StaticPool}
    )
    engine = create_engine(
        f"sqlite+book:///{path}",
        module=dbapi2,
        execution_options={"compiled_cache": _COMPILED},
        connect_args={"check_same_thread": False},
        # What is written is what somebody typed: no message of an error holds it.
        hide_parameters=True,
        **pool,
    )

    @event.listens_for(engine, "do_connect")
    def _before_connect(_dialect: Any, _record: Any, _arguments: Any, _named: Any) -> None:
        # Nothing is opened, so nothing is left open, where there is no key.
        key()

    @event.listens_for(engine, "connect")
    def _on_connect(dbapi_connection: Any, _record: Any) -> None:
        _prepare(dbapi_connection, key=key(), read_only=read_only)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        if not read_only:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        # It takes no lock, so nothing can go wrong that would have to be told; SQLAlchemy takes 12 µs over it, not 1.
        driver: Any = connection.connection.dbapi_connection
        driver.execute("BEGIN")

    return engine
