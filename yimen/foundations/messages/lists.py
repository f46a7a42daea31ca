"""The declared lists of messages."""

from yimen.foundations.messages.choices import CallState, WayKind
from yimen.foundations.ui.api import ChoiceFilter, Column, DateFilter, FlagFilter, ListScreen

_TONES = {
    CallState.OPEN: "warn",
    CallState.TOLD: "good",
    CallState.REFUSED: "neutral",
    CallState.UNREACHED: "late",
    CallState.STOPPED: "neutral",
}


def _state(task) -> str:
    label = CallState(task.state).label
    return f"{label}，已过期" if task.is_late else label


class CallList(ListScreen):
    """People to be told by telephone or at the door (电话/敲门名单); no number and no reason stands in the list."""

    name = "calls"
    title = "电话敲门名单"
    subtitle = "不看手机的人，由我们打电话或上门告知；告知到了才算数。"
    columns = [
        Column("name", "姓名", link=lambda task: f"/messages/calls/{task.public_id}/", private="name"),
        Column("title", "告知什么", width=36),
        Column("way", "怎么找", value="get_way_display", hint="way_note"),
        Column("next_on", "下次联系"),
        Column("due_on", "最迟"),
        Column("tries", "联系过", value=lambda task: f"{task.tries} 次未果" if task.tries else ""),
        Column(
            "state", "结果", value=_state, tone=lambda task: "late" if task.is_late else _TONES[task.state]
        ),
    ]
    filters = [
        ChoiceFilter("state", "结果", choices=CallState.choices),
        ChoiceFilter(
            "way", "怎么找", choices=[pair for pair in WayKind.choices if pair[0] != WayKind.ACCOUNT]
        ),
        DateFilter("next_on", "下次联系"),
    ]
    # "open" is the first of the states in alphabetical order, so what is still to be done stands on top.
    order = ("state", "next_on", "id")
    empty_title = "没有要打电话或上门告知的人"
    empty_hint = "有居民选择了打电话、找家人或上门，通知就会出现在这里。"


class Inbox(ListScreen):
    """One's own messages (消息)."""

    name = "inbox"
    title = "消息"
    columns = [
        Column("title", "标题", link=lambda message: f"/messages/{message.public_id}/", width=40),
        Column("sent_at", "时间"),
        Column(
            "read_at",
            "状态",
            value=lambda message: "已读" if message.read_at else "未读",
            tone=lambda message: "neutral" if message.read_at else "warn",
        ),
    ]
    filters = [FlagFilter("unread", "只看未读", apply=lambda rows, value: rows.filter(read_at=None))]
    order = ("-id",)
    empty_title = "没有消息"
    empty_hint = "有事要您办或要您知道时，会出现在这里。"
    export_permission = None
