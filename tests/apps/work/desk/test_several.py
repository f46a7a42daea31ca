"""Several cases at once: each with a result of its own."""

import re

import pytest

from tests.apps.work.desk.test_pages import _accept
from yimen.work.desk.models import Case, CaseStep, Delivery


@pytest.fixture
def two_notices_and_a_decision(signed_in, person, acting, system):
    """Three running cases of one resident, of which the last is not one to be registered."""
    clerk = signed_in("li", "window_clerk")
    for matter in ("trial_notice", "trial_notice", "trial"):
        assert _accept(clerk, person, matter=matter).status_code == 302
    with acting(system):
        return clerk, list(Case.objects.order_by("id"))


def _sent(clerk, address):
    """Everything the page would send back."""
    page = clerk.get(address).content.decode()
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    sent = {name: [value for key, value in pairs if key == name] for name, _ in pairs}
    return page, sent


def _ask(cases):
    return "&".join(f"row={case.public_id}" for case in cases)


def test_the_work_list_lets_rows_be_ticked_and_says_what_can_be_done(two_notices_and_a_decision):
    clerk, cases = two_notices_and_a_decision
    page = clerk.get("/desk/lists/running/").content.decode()
    assert page.count('name="row"') == 3 and "/desk/several/register/" in page
    assert f'value="{cases[0].public_id}"' in page
    # A box outside its form is sent with it because it names it.
    form = re.search(r'<form class="bulk-bar[^"]*" id="([^"]+)"', page)[1]
    assert page.count(f'name="row" value="{cases[0].public_id}" form="{form}"') == 1
    assert 'name="row"' not in clerk.get("/desk/").content.decode()


def test_before_anything_is_done_each_case_says_whether_it_can_be(two_notices_and_a_decision):
    clerk, cases = two_notices_and_a_decision
    page = clerk.get(f"/desk/several/register/?{_ask(cases)}").content.decode()
    assert "3 件，其中 2 件可以办" in page and "完成登记 2 件" in page
    assert "这件事需要作出决定，不是登记事项" in page


def test_what_can_be_done_is_done_and_the_rest_says_why_not(two_notices_and_a_decision, acting, system):
    clerk, cases = two_notices_and_a_decision
    _, sent = _sent(clerk, f"/desk/several/register/?{_ask(cases)}")
    page = clerk.post("/desk/several/register/", sent).content.decode()
    assert "批量完成登记：2 件办了" in page and "这件事需要作出决定" in page
    with acting(system):
        assert [case.state for case in Case.objects.order_by("id")] == ["decided", "decided", "accepted"]


def test_sending_twice_does_nothing_twice(two_notices_and_a_decision, acting, system):
    clerk, cases = two_notices_and_a_decision
    _, sent = _sent(clerk, f"/desk/several/register/?{_ask(cases)}")
    first = clerk.post("/desk/several/register/", sent).content.decode()
    second = clerk.post("/desk/several/register/", sent).content.decode()
    assert "2 件办了" in first and "2 件办了" in second
    with acting(system):
        assert CaseStep.objects.filter(kind="decided").count() == 2


def test_a_case_that_changed_meanwhile_is_left_alone(two_notices_and_a_decision, acting, system):
    clerk, cases = two_notices_and_a_decision
    _, sent = _sent(clerk, f"/desk/several/register/?{_ask(cases)}")
    sent[f"edition-{cases[0].public_id}"] = ["77"]
    page = clerk.post("/desk/several/register/", sent).content.decode()
    assert "1 件办了" in page and "同事刚刚办过这件事" in page


def test_delivery_names_the_applicant_as_receiver(two_notices_and_a_decision, acting, system):
    clerk, cases = two_notices_and_a_decision
    _, sent = _sent(clerk, f"/desk/several/register/?{_ask(cases[:2])}")
    clerk.post("/desk/several/register/", sent)
    _, sent = _sent(clerk, f"/desk/several/deliver/?{_ask(cases[:2])}")
    page = clerk.post("/desk/several/deliver/", sent | {"way": ["post"]}).content.decode()
    assert "批量送达：2 件办了" in page
    with acting(system):
        assert set(Delivery.objects.values_list("receiver", "way")) == {("王桂英", "post")}


def test_a_missing_reason_brings_the_page_back_and_does_nothing(two_notices_and_a_decision, acting, system):
    clerk, cases = two_notices_and_a_decision
    _, sent = _sent(clerk, f"/desk/several/hand_over/?{_ask(cases)}")
    response = clerk.post("/desk/several/hand_over/", sent | {"why": [" "]})
    assert response.status_code == 422 and response.content.decode().count('name="row"') == 3
    with acting(system):
        assert not CaseStep.objects.filter(kind="handed_over").exists()


@pytest.mark.parametrize(
    "address",
    ["/desk/several/register/", "/desk/several/register/?row=nonsense", "/desk/several/deliver/?row="],
)
def test_nothing_ticked_leads_back_to_the_list(signed_in, address):
    assert signed_in("li", "window_clerk").get(address).url == "/desk/"


def test_an_unknown_deed_is_not_found(signed_in):
    assert signed_in("li", "window_clerk").get("/desk/several/decide/").status_code == 404


def test_cases_of_others_are_neither_shown_nor_done(two_notices_and_a_decision, signed_in, acting, system):
    _, cases = two_notices_and_a_decision
    far = signed_in("far", "window_clerk", area="330212008001")
    for answer in (
        far.get(f"/desk/several/register/?{_ask(cases)}"),
        far.post("/desk/several/register/", {"row": [str(cases[0].public_id)], "note": "试"}),
    ):
        page = answer.content.decode()
        assert answer.status_code == 404 and "王桂英" not in page and cases[0].spoken_number not in page
    with acting(system):
        assert Case.objects.get(pk=cases[0].pk).state == "accepted"
