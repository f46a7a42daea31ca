"""The invented residents (虚构居民): households after the census, and the people whom software tends to forget."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from yimen.demo.engine.identity import Names, Numbers
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
# Names that break software: rare characters outside the basic plane, long names of other peoples, compound and odd surnames.
RARE_NAMES = (
    ("林𠮷", "male"), ("陈䶮", "male"), ("周𬱖", "female"), ("王㛃", "female"),
    ("阿卜杜热西提·阿布都热合曼", "male"), ("买买提·吐尔逊", "male"), ("格桑次仁·卓玛央宗", "female"),
    ("欧阳秀英", "female"), ("单晓明", "male"), ("仇小满", "female"), ("区志伟", "male"), ("解冬梅", "female"),
)  # fmt: skip
NAMESAKES = (("张伟", "male", 4), ("王桂英", "female", 3), ("陈静", "female", 3))


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
    home: Any = None
    place: str = field(default="")


class Maker:
    """Makes households for communities, the same ones for the same seed and day."""

    def __init__(self, rng: Random, numbers: Numbers, *, today: date, mark: str = "") -> None:
        self.rng, self.numbers, self.today, self.mark = rng, numbers, today, mark
        self.names = Names(rng)
        told = read("population")
        self._bands = told["age_share"]["bands"]
        self._kinds = told["households"]["kinds"]
        self._hukou = told["households"]["hukou"]
        self._away = told["households"]["away"]

    def houses(self, community: str, *, people: int) -> Iterator[House]:
        """Households of ``community`` until there are so many people."""
        made = 0
        while made < people:
            kind = self.rng.choices(self._kinds, [one["weight"] for one in self._kinds])[0]
            members = getattr(self, f"_{kind['kind']}")(*kind["ages"])[: people - made]
            made += len(members)
            yield self._house(community, members)

    def _house(self, community: str, members: list[Resident]) -> House:
        away = self.rng.randrange(100) < self._away
        where = self.rng.choices([one for one, _ in self._hukou], [weight for _, weight in self._hukou])[0]
        born = max(member.birth_on for member in members)
        days = self.rng.choice((60, 130, 400, 900)) if where == "outside" else self.rng.randrange(400, 9000)
        since = min(max(self.today - timedelta(days=days), born), self.today - timedelta(days=1))
        if away:
            return House(
                community, members, "here", since, lives_here=False, place=self.rng.choice(ELSEWHERE)
            )
        return House(community, members, where, since, place=self.rng.choice(OUTSIDE))

    def resident(self, age: int, sex: str, role: str, *, surname: str = "", name: str = "") -> Resident:
        """A person of that age; everyone over twelve has a telephone, small children have none."""
        birth = self.today - timedelta(days=age * 365 + age // 4 + 1 + self.rng.randrange(364))
        if birth >= self.today:
            birth = self.today - timedelta(days=2)
        name = name or self.names.full(sex=sex, year=birth.year, surname=surname)
        number = self.numbers.citizen_id(birth_on=birth, sex=sex)
        has_phone = age > 12 and (age < 85 or self.rng.random() < 0.5)
        phone = self.numbers.phone() if has_phone else ""
        return Resident(name + self.mark, sex, birth, role, number, phone)

    def _age(self, lowest: int, highest: int) -> int:
        """An age within limits, as often as the census found it."""
        bands = [
            (max(low, lowest), min(high, highest + 1), share, high - low) for low, high, share in self._bands
        ]
        bands = [(low, high, share * (high - low) / width) for low, high, share, width in bands if low < high]
        low, high, _ = self.rng.choices(bands, [share for _, _, share in bands])[0]
        return self.rng.randrange(low, high)

    def _sex(self) -> str:
        return "male" if self.rng.random() < 0.512 else "female"

    def _single(self, low: int, high: int) -> list[Resident]:
        return [self.resident(self._age(low, high), self._sex(), "02")]

    def _elder_alone(self, low: int, high: int) -> list[Resident]:
        sex = "female" if self.rng.random() < 0.65 else "male"
        return [self.resident(self._age(low, high), sex, "02")]

    def _couple(self, low: int, high: int) -> list[Resident]:
        age = self._age(low, high)
        wife = max(20, age - self.rng.randrange(-2, 5))
        return [self.resident(age, "male", "02"), self.resident(wife, "female", "10")]

    _elder_couple = _couple

    def _one_child(self, low: int, high: int) -> list[Resident]:
        return self._family(low, high, children=1, oldest=17)

    def _two_children(self, low: int, high: int) -> list[Resident]:
        return self._family(low, high, children=2, oldest=17)

    def _grown_child(self, low: int, high: int) -> list[Resident]:
        return self._family(low, high, children=1, oldest=30)

    def _family(self, low: int, high: int, *, children: int, oldest: int) -> list[Resident]:
        parents = self._couple(low, high)
        mother = (self.today - parents[1].birth_on).days // 365
        youngest = 18 if oldest > 17 else 0
        for _ in range(children):
            age = min(max(mother - self.rng.randrange(23, 34), youngest), oldest, max(mother - 20, 0))
            sex = self._sex()
            role = "20" if sex == "male" else "30"
            parents.append(self.resident(age, sex, role, surname=_surname_of(parents[0].name)))
        return parents

    def _three_generations(self, low: int, high: int) -> list[Resident]:
        family = self._family(low, high, children=1, oldest=17)
        father = (self.today - family[0].birth_on).days // 365
        surname = _surname_of(family[0].name)
        family.append(
            self.resident(min(father + self.rng.randrange(23, 30), 92), "male", "51", surname=surname)
        )
        family.append(self.resident(min(father + self.rng.randrange(22, 28), 92), "female", "52"))
        return family

    def _flatmates(self, low: int, high: int) -> list[Resident]:
        roles = ["02", *["99"] * self.rng.randrange(1, 4)]
        return [self.resident(self._age(low, high), self._sex(), role) for role in roles]


def unforgotten(maker: Maker, community: str) -> list[House]:
    """Those whom software forgets: namesakes next door, rare characters, long names, other papers, no papers at all."""
    rng, since = maker.rng, maker.today - timedelta(days=1500)
    houses = []
    for name, sex, times in NAMESAKES:
        for _ in range(times):
            person = maker.resident(rng.randrange(28, 79), sex, "02", name=name)
            houses.append(House(community, [person], "here", since))
    for name, sex in RARE_NAMES:
        person = maker.resident(rng.randrange(24, 70), sex, "02", name=name)
        houses.append(
            House(community, [person], "outside", since, place="新疆喀什地区" if "·" in name else OUTSIDE[0])
        )
    for name, sex, document in (
        ("陈嘉明", "male", ("hk_macao_permit", "H00000001")),
        ("林美惠", "female", ("taiwan_permit", "00000001")),
        ("SMITH JOHN DEMO", "male", ("passport", "DEMO00001")),
    ):
        person = maker.resident(rng.randrange(28, 60), sex, "02", name=name)
        person.id_number, person.documents = "", (document,)
        houses.append(House(community, [person], "outside", since, place="境外"))
    return houses


def forget_papers(houses: Sequence[House], *, rng: Random, people: int) -> None:
    """Some have no papers at hand (证件后补): lost, never issued, not yet born when the card was made."""
    candidates = [member for house in houses for member in house.members if member.id_number]
    for member in rng.sample(candidates, min(people, len(candidates))):
        member.id_number = ""


def _surname_of(name: str) -> str:
    return name[:2] if name[:2] in ("欧阳", "上官", "司徒") else name[0]
