"""What vouchers add to the pages of others, over HTTP."""

from tests.apps.work.desk.conftest import STREET
from yimen.foundations.bus.api import run_pending_jobs
from yimen.work.desk.models import Case

POSTED = {
    "level": "severe", "assessed_on": "2026-01-06", "help_online": "yes", "by_agent": "no", "phone": "13800001234",
    "paper-identity": "seen", "paper-assessment": "seen", "intake-source": "counter",
}  # fmt: skip


def test_what_is_known_and_what_is_not_stands_on_the_page_with_its_source(signed_in, acting, system, person):
    clerk = signed_in("li", "window_clerk")
    response = clerk.post(f"/desk/new/elder_voucher/?person={person}", POSTED)
    assert response.status_code == 302, response.content.decode()
    with acting(system):
        case = Case.objects.get(matter="elder_voucher").public_id
    clerk.post(f"/desk/cases/{case}/hand_over/", {"why": "由街道决定"})
    officer = signed_in("zhao", "section_officer", area=STREET)
    page = officer.get(f"/desk/cases/{case}/").content.decode()
    assert all(
        words in page for words in ("¥800.00", "民办函〔2025〕49号", "待核", "还没有人对照当地文件核对")
    )
    assert "金额（元）" not in page
    assert officer.post(f"/desk/cases/{case}/decide/", {"outcome": "granted"}).status_code == 302
    run_pending_jobs()
    file = officer.get(f"/people/{person}/").content.decode()
    assert "养老待遇" in file and "重度失能" in file and "每月最高 ¥800.00" in file
