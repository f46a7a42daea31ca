"""The pages of organisations through HTTP."""

from datetime import date

import pytest

from yimen.registers.organisations import api as organisations

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(areas, system, now):
    """An office of the other street, with a canary in its name."""
    return organisations.found_organisation(
        by=system,
        at=now,
        name="百丈街道办事处金丝雀",
        kind="street_office",
        area="330212008",
        since=date(2023, 7, 1),
    )


def test_the_list_holds_ones_own_street_and_filters_by_kind(office, committee, other, enter):
    client = enter("section_officer", "330212007")
    page = client.get("/organisations/").content.decode()
    assert "潘火街道办事处" in page
    assert "东莺社区居民委员会" in page
    assert "金丝雀" not in page
    page = client.get("/organisations/?kind=committee").content.decode()
    assert "潘火街道办事处" not in page


def test_an_organisation_shows_its_posts_who_holds_them_and_what_is_vacant(post, worker, enter, system, now):
    organisations.appoint(by=system, at=now, post=post, account=worker, since=date(2026, 1, 1), acting=True)
    client = enter("community_worker", "330212007001")
    page = client.get(f"/organisations/{post.organisation.public_id}/").content.decode()
    for words in ("社区工作者", "王社工", "代理", "空缺 1", "东莺社区"):
        assert words in page


def test_an_organisation_of_another_street_is_not_found(other, enter):
    answer = enter("community_worker", "330212007001").get(f"/organisations/{other.public_id}/")
    assert answer.status_code == 404
    assert "金丝雀" not in answer.content.decode()


def test_the_list_takes_the_same_queries_for_many(office, enter, system, now):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = enter("section_officer", "330212007")
    client.get("/organisations/")
    with CaptureQueriesContext(connection) as few:
        client.get("/organisations/")
    for number in range(20):
        organisations.found_organisation(
            by=system,
            at=now,
            name=f"第{number}科",
            kind="section",
            area="330212007",
            parent=office,
            since=date(2024, 1, 1),
        )
    with CaptureQueriesContext(connection) as many:
        client.get("/organisations/")
    assert len(many) == len(few)
