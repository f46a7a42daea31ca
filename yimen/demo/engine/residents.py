"""The invented residents (虚构居民): the households of the census get names, papers, a hukou and a community."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import exp
from random import Random
from typing import Any

from yimen.demo.engine.families import Family
from yimen.demo.engine.identity import Names, Numbers
from yimen.demo.engine.pyramid import choose_families
from yimen.demo.engine.toml import read

OUTSIDE = (
    "河南省信阳市",
    "安徽省阜阳市",
    "江西省上饶市",
    "四川省达州市",
    "贵州省毕节市",
    "湖南省邵阳市",
    "浙江省台州市",
    "江苏省盐城市",
)
ELSEWHERE = ("上海市浦东新区", "杭州市余杭区", "深圳市南山区", "宁波市海曙区")
# At this mean age a household is drawn neither to the old communities nor to the young ones; so many years change it e-fold.
MIDDLE_AGE, LEAN_YEARS = 40, 22
SHARED_FROM = 3


@dataclass
class Resident:
    """One invented person before she is put on file."""

    name: str
    sex: str
    birth_on: date
    role: str
    id_number: str = ""
    phone: str = ""
    documents: tuple[tuple[str, str], ...] = ()


@dataclass
class House:
    """One invented household: who belongs to it, where their hukou is, and since when they live there."""

    community: str
    members: list[Resident]
    hukou: str
    since: date
    lives_here: bool = True
    rents: bool = False
    home: Any = None
    place: str = field(default="")

    @property
    def use(self) -> str:
        """How a door behind which they live is used."""
        if not self.rents:
            return "self"
        return "shared" if len(self.members) >= SHARED_FROM and self.members[1].role == "99" else "let"


class Maker:
    """Makes households for communities, the same ones for the same seed and day."""

    def __init__(self, rng: Random, numbers: Numbers, *, today: date, mark: str = "") -> None:
        self.rng, self.numbers, self.today, self.mark = rng, numbers, today, mark
        self.names = Names(rng)
        told = read("population")["households"]
        self._hukou, self._away = told["hukou"], told["away"]

    def houses(self, wanted: dict[str, int]) -> list[House]:
        """Households for these communities (code → how many people), each where such people tend to live."""
        leans = {code: one["lean"] for code, one in read("population")["communities"].items()}
        room = {code: float(number) for code, number in wanted.items()}
        found = []
        for family in choose_families(self.rng, people=sum(wanted.values())):
            pull = (family.mean_age - MIDDLE_AGE) / LEAN_YEARS
            weights = [max(left, 0.1) * exp(leans.get(code, 0) * pull) for code, left in room.items()]
            code = self.rng.choices(list(room), weights)[0]
            room[code] -= len(family.members)
            found.append(self._house(code, family))
        return found

    def _house(self, community: str, family: Family) -> House:
        surnames: dict[str, str] = {}
        members = []
        for one in family.members:
            line = one.line or str(len(members))
            if line not in surnames:
                surnames[line] = self.names.surname()
            members.append(self.resident(one.age, one.sex, one.role, surname=surnames[line]))
        chances = self._hukou["rent" if family.rents else "own"]
        where = self.rng.choices([one for one, _ in chances], [weight for _, weight in chances])[0]
        days = (
            self.rng.choice((45, 100, 130, 220, 400, 900)) if family.rents else self.rng.randrange(300, 9500)
        )
        since = self.today - timedelta(days=days)
        born = min(member.birth_on for member in members)
        house = House(community, members, where, max(since, born), rents=family.rents)
        house.place = self.rng.choice(OUTSIDE)
        if self.rng.randrange(100) < self._away:
            house = replace(
                house, hukou="here", lives_here=False, rents=False, place=self.rng.choice(ELSEWHERE)
            )
        return house

    def resident(self, age: int, sex: str, role: str, *, surname: str = "", name: str = "") -> Resident:
        """A person of that age; everyone over twelve has a telephone, small children have none."""
        birth = self.today - timedelta(days=age * 365 + age // 4 + 1 + self.rng.randrange(364))
        name = name or self.names.full(sex=sex, year=birth.year, surname=surname)
        number = self.numbers.citizen_id(birth_on=birth, sex=sex)
        has_phone = age > 12 and (age < 85 or self.rng.random() < 0.5)
        phone = self.numbers.phone() if has_phone else ""
        return Resident(name + self.mark, sex, birth, role, number, phone)


def forget_papers(houses: Sequence[House], *, rng: Random, people: int) -> None:
    """Some have no papers at hand (证件后补): lost, never issued, not yet brought."""
    candidates = [member for house in houses for member in house.members if member.id_number]
    for member in rng.sample(candidates, min(people, len(candidates))):
        member.id_number = ""
