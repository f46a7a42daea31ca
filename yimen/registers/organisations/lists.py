"""Declared lists of organisations."""

from typing import Any

from django.urls import reverse

from yimen.foundations.bus.api import today_acted
from yimen.foundations.ui.api import (
    ChoiceFilter,
    Column,
    DateFilter,
    DayFilter,
    FlagFilter,
    ListScreen,
    TextFilter,
)
from yimen.registers.organisations.choices import OrganisationKind, Tier
from yimen.registers.organisations.engine.practice import practice
from yimen.registers.places.api import area_name


def _fields(*, by: Any) -> list[tuple[str, str]]:
    return list(practice(on=today_acted()).fields.items())


def _page(one: Any) -> str:
    return reverse("organisations:organisation", args=[one.public_id])


class OrganisationList(ListScreen):
    """All organisations that the actor works with, on any day (单位名录)."""

    name = "organisations"
    title = "单位与岗位"
    subtitle = "街道、科室、居委会和辖区单位；岗位由谁担任，点开单位就能看到"
    columns = (
        Column(
            "name",
            "单位",
            link=_page,
            width=32,
            mark=lambda one: ("已撤销", "neutral") if one.until else None,
        ),
        Column("kind", "类别", value="get_kind_display"),
        Column("field", "领域", value=lambda one: practice(on=today_acted()).fields.get(one.field, "")),
        Column("tier", "管理方式", value="get_tier_display"),
        Column("area", "所在区域", value=lambda one: area_name(one.area), width=20),
        Column("parent", "上级单位", value="parent.name", shown=False, width=24),
        Column("phone", "电话"),
        Column("credit_code", "统一社会信用代码", shown=False, width=22),
        Column("address", "地址", shown=False, width=24),
        Column("since", "设立"),
        Column("until", "撤销", shown=False),
    )
    filters = (
        ChoiceFilter("kind", "类别", choices=OrganisationKind.choices),
        ChoiceFilter("field", "领域", choices=_fields),
        ChoiceFilter("tier", "管理方式", choices=Tier.choices),
        FlagFilter("gone", "含已撤销", apply=lambda rows, value: rows),
        TextFilter("name", "名称", lookup="contains", hint="名称里的字"),
        TextFilter("credit_code", "信用代码", hint="前几位"),
        DayFilter("on", "截至", apply=lambda rows, value: rows.on(value)),
        DateFilter("since", "设立"),
        DateFilter("until", "撤销"),
    )
    order = ("area", "id")
    empty_title = "还没有登记单位"
    empty_hint = "由系统管理员登记单位、设置岗位后，这里会列出来。"


class DueList(ListScreen):
    """What runs out and which yearly inspections are owed (到期提醒), the most urgent first."""

    name = "organisations.due"
    title = "到期提醒"
    subtitle = "证照、协议、任期和年检；提前几天提醒由街道的单位规矩定"
    columns = (
        Column("name", "单位", value="organisation.name", link=_page, width=32),
        Column("area", "所在区域", value=lambda one: area_name(one.organisation.area)),
        Column("what", "什么事", width=32),
        Column("on", "最晚", tone=lambda one: "late" if one.late else "warn"),
        Column("hint", "说明", width=40),
    )
    order = ("on",)
    empty_title = "没有快到期的"
    empty_hint = "登记了有效期的证照、协议、任期，以及该年检的单位，临近时会列在这里。"
