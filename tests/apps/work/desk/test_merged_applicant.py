"""A file is put into another one while a case of hers is open (在办期间并档)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.apps.work.desk.conftest import HOME, STREET
from tests.apps.work.desk.test_pages import _accept, _case
from yimen.registers.people import api as people
from yimen.work.desk import api as desk


@pytest.fixture
def twin(street, acting, system):
    """The file that was there before, with her id card."""
    with acting(system):
        return people.register_person(
            by=system,
            at=timezone.now() - timedelta(days=200),
            name="王桂英",
            community=HOME,
            id_number="11010519491231002X",
        ).public_id


def test_the_case_is_counted_before_goes_on_after_and_stands_on_the_kept_file(
    signed_in, person, twin, acting, system
):
    assert _accept(signed_in("li", "window_clerk"), person).status_code == 302
    case = _case(acting, system)
    chief = signed_in("chief", "section_chief", area=STREET)
    preview = chief.get(f"/people/{twin}/compare/{person}").content.decode()
    assert "办件 1 条" in preview
    merged = chief.post(f"/people/{twin}/merge/{person}", {"reason": "当面核对身份证"})
    assert merged.status_code == 302
    file = chief.get(f"/people/{twin}/").content.decode()
    assert f"/desk/cases/{case.public_id}/" in file
    assert chief.get(f"/desk/cases/{case.public_id}/").status_code == 200
    with acting(system):
        desk.withdraw_case(by=system, at=timezone.now(), case=case.public_id, why="本人撤回")
        desk_state = type(case).objects.get(public_id=case.public_id).state
    assert desk_state != case.state
    # Taken back, the case is hers alone again.
    chief.post(f"/people/{person}/undo-merge", {"reason": "是两个人", "read": "on"})
    assert f"/desk/cases/{case.public_id}/" not in chief.get(f"/people/{twin}/").content.decode()
    assert f"/desk/cases/{case.public_id}/" in chief.get(f"/people/{person}/").content.decode()
