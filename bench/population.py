"""An invented county of any size (虚构人口): streets, communities, estates, households and people; the same for the same seed.

Ten streets of twenty communities of five thousand make a million; fewer people are fewer communities, each as full as
before, so that what a street's worker finds in one community is the same at any size. Ages, sexes and households follow the
census as the demo tells it (yimen/demo/population.toml). Pure Python; one community is in memory at a time.

Id numbers begin with the code of a prefecture that no province has (98 and 99), so nobody bears them; telephones with 154,
which no operator was given.
"""

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from bench.names import Names
from yimen.demo.engine.families import Family
from yimen.demo.engine.pyramid import choose_families

SEED = 330299
COUNTY = "330299"
OF_A_COMMUNITY, OF_A_STREET = 5000, 20
GRIDS = 4
PATTERNS = 6000  # people in the households from which all others are drawn
EMPTY = 9  # doors of a hundred in which nobody lives
AWAY = 5  # households of a hundred that keep only their hukou here

# Where the hukou of a household is, in a hundred of those who own and of those who rent (人户分离).
HUKOU = {
    False: (("here", "near", "outside"), (79, 91, 100)),
    True: (("here", "near", "outside"), (4, 18, 100)),
}
ELSEWHERE = (
    ("41", "河南省信阳市"),
    ("34", "安徽省阜阳市"),
    ("36", "江西省上饶市"),
    ("51", "四川省达州市"),
    ("52", "贵州省毕节市"),
    ("43", "湖南省邵阳市"),
    ("33", "浙江省台州市"),
    ("32", "江苏省盐城市"),
)
HOME = "33"
STREET_NAMES = "东南西北中春夏秋冬安"
COMMUNITY_NAMES = "一二三四五六七八九十"
# Estates of a community, in turn: floors, staircases, doors on a landing; and what so built ones are called.
BUILT = ((6, 3, 2, "新村"), (11, 2, 3, "苑"), (18, 2, 4, "府"), (6, 4, 2, "小区"))
BEGINS = "东西南北金银紫翠江湖海云星月锦华盛泰康宁和嘉"
ENDS = "湖园庭林景波桥塘河山岚悦澜峰城港湾堤荷棠桂枫"
ROAD = "演示路"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SCATTER, _NUMBERS = 61_803_399, 10**8  # coprime: every serial gets a number of its own, near ones far apart


@dataclass(frozen=True)
class Community:
    """One community to be filled (社区): ``index`` counts over the whole county."""

    index: int
    people: int

    @property
    def street(self) -> str:
        return f"{COUNTY}{self.index // OF_A_STREET + 1:03d}"

    @property
    def code(self) -> str:
        return f"{self.street}{self.index % OF_A_STREET + 1:03d}"

    @property
    def name(self) -> str:
        tens, ones = divmod(self.index % OF_A_STREET, 10)
        number = COMMUNITY_NAMES[ones] if not tens else "十" + (COMMUNITY_NAMES[ones] if ones < 9 else "")
        return (
            f"演示{STREET_NAMES[self.index // OF_A_STREET]}{number if tens < 1 or ones < 9 else '二十'}社区"
        )


@dataclass(frozen=True)
class Estate:
    """One estate to be built (小区), with as many buildings as its homes need."""

    name: str
    floors: int
    units: int
    doors: int
    buildings: int


@dataclass(frozen=True)
class Door:
    """One door: which estate of the community, and where in it."""

    estate: int
    building: int
    unit: int
    floor: int
    room: str


@dataclass(frozen=True)
class Invented:
    """One resident who does not exist (虚构居民)."""

    name: str
    sex: str
    birth_on: date
    id_number: str
    phone: str
    role: str


@dataclass(frozen=True)
class House:
    """One household: who, behind which door (None: only their hukou is here), since when, and where their hukou is."""

    members: tuple[Invented, ...]
    door: Door | None
    rents: bool
    since: date
    hukou: str
    place: str


def communities(people: int) -> list[Community]:
    """The communities of a county of so many people; the last one may be smaller."""
    full, rest = divmod(people, OF_A_COMMUNITY)
    sizes = [OF_A_COMMUNITY] * full + ([rest] if rest else [])
    return [Community(index, size) for index, size in enumerate(sizes)]


