"""What a kind of site must have (服务点达标标准): items held against what stands in the register."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Grammar, current_all
from yimen.registers.places.choices import SiteKind
from yimen.registers.places.rules.rooms import Lack, Needed, SiteFacts, what_is_missing

KIND = "site_standard"
COUNTED = ("size", "open_days", "staff", "photos")


class StandardItem(Grammar):
    """One thing asked for (达标项目): at least so many of something counted, or all of these offers."""

    labels = {
        "key": "编号",
        "title": "名称",
        "fact": "看什么",
        "fact.size": "面积（平方米）",
        "fact.open_days": "每周开放天数",
        "fact.staff": "在岗人数",
        "fact.photos": "照片张数",
        "fact.offers": "办理内容和设备",
        "least": "不少于",
        "offers": "必须有",
    }

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=2, max_length=30)
    fact: str = Field(pattern=r"^(size|open_days|staff|photos|offers)$")
    least: int = Field(default=0, ge=0)
    offers: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_how_much(self) -> "StandardItem":
        if self.fact == "offers" and (not self.offers or self.least):
            raise ValueError("办理内容和设备写 offers，不写 least")
        if self.fact != "offers" and (not self.least or self.offers):
            raise ValueError("数得出的项目写 least，不写 offers")
        return self


class SiteStandard(Grammar):
    """The standard of a kind of site (达标标准)."""

    labels = {"title": "名称", "kind": "服务点类别", "item": "项目", "source": "依据"}

    title: str = Field(min_length=4, max_length=40)
    kind: SiteKind
    item: tuple[StandardItem, ...] = Field(min_length=1)
    source: str = Field(min_length=4)

    @property
    def needed(self) -> tuple[Needed, ...]:
        return tuple(Needed(one.title, one.fact, one.least, one.offers) for one in self.item)


def standards(*, on: date) -> dict[str, SiteStandard]:
    """The standards in force on a day, by the kind of site."""
    return {one.body.kind.value: one.body for one in current_all(KIND, on=on)}


def run_standard_example(body: SiteStandard, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """``given``: size, open_days, staff, photos, offers; comes out: whether it reaches the standard, and what is missing."""
    facts = SiteFacts(
        size=given.get("size"),
        open_days=given.get("open_days", 0),
        staff=given.get("staff", 0),
        photos=given.get("photos", 0),
        offers=frozenset(given.get("offers", ())),
    )
    lacks = what_is_missing(body.needed, facts)
    return {"reaches": not lacks, "missing": [_words(one) for one in lacks]}


def _words(lack: Lack) -> str:
    return f"{lack.title}：缺 {len(lack.offers)} 项" if lack.offers else lack.sentence
