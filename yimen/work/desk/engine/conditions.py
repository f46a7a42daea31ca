"""Whom a matter is for, as data (办理条件): a condition over the answers, and what is said when it does not hold."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import Field, field_validator

from yimen.foundations.definitions.api import Grammar, check_expression, evaluate, names_in
from yimen.kernel.findings import Finding
from yimen.kernel.periods import age_on

AGE = "age"
YEARS = "years_since_"


class Condition(Grammar):
    """One condition of a matter (条件). ``holds`` is an expression over the answers; besides them it may ask for ``age``, the
    applicant's whole years on the day, and for ``years_since_<question>``, the whole years since a day that was answered.

    What cannot be told (no birthday in the register, a question that was not asked) only warns: nobody is refused by
    silence. ``warns`` makes the same of a condition that others decide about.
    """

    labels = {
        "title": "条件",
        "holds": "怎么判断",
        "otherwise": "不符合时说的话",
        "warns": "只提醒，不拦",
    }

    title: str = Field(min_length=2, max_length=80)
    holds: str
    otherwise: str = Field(min_length=4, max_length=200)
    warns: bool = False

    @field_validator("holds")
    @classmethod
    def _can_be_read(cls, value: str) -> str:
        if faults := check_expression(value):
            raise ValueError("；".join(faults))
        return value


class PassedOn(Grammar):
    """Who decides a matter that is only taken in here (转送): which office, how long it may take, and whom to ask."""

    labels = {
        "to": "转给哪个单位",
        "takes": "那里多久",
        "ask": "向谁查结果",
    }

    to: str = Field(min_length=2, max_length=60)
    takes: str = Field(default="以那里的答复为准", min_length=2, max_length=120)
    ask: str = Field(min_length=2, max_length=80)


def unmet(
    conditions: tuple[Condition, ...], *, answers: Mapping[str, Any], born_on: date | None, on: date
) -> list[Finding]:
    """The conditions that do not hold on a day (不符合的条件), in their order."""
    findings = []
    for one in conditions:
        told = evaluate(one.holds, _facts(one, answers, born_on=born_on, on=on))
        if told is None:
            findings.append(Finding("desk.condition_unknown", f"请核对：{one.title}", severity="warn"))
        elif not told:
            severity = "warn" if one.warns else "refuse"
            findings.append(Finding("desk.condition", one.otherwise, severity=severity))
    return findings


def names_to_answer(condition: Condition) -> frozenset[str]:
    """The questions a condition rests on (用到的题目)."""
    return frozenset(name.removeprefix(YEARS) for name in names_in(condition.holds) if name != AGE)


def _facts(one: Condition, answers: Mapping[str, Any], *, born_on: date | None, on: date) -> dict[str, Any]:
    facts = dict(answers)
    for name in names_in(one.holds):
        if name == AGE:
            facts[AGE] = _whole_years(born_on, on)
        elif name.startswith(YEARS):
            told = answers.get(name.removeprefix(YEARS))
            facts[name] = _whole_years(date.fromisoformat(str(told)) if told else None, on)
    return facts


def _whole_years(since: date | None, on: date) -> int | None:
    return None if since is None or on < since else age_on(since, on)
