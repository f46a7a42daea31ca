"""The residents are put into the places: a home for every household, and a file for everybody (落户建档)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from yimen.demo.engine.residents import House, Maker, forget_papers
from yimen.demo.engine.town import build
from yimen.demo.engine.unforgotten import unforgotten
from yimen.kernel.actor import Actor
from yimen.registers.people import api as people


@dataclass(frozen=True)
class Settled:
    """Who lives in each community, and how many were put on file in all, those with only their hukou here included."""

    living: dict[str, list[UUID]]
    people: int


def settle(
    communities: dict[str, int],
    maker: Maker,
    *,
    by: Actor,
    at: datetime,
    no_papers: int,
    grids: Mapping[str, Sequence[str]],
    special: str = "",
) -> Settled:
    """Make and register the residents of these communities (code → how many).

    ``special`` is the community in which those live whom software forgets.
    """
    houses: dict[str, list[House]] = {code: [] for code in communities}
    if special:
        houses[special] = unforgotten(maker, special)
    for house in maker.houses(communities):
        houses[house.community].append(house)
    for order, code in enumerate(communities):
        build(
            code,
            [house for house in houses[code] if house.lives_here],
            order=order,
            rng=maker.rng,
            by=by,
            at=at,
            grids=grids[code],
            mark=maker.mark,
        )
    everyone = [house for code in communities for house in houses[code]]
    forget_papers(everyone, rng=maker.rng, people=no_papers)
    codes = list(communities)
    rows = [
        (house, new) for key, house in enumerate(everyone) for new in _rows(house, str(key), codes, maker.rng)
    ]
    ids = people.import_people(by=by, at=at, people=[new for _, new in rows])
    found: dict[str, list[UUID]] = {code: [] for code in communities}
    for (house, new), public_id in zip(rows, ids, strict=True):
        if new.lives_here:
            found[house.community].append(UUID(public_id))
    return Settled(found, len(ids))


def _rows(house: House, key: str, communities: Sequence[str], rng: Random) -> list[people.NewPerson]:
    near = [code for code in communities if code != house.community] or [house.community]
    hukou = {"here": house.community, "near": rng.choice(near), "outside": ""}[house.hukou]
    return [
        people.NewPerson(
            name=member.name,
            community=house.community,
            sex=member.sex,
            birth_on=member.birth_on,
            id_number=member.id_number,
            documents=member.documents,
            phone=member.phone,
            lives_here=house.lives_here,
            lives_at=house.home,
            lives_address="" if house.lives_here else f"{house.place}（演示）",
            since=max(house.since, member.birth_on),
            hukou=hukou,
            hukou_address=f"{house.place}（演示）" if house.hukou == "outside" else "",
            household=key if house.lives_here else "",
            role=member.role if house.lives_here else "",
            source="import",
        )
        for member in house.members
    ]
