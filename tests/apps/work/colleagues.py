"""A committee whose colleagues have A岗 and B岗: who is named for what, signed in as themselves."""

from datetime import timedelta
from types import SimpleNamespace

from django.test import Client
from django.utils import timezone

from yimen.foundations.access import api as access
from yimen.kernel.clock import day_of
from yimen.registers.organisations import api as organisations

HOME = "330212007001"
PHONE = "0574-88001234"
_WORD = "Panhuo-2026-east"
PEOPLE = {
    "first": ("钱一", "community_worker"),
    "second": ("孙二", "community_worker"),
    "other": ("吴三", "community_worker"),
    "head": ("郑主任", "community_head"),
}


def committee_of(system, *, area=HOME, phone=PHONE):
    """A committee with four colleagues in post: ``unit``, ``accounts`` by name, a signed-in browser for each."""
    at = timezone.now() - timedelta(hours=1)
    since = day_of(at)
    told = {"by": system, "at": at}
    unit = organisations.found_organisation(
        **told,
        name=f"{area}居委会",
        short="东莺居委会",
        kind="committee",
        area=area,
        since=since,
        phone=phone,
    )
    posts = {
        role: organisations.create_post(
            **told, organisation=unit, title=role, role=role, area=area, since=since, seats=4
        )
        for role in ("community_worker", "community_head")
    }
    accounts = {}
    for key, (name, role) in PEOPLE.items():
        made = access.create_account(
            **told, username=f"{key}-{area}", name=name, password=_WORD, area=area, must_change=False
        )
        accounts[key] = made.public_id
        organisations.appoint(**told, post=posts[role], account=made.public_id, since=since)
    return SimpleNamespace(unit=unit, accounts=accounts, area=area, since=since, at=at)


def browser_of(committee, key):
    """The browser in which this colleague is signed in."""
    browser = Client()
    told = {"username": f"{key}-{committee.area}", "password": _WORD}
    assert browser.post("/sign-in", told).status_code == 302
    return browser


def name_pair(system, committee, *works, first="first", second="second"):
    """Name who has these kinds of work and who stands in."""
    return organisations.give_responsibility(
        by=system,
        at=committee.at,
        organisation=committee.unit,
        account=committee.accounts[first],
        deputy=committee.accounts[second] if second else None,
        works=works,
        since=committee.since,
    )


def goes_away(browser, *, days=3, begins=0, **told):
    """Note an absence on the page, from today unless told."""
    since = day_of(timezone.now()) + timedelta(days=begins)
    given = {"since": str(since), "last_day": str(since + timedelta(days=days - 1))} | told
    return browser.post("/organisations/absences/", given)
