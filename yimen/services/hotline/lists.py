"""The declared lists of calls."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from yimen.foundations.ui.api import ChoiceFilter, Column, DateFilter, FlagFilter, ListScreen, TextFilter
from yimen.registers.places.api import area_name
from yimen.services.hotline.choices import Channel, Result


def _address(call: Any) -> str:
    return reverse("hotline:call", args=[call.public_id])


def _state(call: Any) -> str:
    if call.waits:
        return "等答复"
    return "已答复" if call.answered_at else call.get_result_display()


class CallList(ListScreen):
    """Every call within reach, newest first (来电簿)."""

    name = "hotline.calls"
    title = "来电"
    columns = (
        Column("called_at", "时间", link=_address),
        Column("topic_title", "话题"),
        Column("sentence", "什么事", width=40),
        Column("result", "结果", value="get_result_display"),
        Column("state", "状态", value=_state, tone=lambda call: "warn" if call.waits else "neutral"),
        Column("channel", "渠道", value="get_channel_display"),
        Column("area", "在哪儿登记", value=lambda call: area_name(call.area)),
        Column("logged_by_name", "登记人"),
    )
    filters = (
        ChoiceFilter("result", "结果", choices=Result.choices),
        ChoiceFilter("channel", "渠道", choices=Channel.choices),
        FlagFilter("waits", "只看等答复的"),
        DateFilter("called_at", "时间"),
        TextFilter("topic_title", "话题"),
    )
    order = ("-id",)
    empty_title = "还没有登记过来电"
    empty_hint = "电话打进来，点“登记来电”，二十秒记完。"


def late_mark(call: Any, now: datetime) -> str:
    """ "已过时" for a promised call back whose time is over."""
    return "已过时" if call.back_by and call.back_by < now else ""
