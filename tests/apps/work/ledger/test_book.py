"""One electronic ledger for each community, and how far it is."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.apps.work.ledger.conftest import FAR, HERE, STREET, THERE, about, do_deed
from yimen.kernel.clock import day_of
from yimen.registers.people import api as people
from yimen.registers.places import api as places
from yimen.work.ledger.queries.book import one_book

BOOK = f"/ledger/?area={STREET}&book=1"


@pytest.fixture
def officer(signed_in):
    return signed_in("section_officer", area=STREET)


@pytest.fixture
def nine(officer, acting, system):
    """Nine communities; in the first live three, in the second one, in the others nobody."""
    now = timezone.now()
    told = {"by": system, "at": now}
    with acting(system):
        rows = [places.AreaRow(f"{STREET}{number:03d}", f"第{number}社区") for number in range(3, 10)]
        places.import_areas(**told, since=date(2016, 1, 1), rows=rows)

        def lives(name, community):
            home = {
                "lives_address": f"{name}家",
                "hukou": community,
                "hukou_address": f"{name}家",
                "role": "02",
            }
            return people.register_person(**told, name=name, community=community, **home)

        first = [lives(name, HERE) for name in ("王一", "王二", "王三")]
        second = lives("李一", THERE)
    return [one.public_id for one in first], second.public_id


@pytest.mark.requirement("S1-121")
def test_nine_communities_show_how_complete_the_one_ledger_is(officer, nine, acting, system, signed_in):
    first, second = nine
    now = timezone.now()
    with acting(system):
        for person in (first[0], first[0], first[1]):
            do_deed(
                by=system,
                at=now,
                items=("visited_home",),
                area=HERE,
                happened_on=day_of(now),
                about=about(person),
            )
        do_deed(
            by=system,
            at=now,
            items=("called_by_phone",),
            area=THERE,
            happened_on=day_of(now),
            about=about(second),
        )
        lines = {one.area: one for one in one_book(STREET, by=system, on=day_of(now))}
    assert len(lines) == 9
    assert (lines[HERE].living, lines[HERE].people, lines[HERE].percent) == (3, 2, 66)
    assert (lines[THERE].percent, lines[f"{STREET}009"].percent) == (100, 0)
    page = officer.get(BOOK).content.decode()
    assert page.count('data-label="完成"') == 9 and "66%" in page and "data-print" in page
    assert "各社区一本账进度" not in officer.get(f"/ledger/?area={STREET}").content.decode()
    stranger = signed_in("section_officer", area=FAR[:9], name="周远")
    assert "东莺" not in stranger.get(BOOK).content.decode()


def test_more_people_and_entries_take_no_more_statements(nine, acting, system):
    first, _ = nine
    now = timezone.now()

    def asked():
        with CaptureQueriesContext(connection) as caught:
            one_book(STREET, by=system, on=day_of(now))
        return len(caught)

    with acting(system):
        one_book(STREET, by=system, on=day_of(now))
        before = asked()
        for person in first:
            do_deed(
                by=system,
                at=now,
                items=("visited_home",),
                area=HERE,
                happened_on=day_of(now),
                about=about(person),
            )
        assert asked() == before
