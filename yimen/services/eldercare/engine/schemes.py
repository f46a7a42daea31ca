"""The scheme of elder care (养老待遇标准): each number with its own source, and what is not known says so."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Definition, Grammar, find_nearest
from yimen.kernel.money import Money
from yimen.kernel.periods import age_on
from yimen.services.eldercare.rules import VoucherLimits, may_have_high_age, may_have_voucher

KIND = "elder_scheme"
TO_CHECK = "待核"


class Figure(Grammar):
    """One number with its source (数值和出处). Without a value the source begins with 待核: nobody has looked it up yet."""

    labels = {
        "value": "数值",
        "source": "出处",
        "confidence": "可信度",
        "confidence.high": "高",
        "confidence.medium": "中",
        "confidence.low": "低",
    }

    value: int | None = Field(default=None, ge=0)
    source: str = Field(min_length=2)
    confidence: Literal["high", "medium", "low"] = "low"

    @model_validator(mode="after")
    def _unknown_says_so(self) -> "Figure":
        if self.value is None and not self.source.startswith(TO_CHECK):
            raise ValueError("没有数值的，出处要以“待核”开头")
        return self

    @property
    def yuan(self) -> Money | None:
        return None if self.value is None else Money(self.value * 100)


class Voucher(Grammar):
    """The voucher programme (养老服务消费补贴): circle and ceilings."""

    labels = {
        "age_from": "起始年龄",
        "levels": "能力等级",
        "levels.mild": "轻度失能",
        "levels.moderate": "中度失能",
        "levels.severe": "重度失能",
        "levels.complete": "完全失能",
        "levels_source": "等级出处",
        "monthly_yuan": "每月最高（元）",
        "share_percent": "抵扣比例（%）",
        "assessment_months": "评估有效（月）",
    }

    age_from: Figure
    levels: tuple[Literal["mild", "moderate", "severe", "complete"], ...] = Field(min_length=1)
    levels_source: str = Field(min_length=2)
    monthly_yuan: Figure
    share_percent: Figure
    assessment_months: Figure

    @property
    def limits(self) -> VoucherLimits:
        return VoucherLimits(self.age_from.value, frozenset(self.levels), self.assessment_months.value)


class Tier(Grammar):
    """One step of the allowance of high age (档次): from an age on, so much a month."""

    labels = {"age_from": "起始年龄", "yuan": "每月（元）"}

    age_from: int = Field(ge=60, le=120)
    yuan: Figure


class ElderScheme(Grammar):
    """Vouchers and allowance of one area (养老待遇标准). The key is the area code; ``default`` serves where none is given."""

    labels = {
        "title": "名称",
        "checked_on": "核对日期",
        "voucher": "消费券",
        "high_age": "高龄津贴档次",
        "high_age_source": "高龄津贴档次出处",
    }

    title: str = Field(min_length=2, max_length=60)
    checked_on: date | None = None
    voucher: Voucher
    high_age: tuple[Tier, ...] = ()
    high_age_source: str = TO_CHECK

    @model_validator(mode="after")
    def _tiers_rise(self) -> "ElderScheme":
        ages = [tier.age_from for tier in self.high_age]
        if ages != sorted(set(ages)):
            raise ValueError("高龄津贴的档次要按年龄从小到大写，不能重复")
        return self

    @property
    def high_age_from(self) -> int | None:
        return self.high_age[0].age_from if self.high_age else None

    def tier_at(self, age: int) -> Tier | None:
        """The step that holds at an age (适用档次)."""
        return next((tier for tier in reversed(self.high_age) if tier.age_from <= age), None)


def scheme_of(area: str, *, on: date) -> Definition | None:
    """The scheme in force for an area: its own, that of its street or county, else the default."""
    return find_nearest(KIND, area, on=on)


def run_scheme_example(scheme: ElderScheme, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """What an elder born on ``born_on`` with these facts would meet; ``level`` is given for vouchers."""
    on = on or date(2026, 11, 20)
    born_on, assessed_on = (_day(given.get(name)) for name in ("born_on", "assessed_on"))
    if "level" in given:
        findings = may_have_voucher(
            born_on=born_on,
            level=given["level"],
            assessed_on=assessed_on,
            on=on,
            limits=scheme.voucher.limits,
        )
        highest = scheme.voucher.monthly_yuan.yuan
    else:
        findings = may_have_high_age(
            born_on=born_on, age_from=scheme.high_age_from, elsewhere=given.get("elsewhere", False), on=on
        )
        tier = scheme.tier_at(age_on(born_on, on)) if born_on else None
        highest = tier.yuan.yuan if tier else None
    return {
        "in_the_way": [finding.sentence for finding in findings if finding.refuses],
        "to_mind": [finding.sentence for finding in findings if not finding.refuses],
        "monthly": str(highest) if highest else TO_CHECK,
        "share": scheme.voucher.share_percent.value or TO_CHECK,
    }


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
