"""The declared lists of tables that departments want, and of what went down to communities."""

from django.urls import reverse

from yimen.foundations.bus.api import today_acted
from yimen.foundations.ui.api import ChoiceFilter, Column, ListScreen, TextFilter
from yimen.registers.places.api import area_name
from yimen.steering.returns.choices import PartState


class ReturnList(ListScreen):
    """What departments want filled (填报表), the latest first."""

    name = "returns.returns"
    title = "一表通"
    columns = (
        Column("title", "表名", link=lambda one: reverse("returns:return", args=[one.public_id])),
        Column("unit_name", "要表单位"),
        Column("due_on", "要求哪天交"),
        Column("asked_by_name", "上传人"),
        Column("asked_at", "上传时间"),
        Column("exported_at", "最近下载"),
    )
    filters = (TextFilter("title", "表名"), TextFilter("unit_name", "要表单位"))
    order = ("-id",)
    empty_hint = "部门发来的 Excel 名单，在这里上传；档案里有的自动填好，只补没有的，再下载原表交回。"


def _late(part):
    today = today_acted()
    return ("逾期", "late") if part.state in ("sent", "returned") and today and part.due_on < today else None


class PartList(ListScreen):
    """What went down to communities (下发的表), the latest first."""

    name = "returns.parts"
    title = "下发的表"
    columns = (
        Column("title", "表名", link=lambda one: reverse("returns:part", args=[one.public_id])),
        Column("unit_name", "要表单位"),
        Column("area", "社区", value=lambda one: area_name(one.area)),
        Column("due_on", "要求哪天交", mark=_late),
        Column("state", "状态", value="get_state_display"),
        Column("urged_times", "催报次数", value=lambda one: one.urged_times or ""),
        Column("handed_in_at", "交表时间"),
        Column("handed_in_by_name", "交表人"),
        Column("asker_name", "跟进人"),
    )
    filters = (
        ChoiceFilter("state", "状态", choices=PartState.choices),
        TextFilter("title", "表名"),
        TextFilter("unit_name", "要表单位"),
    )
    order = ("-id",)
    empty_hint = "街道把一张表下发到社区以后，各社区的一份列在这里。"
