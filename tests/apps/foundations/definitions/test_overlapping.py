"""Two who publish at the same moment: the second waits, so a generation's number never becomes visible out of order."""

import threading
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, connections

from yimen.foundations.bus.api import act_as
from yimen.foundations.definitions.api import generation, publish
from yimen.foundations.definitions.permissions import PUBLISH


@pytest.fixture
def _forgotten_afterwards(committed_db):
    yield
    owner = connections["owner"].settings_dict
    with psycopg.connect(
        dbname=owner["NAME"],
        user=owner["USER"],
        password=owner["PASSWORD"],
        host=owner["HOST"],
        port=owner["PORT"],
    ) as behind:
        behind.execute(
            "DELETE FROM definitions_version WHERE kind = 'tested_errand' AND key LIKE 'overlap_%'"
        )


@pytest.mark.usefixtures("_forgotten_afterwards")
def test_the_later_number_is_never_seen_before_the_earlier_one(make_actor, now, today):
    editor = make_actor(PUBLISH, area="330212007")
    wrote, let_go, order = threading.Event(), threading.Event(), []

    def first():
        try:
            with act_as(editor, on=today):
                _publish(editor, "overlap_first", now=now, today=today)
                wrote.set()
                let_go.wait(10)
            order.append("first")
        finally:
            connection.close()

    def second():
        try:
            wrote.wait(10)
            with act_as(editor, on=today):
                _publish(editor, "overlap_second", now=now, today=today)
            order.append("second")
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for run in (first, second)]
    for thread in threads:
        thread.start()
    threads[1].join(0.5)
    assert threads[1].is_alive(), "the second publisher did not wait for the first"
    before = generation()[0]
    let_go.set()
    for thread in threads:
        thread.join(20)
    assert order == ["first", "second"]
    assert generation()[0] > before


def _publish(editor, key, *, now, today):
    publish(
        by=editor,
        at=now,
        kind="tested_errand",
        key=key,
        body={"title": "并发"},
        effective_on=today + timedelta(days=1),
    )
