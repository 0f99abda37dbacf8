"""kill -9 while saving: every save whose id was printed is there, and the book is sound."""

import random
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

from crm_app.domain.leads import Lead
from crm_app.services import book as services

ROOT = Path(__file__).parents[2]
ROUNDS = 50


def kill_one(path: Path, n: int, pause: float) -> list[UUID]:
    command = [sys.executable, "-m", "tests.end_to_end.saving_child", str(path), str(n)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    # The first save also imports what is imported late; from then on any moment may be the last.
    first = child.stdout.readline()
    time.sleep(pause)
    child.kill()
    printed = [first.strip(), *child.stdout.read().split()]
    child.stdout.close()
    child.wait()
    # The pipe may break off inside the last line.
    return [UUID(line) for line in printed if len(line) == 36]


def test_every_printed_id_survives_kill(tmp_path: Path) -> None:
    path = tmp_path / "book.crm"
    services.close_book(services.create_book(path))
    chance = random.Random(20230712)
    acknowledged: list[UUID] = []
    for n in range(ROUNDS):
        acknowledged += kill_one(path, n, chance.uniform(0.0, 0.2))
    book = services.open_book(path)
    try:
        assert services.check(book) == []
        with book.read() as reader:
            kept = {lead.id for lead in reader.find(Lead)}
    finally:
        services.close_book(book)
    assert len(acknowledged) > 2 * ROUNDS
    assert set(acknowledged) <= kept
    # At most one save a round can have been committed without its id reaching the pipe.
    assert len(kept) - len(acknowledged) <= ROUNDS
