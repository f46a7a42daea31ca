"""Choose from many possible households as many as are wanted, so that their people are those of the census (年龄金字塔)."""

from collections import defaultdict
from itertools import accumulate
from random import Random
from typing import Any

from yimen.demo.engine.families import Families, Family
from yimen.demo.engine.toml import read

# How many households are thought up, and how often their weights are put right against each margin in turn.
POOL, ROUNDS = 9000, 40

Margin = tuple[str, Any]


class Census:
    """What is known of the whole: ages by sex, and sizes of households."""

    def __init__(self) -> None:
        told = read("population")
        self.bands: list[tuple[int, int, float]] = [tuple(band) for band in told["age_share"]["bands"]]
        self.sizes = {size: share / 100 for size, share in told["households"]["sizes"]}
        self.kinds = told["households"]["kinds"]
        self.mean = told["households"]["mean"]
        self._ratios = told["sex_ratio"]["bands"]

    def band_of(self, age: int) -> int:
        """The first year of the age band."""
        return next(low for low, high, _ in reversed(self.bands) if age >= low)

    def people(self) -> dict[tuple[int, str], float]:
        """Share of the people by age band and sex."""
        found = {}
        for low, _, share in self.bands:
            ratio = next(ratio for since, until, ratio in self._ratios if since <= low < until)
            found[low, "male"] = share / 100 * ratio / (100 + ratio)
            found[low, "female"] = share / 100 * 100 / (100 + ratio)
        return found


def choose_families(rng: Random, *, people: int) -> list[Family]:
    """So many people in households, in a mixed order."""
    census = Census()
    families = Families(rng, census.bands)
    weights = [kind["weight"] for kind in census.kinds]
    # Even a tenth of a street is drawn from a whole one; a handful need not be.
    pool = [families.draw(kind) for kind in rng.choices(census.kinds, weights, k=max(POOL, people // 2))]
    raked = _raked(pool, census)
    chosen, count = [], 0
    for family in _drawn(rng, pool, raked, number=round(people / _mean_size(pool, raked))):
        chosen.append(family)
        count += len(family.members)
    rng.shuffle(chosen)
    return chosen


def _raked(pool: list[Family], census: Census) -> list[float]:
    """Weights under which the pool has the margins of the census (迭代比例拟合): sizes of households, then ages by sex."""
    weights = [1.0] * len(pool)
    sizes = [min(len(family.members), max(census.sizes)) for family in pool]
    cells = [[(census.band_of(one.age), one.sex) for one in family.members] for family in pool]
    wanted = census.people()
    for _ in range(ROUNDS):
        by_size: dict[int, float] = defaultdict(float)
        by_cell: dict[tuple[int, str], float] = defaultdict(float)
        for weight, size in zip(weights, sizes, strict=True):
            by_size[size] += weight
        whole = sum(weights)
        weights = [
            weight * census.sizes[size] * whole / by_size[size]
            for weight, size in zip(weights, sizes, strict=True)
        ]
        for weight, own in zip(weights, cells, strict=True):
            for cell in own:
                by_cell[cell] += weight
        people = sum(by_cell.values())
        factors = {cell: wanted[cell] * people / total for cell, total in by_cell.items()}
        weights = [
            weight * sum(factors[cell] for cell in own) / len(own)
            for weight, own in zip(weights, cells, strict=True)
        ]
    return weights


def _mean_size(pool: list[Family], weights: list[float]) -> float:
    return sum(weight * len(one.members) for weight, one in zip(weights, pool, strict=True)) / sum(weights)


def _drawn(rng: Random, pool: list[Family], weights: list[float], *, number: int) -> list[Family]:
    """Every so many-eth of the pool (系统抽样): hardly any noise. The likes stand together, so each gets its share."""
    order = sorted(range(len(pool)), key=lambda at: (len(pool[at].members), pool[at].mean_age))
    sums = list(accumulate(weights[at] for at in order))
    step = sums[-1] / number
    mark, found = rng.uniform(0, step), []
    for at, total in zip(order, sums, strict=True):
        while mark < total:
            found.append(pool[at])
            mark += step
    return found
