"""Who acts is told to the database: the key, the reach, the day, and the person the actor is."""

from dataclasses import replace

from django.db import connection

from yimen.foundations.bus.api import act_as
from yimen.kernel.ids import uuid7

AREA = "330212007001"


def _told() -> tuple[str, ...]:
    names = ("yimen.actor", "yimen.reach", "yimen.today", "yimen.person")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in names)
        )
        return cursor.fetchone()


def test_the_database_knows_who_acts_where_when_and_as_which_person(db, make_actor, today):
    clerk = replace(make_actor(area=AREA), person=uuid7())
    with act_as(clerk, on=today):
        assert _told() == (clerk.key, f'{{"{AREA}"}}', today.isoformat(), str(clerk.person))


def test_whoever_acts_inside_another_gives_the_place_back(db, make_actor, today):
    outer, inner = replace(make_actor(area=AREA), person=uuid7()), make_actor(area=AREA)
    with act_as(outer, on=today):
        with act_as(inner, on=today):
            assert _told()[3] == ""
        assert (_told()[0], _told()[3]) == (outer.key, str(outer.person))
        with act_as(None, on=today):
            assert _told() == ("", "", today.isoformat(), "")
