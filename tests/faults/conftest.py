from __future__ import annotations

import pytest

from tests import templates
from tests.faults import damage
from tests.faults.begun import PASSPHRASE
from tests.faults.damage import Healthy


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Healthy:
    """The sample half-year in a book without a password."""
    return damage.read(templates.sample_file(tmp_path_factory.mktemp("plain") / "sample.crm"), None)


@pytest.fixture(scope="session")
def protected(plain: Healthy, tmp_path_factory: pytest.TempPathFactory) -> Healthy:
    """The same behind a password."""
    return damage.behind_a_password(plain, tmp_path_factory.mktemp("protected"), PASSPHRASE)
