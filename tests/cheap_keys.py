"""Lets the passwords of the tests' books cost little: hundreds are opened, and a keys file says what it costs itself.

What the program asks for is kept in :data:`REAL`, and a test holds it to its source. Children that the tests start as
the program itself pay the real price.
"""

from __future__ import annotations

from crm_app.db import keys

REAL = dict(keys._ARGON2)
keys._ARGON2.update(time_cost=1, memory_cost=64, parallelism=1)
