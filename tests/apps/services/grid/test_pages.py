"""A street issue on the pages of the desk, over HTTP."""

from yimen.foundations.bus.api import run_pending_jobs
from yimen.work.desk.models import Case

POSTED = {
    "kind": "property", "place": "测试小区 3 幢", "seen": "电梯停运", "seen_on": "2026-01-06", "danger": "no",
    "intake-source": "phone",
}  # fmt: skip


def test_a_report_by_telephone_is_passed_on_closed_and_answered(signed_in, acting, system, person):
    clerk = signed_in("li", "window_clerk")
    form = clerk.get(f"/desk/new/street_issue/?person={person}").content.decode()
    assert "不写谁家" in form and "消防和安全" in form
    response = clerk.post(f"/desk/new/street_issue/?person={person}", POSTED)
    assert response.status_code == 302, response.content.decode()
    run_pending_jobs()
    with acting(system):
        case = Case.objects.get(matter="street_issue").public_id
    page = clerk.get(f"/desk/cases/{case}/").content.decode()
    assert "物业服务企业" in page and "轿厢" in page and "本社区没有报过同类问题" in page
    clerk.post(f"/desk/cases/{case}/register/", {"result": "电梯已修好，4 日恢复运行"})
    run_pending_jobs()
    assert "电梯已修好，4 日恢复运行" in clerk.get(f"/desk/cases/{case}/").content.decode()
