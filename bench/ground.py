"""What stands before anybody moves in: areas, grids, windows, delegated matters, the plan and the accounts (底册)."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from bench.facts import Account
from bench.names import Names
from bench.population import COUNTY, GRIDS, SEED, Community, street_name
from yimen.foundations.access import api as access
from yimen.foundations.definitions.api import publish
from yimen.kernel.actor import system_actor
from yimen.kernel.clock import day_of
from yimen.registers.places import api as places
from yimen.work.desk import api as desk

BY = system_actor("bench")
PLAN = "bench_plan"
# What the plan promises: target, title, indicator, so many a year of a community.
TARGETS = (
    ("accepted", "一站式受理办件", "cases_accepted", 1200),
    ("settled", "办结的办件", "cases_settled", 1100),
    ("births", "生育登记", "birth_registration", 400),
    ("relief", "困难救助", "temporary_relief", 240),
    ("helped", "得到便民服务的居民", "people_helped_at_the_door", 900),
)
DELEGATED = ("temporary_relief", "elder_voucher", "high_age_allowance")
# Who works in the hall of a street: role and how many; and who works for the whole county.
IN_STREET = (
    ("window_clerk", 4),
    ("section_officer", 2),
    ("section_chief", 1),
    ("leader", 1),
    ("archive_keeper", 1),
)
IN_COUNTY = (("window_clerk", 2), ("section_officer", 1), ("leader", 1))


def lay_ground(
    filled: list[Community], *, begin: datetime, now: datetime
) -> tuple[list[Account], dict[str, Any]]:
    """Areas and everything that is said once; answers who can sign in and the account of each login."""
    _open_areas(filled, begin=begin)
    streets = sorted({one.street for one in filled})
    for street in streets:
        _open_window(street, at=begin)
    _promise([one.code for one in filled], year=now.year, at=begin)
    for one in filled:
        for matter in DELEGATED:
            desk.delegate_matter(
                by=BY,
                at=begin,
                area=one.code,
                matter=matter,
                powers="accept",
                document="下放社区事项清单（演示）",
                article="附件一",
                seal_rule="使用“便民服务专用章”（演示），社区书记保管，用印登记。",
                since=day_of(begin),
                last_day=day_of(now) + timedelta(days=365),
            )
    return _employ(streets, since=day_of(begin), now=now)


def grids_of(community: str) -> list[str]:
    """The grids of a community (网格)."""
    return [f"{community}{number:03d}" for number in range(1, GRIDS + 1)]


def _open_areas(filled: Iterable[Community], *, begin: datetime) -> None:
    rows = [places.AreaRow(COUNTY, "演示区")]
    for one in filled:
        rows += [places.AreaRow(one.street, street_name(one.street)), places.AreaRow(one.code, one.name)]
    since = date(2015, 1, 1)
    places.import_areas(by=BY, at=begin, since=since, rows=list(dict.fromkeys(rows)))
    for one in filled:
        opened = [
            places.open_area(by=BY, at=begin, parent=one.code, name=f"第{name}网格", since=since).code
            for name in "一二三四"[:GRIDS]
        ]
        assert opened == grids_of(one.code), opened


def _open_window(street: str, *, at: datetime) -> None:
    body = {
        "name": f"{street_name(street)}办事处（演示）",
        "mark": f"演{int(street[-3:])}街",
        "address": "演示路 1 号便民服务中心",
        "phone": "0574-0000 0000（演示，打不通）",
        "review_office": "演示区人民政府",
        "court": "演示区人民法院",
    }
    publish(by=BY, at=at, effective_on=day_of(at), kind="window", key=street, body=body)


def _promise(communities: list[str], *, year: int, at: datetime) -> None:
    """The plan of the first street, which its leader reads; targets by community and month."""
    street = communities[0][:9]
    mine = [code for code in communities if code.startswith(street)]
    targets = [
        {
            "key": key,
            "title": title,
            "indicator": indicator,
            "amount": each * len(mine),
            "months": [each * len(mine) // 12] * 11 + [each * len(mine) - each * len(mine) // 12 * 11],
            "sentence": "演示计划，不是任何街道的文件。",
            "setting": "数量按人口自定，只为量速度。",
            "communities": dict.fromkeys(mine, 1),
        }
        for key, title, indicator, each in TARGETS
    ]
    body = {
        "title": f"{street_name(street)} {year} 年演示计划",
        "year": year,
        "area": street,
        "document": "演示文件",
        "target": targets,
    }
    publish(by=BY, at=at, effective_on=day_of(at), kind="plan", key=PLAN, body=body)


def _employ(streets: list[str], *, since: date, now: datetime) -> tuple[list[Account], dict[str, Any]]:
    """One account for every post; a password for each, kept only in the list of what was loaded."""
    names, opened, ids = Names(_chance()), [], {}
    wanted = [(street, role, turn) for street in streets for role, many in IN_STREET for turn in range(many)]
    wanted += [(COUNTY, role, turn) for role, many in IN_COUNTY for turn in range(many)]
    for area, role, turn in wanted:
        username = f"{role.replace('_', '-')}-{area[6:] or 'county'}-{turn + 1}"
        password = secrets.token_urlsafe(12) + "-7a"
        name = names.surname() + names.given(sex="female", year=1985)
        made = access.create_account(
            by=BY, at=now, username=username, name=name, password=password, area=area, must_change=False
        )
        access.grant_role(by=BY, at=now, account=made.public_id, role=role, area=area, since=since)
        opened.append(Account(username, password, name, role, area))
        ids[username] = made.public_id
    return opened, ids


def _chance():
    from random import Random

    return Random(f"{SEED}:staff")
