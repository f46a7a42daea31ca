"""Declared lists of places."""

from django.urls import reverse

from yimen.foundations.ui.api import ChoiceFilter, Column, DateFilter, ListScreen
from yimen.registers.places.choices import ChangeKind
from yimen.registers.places.engine.atlas import area_name


class ChangeList(ListScreen):
    """What was changed about areas (区域调整), the latest first."""

    name = "places.changes"
    title = "区域调整"
    subtitle = "村改社区、合并、变更代码；每次都留有批准文号和调整前后的底数"
    columns = (
        Column(
            "what",
            "调整",
            value=lambda one: "、".join(line["name"] for line in one.before),
            link=lambda one: reverse("places:change", args=[one.public_id]),
            width=32,
        ),
        Column("kind", "类别", value="get_kind_display"),
        Column("after", "调整后", value=lambda one: "、".join(line["name"] for line in one.after), width=24),
        Column("on", "生效日期"),
        Column("number", "批准文号", width=24),
        Column("area", "街道", value=lambda one: area_name(one.area)),
    )
    filters = (
        ChoiceFilter("kind", "类别", choices=ChangeKind.choices),
        DateFilter("on", "生效日期"),
    )
    order = ("-on", "-id")
    empty_title = "还没有区域调整"
    empty_hint = "村改社区、社区合并或者统计用区划代码变更时，由系统管理员在这里办理。"
