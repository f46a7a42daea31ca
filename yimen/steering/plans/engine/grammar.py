"""The grammar of a plan (年度计划): what was promised, from which sentence, split by community and month."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Literal

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Grammar
from yimen.kernel.areas import is_area_code
from yimen.steering.plans.rules import EVEN, MONTHS, by_month, promised_by, turns

NOTHING = (0,) * MONTHS


class BaselineGrammar(Grammar):
    """Where one started from (底数), with a unit of its own: 68 人 is not 68 户."""

    labels = {
        "amount": "数",
        "unit": "单位",
        "text": "说明",
    }

    amount: int = Field(ge=0)
    unit: str = Field(min_length=1, max_length=12)
    text: str = Field(min_length=4)


# Known by itself, not by its turns: there may be thousands.
@dataclass(frozen=True, eq=False)
class Promise:
    """What is promised when and where (承诺): months of the whole, and whose turn each unit is."""

    months: tuple[int, ...]
    turns: tuple[str, ...]

    @cached_property
    def shares(self) -> tuple[Counter[str], ...]:
        """What each community promises in each month."""
        ends = list(accumulate(self.months))
        return tuple(
            Counter(self.turns[end - amount : end]) for end, amount in zip(ends, self.months, strict=True)
        )

    @cached_property
    def parts(self) -> dict[str, tuple[int, ...]]:
        """The months of each community that promises something."""
        return {area: tuple(share[area] for share in self.shares) for area in dict.fromkeys(self.turns)}

    @cached_property
    def amounts(self) -> Counter[str]:
        """What each community promises for the year."""
        return Counter(self.turns)

    def of_months(self, area: str) -> tuple[int, ...]:
        """What one community promises in each month."""
        return self.parts.get(area, NOTHING)

    def by(self, *, year: int, on: date) -> Counter[str]:
        """What each community should have done by the end of a day; together as much as all should."""
        return _promised(self, year, on).copy()


@lru_cache(maxsize=500)
def _promised(promise: Promise, year: int, on: date) -> Counter[str]:
    """The same all day long."""
    promised = promised_by(promise.months, year=year, on=on)
    reached, known = 0, Counter[str]()
    for amount, share in zip(promise.months, promise.shares, strict=True):
        if reached + amount > promised:
            break
        reached += amount
        known += share
    return known + Counter(promise.turns[reached:promised])


class TargetGrammar(Grammar):
    """One target (目标): an indicator, a yearly amount, and its parts. The unit is the indicator's.

    ``communities`` are shares of the amount or the amounts themselves (``split``); ``months`` is "even" or twelve numbers
    that add up to the amount. ``sentence`` quotes the document; ``setting`` says what of it the street decided itself.
    ``forecast`` marks a volume one expects (预计) rather than promises: falling short of it is nobody's lateness.
    """

    labels = {
        "key": "代号",
        "title": "名称",
        "indicator": "指标",
        "amount": "全年数",
        "sentence": "文件原文",
        "setting": "本街道自定",
        "communities": "社区分解",
        "split": "分解方式",
        "split.share": "按份额",
        "split.amount": "按数量",
        "months": "按月安排",
        "months.even": "各月平均",
        "forecast": "只是预计量",
        "baseline": "底数",
    }

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=2, max_length=40)
    indicator: str
    amount: int = Field(ge=1, le=1_000_000)
    sentence: str = Field(min_length=4)
    setting: str = Field(min_length=4)
    communities: dict[str, int] = Field(min_length=1)
    split: Literal["share", "amount"] = "share"
    months: Literal["even"] | tuple[int, ...] = "even"
    forecast: bool = False
    baseline: BaselineGrammar | None = None

    @cached_property
    def promise(self) -> "Promise":
        """The amount shared out by month, and within each month by community."""
        months = by_month(self.amount, EVEN if self.months == "even" else self.months)
        return Promise(months, turns(self.amount, tuple(self.communities.items())))

    @model_validator(mode="after")
    def _adds_up(self) -> "TargetGrammar":
        numbers = [*self.communities.values(), *(() if self.months == "even" else self.months)]
        if any(number < 0 for number in numbers) or not sum(self.communities.values()):
            raise ValueError("分解到社区和月份的数不能是负数，社区份额不能全为 0")
        if self.split == "amount" and sum(self.communities.values()) != self.amount:
            raise ValueError(f"各社区之和是 {sum(self.communities.values())}，应等于全年的 {self.amount}")
        if self.months != "even" and (len(self.months) != MONTHS or sum(self.months) != self.amount):
            raise ValueError(f"months 要写满 12 个月，合计等于全年的 {self.amount}")
        return self


class PlanGrammar(Grammar):
    """A year's plan of an area (计划)."""

    labels = {
        "title": "名称",
        "year": "年度",
        "area": "区域",
        "document": "依据文件",
        "note": "备注",
        "target": "目标",
    }

    title: str = Field(min_length=2, max_length=60)
    year: int = Field(ge=2000, le=2100)
    area: str
    document: str = Field(min_length=4)
    note: str = ""
    target: tuple[TargetGrammar, ...] = Field(min_length=1)

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        return tuple(dict.fromkeys(("indicator", target.indicator) for target in self.target))

    @model_validator(mode="after")
    def _fits_together(self) -> "PlanGrammar":
        if not is_area_code(self.area):
            raise ValueError("area 应为区域代码，如 330212007")
        strange = [
            code
            for target in self.target
            for code in target.communities
            if not is_area_code(code) or not code.startswith(self.area)
        ]
        if strange:
            raise ValueError(f"这些社区不在计划的区域内：{'、'.join(dict.fromkeys(strange))}")
        keys = [target.key for target in self.target]
        if len(set(keys)) != len(keys):
            raise ValueError("目标的 key 有重复")
        return self
