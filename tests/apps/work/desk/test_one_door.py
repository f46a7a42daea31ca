"""Any window of the street takes any matter of any of its residents: one queue, one file, one result."""

import pytest
from django.test import Client

from tests.apps.work.desk.conftest import STREET, on_day
from tests.apps.work.desk.test_pages import _accept, _case
from yimen.registers.people import api as people
from yimen.registers.places import api as places
from yimen.work.desk.engine.numbers import tracking_word

NEXT = f"{STREET}002"
NUMBER = "11010519491231002X"


@pytest.fixture
def neighbour(street, acting, system):
    """A resident of the next community of the same street."""
    at = on_day(2026, 1, 5)
    with acting(system):
        places.import_areas(by=system, at=at, since=at.date(), rows=[places.AreaRow(NEXT, "雅苑社区")])
        return people.register_person(
            by=system, at=at, name="周邻居", community=NEXT, id_number=NUMBER, phone="13900001234"
        ).public_id


@pytest.mark.requirement("S2-01")
def test_a_resident_asks_where_she_stands_and_her_own_window_the_street_and_she_see_one_case(
    signed_in, neighbour, acting, system
):
    here = signed_in("li", "window_clerk")
    answer = here.post("/desk/serve/", {"id_number": NUMBER})
    assert answer.status_code == 302 and str(neighbour) in answer.url
    assert _accept(here, neighbour, matter="street_trial").status_code == 302
    case = _case(acting, system)
    address = f"/desk/cases/{case.public_id}/"
    # One queue: the section works on it whichever window took it.
    assert here.post(f"{address}hand_over/", {"why": "由街道决定"}).status_code == 302
    chief = signed_in("zhao", "section_chief", area=STREET)
    assert case.spoken_number in chief.get("/desk/lists/decide/").content.decode()
    assert chief.post(f"{address}decide/", {"outcome": "granted", "result": "同意补助"}).status_code == 302
    # One file: her own community sees how it went, not what she said or handed in.
    own = signed_in("sun", "window_clerk", area=NEXT)
    assert address in own.get(f"/people/{neighbour}/?why=来电询问").content.decode()
    page = own.get(address).content.decode()
    assert "已办结" in page and "东莺社区窗口收的件" in page
    assert "住院" not in page and "/documents/" not in page
    # It is not her window's work, and nobody there can act on it.
    assert case.spoken_number not in own.get("/desk/lists/deliver/").content.decode()
    assert own.post(f"{address}deliver/", {"way": "counter", "receiver": "周邻居"}).status_code == 403
    # One result, for her as well.
    told = Client().get(f"/t/{tracking_word(case.public_id)}").content.decode()
    assert "办好了，等您来取" in told


def test_another_street_is_told_nothing_of_where_its_residents_ask(signed_in, acting, system, street):
    with acting(system):
        person = people.register_person(
            by=system, at=on_day(2026, 1, 5), name="陈远方", community="330212008001", id_number=NUMBER
        ).public_id
    here = signed_in("li", "window_clerk")
    here.post("/desk/serve/", {"id_number": NUMBER})
    assert _accept(here, person).status_code == 302
    case = _case(acting, system)
    assert case.home_area == ""
    far = signed_in("far", "window_clerk", area="330212008001")
    assert far.get(f"/desk/cases/{case.public_id}/").status_code == 404
    assert case.spoken_number not in far.get("/desk/").content.decode()