def street_name(street: str) -> str:
    return f"演示{STREET_NAMES[int(street[-3:]) - 1]}街道"


class Settlement:
    """Everything of one community, thought up in the same way at every call: ``estates``, ``doors``, then ``houses()``."""

    def __init__(self, community: Community, *, today: date, seed: int = SEED) -> None:
        self.community, self.today = community, today
        self._rng = Random(f"{seed}:{community.code}")
        self._names = Names(self._rng)
        self._taken: set[str] = set()
        self._serial = community.index * OF_A_COMMUNITY
        self._families = self._draw(seed)
        self._away = [self._rng.random() * 100 < AWAY for _ in self._families]
        self.estates = self._plan(len(self._families) - sum(self._away))
        self.doors = [door for order, estate in enumerate(self.estates) for door in _doors(order, estate)]

    def houses(self) -> Iterator[House]:
        """The households, one after another; together as many people as the community has."""
        homes = iter(self._rng.sample(self.doors, len(self._families) - sum(self._away)))
        for family, away in zip(self._families, self._away, strict=True):
            yield self._house(family, None if away else next(homes))

    def _draw(self, seed: int) -> list[Family]:
        patterns, found, left = _patterns(seed), [], self.community.people
        while left:
            family = self._rng.choice(patterns)
            if len(family.members) <= left:
                found.append(family)
                left -= len(family.members)
        return found

    def _plan(self, homes: int) -> list[Estate]:
        wanted = homes * 100 / (100 - EMPTY) / len(BUILT)
        estates, called = [], set()
        for floors, units, doors, kind in BUILT:
            while (name := self._rng.choice(BEGINS) + self._rng.choice(ENDS) + kind) in called:
                pass
            called.add(name)
            estates.append(
                Estate(name, floors, units, doors, -(-int(wanted) // (floors * units * doors)) or 1)
            )
        return estates

    def _house(self, family: Family, door: Door | None) -> House:
        rng, members = self._rng, []
        rents = family.rents and door is not None
        kinds, sums = HUKOU[rents]
        hukou = "here" if door is None else kinds[bisect(sums, rng.random() * 100)]
        province, place = rng.choice(ELSEWHERE)
        surnames: dict[str, str] = {}
        for order, one in enumerate(family.members):
            line = one.line or str(order)
            surname = surnames.get(line) or surnames.setdefault(line, self._names.surname())
            members.append(
                self._resident(one.age, one.sex, one.role, surname, province if hukou == "outside" else HOME)
            )
        days = rng.randrange(45, 1500) if rents else rng.randrange(300, 9500)
        since = max(self.today - timedelta(days=days), min(one.birth_on for one in members))
        return House(tuple(members), door, rents, since, hukou, place)

    def _resident(self, age: int, sex: str, role: str, surname: str, province: str) -> Invented:
        rng = self._rng
        birth = self.today - timedelta(days=age * 365 + age // 4 + 1 + int(rng.random() * 364))
        name = surname + self._names.given(sex=sex, year=birth.year)
        phone = ""
        if age > 12 and (age < 85 or rng.random() < 0.5):
            phone = f"154{(self._serial * _SCATTER) % _NUMBERS:08d}"
        self._serial += 1
        return Invented(name, sex, birth, self._id_number(birth, sex, province), phone, role)

    def _id_number(self, birth: date, sex: str, province: str) -> str:
        """A number nobody else has: the part of the division is this community's own, the rest chance."""
        high, low = divmod(self.community.index, 100)
        begins = f"{province}{98 + high}{low:02d}{birth:%Y%m%d}"
        while True:
            body = f"{begins}{int(self._rng.random() * 500) * 2 + (sex == 'male'):03d}"
            if body not in self._taken:
                self._taken.add(body)
                return body + _check(body)


def _check(body: str) -> str:
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def _doors(order: int, estate: Estate) -> Iterator[Door]:
    for building in range(1, estate.buildings + 1):
        for unit in range(1, estate.units + 1):
            for floor in range(1, estate.floors + 1):
                for room in range(1, estate.doors + 1):
                    yield Door(order, building, unit, floor, f"{floor}{room:02d}")


@lru_cache(maxsize=2)
def _patterns(seed: int) -> list[Family]:
    """Households whose people are those of the census; every community draws from them."""
    return choose_families(Random(f"{seed}:patterns"), people=PATTERNS)
