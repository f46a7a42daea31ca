"""The local scheme of the two allowances (两项补贴标准): its grammar, its worked examples, and which one holds where."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field

from yimen.foundations.definitions.api import Definition, Grammar, find_nearest, working_calendar
from yimen.kernel.money import Money
from yimen.services.rehab.choices import AllowanceKind, Means
from yimen.services.rehab.rules import Limits, may_have_care, may_have_living

KIND = "disability_scheme"


class SchemeSource(Grammar):
    """Where the numbers come from (出处), and how sure one may be."""

    labels = {
        "document": "文件",
        "number": "文号",
        "confidence": "可信度",
        "confidence.high": "高",
        "confidence.medium": "中",
        "confidence.low": "低",
        "confidence.sample": "示例",
    }

    document: str = Field(min_length=2)
    number: str = ""
    confidence: Literal["high", "medium", "low", "sample"] = "sample"


class CareExtra(Grammar):
    """A category and grade that a place has added to the care allowance (扩大范围)."""

    labels = {
        "category": "残疾类别",
        "category.intellect": "智力",
        "category.mental": "精神",
        "grade": "残疾等级",
        "grade.grade_3": "三级",
        "grade.grade_4": "四级",
    }

    category: Literal["intellect", "mental"]
    grade: Literal["grade_3", "grade_4"]


class DisabilityScheme(Grammar):
    """Amounts, circle and days of one area (两项补贴标准). The key is the area code; ``default`` serves where none is given.

    Amounts are local. The days of an application from elsewhere are national and stand here so that an old case keeps
    the rule it was opened under. ``checked_on`` is the day somebody compared the amounts with the local document.
    """

    labels = {
        "title": "名称",
        "source": "金额出处",
        "checked_on": "核对日期",
        "living_yuan": "生活补贴每月（元）",
        "care_yuan": "护理补贴每月（元），按等级",
        "care_yuan.grade_1": "一级",
        "care_yuan.grade_2": "二级",
        "care_yuan.grade_3": "三级",
        "care_yuan.grade_4": "四级",
        "living_means": "生活补贴发给",
        "living_means.dibao": "低保",
        "living_means.edge": "低保边缘",
        "living_means.no_income": "没有固定收入的重度残疾人",
        "care_extra": "护理补贴扩大到",
        "push_days": "接收地推送（工作日）",
        "decide_days": "户籍地决定（工作日）",
        "answer_days": "反馈（工作日）",
        "days_source": "时限出处",
    }

    title: str = Field(min_length=2, max_length=60)
    source: SchemeSource
    checked_on: date | None = None
    living_yuan: int = Field(ge=1, le=10_000)
    care_yuan: dict[Literal["grade_1", "grade_2", "grade_3", "grade_4"], int]
    living_means: tuple[Literal["dibao", "edge", "no_income"], ...] = ("dibao",)
    care_extra: tuple[CareExtra, ...] = ()
    push_days: int = Field(ge=0, le=30)
    decide_days: int = Field(ge=0, le=30)
    answer_days: int = Field(ge=0, le=30)
    days_source: SchemeSource

    @property
    def limits(self) -> Limits:
        extra = frozenset(f"{one.category}:{one.grade}" for one in self.care_extra)
        return Limits(frozenset(Means(one) for one in self.living_means), extra)

    def monthly(self, kind: str, grade: str) -> Money | None:
        """What a month of this allowance is here (月标准), or None where the scheme names nothing for the grade."""
        yuan = self.living_yuan if kind == AllowanceKind.LIVING else self.care_yuan.get(grade)
        return None if yuan is None else Money(yuan * 100)

    def days_from(self, on: date) -> dict[str, date]:
        """Until when an application from elsewhere is passed on, decided and answered (推送、决定、反馈期限)."""
        calendar = working_calendar(on=on)
        push_by = calendar.add_working_days(on, self.push_days).day
        decide_by = calendar.add_working_days(push_by, self.decide_days).day
        answer_by = calendar.add_working_days(decide_by, self.answer_days).day
        return {"push_by": push_by, "decide_by": decide_by, "answer_by": answer_by}


def scheme_of(area: str, *, on: date) -> Definition | None:
    """The scheme in force for an area: its own, that of its street or county, else the default."""
    return find_nearest(KIND, area, on=on)


def run_scheme_example(
    scheme: DisabilityScheme, given: Mapping[str, Any], on: date | None
) -> Mapping[str, Any]:
    """What an application of these facts would meet under this scheme, the month's amount, and the days from elsewhere."""
    on, grade = on or date(2026, 11, 20), given.get("grade", "")
    if given.get("kind") == "living":
        kind = AllowanceKind.LIVING
        findings = may_have_living(means=given.get("means", ""), grade=grade, limits=scheme.limits)
    else:
        kind = AllowanceKind.CARE
        findings = may_have_care(
            grade=grade,
            category=given.get("category", ""),
            long_term=given.get("long_term", True),
            destitute=given.get("destitute", False),
            other_care=given.get("other_care", "none"),
            limits=scheme.limits,
        )
    amount = scheme.monthly(kind, grade)
    return {
        "in_the_way": [finding.sentence for finding in findings if finding.refuses],
        "to_mind": [finding.sentence for finding in findings if not finding.refuses],
        "monthly": str(amount) if amount else "",
        **scheme.days_from(on),
    }
