"""Somebody beyond one's areas is found by her complete number, so often in an hour as people come to a window, and no oftener."""

from datetime import timedelta

import pytest

from tests.apps.registers.people.test_search import number_of
from yimen.foundations.audit.models import TrailDetail, TrailRow
from yimen.kernel.refusals import NotPossible
from yimen.registers.people import api as people

pytestmark = pytest.mark.django_db
FAR, WOMAN = "330212008001", "11010519491231002X"
MOST = 60


@pytest.fixture
def far(areas, acting, system, register):
    with acting(system):
        return register("赵敏华", id_number=WOMAN, community=FAR)


def ask(client, number):
    return client.post("/people/stranger", {"id_number": number, "why": "窗口办事"})


def test_numbers_tried_in_a_loop_are_stopped_with_a_sentence_and_stay_on_record(enter, far, acting, system):
    clerk = enter()
    answers = [ask(clerk, WOMAN if n % 2 else number_of(n)) for n in range(MOST)]
    assert {answer.status_code for answer in answers} == {200}
    assert "赵*华" in answers[1].content.decode()
    over = ask(clerk, WOMAN)
    assert over.status_code == 422
    assert "已满 60 次" in over.content.decode() and "赵*华" not in over.content.decode()
    with acting(system):
        asked = TrailRow.objects.filter(verb="people.stranger.looked_up")
        assert asked.count() == MOST and len(set(asked.values_list("actor", flat=True))) == 1
        told = [row.body for row in TrailDetail.objects.filter(row__in=asked)]
        assert [body["found"] for body in told].count(True) == MOST // 2
        assert WOMAN not in str(told)


def test_an_hour_later_or_with_another_account_one_may_ask_again(clerk, stranger, far, acting, now):
    with acting(clerk):
        for n in range(MOST):
            people.person_card_minimal(by=clerk, at=now, id_number=number_of(n))
        with pytest.raises(people.TooManyLookups):
            people.person_card_minimal(by=clerk, at=now + timedelta(minutes=59), id_number=WOMAN)
        card = people.person_card_minimal(by=clerk, at=now + timedelta(minutes=61), id_number=WOMAN)
        assert card.public_id == far.public_id
    with acting(stranger):
        assert people.person_card_minimal(by=stranger, at=now, id_number=WOMAN)


def test_a_wrong_number_costs_no_question(clerk, far, acting, now):
    with acting(clerk):
        for _ in range(MOST + 1):
            with pytest.raises(NotPossible):
                people.person_card_minimal(by=clerk, at=now, id_number="110105194912310021")
        assert people.person_card_minimal(by=clerk, at=now, id_number=WOMAN)
