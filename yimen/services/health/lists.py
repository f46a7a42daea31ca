"""The declared list of health services."""

from django.urls import reverse

from yimen.foundations.ui.api import Column, DateFilter, ListScreen, TextFilter


class ContractList(ListScreen):
    """Who signed with a team (签约居民), the latest first."""

    name = "health.contracts"
    title = "签约居民"
    columns = (
        Column(
            "person_name",
            "居民",
            link=lambda one: reverse("health:contract", args=[one.public_id]),
            private="name",
        ),
        Column("team_name", "团队"),
        Column("package_title", "服务包"),
        Column("since", "起"),
        Column("until", "到期", value="last_on"),
        Column("ended_why", "提前结束", value="get_ended_why_display"),
    )
    filters = (
        DateFilter("until", "到期"),
        TextFilter("person_name", "姓名"),
        TextFilter("team_name", "团队"),
    )
    order = ("-id",)
    empty_hint = "还没有人签约。从居民档案里点“受理事项”，选“家庭医生签约”。"
