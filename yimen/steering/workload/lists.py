"""The declared lists of admission."""

from django.urls import reverse

from yimen.foundations.ui.api import ChoiceFilter, Column, ListScreen, TextFilter
from yimen.steering.workload.choices import DemandKind, DemandState, Origin


class DemandList(ListScreen):
    """Everything that was demanded of communities, the latest first (准入申请)."""

    name = "workload.demands"
    title = "社区工作事项准入"
    columns = (
        Column("title", "要社区做什么", link=lambda one: reverse("workload:demand", args=[one.public_id])),
        Column("unit_name", "提出单位"),
        Column("kind", "类别", value="get_kind_display"),
        Column("places", "社区数"),
        Column("all_hours", "合计工时"),
        Column("state", "状态", value="get_state_display"),
        Column("listed_title", "清单事项"),
        Column("reason", "理由"),
        Column("admitted_until", "准入至"),
        Column("asked_at", "登记时间"),
    )
    filters = (
        ChoiceFilter("state", "状态", choices=DemandState.choices),
        ChoiceFilter("origin", "来源", choices=Origin.choices),
        ChoiceFilter("kind", "类别", choices=DemandKind.choices),
        TextFilter("title", "事项"),
    )
    order = ("-id",)
    empty_hint = "还没有部门提出要社区做的事。收到来文或电话，先登记，审核准入后社区才做。"
