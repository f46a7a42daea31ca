"""The grammar of a plan (年度计划): what was promised, from which sentence, split by community and month."""

from typing import Literal

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Grammar
from yimen.kernel.areas import is_area_code
from yimen.steering.plans.rules import EVEN, MONTHS, by_month, shared_out


class BaselineGrammar(Grammar):
    """Where one started from (底数), with a unit of its own: 68 人 is not 68 户."""

    labels = {
        "amount": "数",
        "unit": "单位",
        "text": "原文",
    }

    amount: int = Field(ge=0)
    unit: str = Field(min_length=1, max_length=12)
    text: str = Field(min_length=4)


class TargetGrammar(Grammar):
    """One target (目标): an indicator, a yearly amount, and its parts. The unit is the indicator's.

    ``communities`` are shares of the amount or the amounts themselves (``split``); ``months`` is "even" or twelve numbers
    that add up to the amount. ``sentence`` quotes the document; ``setting`` says what of it the street decided itself.
    ``forecast`` marks a volume one expects (预计) rather than promises: falling short of it is nobody's lateness.
    """

    labels = {
        "key": "编号",
        "title": "目标",
        "indicator": "指标",
        "amount": "全年",
        "sentence": "计划原文",
        "setting": "街道自定部分",
        "communities": "各社区",
        "split": "社区分法",
        "split.share": "按份额分",
        "split.amount": "各定数量",
        "months": "各月",
        "months.even": "平均到月",
        "forecast": "只是预计",
        "baseline": "底数",
    }

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=2, max_length=40)
    indicator: str
    amount: int = Field(ge=1)
    sentence: str = Field(min_length=4)
    setting: str = Field(min_length=4)
    communities: dict[str, int] = Field(min_length=1)
    split: Literal["share", "amount"] = "share"
    months: Literal["even"] | tuple[int, ...] = "even"
    forecast: bool = False
    baseline: BaselineGrammar | None = None

    @property
    def promises(self) -> dict[str, tuple[int, ...]]:
        """What each community promises in each month."""
        weights = EVEN if self.months == "even" else self.months
        parts = self.communities if self.split == "amount" else shared_out(self.amount, self.communities)
        return {area: by_month(amount, weights) for area, amount in parts.items()}

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
        "year": "年份",
        "area": "区域",
        "document": "文件",
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
