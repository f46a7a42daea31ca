"""The rules of suspected doubles (疑似重复规则) as definitions: which facts must agree, and what speaks against."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Grammar, current_all
from yimen.registers.people.rules.likeness import FACTS, AlikeRule, Likeness, compare, names_of
from yimen.registers.people.rules.search import fold_number, fold_phone, number_forms

KIND = "duplicate_rule"
Fact = Literal[
    "number", "old_number", "id_number", "name", "pinyin", "birth_on", "birth_year", "sex", "phone", "address", "family",
]  # fmt: skip
_PLACES = ("agree", "one_of", "against", "unknown")


class DuplicateRule(Grammar):
    """One rule of suspected doubles (疑似重复规则). A site switches it off with ``active = false``."""

    labels = {
        "title": "名称",
        "active": "启用",
        "order": "先后",
        "agree": "必须都相同",
        "one_of": "至少一项相同",
        "against": "不同就不疑",
        "unknown": "无从比对时才用",
        "one_without_id_number": "至少一方没有身份证号码",
        "younger_than_months": "只看未满多少个月的孩子",
        "beyond_reach": "范围以外只告诉所在社区",
        "source": "依据",
    } | {f"{place}.{fact}": label for place in _PLACES for fact, label in FACTS.items()}

    title: str = Field(min_length=2, max_length=40)
    active: bool = True
    order: int = Field(default=50, ge=0, le=999)
    agree: tuple[Fact, ...] = Field(min_length=1)
    one_of: tuple[Fact, ...] = ()
    against: tuple[Fact, ...] = ()
    unknown: tuple[Fact, ...] = ()
    one_without_id_number: bool = False
    younger_than_months: int | None = Field(default=None, ge=1, le=36)
    beyond_reach: bool = False
    source: str = Field(min_length=2)

    @model_validator(mode="after")
    def _asks_by_something(self) -> "DuplicateRule":
        told = {*self.agree}
        if not told & {"number", "old_number", "phone", "birth_on", "name"}:
            raise ValueError(
                "“必须都相同”里要有证件号码、旧号码、电话、出生日期或姓名之一，否则只能通读全部档案"
            )
        if "birth_on" in told and not {*self.agree, *self.one_of} & {"name", "address", "family", "phone"}:
            raise ValueError("出生日期要和姓名、住址、住户或电话一起用，只凭生日不能疑为同一个人")
        if self.beyond_reach and told != {"name", "birth_on"}:
            raise ValueError("范围以外只按姓名和出生日期核对；证件号码由建档时的一号一档保证")
        return self

    def rule(self, key: str) -> AlikeRule:
        """The rule as it is applied."""
        told = {name: getattr(self, name) for name in AlikeRule.__dataclass_fields__ if name != "key"}
        return AlikeRule(key=key, **told)


def duplicate_rules(*, on: date) -> list[AlikeRule]:
    """The rules in force on a day, in their order (现行规则)."""
    active = [one for one in current_all(KIND, on=on) if one.body.active]
    return [one.body.rule(one.key) for one in sorted(active, key=lambda one: (one.body.order, one.key))]


def rule_titles(keys: list[str], *, on: date) -> list[str]:
    """What the rules say by which two files are asked about; one that is no longer in force by its key."""
    titles = {one.key: one.body.title for one in current_all(KIND, on=on)}
    return [titles.get(key, key) for key in keys]


def run_rule_example(body: DuplicateRule, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """What a rule says of two people of a worked example (算例)."""
    one, other = (_told(given[each]) for each in ("one", "other"))
    return {"alike": body.rule("example").holds(compare(one, other, on=on or date.max))}


def _told(told: Mapping[str, Any]) -> Likeness:
    names, sounds = names_of([told.get("name", ""), *told.get("former_names", ())])
    id_number = fold_number(told.get("id_number", ""))
    numbers = [number for number in (id_number, *map(fold_number, told.get("numbers", ()))) if number]
    return Likeness(
        names=names,
        sounds=sounds,
        birth_on=date.fromisoformat(str(told["birth_on"])) if told.get("birth_on") else None,
        sex={"男": "male", "女": "female"}.get(told.get("sex", ""), ""),
        numbers=frozenset(numbers),
        forms=frozenset(form for number in numbers for form in number_forms(number)),
        id_cards=frozenset([id_number] if id_number else []),
        phones=frozenset([fold_phone(told["phone"])] if told.get("phone") else []),
        address=told.get("address", ""),
        families=frozenset(told.get("families", ())),
    )
