from __future__ import annotations

import shutil

import pytest

from crm_app.services import book as books
from crm_app.services import protection
from tests import templates
from tests.faults import damage
from tests.faults.damage import Healthy
from tests.faults.scenes import PASSPHRASE


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Healthy:
    """The sample half-year in a book without a password."""
    return damage.read(templates.sample_file(tmp_path_factory.mktemp("plain") / "sample.crm"), None)


@pytest.fixture(scope="session")
def protected(plain: Healthy, tmp_path_factory: pytest.TempPathFactory) -> Healthy:
    """The same behind a password."""
    path = tmp_path_factory.mktemp("protected") / "sample.crm"
    shutil.copy(plain.path, path)
    book = books.open_book(path)
    protection.protect(book, PASSPHRASE, protection.new_recovery_key())
    books.close_book(book)
    return damage.read(path, PASSPHRASE)
