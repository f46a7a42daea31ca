"""A kept query answers each actor with her own rows, and reads sealed columns and joined rows as any other does."""

from tests.apps.registers.people.conftest import FAR
from yimen.foundations.bus.api import kept
from yimen.registers.people.models import Person, PersonDocument

NUMBER = "330212199001011232"


@kept
def people_within(by, name):
    return Person.objects.within(by).filter(name=name).order_by("id")


@kept
def papers(people):
    return PersonDocument.objects.filter(person__among=people).select_related("person").order_by("id")


def test_another_actor_gets_her_own_rows_and_nobody_none(areas, acting, system, clerk, stranger, register):
    with acting(system):
        here, there = register(), register(community=FAR)
    for _ in range(2):
        with acting(clerk):
            assert [one.public_id for one in people_within(clerk, "王小明")] == [here.public_id]
        with acting(stranger):
            assert [one.public_id for one in people_within(stranger, "王小明")] == [there.public_id]
            # The policy of the database holds even where a query is asked in somebody else's name.
            assert people_within(clerk, "王小明") == []
            assert people_within(None, "王小明") == []


def test_sealed_columns_and_joined_rows_are_read_as_ever(areas, acting, system, register):
    with acting(system):
        person = register(id_number=NUMBER)
        assert [(one.number, one.person.name) for one in papers([person.id])] == [(NUMBER, "王小明")]
