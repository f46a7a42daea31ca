"""The declared list of filings."""

from django.urls import reverse

from yimen.foundations.ui.api import ChoiceFilter, Column, ListScreen, TextFilter
from yimen.registers.places.api import area_name
from yimen.services.council.choices import AssociationKind, Tier


class FilingList(ListScreen):
    """Community organisations on file, the latest first (社区社会组织)."""

    name = "council.filings"
    title = "社区社会组织"
    columns = (
        Column("name", "名称", link=lambda one: reverse("council:filing", args=[one.public_id])),
        Column("area", "社区", value=lambda one: area_name(one.area)),
        Column("kind", "类别", value="get_kind_display"),
        Column("tier", "管理方式", value="get_tier_display"),
        Column("leader_name", "负责人"),
        Column("members", "成员"),
        Column("filed_on", "备案日期"),
        Column("closed_on", "注销日期"),
    )
    filters = (
        ChoiceFilter("kind", "类别", choices=AssociationKind.choices),
        ChoiceFilter("tier", "管理方式", choices=Tier.choices),
        TextFilter("name", "名称"),
    )
    order = ("-id",)
    empty_hint = "还没有备案。从负责人的居民档案里点“受理事项”，选“社区社会组织备案”。"
