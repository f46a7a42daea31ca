"""The declared list of batches."""

from django.urls import reverse

from yimen.foundations.imports.choices import BatchState
from yimen.foundations.imports.ports import importers
from yimen.foundations.ui.api import ChoiceFilter, Column, ListScreen, TextFilter


def _title(one) -> str:
    found = importers.find(one.importer)
    return found.title if found else one.importer


class BatchList(ListScreen):
    """What was brought in from spreadsheets (导入批次), the latest first."""

    name = "imports.batches"
    title = "导入"
    columns = (
        Column("number", "批次号", link=lambda one: reverse("imports:batch", args=[one.public_id])),
        Column("importer", "内容", value=_title),
        Column("file_name", "文件"),
        Column("rows", "行数"),
        Column("state", "状态", value=lambda one: BatchState(one.state).label),
        Column("uploaded_by_name", "上传人"),
        Column("uploaded_at", "上传时间"),
    )
    filters = (
        TextFilter("number", "批次号"),
        TextFilter("file_name", "文件名"),
        ChoiceFilter("state", "状态", choices=BatchState.choices),
    )
    order = ("-id",)
    empty_hint = "Excel 或 CSV 名册在这里导入：先整表核对，不合格的格子标出原因，再决定写入；整批可以撤销。"
