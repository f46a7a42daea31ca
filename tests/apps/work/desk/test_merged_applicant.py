"""A file is put into another one while a case of hers is open (在办期间并档)."""

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.apps.foundations.documents import files_as_sent as sent
from tests.apps.work.desk.conftest import HOME, STREET
from tests.apps.work.desk.test_pages import _accept, _case
from tests.apps.work.desk.test_parking import _park
from tests.apps.work.desk.test_trays import bills, file_store  # noqa: F401
from yimen.registers.people import api as people
from yimen.work.desk import api as desk
from yimen.work.desk import operations
from yimen.work.desk.operations import TrayOf


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


def _chips(browser):
    page = browser.get("/").content.decode()
    return [html.unescape(link) for link in re.findall(r'class="chip" href="([^"]+)" data-chip', page)]


def test_an_intake_put_aside_for_the_file_that_was_put_away_comes_back_whole(
    signed_in, person, twin, acting, system, now
):
    clerk = signed_in("li", "window_clerk")
    _park(clerk, person)
    (chip,) = _chips(clerk)
    with acting(system):
        people.merge_people(by=system, at=now, keep=twin, alias=person, reason="同一人")
    page = clerk.get(chip).content.decode()
    assert "孩子在哭，先等等" in page and "下面是一张新的表" not in page
    # Put aside once more, it is still one.
    (parked,) = re.findall(r'name="parked-id" value="([^"]+)"', page)
    (edition,) = re.findall(r'name="parked-edition" value="([^"]+)"', page)
    _park(clerk, twin, key="page-2", **{"parked-id": parked, "parked-edition": edition})
    assert len(_chips(clerk)) == 1
    with acting(system):
        people.undo_merge(by=system, at=now, alias=person, reason="是姐妹")
    assert "孩子在哭，先等等" in clerk.get(_chips(clerk)[0]).content.decode()


@pytest.mark.parametrize(
    ("alias_pages", "keep_pages", "found", "after"),
    [(1, None, 1, (1, 0)), (2, 0, 2, (2, 0)), (1, 2, 2, (1, 2))],
    ids=["only there", "an empty one gives way", "both: hers stays"],
)
def test_papers_handed_in_for_both_files_are_one_tray_of_the_kept_one(
    bills,  # noqa: F811
    clerk,
    person,
    twin,
    acting,
    system,
    now,
    alias_pages,
    keep_pages,
    found,
    after,
):
    def count(who):
        papers = [
            one for one in desk.get_matter("bills", by=clerk, on=now.date()).body.papers if one.key == "bill"
        ]
        return len(desk.trays_of(TrayOf("bills", who), papers, by=clerk, at=now)["bill"].pages)

    def hand_in(who, pages):
        for number in range(max(pages, 1)):
            file = sent.upload(sent.picture(), f"{number}.jpg")
            page = operations.add_page(
                by=clerk, at=now, area=HOME, of=TrayOf("bills", who), paper="bill", file=file
            )
        if not pages:
            operations.remove_page(by=clerk, at=now, page=page)

    with acting(clerk):
        hand_in(person, alias_pages)
        if keep_pages is not None:
            hand_in(twin, keep_pages)
    with acting(system):
        people.merge_people(by=system, at=now, keep=twin, alias=person, reason="同一人")
    with acting(clerk):
        assert count(twin) == found
    with acting(system):
        people.undo_merge(by=system, at=now, alias=person, reason="是姐妹")
    with acting(clerk):
        assert (count(person), count(twin)) == after
