"""What aid and family add to the pages of others, over HTTP."""

from django.utils import timezone

from tests.apps.work.desk.conftest import STREET
from yimen.foundations.bus.api import run_pending_jobs
from yimen.services.family.models import Registration
from yimen.work.desk.models import Case

RELIEF = {
    "event": "fire", "happened_on": "2026-01-06", "urgent": "yes", "spending": "30000", "income": "3200",
    "phone": "13800001234", "address": "测试路 1 号", "paper-identity": "seen", "paper-consent": "missing",
    "paper-receipts": "missing", "intake-source": "counter",
}  # fmt: skip
BIRTH = {
    "stage": "born", "born_on": "2026-01-06", "remember": "yes", "paper-identity": "seen",
    "paper-promise": "promised", "intake-source": "counter",
}  # fmt: skip


def _accept(browser, acting, system, person, matter, answers):
    response = browser.post(f"/desk/new/{matter}/?person={person}", answers)
    assert response.status_code == 302, response.content.decode()
    with acting(system):
        return Case.objects.get(matter=matter).public_id


def test_relief_is_decided_with_an_amount_and_stands_in_the_file(signed_in, acting, system, person):
    clerk = signed_in("li", "window_clerk")
    case = _accept(clerk, acting, system, person, "temporary_relief", RELIEF)
    clerk.post(f"/desk/cases/{case}/hand_over/", {"why": "由街道决定"})
    officer = signed_in("zhao", "section_officer", area=STREET)
    page = officer.get(f"/desk/cases/{case}/").content.decode()
    assert "金额（元）" in page and "超过小额救助上限" in page and "这些数字是示例" in page
    for amount, sentence in (("", "要写明金额"), ("一千", "金额请写成")):
        wrong = officer.post(f"/desk/cases/{case}/decide/", {"outcome": "granted", "amount": amount})
        assert wrong.status_code == 422 and sentence in wrong.content.decode()
    done = officer.post(f"/desk/cases/{case}/decide/", {"outcome": "granted", "amount": "1,200"})
    assert done.status_code == 302
    run_pending_jobs()
    file = officer.get(f"/people/{person}/").content.decode()
    assert "¥1,200.00" in file and "火灾等意外灾祸" in file
    assert "¥1,200.00" in officer.get(f"/desk/cases/{case}/").content.decode()


def test_a_leader_reads_no_amount_anywhere_on_the_case(signed_in, acting, system, person):
    clerk = signed_in("li", "window_clerk")
    case = _accept(clerk, acting, system, person, "temporary_relief", RELIEF)
    clerk.post(f"/desk/cases/{case}/hand_over/", {"why": "由街道决定"})
    signed_in("zhao", "section_officer", area=STREET).post(
        f"/desk/cases/{case}/decide/", {"outcome": "granted", "amount": "1237"}
    )
    run_pending_jobs()
    leader = signed_in("chen", "leader", area=STREET)
    response = leader.get(f"/desk/cases/{case}/")
    assert "1,237" not in response.content.decode() and "救助情况" not in response.content.decode()


def test_a_registration_is_told_of_its_services_and_deleted_when_she_asks(signed_in, acting, system, person):
    clerk = signed_in("li", "window_clerk")
    case = _accept(clerk, acting, system, person, "birth_registration", BIRTH)
    page = clerk.get(f"/desk/cases/{case}/").content.decode()
    assert "育儿补贴" in page and "完成登记" in page and "不予" not in page and "作出决定" not in page
    clerk.post(f"/desk/cases/{case}/register/", {"result": "生育登记完成"})
    run_pending_jobs()
    with acting(system):
        address = f"/family/registrations/{Registration.objects.get().public_id}/withdraw/"
    # Who expects a child is no matter of the window's screen: the community deletes it.
    assert address not in clerk.get(f"/people/{person}/").content.decode()
    worker = signed_in("zhou", "community_worker")
    assert address in worker.get(f"/people/{person}/").content.decode()
    assert "不用说明理由" in worker.get(address).content.decode()
    gone = worker.post(address, {"request_key": f"k{timezone.now().timestamp()}"})
    assert gone.status_code == 302 and gone.url == f"/people/{person}/"
    with acting(system):
        assert not Registration.objects.exists()
    assert worker.get(address).status_code == 404
    assert "按本人要求" in clerk.get(f"/desk/cases/{case}/").content.decode()
