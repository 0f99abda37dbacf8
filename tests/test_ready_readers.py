"""Readers that are forked are ended as those that are started: at once, as soon as one has them."""

from __future__ import annotations

import os

from crm_app.files import asking


def test_one_that_was_just_forked_leads_the_session_it_is_ended_by() -> None:
    asking.let_go()
    for _turn in range(20):
        child = asking._start("ledgers")
        assert os.getpgid(child.pid) == child.pid
        asking._end(child)
        assert child.poll() is not None
