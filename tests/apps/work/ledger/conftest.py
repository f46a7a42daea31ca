"""Items to count, one person or another, and the way into the ledger that an engine would take."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from yimen.foundations.access import api as access
from yimen.foundations.audit.api import operation
from yimen.foundations.definitions.api import sync_definitions
from yimen.kernel.clock import day_of
from yimen.kernel.ids import uuid7
from yimen.registers.people import api as people
from yimen.registers.places import api as places
from yimen.work.ledger import api as ledger

STREET, OTHER_STREET = "330212007", "330212008"
HERE, THERE, FAR = "330212007001", "330212007002", "330212008001"
ITEMS = {"test_visit": ("上门走访", "次"), "test_talk": ("健康讲座", "人次"), "test_pack": ("发放物资", "份")}
AREAS = [
    ("330212", "鄞州区"),
    (STREET, "潘火街道"),
    (HERE, "东莺社区"),
    (THERE, "雅苑社区"),
    (OTHER_STREET, "百丈街道"),
    (FAR, "潜龙社区"),
]


@operation("tests.deed.done")
def do_deed(*, by, at, items=("test_visit",), area=HERE, happened_on=None, source=None, **told):
    """A deed of some engine, which leaves its entry."""
    return ledger.record_entry(
        by=by,
        at=at,
        items=items,
        area=area,
        happened_on=happened_on or at.date(),
        source_kind=ledger.SourceKind.CASE if source else ledger.SourceKind.ALONE,
        source=source,
        **told,
    )


def about(person: UUID | None = None, **told) -> ledger.About:
    return ledger.About(person=person or uuid7(), **told)


def write_items(folder) -> None:
    home = folder / "definitions" / "item"
    home.mkdir(parents=True)
    for key, (title, unit) in ITEMS.items():
        (home / f"{key}.toml").write_text(f'title = "{title}"\nunit = "{unit}"\n', encoding="utf-8")


@pytest.fixture
def items(acting, system, now, today, tmp_path, settings):
    """Three items of the street's own, and the areas; all acted by the system until the test ends."""
    write_items(tmp_path)
    settings.YIMEN_SITE = str(tmp_path)
    with acting(system):
        sync_definitions(by=system, at=now, on=today)
        rows = [places.AreaRow(*row) for row in AREAS]
        places.import_areas(by=system, at=now, since=today.replace(year=2015), rows=rows)
        yield ITEMS


@pytest.fixture
def signed_in(db, acting, system, client):
    """``signed_in("community_worker", area=…)``: a browser in which such a post is signed in; pages read the clock."""
    word = "Panhuo-2026-east"

    def enter(role, *, area=HERE, name="周敏"):
        on = timezone.now() - timedelta(hours=1)
        with acting(system):
            if not places.communities_of(STREET):
                rows = [places.AreaRow(*row) for row in AREAS]
                places.import_areas(by=system, at=on, since=day_of(on).replace(year=2015), rows=rows)
            username = f"{role}-{area}".replace("_", "-")
            account = access.create_account(
                by=system, at=on, username=username, name=name, password=word, area=area, must_change=False
            )
            access.grant_role(
                by=system, at=on, account=account.public_id, role=role, area=area, since=day_of(on)
            )
        browser = type(client)()
        assert browser.post("/sign-in", {"username": username, "password": word}).status_code == 302
        return browser

    return enter


@pytest.fixture
def wang(signed_in, acting, system):
    """王桂英 of the first community, born in 1950."""

    def register(**told):
        with acting(system):
            return people.register_person(
                by=system,
                at=timezone.now() - timedelta(hours=1),
                name="王桂英",
                community=HERE,
                sex="female",
                birth_on=date(1950, 3, 1),
                **told,
            ).public_id

    return register
