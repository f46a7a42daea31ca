"""The grammar of an indicator (指标)."""

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Grammar
from yimen.work.indicators.rules import FLOWS, unknown_bands, why_not_unit


class BandsGrammar(Grammar):
    """Who is counted (口径范围); empty means everybody."""

    labels = {
        "sexes": "性别",
        "age_bands": "年龄段",
        "residences": "居住类别",
    }

    sexes: tuple[str, ...] = ()
    age_bands: tuple[str, ...] = ()
    residences: tuple[str, ...] = ()


class IndicatorGrammar(Grammar):
    """One number of the house (指标): what it is called, how it is counted, in words and for the machine.

    ``measure``: acts 件次, quantity 数量, persons 人数 (distinct) over ``items`` of the ledger; or the name of a measure
    that an app has plugged, for what stands at a date (时点数).
    """

    labels = {
        "title": "名称",
        "unit": "单位",
        "measure": "口径",
        "measure.acts": "件次",
        "measure.quantity": "数量",
        "measure.persons": "人数（去重）",
        "explanation": "怎么算",
        "items": "台账项目",
        "bands": "范围",
    }

    title: str = Field(min_length=2, max_length=40)
    unit: str = Field(min_length=1, max_length=12)
    measure: str = Field(min_length=1)
    explanation: str = Field(min_length=10)
    items: tuple[str, ...] = ()
    bands: BandsGrammar = BandsGrammar()

    @property
    def is_flow(self) -> bool:
        """Counted over a period (时期数), not at a date."""
        return self.measure in FLOWS

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        return tuple(("item", item) for item in self.items)

    @model_validator(mode="after")
    def _fits_together(self) -> "IndicatorGrammar":
        if self.is_flow and not self.items:
            raise ValueError("时期数要写明由哪些台账项目（items）得来")
        if not self.is_flow and (self.items or self.bands != BandsGrammar()):
            raise ValueError("时点数不由台账得来，不写 items 和 bands")
        if len(set(self.items)) != len(self.items):
            raise ValueError("items 里有重复的台账项目")
        if said := why_not_unit(self.measure, self.unit):
            raise ValueError(said)
        if strange := unknown_bands(self.bands.age_bands):
            raise ValueError(f"没有这样的年龄段：{'、'.join(strange)}")
        return self
