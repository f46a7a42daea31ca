"""What the allowances add to the pages of others, over HTTP."""

import pytest

from tests.apps.work.desk.conftest import STREET
from yimen.foundations.bus.api import run_pending_jobs
from yimen.work.desk.models import Case

MATTER = "disability_care_allowance"
POSTED = {
    "grade": "grade_2", "valid_until": "2031-05-10", "long_term": "yes", "destitute": "no", "other_care": "none",
    "by_agent": "no", "phone": "13800001234", "paper-identity": "seen", "paper-certificate": "seen",
    "intake-source": "counter",
}  # fmt: skip


@pytest.fixture
def case(signed_in, acting, system, person):
    clerk = signed_in("li", "window_clerk")
    response = clerk.post(f"/desk/new/{MATTER}/?person={person}", POSTED)
    assert response.status_code == 302, response.content.decode()
    with acting(system):
        found = Case.objects.get(matter=MATTER).public_id
    clerk.post(f"/desk/cases/{found}/hand_over/", {"why": "由街道决定"})
    return found


def test_the_officer_sees_the_local_amount_and_what_she_grants_stands_in_the_file(signed_in, case, person):
    officer = signed_in("zhao", "section_officer", area=STREET)
    page = officer.get(f"/desk/cases/{case}/").content.decode()
    assert "两项补贴情况" in page and "¥80.00" in page and "这些数字是示例" in page
    done = officer.post(f"/desk/cases/{case}/decide/", {"outcome": "granted", "amount": "80"})
    assert done.status_code == 302
    run_pending_jobs()
    assert "每月 ¥80.00" in officer.get(f"/people/{person}/").content.decode()


def test_a_grid_worker_reads_no_amount_and_no_grade(signed_in, case, person):
    officer = signed_in("zhao", "section_officer", area=STREET)
    officer.post(f"/desk/cases/{case}/decide/", {"outcome": "granted", "amount": "83.50"})
    run_pending_jobs()
    worker = signed_in("sun", "grid_worker")
    for address in (f"/people/{person}/", f"/desk/cases/{case}/"):
        page = worker.get(address).content.decode()
        assert "83.50" not in page and "两项补贴情况" not in page
