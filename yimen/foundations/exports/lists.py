"""The declared list of full exports."""

from yimen.foundations.exports.choices import ExportState
from yimen.foundations.ui.api import ChoiceFilter, Column, ListScreen, page_of

_TONES = {
    "asked": "info",
    "making": "info",
    "ready": "good",
    "refused": "warn",
    "failed": "late",
    "expired": "neutral",
    "cancelled": "neutral",
}


class ExportList(ListScreen):
    """Full exports (完整导出登记), the latest first."""

    name = "exports.exports"
    title = "完整导出"
    subtitle = "不脱敏的名单：谁要、交给谁、做什么用、谁批准的；文件到期自动删除"
    columns = (
        Column("list_title", "清单", link=page_of("exports:export"), hint="number"),
        Column("asked_by_name", "申请人"),
        Column("receiver", "交给谁"),
        Column("purpose_title", "用途"),
        Column("state", "进度", value="get_state_display", tone=lambda one: _TONES[one.state]),
        Column("decided_by_name", "审批人"),
        Column("asked_at", "申请时间"),
    )
    filters = (ChoiceFilter("state", "进度", choices=ExportState.choices),)
    order = ("-id",)
    empty_title = "还没有完整导出"
    empty_hint = "平常的导出已经脱敏。确实要把完整名单交给别的单位时，从清单下面点“申请完整导出”。"
