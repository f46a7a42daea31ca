"""The local scheme of temporary relief (临时救助标准): its grammar, its worked examples, and which one holds where."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field

from yimen.foundations.definitions.api import Definition, Grammar, find_nearest
from yimen.kernel.money import Money
from yimen.services.aid.rules import FormerRelief, Limits, within_relief


class SchemeSource(Grammar):
    """Where the numbers come from (出处)."""

    labels = {
        "document": "文件",
        "number": "文号",
        "article": "条款",
    }

    document: str = Field(min_length=2)
    number: str = ""
    article: str = ""


class ReliefScheme(Grammar):
    """Amounts and intervals of one area (救助标准). The key is the area code; ``default`` serves where none is given.

    ``monthly_standard_yuan`` is the local minimum-living standard of one person and month; the small amount, which may be
    given first and examined later, and the usual highest amount are multiples of it. ``checked_on`` is the day somebody
    compared the numbers with the local document; without it pages say that they are only an example.
    """

    labels = {
        "title": "名称",
        "source": "出处",
        "checked_on": "与当地文件核对于",
        "monthly_standard_yuan": "每人每月低保标准（元）",
        "small_amount_times": "小额先行救助（低保标准的倍数）",
        "highest_times": "一般最高（低保标准的倍数）",
        "months_between": "同一事由两次之间（月）",
    }

    title: str = Field(min_length=2, max_length=60)
    source: SchemeSource
    checked_on: date | None = None
    monthly_standard_yuan: int = Field(ge=1, le=100_000)
    small_amount_times: Decimal = Field(gt=0, le=24)
    highest_times: Decimal = Field(gt=0, le=60)
    months_between: int = Field(ge=0, le=60)

    @property
    def standard(self) -> Money:
        return Money(self.monthly_standard_yuan * 100)

    @property
    def small_amount(self) -> Money:
        return self._times(self.small_amount_times)

    @property
    def highest(self) -> Money:
        return self._times(self.highest_times)

    @property
    def limits(self) -> Limits:
        return Limits(self.months_between, self.small_amount)

    def _times(self, times: Decimal) -> Money:
        return Money(int(self.monthly_standard_yuan * 100 * times))


def scheme_of(area: str, *, on: date) -> Definition | None:
    """The scheme in force for an area: its own, that of its street or county, else the default."""
    return find_nearest("relief_scheme", area, on=on)


def read_former(told: Iterable[Mapping[str, str]]) -> list[FormerRelief]:
    """Former reliefs as facts tell them: the kind, and the day as ISO text."""
    return [FormerRelief(one["event"], date.fromisoformat(one["decided_on"])) for one in told]


def run_scheme_example(scheme: ReliefScheme, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """What an application of these facts would meet under this scheme; ``spending_yuan`` and ``former`` are given."""
    yuan = given.get("spending_yuan")
    findings = within_relief(
        event=given.get("event", ""),
        spending=None if yuan is None else Money(yuan * 100),
        on=on or date(2026, 11, 20),
        former=read_former(given.get("former", ())),
        limits=scheme.limits,
    )
    return {
        "small_amount": str(scheme.small_amount),
        "highest": str(scheme.highest),
        "in_the_way": [finding.sentence for finding in findings if finding.refuses],
        "to_mind": [finding.sentence for finding in findings if not finding.refuses],
    }
