"""The declared list of tables that departments want."""

from django.urls import reverse

from yimen.foundations.ui.api import Column, ListScreen, TextFilter


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
