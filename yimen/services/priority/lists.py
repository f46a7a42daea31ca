"""The declared list of a service week."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from yimen.foundations.ui.api import ChoiceFilter, Column, Filter, ListScreen
from yimen.foundations.ui.api import words as said
from yimen.registers.people.api import person_cards
from yimen.registers.places.api import area_name
from yimen.services.priority.choices import Source
from yimen.services.priority.engine.grounds import grounds_on
from yimen.services.priority.permissions import OPEN_FILE, VIEW_GROUNDS
from yimen.services.priority.queries import what_they_got
from yimen.standards.masking import mask_name


@dataclass(frozen=True)
class WeekFilter(Filter):
    """The chosen week stays in the address (服务周); the query has applied it already, and a list is always of some week."""

    clears = False

    def told(self, given: Mapping[str, str], by: Any) -> date | None:
        try:
            return date.fromisoformat(given.get(self.key, ""))
        except ValueError:
            return None

    def narrow(self, rows: Any, value: Any) -> Any:
        return rows

    def words(self, value: Any, by: Any) -> str:
        return f"{said(value)}所在的一周"


class WeekList(ListScreen):
    """Who had a priority mark in a week, and what each got (服务周清单): who got nothing stands on top.

    Names are masked; the reason for priority is told to who may see grounds only.
    """

    name = "priority.week"
    title = "服务周清单"
    columns = (
        Column("name", "居民", value="masked", link="url", private="name"),
        Column("area", "社区", value=lambda mark: area_name(mark.area)),
        Column("source", "优先的来源", value="get_source_display", hint="ground_title"),
        Column("until", "到期", value="last_on"),
        Column(
            "deeds",
            "这一周得到的服务",
            value="deeds",
            mark=lambda mark: None if mark.got else ("没有", "warn"),
            width=60,
        ),
    )
    filters = (
        WeekFilter("week", "服务周"),
        ChoiceFilter("source", "来源", choices=Source.choices),
        ChoiceFilter("got", "这一周", choices=(("0", "没有得到服务"), ("1", "得到了服务")), field="got"),
    )
    order = ("got", "id")
    empty_title = "这一周没有带优先标记的居民"
    empty_hint = "居民本人申请、出示证件，或者询问后同意，就从居民档案里点“优先服务”登记；到期自动去掉。"

    @classmethod
    def dress(cls, rows: list, *, by) -> list:
        """Names, reasons and deeds of all rows in a handful of queries."""
        if not rows:
            return rows
        monday = rows[0].monday
        persons = [mark.person for mark in rows]
        cards = person_cards(persons, by=by)
        got = what_they_got(persons, monday, by=by)
        titles = {one.key: one.body.title for one in grounds_on(monday)}
        for mark in rows:
            card = cards.get(mark.person)
            mark.masked = mask_name(card.name) if card else ""
            mark.url = (
                reverse("people:file", args=[mark.person])
                if card and by.can(OPEN_FILE, area=card.area)
                else ""
            )
            may = by.can(VIEW_GROUNDS, area=mark.area)
            mark.ground_title = titles.get(mark.ground, "") if may else ""
            mark.deeds = "；".join(
                f"{day.month}月{day.day}日 {what}（{who}）" if who else f"{day.month}月{day.day}日 {what}"
                for day, what, who in got.get(mark.person, ())
            )
        return rows
