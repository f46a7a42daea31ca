"""Who wants her data used for little (限制使用): no new duties and notes, and what rests on no case ends."""

import pytest
from django.utils import timezone

from tests.apps.work.ledger.conftest import HERE
from tests.apps.work.programmes.test_duties import NOTE, again, duties, owe, text_of
from yimen.foundations.bus.api import run_pending_jobs
from yimen.registers.people import api as people

LISTED = f"/ledger/?item=visited_home&area={HERE}"


@pytest.fixture
def restrict(acting, system):
    def ask(her):
        with acting(system):
            made = people.receive_request(
                by=system, at=timezone.now(), person=her, kind="restrict", wish="不要上门", asked_by="本人",
                identity="当面核对身份证",
            )  # fmt: skip
            people.answer_request(
                by=system, at=timezone.now(), asked=made.public_id, granted=True, reason="已限制"
            )

    return ask


def test_what_was_owed_to_her_ends_and_nothing_new_is_owed(signed_in, wang, acting, system, restrict):
    worker, her = signed_in("community_worker"), wang()
    again(worker, her)
    owe(worker, her)
    restrict(her)
    run_pending_jobs()
    assert [(one.state, one.excuse) for one in duties(acting, system)] == [("excused", "restricted")] * 2
    refused = owe(worker, her, title="再送一次")
    assert refused.status_code == 422
    assert "要求限制使用个人信息" in text_of(refused)
    assert len(duties(acting, system)) == 2


def test_a_note_about_her_is_refused_with_the_reason_and_lists_name_her_no_more(
    signed_in, wang, acting, system, restrict
):
    worker, her = signed_in("community_worker"), wang()
    worker.post(f"{NOTE}?person={her}", {"item": "visited_home", "text": "一个人住"})
    with acting(system):
        name = people.person_card(her, by=system).name
    assert name in text_of(worker.get(LISTED))
    restrict(her)
    refused = worker.post(f"{NOTE}?person={her}", {"item": "visited_home", "text": "又去了一次"})
    assert refused.status_code == 422
    assert "要求限制使用个人信息" in text_of(refused)
    listed = text_of(worker.get(LISTED))
    assert name not in listed
    assert "一个人住" not in listed
    assert "（本人限制使用）" in listed
