"""What households are made of (家庭构成): ages that parents and children can have, before anybody gets a name."""

from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import accumulate
from random import Random
from typing import Any

# Of a hundred children so many bear their mother's name.
MOTHERS_NAME = 8
HEAD, SPOUSE, SON, DAUGHTER, OTHER = "02", "10", "20", "30", "99"
SONS_SON, SONS_DAUGHTER, FATHER, MOTHER = "41", "42", "51", "52"
WIFES_FATHER, WIFES_MOTHER, GRANDMOTHER = "55", "56", "62"


@dataclass(frozen=True)
class Sketch:
    """One member: how old, of which sex, what to the householder, and which line the surname comes down ("" is her own)."""

    age: int
    sex: str
    role: str
    line: str = ""


@dataclass(frozen=True)
class Family:
    """One household that could be, and whether it lives for rent."""

    members: tuple[Sketch, ...]
    rents: bool

    @property
    def mean_age(self) -> float:
        return sum(one.age for one in self.members) / len(self.members)


class Families:
    """Draws households of a kind, by ages as often as the census found them."""

    def __init__(self, rng: Random, bands: list[tuple[int, int, float]]) -> None:
        self.rng = rng
        by_year = [share / (high - low) for low, high, share in bands for _ in range(low, high)]
        self._sums = [0.0, *accumulate(by_year)]
        self.oldest = len(by_year) - 1
        self._kinds: dict[str, Callable[..., list[Sketch]]] = {
            "alone": self._alone,
            "couple": self._couple,
            "parents_and_children": self._parents_and_children,
            "with_grown_child": self._with_grown_child,
            "one_parent": self._one_parent,
            "child_and_old_parent": self._child_and_old_parent,
            "couple_and_old_parent": self._couple_and_old_parent,
            "three_generations": self._three_generations,
            "four_generations": self._four_generations,
            "grandparents_and_child": self._grandparents_and_child,
            "flatmates": self._flatmates,
            "siblings": self._siblings,
        }

    def draw(self, kind: dict[str, Any]) -> Family:
        """One household of this kind of ``population.toml``."""
        more = {"children": kind["children"]} if "children" in kind else {}
        members = self._kinds[kind["kind"]](*kind["ages"], **more)
        return Family(tuple(members), self.rng.randrange(100) < kind["rent"])

    # -- one after another

    def _alone(self, low: int, high: int) -> list[Sketch]:
        return [Sketch(self._age(low, high), self._sex(), HEAD)]

    def _couple(self, low: int, high: int) -> list[Sketch]:
        """Husband and wife, he mostly a little older; now and then she is the householder."""
        age = self._age(low, high)
        wife = min(max(20, age - self.rng.choice((-3, -1, 0, 0, 1, 1, 2, 2, 3, 4, 6))), self.oldest)
        if self.rng.random() < 0.2:
            return [Sketch(wife, "female", HEAD, "mother"), Sketch(age, "male", SPOUSE, "father")]
        return [Sketch(age, "male", HEAD, "father"), Sketch(wife, "female", SPOUSE, "mother")]

    def _parents_and_children(self, low: int, high: int, children: int) -> list[Sketch]:
        parents = self._couple(low, high)
        return parents + self._children(self._mother(parents), children, oldest=19)

    def _with_grown_child(self, low: int, high: int) -> list[Sketch]:
        parents = self._couple(low, high)
        return parents + self._children(self._mother(parents), 1, youngest=18, oldest=34)

    def _one_parent(self, low: int, high: int) -> list[Sketch]:
        sex = "female" if self.rng.random() < 0.78 else "male"
        parent = Sketch(self._age(low, high), sex, HEAD, "father" if sex == "male" else "mother")
        return [parent, *self._children(parent.age, 1, oldest=30)]

    def _child_and_old_parent(self, low: int, high: int) -> list[Sketch]:
        head = Sketch(self._age(low, high), self._sex(), HEAD, "father")
        parent = self._parent_of(head)
        return [head, replace(parent, role=MOTHER) if parent.sex == "female" else parent]

    def _couple_and_old_parent(self, low: int, high: int) -> list[Sketch]:
        pair = self._couple(low, high)
        return [*pair, self._parent_of(pair[0])]

    def _three_generations(self, low: int, high: int) -> list[Sketch]:
        family = self._parents_and_children(low, high, self.rng.choice((1, 1, 1, 2)))
        mother = self._parent_of(family[0], "female")
        if self.rng.random() < 0.55:
            return [*family, mother]
        hers = mother.role == WIFES_MOTHER
        age = min(mother.age + self.rng.randrange(0, 5), self.oldest)
        line = family[1].line if hers else family[0].line
        return [*family, mother, Sketch(age, "male", WIFES_FATHER if hers else FATHER, line)]

    def _four_generations(self, low: int, high: int) -> list[Sketch]:
        family = self._parents_and_children(low, high, 1)
        mother = self._parent_of(family[0], "female")
        return [*family, mother, Sketch(min(mother.age + 23, self.oldest), "female", GRANDMOTHER)]

    def _grandparents_and_child(self, low: int, high: int) -> list[Sketch]:
        """The parents work elsewhere (隔代抚养)."""
        pair = self._couple(low, high)
        pair = pair if self.rng.random() < 0.6 else pair[:1]
        age = min(max(pair[0].age - self.rng.randrange(48, 58), 0), 17)
        sex = self._sex(age)
        role = SONS_SON if sex == "male" else SONS_DAUGHTER
        return [*pair, Sketch(age, sex, role, "father")]

    def _flatmates(self, low: int, high: int) -> list[Sketch]:
        number = self.rng.choice((2, 2, 2, 3, 3, 4))
        return [
            Sketch(self._age(low, high), self._sex(), OTHER if order else HEAD) for order in range(number)
        ]

    def _siblings(self, low: int, high: int) -> list[Sketch]:
        older = self._age(low + 2, high)
        younger = max(16, older - self.rng.randrange(1, 6))
        return [Sketch(older, self._sex(), HEAD, "father"), Sketch(younger, self._sex(), OTHER, "father")]

    # -- who can be whose

    def _children(self, mother: int, number: int, *, youngest: int = 0, oldest: int) -> list[Sketch]:
        """Children whom a mother of that age may have had between twenty and forty, the elder first."""
        least, most = max(youngest, mother - 40), min(oldest, mother - 20)
        if most < least:
            return []
        found = []
        for _ in range(number):
            liked = mother - self.rng.choice((22, 24, 25, 26, 27, 28, 28, 29, 30, 31, 33, 36))
            age = min(max(liked, least), most)
            while any(abs(age - other) < 2 for other in found) and age > least:
                age -= 2
            found.append(max(age, least))
        line = "mother" if self.rng.randrange(100) < MOTHERS_NAME else "father"
        rows = []
        for age in sorted(found, reverse=True):
            sex = self._sex(age)
            rows.append(Sketch(age, sex, SON if sex == "male" else DAUGHTER, line))
        return rows

    def _parent_of(self, head: Sketch, sex: str = "") -> Sketch:
        """Mother or father of the householder; to a married man it may be his wife's mother."""
        sex = sex or ("female" if self.rng.random() < 0.74 else "male")
        age = min(head.age + self.rng.randrange(21, 32), self.oldest)
        if sex == "male":
            return Sketch(age, sex, FATHER, head.line)
        wifes = head.sex == "male" and self.rng.random() < 0.2
        return Sketch(age, sex, WIFES_MOTHER if wifes else MOTHER)

    @staticmethod
    def _mother(parents: list[Sketch]) -> int:
        return next((one.age for one in parents if one.sex == "female"), parents[0].age)

    def _age(self, low: int, high: int) -> int:
        """An age within limits, as often as the census found it."""
        at = self.rng.uniform(self._sums[low], self._sums[min(high, self.oldest) + 1])
        return min(bisect(self._sums, at) - 1, self.oldest)

    def _sex(self, age: int = 30) -> str:
        return "male" if self.rng.random() < (0.54 if age < 18 else 0.62) else "female"
