"""Many guesses at the same moment get no more tries than one after the other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import connection

from yimen.foundations.access import api
from yimen.foundations.bus.api import act_as


def test_guesses_sent_at_once_are_counted_one_by_one(committed_db, system, now, today):
    with act_as(system, on=today):
        api.create_account(
            by=system,
            at=now - timedelta(days=1),
            username="wang.fang",
            name="王芳",
            password="Panhuo-2026-east",
            area="330212007",
        )

    def guess(number):
        try:
            with act_as(api.DOORKEEPER, on=today):
                return api.sign_in(
                    by=api.DOORKEEPER,
                    at=now,
                    username="wang.fang",
                    password=f"guess{number}",
                    address=f"10.0.0.{number}",
                ).outcome
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        outcomes = list(crowd.map(guess, range(16)))
    assert outcomes.count("wrong_password") == 5
    assert outcomes.count("locked") == 11
