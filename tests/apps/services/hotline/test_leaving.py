"""A colleague leaves: what lay with her in person goes to who takes over, or to nobody, but never stays with a closed account."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.apps.services.council.test_reception import ANSWERS
from tests.apps.services.hotline.test_duty import _make, _next_month
from tests.apps.work.desk.conftest import HOME, STREET
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as, run_pending_jobs
from yimen.kernel.clock import day_of
from yimen.services.council.models import PromisedAnswer
from yimen.services.hotline.models import Shift
from yimen.work.desk.models import Share
from yimen.work.programmes.models import Duty


@pytest.fixture
def leaver(signed_in, street, person, system):
    """wang with a duty, a promised answer and shifts, her colleague li; answers the accounts, and the administrator's browser."""
    wang = signed_in("wang", "community_worker")
    signed_in("li", "community_worker")
    today = day_of(timezone.now())
    owed = {"title": "送防滑垫", "due_on": str(today + timedelta(days=3))}
    with act_as(system, on=today):
        accounts = {one.username: one.public_id for one in access.accounts(by=system)}
    owed["account"] = str(accounts["wang"])
    assert wang.post("/duties/new", owed).status_code == 302
    logged = wang.post(f"/desk/new/reception_visit/?person={person}", ANSWERS | {"intake-source": "counter"})
    case = logged.url.split("/")[3]
    promised = {"promised_on": str(today + timedelta(days=2)), "undertaking": "到楼上查看"}
    assert wang.post(f"/council/visits/{case}/promise/", promised).status_code == 302
    _make(wang, _next_month(), [0, 1])
    return accounts, signed_in("admin", "administrator", area=STREET)


def _lie_with(system, account):
    """How many things lie with an account."""
    with act_as(system, on=day_of(timezone.now())):
        return [
            Duty.objects.open().filter(account=account).count(),
            PromisedAnswer.objects.filter(account=account, answered_on=None).count(),
            Shift.objects.filter(account=account).count(),
            Share.objects.filter(account=account, state="open").count(),
        ]


def test_who_takes_over_has_the_duties_answers_and_shifts_of_a_leaver(leaver, system):
    accounts, admin = leaver
    duties, promises, shifts, _ = _lie_with(system, accounts["wang"])
    assert (duties, promises) == (1, 1) and shifts > 5
    page = admin.get(f"/office/accounts/{accounts['wang']}/close").content.decode()
    assert "手上的工作由谁接手" in page and "li同事" in page and "wang同事（" not in page.split("<form")[-1]
    answer = admin.post(
        f"/office/accounts/{accounts['wang']}/close", {"reason": "调离", "to": str(accounts["li"])}
    )
    assert answer.status_code == 302
    run_pending_jobs()
    assert _lie_with(system, accounts["wang"]) == [0, 0, 0, 0]
    with act_as(system, on=day_of(timezone.now())):
        assert Duty.objects.get(title="送防滑垫").debtor_name == "li同事"
        assert Shift.objects.filter(account=accounts["li"], account_name="li同事").count() >= 2 * shifts - 2
        assert PromisedAnswer.objects.get().account == accounts["li"]


def test_without_anybody_named_it_goes_back_to_the_area(leaver, system, signed_in):
    accounts, admin = leaver
    chief = signed_in("chen", "section_chief", area=STREET)
    assert (
        admin.post(f"/office/accounts/{accounts['wang']}/close", {"reason": "离职", "to": ""}).status_code
        == 302
    )
    run_pending_jobs()
    with act_as(system, on=day_of(timezone.now())):
        duty = Duty.objects.get(title="送防滑垫")
    assert (duty.account, duty.area, duty.debtor_name) == (None, HOME, "")
    assert "个班次没有人" in chief.get("/messages/").content.decode()


def test_somebody_of_another_street_cannot_take_over(leaver, signed_in, system):
    accounts, admin = leaver
    signed_in("far", "community_worker", area="330212010001")
    with act_as(system, on=day_of(timezone.now())):
        far = next(one.public_id for one in access.accounts(by=system) if one.username == "far")
    address = f"/office/accounts/{accounts['wang']}/close"
    assert admin.post(address, {"reason": "离职", "to": str(far)}).status_code == 422
    with act_as(system, on=day_of(timezone.now())), pytest.raises(access.CannotTakeOver):
        access.close_account(by=system, at=timezone.now(), account=accounts["wang"], reason="离职", to=far)
