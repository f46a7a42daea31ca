"""Declared lists of organisations."""

from django.urls import reverse

from yimen.foundations.ui.api import ChoiceFilter, Column, ListScreen, TextFilter
from yimen.registers.organisations.choices import OrganisationKind
from yimen.registers.places.api import area_name


class OrganisationList(ListScreen):
    """All organisations that the actor works with (单位名录)."""

    name = "organisations"
    title = "单位与岗位"
    subtitle = "街道、科室、居委会和辖区单位；岗位由谁担任，点开单位就能看到"
    columns = (
        Column(
            "name",
            "单位",
            link=lambda one: reverse("organisations:organisation", args=[one.public_id]),
            width=32,
        ),
        Column("kind", "类别", value="get_kind_display"),
        Column("area", "所在区域", value=lambda one: area_name(one.area), width=20),
        Column("parent", "上级单位", value="parent.name", width=24),
        Column("phone", "电话"),
        Column("credit_code", "统一社会信用代码", shown=False, width=22),
        Column("since", "设立", shown=False),
    )
    filters = (
        ChoiceFilter("kind", "类别", choices=OrganisationKind.choices),
        TextFilter("name", "名称", lookup="contains", hint="名称里的字"),
    )
    order = ("area", "id")
    empty_title = "还没有登记单位"
    empty_hint = "由系统管理员登记单位、设置岗位后，这里会列出来。"
