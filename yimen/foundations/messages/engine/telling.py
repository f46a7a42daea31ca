"""The definition of telling (告知办法): how often to try, what may come of a try, which words no title shows."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Grammar, current
from yimen.foundations.messages.rules import neutral_title, next_try

KEY = "standard"


class Outcome(Grammar):
    """What may come of one try (告知结果).

    `closes_as` ends the task; without it the try was in vain and counts. `again_after_days` puts the next try off for
    longer than usual; `needs_note` asks for a word of explanation; `stops_person` stops everything else to this person.
    """

    labels = {
        "key": "编号",
        "label": "结果",
        "closes_as": "由此结束",
        "closes_as.told": "已告知",
        "closes_as.refused": "拒绝",
        "closes_as.stopped": "停止",
        "again_after_days": "隔几天再联系",
        "needs_note": "须写说明",
        "stops_person": "停发其他消息",
    }

    key: str = Field(pattern="^[a-z_]+$", max_length=20)
    label: str = Field(min_length=1, max_length=20)
    closes_as: Literal["told", "refused", "stopped"] | None = None
    again_after_days: int | None = Field(default=None, ge=0)
    needs_note: bool = False
    stops_person: bool = False


class Calls(Grammar):
    """The rule of tries: `due_after_days` to be told within, `tries` in vain at most, the next after `again_after_days`."""

    labels = {
        "due_after_days": "几天内告知到",
        "tries": "最多联系几次",
        "again_after_days": "没联系上，隔几天再联系",
        "tell_role_when_unreached": "多次未联系上，转给",
        "outcomes": "可能的结果",
    }

    due_after_days: int = Field(ge=0)
    tries: int = Field(ge=1)
    again_after_days: int = Field(ge=0)
    tell_role_when_unreached: str = ""
    outcomes: tuple[Outcome, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_an_end(self) -> "Calls":
        keys = [outcome.key for outcome in self.outcomes]
        if len(set(keys)) != len(keys):
            raise ValueError("outcomes 里的 key 不能重复")
        if not any(outcome.closes_as == "told" for outcome in self.outcomes):
            raise ValueError('outcomes 里至少要有一种结果 closes_as = "told"')
        return self

    def outcome(self, key: str) -> Outcome | None:
        """The outcome under a key, or None."""
        return next((outcome for outcome in self.outcomes if outcome.key == key), None)


class Titles(Grammar):
    """Titles on shared or locked screens: with one of these `words` the title becomes `otherwise`."""

    labels = {
        "otherwise": "中性标题",
        "words": "不在标题里出现的字眼",
    }

    otherwise: str = Field(min_length=1)
    words: tuple[str, ...] = ()


class Telling(Grammar):
    """The whole definition."""

    labels = {
        "calls": "电话和上门",
        "titles": "标题",
    }

    calls: Calls
    titles: Titles


def telling_on(day: date) -> Telling:
    """The definition in force on a day."""
    return current("telling", KEY, on=day).body


def run_example(telling: Telling, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """What worked examples are compared with: the shown title, or how a row of outcomes ends."""
    if "title" in given:
        titles = telling.titles
        shown = neutral_title(given["title"], words=titles.words, otherwise=titles.otherwise)
        return {"title": shown}
    day, tries = on or date(2026, 1, 5), 0
    for key in given["outcomes"]:
        outcome = telling.calls.outcome(key)
        if outcome is None:
            return {"state": "unknown"}
        if outcome.closes_as:
            return {"state": outcome.closes_as, "tries": tries}
        days = (
            telling.calls.again_after_days if outcome.again_after_days is None else outcome.again_after_days
        )
        then = next_try(tries=tries, most=telling.calls.tries, on=day, after_days=days)
        tries = then.tries
        if then.on is None:
            return {"state": "unreached", "tries": tries}
        day = then.on
    return {"state": "open", "tries": tries, "next_on": day}
