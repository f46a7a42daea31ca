"""What is past its term goes, and nothing else does (保存期限)."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tests.apps.registers.people.conftest import HOME
from tests.apps.registers.people.conftest import ROWS as AREAS
from yimen.foundations.audit import api as audit
from yimen.foundations.definitions.api import current_all
from yimen.foundations.retention.ports import retentions
from yimen.kernel.clock import day_of
from yimen.registers.people import api as people
from yimen.registers.people.models import Alias, Person, RightsRequest, SearchKey
from yimen.registers.places import api as places
from yimen.work.programmes import api as programmes

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=365 * 40)
WOMAN = "11010519491231002X"


@pytest.fixture
def today():
    return day_of(timezone.now())


@pytest.fixture
def areas(acting, system, today):
    with acting(system, today):
        rows = [places.AreaRow(*row) for row in AREAS]
        places.import_areas(by=system, at=timezone.now(), since=date(1980, 1, 1), rows=rows)


@pytest.fixture
def dead(areas, acting, system, today):
    """``dead("王秀兰", owed=True)``: somebody who died thirty-one years ago."""

    def make(name="王秀兰", *, owed=False, **told):
        with acting(system, today):
            made = people.register_person(by=system, at=LONG_AGO, name=name, community=HOME, **told)
            if owed:
                programmes.owe_duty(
                    by=system, at=timezone.now(), title="送东西", due_on=today, kind="person",
                    creditor=made.public_id,
                )  # fmt: skip
            died = today.replace(year=today.year - 31, day=1)
            people.record_death(by=system, at=timezone.now(), person=made.public_id, died_on=died)
        return made.public_id

    return make


@pytest.fixture
def her(dead):
    return dead(id_number=WOMAN, phone="13900139000", lives_address="东方丽都3幢501室")


def command(*arguments) -> str:
    told = StringIO()
    call_command("clear_past_term", *arguments, stdout=told)
    return told.getvalue()


def test_every_term_is_data_and_says_what_its_plug_does(today):
    terms = {one.key: one.body for one in current_all("retention", on=today)}
    assert set(terms) == {one.key for one in retentions}
    assert all(terms[one.key].does == "delete" for one in retentions if one.clear is None)


def test_counting_changes_nothing(her, acting, system, today):
    told = command()
    assert "去世或迁出居民的档案：去世或迁出起满 30 年" in told
    assert "到期 1 条" in told
    assert "只列数" in told
    with acting(system, today):
        assert Person.objects.get(public_id=her).name == "王秀兰"


def test_a_file_is_emptied_thirty_years_after_her_death_and_figures_stay(her, acting, system, today):
    assert "已清除 1 条" in command("--run")
    with acting(system, today):
        person = Person.objects.get(public_id=her)
        assert (person.name, person.phone, person.address) == ("（已按期抹去）", "", "")
        assert people.find_people("王秀兰", by=system) == []
        assert people.find_people(WOMAN, by=system) == []
        assert not SearchKey.objects.filter(person=person, key__contains="王").exists()
        with connection.cursor() as cursor:
            wrong = [one.key for one in audit.prove(cursor, only=["people"]) if not one.holds]
    assert wrong == []
    assert "到期 1 条" not in command()
    assert "已清除 1 条" not in command("--run")


def test_with_a_file_go_those_that_were_put_into_it(areas, acting, system, today):
    with acting(system, today):
        kept, double = (
            people.register_person(by=system, at=LONG_AGO, name=name, community=HOME, **told).public_id
            for name, told in (("王秀兰", {"id_number": WOMAN}), ("王秀岚", {"phone": "13900139000"}))
        )
        then = timezone.now()
        people.merge_people(by=system, at=then, keep=kept, alias=double, reason="王秀岚是王秀兰的别字")
        died = today.replace(year=today.year - 31, day=1)
        people.record_death(by=system, at=then, person=kept, died_on=died)
    assert "已清除 1 条" in command("--run")
    with acting(system, today):
        assert {one.name for one in Person.objects.all()} == {"（已按期抹去）"}
        assert {one.phone for one in Person.objects.all()} == {""}
        for sought in ("王秀岚", "王秀兰", "13900139000", WOMAN):
            assert people.find_people(sought, by=system) == []
        assert not Alias.objects.filter(reason__contains="王秀").exists()
        with connection.cursor() as cursor:
            wrong = [one.key for one in audit.prove(cursor, only=["people"]) if not one.holds]
    assert wrong == []


def test_a_file_with_something_open_stays_until_that_is_over(dead, acting, system, today):
    her = dead(owed=True)
    assert "到期 1 条" not in command("--run")
    with acting(system, today):
        assert Person.objects.get(public_id=her).name == "王秀兰"
        programmes.end_duties_of_the_dead(by=system, at=timezone.now(), person=her)
    assert "已清除 1 条" in command("--run")


def test_an_answered_request_goes_after_three_years_and_what_a_restriction_rests_on_stays(
    areas, acting, system, today
):
    then = timezone.now() - timedelta(days=365 * 4)
    with acting(system, today):
        her = people.register_person(by=system, at=then, name="李桂英", community=HOME).public_id
        for kind in ("correct", "restrict"):
            made = people.receive_request(
                by=system, at=then, person=her, kind=kind, wish="请处理", asked_by="本人", identity="当面核对"
            )
            people.answer_request(by=system, at=then, asked=made.public_id, granted=True, reason="已处理")
    command("--run")
    with acting(system, today):
        assert [one.kind for one in RightsRequest.objects.all()] == ["restrict"]


def test_the_trail_keeps_which_rows_went_and_not_what_stood_in_them(her, acting, system, today):
    command("--run")
    with acting(system, today):
        rows = [row for row in audit.trail(by=system) if row.verb == "retention.rows.cleared"]
        told = str(audit.details_of(rows, by=system))
    assert str(her) in told
    assert "王秀兰" not in told
