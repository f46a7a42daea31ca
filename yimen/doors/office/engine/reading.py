"""The rules of unusual reading (异常查阅规则) as definitions: which looks count, when, and from how many on."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field, model_validator

from yimen.foundations.access.api import AccountKind, accounts
from yimen.foundations.audit.api import ReadingRule, night_hours
from yimen.foundations.definitions.api import Grammar, current_all
from yimen.kernel.actor import Actor
from yimen.registers.people.api import NUMBER_SHOWN, NUMBER_SOUGHT

KIND = "reading_rule"
EXPORTED = "ui.list.exported"
_BEGINS = {"numbers": NUMBER_SHOWN, "strangers": NUMBER_SOUGHT}


class ReadingGrammar(Grammar):
    """One rule of unusual reading (异常查阅规则). A site switches it off with ``active = false``."""

    labels = {
        "title": "名称",
        "active": "启用",
        "order": "先后",
        "what": "看什么",
        "what.files": "打开的居民档案",
        "what.numbers": "查看的完整证件号码",
        "what.strangers": "按完整证件号码查找的范围外居民",
        "what.colleagues": "打开的同事本人档案",
        "what.exported_rows": "导出的行数",
        "from_hour": "每天几点起",
        "until_hour": "到几点为止",
        "at_least": "一天达到",
        "times_usual": "并且是本人平常的几倍",
        "usual_days": "平常按前多少天算",
        "source": "依据",
    }

    title: str = Field(min_length=2, max_length=40)
    active: bool = True
    order: int = Field(default=50, ge=0, le=999)
    what: Literal["files", "numbers", "strangers", "colleagues", "exported_rows"]
    from_hour: int | None = Field(default=None, ge=0, le=23)
    until_hour: int | None = Field(default=None, ge=0, le=24)
    at_least: int = Field(ge=1, le=1_000_000)
    times_usual: Decimal | None = Field(default=None, gt=1, le=100)
    usual_days: int = Field(default=28, ge=7, le=92)
    source: str = Field(min_length=2)

    @model_validator(mode="after")
    def _hours_come_in_pairs(self) -> "ReadingGrammar":
        if (self.from_hour is None) != (self.until_hour is None):
            raise ValueError("“每天几点起”和“到几点为止”要么都写，要么都不写")
        if self.from_hour is not None and self.from_hour == self.until_hour:
            raise ValueError("起止时间相同，看不出是哪一段")
        return self

    def rule(self, key: str, *, by: Actor | None) -> ReadingRule:
        """The rule as it is applied; ``by`` looks up who the colleagues are."""
        own = None
        if self.what == "colleagues" and by is not None:
            staff = accounts(by=by).filter(kind=AccountKind.STAFF, person__isnull=False)
            own = tuple(staff.values_list("person", flat=True))
        return ReadingRule(
            key=key,
            title=self.title,
            at_least=self.at_least,
            begins=_BEGINS.get(self.what, ""),
            verb=EXPORTED if self.what == "exported_rows" else "",
            subjects=own,
            hours=night_hours(self.from_hour, self.until_hour),
            times_usual=self.times_usual,
            usual_days=self.usual_days,
        )


def reading_rules(*, on: date, by: Actor) -> list[ReadingRule]:
    """The rules in force on a day, in their order (现行规则)."""
    active = [one for one in current_all(KIND, on=on) if one.body.active]
    return [
        one.body.rule(one.key, by=by) for one in sorted(active, key=lambda one: (one.body.order, one.key))
    ]


def run_reading_example(body: ReadingGrammar, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """What a rule says of one account's day (算例): how many at which hour, and how many on a usual day."""
    rule = body.rule("example", by=None)
    counted = given["count"] if given.get("hour", rule.hours[0]) in rule.hours else 0
    return {"told": rule.stands_out(counted, Decimal(str(given.get("usual", 0))))}
