"""The declared lists of providers."""

from django.urls import reverse

from yimen.foundations.ui.api import ChoiceFilter, Column, DateFilter, ListScreen, TextFilter
from yimen.services.providers.choices import ReferralState, SubmissionState
from yimen.services.providers.permissions import CARE, VIEW_WORK


class SubmissionList(ListScreen):
    """Submitted work, the latest first (服务申报)."""

    name = "providers.submissions"
    title = "服务申报"
    columns = (
        Column(
            "title",
            "服务项目",
            value=lambda one: one.work.title,
            link=lambda one: reverse("providers:submission", args=[one.public_id]),
        ),
        Column("unit_name", "机构"),
        Column("done_on", "服务日期"),
        Column("place", "地点或对象"),
        Column("quantity", "申报", value=lambda one: f"{one.quantity} {one.work.measure}"),
        Column("state", "状态", value="get_state_display"),
        Column("accepted", "验收", value=lambda one: "" if one.accepted is None else str(one.accepted)),
        Column("amount", "金额", value=lambda one: "" if one.amount is None else str(one.amount)),
        Column("reason", "原因或意见"),
    )
    filters = (
        ChoiceFilter("state", "状态", choices=SubmissionState.choices),
        DateFilter("done_on", "服务日期"),
        TextFilter("unit_name", "机构"),
    )
    order = ("-id",)
    export_permission = VIEW_WORK
    empty_title = "还没有申报"
    empty_hint = "机构在“本机构”页面按协议里的服务项目申报，报来的都在这里。"


class PatientList(ListScreen):
    """Who is signed up with one's own organisation (服务对象)."""

    name = "providers.patients"
    title = "服务对象"
    subtitle = "只有本机构看得到；转诊期内，接诊的机构看得到这一个人"
    columns = (
        Column(
            "name",
            "姓名",
            private="name",
            link=lambda one: reverse("providers:patient", args=[one.public_id]),
        ),
        Column("born_in", "出生年"),
        Column("phone", "电话", private="phone"),
        Column("since", "签约日期"),
    )
    filters = (TextFilter("name", "姓名"), DateFilter("since", "签约日期"))
    order = ("-id",)
    export_permission = CARE
    empty_title = "还没有服务对象"
    empty_hint = "居民来签约时，凭她的证件和同意登记。"


class ReferralList(ListScreen):
    """Referrals out of and into one's own organisation (转诊)."""

    name = "providers.referrals"
    title = "转诊"
    subtitle = "接诊以后、到期以前，才看得到是谁"
    columns = (
        Column("need", "希望做什么", link=lambda one: reverse("providers:referral", args=[one.public_id])),
        Column("source_name", "转出"),
        Column("target_name", "接诊"),
        Column("offered_at", "转出时间"),
        Column("until", "查阅到", value=lambda one: one.last_day),
        Column("state", "状态", value="get_state_display"),
        Column("why", "原因"),
    )
    filters = (ChoiceFilter("state", "状态", choices=ReferralState.choices),)
    order = ("-id",)
    export_permission = CARE
    empty_title = "还没有转诊"
    empty_hint = "打开一位服务对象，点“转诊”，选接诊的机构。"
