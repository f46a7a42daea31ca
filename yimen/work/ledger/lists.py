"""The lists of the ledger: entries behind a number of acts, persons behind a number of persons."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yimen.foundations.ui.api import Column, Filter, ListScreen
from yimen.registers.people.api import ResidentKind, Sex
from yimen.registers.places.api import area_name
from yimen.work.ledger.choices import Measure
from yimen.work.ledger.engine import words


@dataclass(frozen=True)
class Kept(Filter):
    """A part of the selection that stays in the address; the query has applied it already."""

    def told(self, given: Mapping[str, str], by: Any) -> str | None:
        return given.get(self.key) or None

    def narrow(self, rows: Any, value: Any) -> Any:
        return rows

    def words(self, value: Any, by: Any) -> str:
        return _in_words(self.key, value)


SELECTION = (
    Kept("item", "台账项目"),
    Kept("area", "区域"),
    Kept("own", "只看本级"),
    Kept("now", "区划"),
    Kept("from", "起始月份"),
    Kept("to", "截止月份"),
    Kept("count", "口径"),
    Kept("sex", "性别"),
    Kept("age", "年龄段"),
    Kept("residence", "居住类别"),
    Kept("corrected", "含已更正"),
)


class EntryList(ListScreen):
    """The entries behind a number of acts or a quantity (台账清单)."""

    name = "ledger.entries"
    title = "台账"
    columns = (
        Column("happened_on", "发生日期", value="entry.happened_on", hint=words.late_words),
        Column("item", "项目", value=words.item_title, width=24),
        Column("person", "居民", value="person_name", link="person_url", private="name"),
        Column("area", "社区", value=lambda row: area_name(row.area), width=20),
        Column("quantity", "数量", value="entry.quantity"),
        Column("unit", "单位", value="entry.unit", shown=False),
        Column("backdated", "补录", value=words.late_mark, tone=lambda row: "warn"),
        Column("recorded_at", "记入时间", value="entry.recorded_at", shown=False, width=18),
        Column("late_reason", "补录原因", value="entry.late_reason", shown=False, width=24),
        Column("done_by", "经办人", value="entry.done_by_name"),
        Column("source", "来源", value="entry.get_source_kind_display", link=words.source_url),
        Column("note", "说明", value=words.note, width=40),
    )
    filters = SELECTION
    order = ("-id",)
    empty_title = "这个范围里还没有台账"
    empty_hint = "台账不用填报：办结一件事、完成一次走访，就会自动记在这里。"


class PersonList(ListScreen):
    """The persons behind a number of persons (人员清单): each once."""

    name = "ledger.persons"
    title = "台账人员"
    columns = (
        Column("person", "居民", value="person_name", link="person_url", private="name"),
        Column("area", "社区", value=lambda row: area_name(row.area), width=20),
        Column("times", "期间次数", value="times"),
    )
    filters = SELECTION
    order = ("-id",)
    empty_title = "这个范围里还没有人"
    empty_hint = "人数按人去重：同一个人来几次也只算一个人。"


_LABELS = {
    "sex": dict(Sex.choices),
    "residence": dict(ResidentKind.choices),
    "count": dict(Measure.choices),
    "corrected": {"1": "是"},
    "own": {"1": "是"},
    "now": {"1": "按现行区划"},
}


def _in_words(key: str, value: str) -> str:
    if key == "area":
        return area_name(value)
    return "、".join(_LABELS.get(key, {}).get(part, part) for part in value.split(","))
