"""The declared lists of seals."""

from django.urls import reverse

from yimen.foundations.ui.api import ChoiceFilter, Column, DateFilter, ListScreen, TextFilter
from yimen.registers.places.api import area_name
from yimen.services.seals.choices import RequestState, SealKind, SealState


class SealList(ListScreen):
    """The register of seals (印章名册)."""

    name = "seals.seals"
    title = "印章名册"
    columns = (
        Column("name", "印章", link=lambda one: reverse("seals:seal", args=[one.public_id])),
        Column("kind", "种类", value="get_kind_display"),
        Column("area", "区域", value=lambda one: area_name(one.area)),
        Column("keeper_name", "保管人"),
        Column("since", "启用日期"),
        Column("state", "状态", value="get_state_display"),
    )
    filters = (
        ChoiceFilter("state", "状态", choices=SealState.choices),
        ChoiceFilter("kind", "种类", choices=SealKind.choices),
    )
    order = ("-id",)
    empty_hint = "还没有登记印章。先把手里的每一枚登记上，写明谁保管。"


class RequestList(ListScreen):
    """Requests for a seal, the latest first (用印申请)."""

    name = "seals.requests"
    title = "用印申请"
    columns = (
        Column("document", "文件", link=lambda one: reverse("seals:request", args=[one.public_id])),
        Column("use_title", "用途"),
        Column("applicant_name", "申请人", private="name"),
        Column("copies", "份数"),
        Column("state", "状态", value="get_state_display"),
        Column("sentence", "不予用印的答复"),
        Column("asked_by_name", "经办人"),
        Column("asked_at", "申请时间"),
        Column("area", "社区", value=lambda one: area_name(one.area)),
    )
    filters = (
        ChoiceFilter("state", "状态", choices=RequestState.choices),
        DateFilter("asked_at", "申请时间"),
        TextFilter("document", "文件"),
    )
    order = ("-id",)
    empty_hint = "还没有用印申请。点“申请用印”开始。"


class StampingList(ListScreen):
    """What was stamped, the latest first (用印登记)."""

    name = "seals.log"
    title = "用印登记"
    columns = (
        Column(
            "number",
            "登记号",
            value="spoken_number",
            link=lambda one: reverse("seals:request", args=[one.request.public_id]),
        ),
        Column("seal", "印章", value=lambda one: one.seal.name),
        Column("document", "文件", value=lambda one: one.request.document),
        Column("applicant", "申请人", value=lambda one: one.request.applicant_name, private="name"),
        Column("copies", "份数"),
        Column("approved", "审批人", value=lambda one: one.request.decided_by_name),
        Column("stamped_by_name", "盖章人"),
        Column("stamped_at", "盖章时间"),
        Column("voided_why", "作废"),
    )
    filters = (DateFilter("stamped_at", "盖章时间"),)
    order = ("-id",)
    empty_hint = "还没有盖过章。"
