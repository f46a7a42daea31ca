"""The declared list of submissions."""

from django.urls import reverse

from yimen.foundations.ui.api import ChoiceFilter, Column, DateFilter, ListScreen, TextFilter
from yimen.registers.places.api import area_name
from yimen.work.approvals.choices import TONES, State


class SubmissionList(ListScreen):
    """Submissions, the latest first (呈批件)."""

    name = "approvals.submissions"
    title = "呈批件"
    columns = (
        Column(
            "number",
            "编号",
            link=lambda one: reverse("approvals:submission", args=[one.public_id]),
        ),
        Column("title", "标题", hint="chain_title"),
        Column("area", "区域", value=lambda one: area_name(one.area)),
        Column("drafter_name", "经办"),
        Column("sent_at", "送审时间"),
        Column("state", "情况", value="get_state_display", tone=lambda one: TONES[State(one.state)]),
        Column("step_title", "现在到"),
        Column("void_why", "作废原因"),
    )
    filters = (
        ChoiceFilter("state", "情况", choices=State.choices),
        TextFilter("title", "标题", hint="标题开头"),
        DateFilter("sent_at", "送审时间"),
    )
    order = ("-id",)
    empty_title = "这里没有呈批件"
    empty_hint = "要领导审签的事，点“拟呈批件”写清楚，选好流程送审。"
