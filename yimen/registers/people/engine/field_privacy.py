"""Who sees which fact about a resident whole, masked or not at all, and why more may be asked for (信息显示规则)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Definition, Grammar, current
from yimen.registers.people.choices import Extent, ShownField
from yimen.registers.people.rules.showing import why_not_look_up

KIND, FILE = "field_privacy", "file"
Fact = Literal["id_number", "phone", "address", "birth_on"]
_FACTS = {f"{place}.{one.value}": one.label for place in ("fields", "of") for one in ShownField}
_ORDER = (Extent.WHOLE, Extent.MASKED, Extent.HIDDEN)


class FieldRule(Grammar):
    """How one fact is shown (一项信息). Posts that are named nowhere see ``shown``; who holds several sees the most of them."""

    labels = {
        "shown": "一般岗位",
        "asks": "可以说明事由后查看完整的",
        "whole_for": "看到完整的岗位",
        "hidden_for": "不显示的岗位",
        **{f"shown.{one.value}": one.label for one in Extent},
    }

    shown: Literal["whole", "masked", "hidden"] = "masked"
    asks: bool = True
    whole_for: tuple[str, ...] = ()
    hidden_for: tuple[str, ...] = ()

    def extent_for(self, post: str) -> str:
        if post in self.whole_for:
            return Extent.WHOLE
        return Extent.HIDDEN if post in self.hidden_for else self.shown


class LookPurpose(Grammar):
    """Why somebody asks to see a fact whole (查看事由). Without ``of`` it is for every fact, without ``posts`` for every post."""

    labels = {
        "key": "代号",
        "title": "事由",
        "of": "用于",
        "posts": "限岗位",
        "needs_words": "须另写明",
        **_FACTS,
    }

    key: str = Field(pattern="^[a-z_]{2,40}$")
    title: str = Field(min_length=2, max_length=20)
    of: tuple[Fact, ...] = ()
    posts: tuple[str, ...] = ()
    needs_words: bool = False


class FieldPrivacy(Grammar):
    """Which post sees what of a resident (信息显示规则)."""

    labels = {
        "title": "名称",
        "fields": "各项信息",
        "purposes": "查看事由",
        "strangers_per_hour": "每个账号每小时按完整证件号码查找范围外居民的次数",
        "source": "依据",
        **_FACTS,
    }

    title: str = Field(min_length=2)
    fields: dict[Fact, FieldRule]
    purposes: tuple[LookPurpose, ...] = Field(min_length=1)
    strangers_per_hour: int = Field(default=60, ge=1, le=1000)
    source: str = Field(min_length=4)

    @model_validator(mode="after")
    def _says_all(self) -> "FieldPrivacy":
        if missing := set(ShownField.values) - set(self.fields):
            raise ValueError(
                f"每一项都要写明怎么显示，还缺：{'、'.join(ShownField(one).label for one in sorted(missing))}"
            )
        if len({one.key for one in self.purposes}) < len(self.purposes):
            raise ValueError("两个查看事由用了同一个代号")
        return self


@dataclass(frozen=True)
class Shown:
    """How much of each fact an actor sees (显示程度), and the purposes for which she may ask for the rest."""

    extents: Mapping[str, str]
    purposes: Mapping[str, tuple[tuple[str, str], ...]]

    def extent(self, field: str) -> str:
        return self.extents[field]

    def whole(self, field: str) -> bool:
        return self.extents[field] == Extent.WHOLE


ALL = Shown({one.value: Extent.WHOLE for one in ShownField}, {one.value: () for one in ShownField})


def shown_to(posts: Iterable[str], *, on: date) -> Shown:
    """What these posts together see on a day (岗位所见)."""
    return _shown(current(KIND, FILE, on=on), frozenset(posts))


def purpose_of(key: str, *, on: date) -> LookPurpose | None:
    """One purpose by its key (查看事由)."""
    return next((one for one in current(KIND, FILE, on=on).body.purposes if one.key == key), None)


def strangers_per_hour(*, on: date) -> int:
    """How often one account may ask for somebody beyond its areas within an hour (每小时查号次数)."""
    return current(KIND, FILE, on=on).body.strangers_per_hour


def run_privacy_example(body: FieldPrivacy, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """What posts see under a rule (算例): each fact's extent in words."""
    shown = _told(body, frozenset(given["posts"]))
    return {field: Extent(extent).label for field, extent in shown.extents.items()} | {
        "purposes": [title for _, title in shown.purposes[given.get("asks", ShownField.ID_NUMBER.value)]],
        "may_look_up": why_not_look_up(done=given.get("looked_up", 0), most=body.strangers_per_hour) == "",
    }


# Asked at every file; a version never changes.
@lru_cache(maxsize=256)
def _shown(definition: Definition, posts: frozenset[str]) -> Shown:
    return _told(definition.body, posts)


def _told(body: FieldPrivacy, posts: frozenset[str]) -> Shown:
    extents = {
        field: min((Extent(rule.extent_for(post)) for post in posts), key=_ORDER.index, default=Extent.HIDDEN)
        for field, rule in body.fields.items()
    }
    purposes = {
        field: tuple(
            (one.key, one.title)
            for one in body.purposes
            if (not one.of or field in one.of) and (not one.posts or posts & set(one.posts))
        )
        if body.fields[field].asks and extent == Extent.MASKED
        else ()
        for field, extent in extents.items()
    }
    return Shown(extents, purposes)
