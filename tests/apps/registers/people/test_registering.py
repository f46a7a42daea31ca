from datetime import date

import pytest
from django.db import connection

from yimen.kernel.refusals import Conflict, NotAllowed
from yimen.registers.people import api as people
from yimen.standards.citizen_id import check_character

HOME, NEXT_DOOR, FAR = "330212007001", "330212007002", "330212008001"
WOMAN = "11010519491231002X"


def id_number(birth: str, sequence: str = "002", division: str = "330212") -> str:
    body = division + birth + sequence
    return body + check_character(body)


def test_three_facts_are_enough_and_papers_follow(street, now):
    person = people.register_person(
        by=street, at=now, name="王秀兰", phone="13800138000", lives_address="东方丽都3幢501室", community=HOME
    )
    card = people.person_card(person.public_id, by=street, on=date(2026, 11, 20))
    assert (card.name, card.phone_tail, card.address) == ("王秀兰", "8000", "东方丽都3幢501室")
    assert card.doubts == ("papers_missing",)
    assert card.birth_on is None and card.age is None


@pytest.mark.parametrize("typed", [WOMAN, "１１０１０５１９４９１２３１００２ｘ", "110105 19491231 002x"])
def test_birth_and_sex_come_from_the_id_number(street, now, typed):
    person = people.register_person(by=street, at=now, name="赵敏", id_number=typed, community=HOME)
    card = people.person_card(person.public_id, by=street, on=date(2026, 11, 20))
    assert (card.birth_on, card.sex, card.age) == (date(1949, 12, 31), "female", 76)
    assert card.doubts == ()
