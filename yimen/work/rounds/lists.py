"""The declared lists of rounds."""

from typing import Any

from django.urls import reverse

from yimen.foundations.ui.api import ChoiceFilter, Column, ListScreen, TextFilter
from yimen.kernel.actor import Actor
from yimen.registers.places.api import area_name
from yimen.standards.masking import mask_name
from yimen.work.rounds.choices import Channel, Standing, State
from yimen.work.rounds.permissions import FIND
from yimen.work.rounds.queries import returns_of_many
from yimen.work.rounds.rules import share

TONES = {
    Standing.WAITING: "neutral",
    Standing.ASKED: "info",
    Standing.NOT_REACHED: "warn",
    Standing.RETURNED: "good",
    Standing.REFUSED: "neutral",
    Standing.DROPPED: "neutral",
}


class RoundList(ListScreen):
    """Rounds, the latest first (征询清单)."""

    name = "rounds.rounds"
    title = "征询"
    columns = (
        Column("title", "征询", link=lambda one: reverse("rounds:round", args=[one.public_id])),
        Column("area", "范围", value=lambda one: area_name(one.area)),
        Column("opens_on", "开始"),
        Column("closes_on", "结束"),
        Column("size", "名单", hint=lambda one: f"从 {one.frame} 中抽取" if one.drawn else "全部"),
        Column("returned", "回卷", value=lambda one: one.came.returned, hint=lambda one: _rate(one)),
        Column("refused", "不愿意答", value=lambda one: one.came.refused),
        Column("secrecy", "记名", value="get_secrecy_display"),
        Column(
            "state",
            "状态",
            value="get_state_display",
            tone=lambda one: "info" if one.is_running else "neutral",
        ),
    )
    filters = (ChoiceFilter("state", "状态", choices=State.choices), TextFilter("title", "名称"))
    order = ("-id",)
    empty_title = "还没有征询"
    empty_hint = "点“发起征询”：选一张问卷或自己出几道题，定范围、抽多少、问到哪天。"

    @classmethod
    def dress(cls, rows: list[Any], *, by: Actor | None) -> list[Any]:
        returns = returns_of_many(rows, by=by)
        for row in rows:
            row.came = returns[row.pk]
        return rows


class RollList(ListScreen):
    """Who is asked in a round (征询名单)."""

    name = "rounds.roll"
    title = "名单"
    columns = (
        Column(
            "person_name",
            "姓名",
            link=lambda one: reverse("rounds:line", args=[one.round_key, one.public_id]),
            private="name",
        ),
        Column("community", "社区", value=lambda one: area_name(one.community)),
        Column("channel", "怎么问", value="get_channel_display"),
        Column(
            "standing", "情况", value="get_standing_display", tone=lambda one: TONES[Standing(one.standing)]
        ),
        Column("reminded_on", "催过"),
        Column("ended_on", "回卷、谢绝、不问"),
    )
    filters = (
        ChoiceFilter("standing", "情况", choices=Standing.choices),
        ChoiceFilter("channel", "怎么问", choices=Channel.choices),
    )
    order = ("id",)
    empty_hint = "这里没有人。换一个情况或问法看看。"

    @classmethod
    def dress(cls, rows: list[Any], *, by: Actor | None) -> list[Any]:
        finds = by is not None and by.can_somewhere(FIND)
        for row in rows:
            row.person_name = row.person_name if finds else mask_name(row.person_name)
        return rows


def _rate(one: Any) -> str:
    return f"回收率 {share(one.came.returned, one.came.all)}"
