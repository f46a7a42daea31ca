"""Declared lists of the office."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse

from yimen.doors.office.queries.accounts import account_lines
from yimen.doors.office.queries.trail import (
    by_actor,
    by_deputies_of,
    by_verb,
    look_lines,
    trail_lines,
    work_choices,
)
from yimen.doors.office.queries.unusual import alert_lines
from yimen.foundations.access.api import VIEW_ACCOUNTS, AccountKind
from yimen.foundations.audit.api import VIEW_TRAIL, ReadingState
from yimen.foundations.ui.api import ChoiceFilter, Column, DateFilter, ListScreen, TextFilter
from yimen.kernel.actor import Actor
from yimen.kernel.clock import STREET_TIME, day_of


class AccountList(ListScreen):
    """Accounts in reach (账号), with posts, roles and locks."""

    name = "office.accounts"
    title = "账号与授权"
    subtitle = "谁能登录，担任什么岗位，有什么角色"
    columns = (
        Column(
            "name",
            "姓名",
            value="account.name",
            link=lambda one: reverse("office:account", args=[one.public_id]),
        ),
        Column("username", "登录名", value="account.username"),
        Column("posts", "岗位", value=lambda one: "、".join(one.posts), width=32),
        Column("roles", "角色", value=lambda one: "、".join(one.roles), width=24),
        Column("duty", "三员", value=lambda one: one.duty.removesuffix("管理员"), tone="duty_tone"),
        Column("state", "状态", tone="tone"),
        Column("second", "第二因素"),
        Column("locked_until", "锁定至", shown=False),
        Column("opened_at", "开设", value="account.opened_at", shown=False),
    )
    filters = (
        ChoiceFilter("active", "状态", field="is_active", choices=(("True", "在用"), ("False", "停用"))),
        ChoiceFilter("kind", "类别", choices=AccountKind.choices),
        TextFilter("name", "姓名", lookup="contains"),
        TextFilter("username", "登录名"),
    )
    order = ("username",)
    export_permission = VIEW_ACCOUNTS
    empty_title = "没有您能看到的账号"
    empty_hint = "开设账号后，由安全管理员任命岗位，就能登录办事。"
    at: datetime

    @classmethod
    def as_of(cls, at: datetime) -> type["AccountList"]:
        """The list at a moment: locks run out, posts begin and end."""
        return type(cls.__name__, (cls,), {"at": at})

    @classmethod
    def dress(cls, rows: list[Any], *, by: Actor) -> list[Any]:
        return account_lines(rows, by=by, at=cls.at, on=day_of(cls.at))


def _on_days(field: str):
    """Rows of the days from … to …, both included, in the street's time."""

    def narrow(rows: Any, value: tuple[date | None, date | None]) -> Any:
        first, last = value
        if first:
            rows = rows.filter(**{f"{field}__gte": _midnight(first)})
        return rows.filter(**{f"{field}__lt": _midnight(last + timedelta(days=1))}) if last else rows

    return narrow


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=STREET_TIME)


class TrailList(ListScreen):
    """What was done (操作留痕), for the auditor."""

    name = "office.trail"
    title = "操作留痕"
    subtitle = "谁、何时、在哪里、办了什么；一条留痕写下后谁也改不了"
    columns = (
        Column("at", "时间", link=lambda one: reverse("office:deed", args=[one.deed])),
        Column("verb", "操作", hint="step"),
        Column("subject", "对象", hint="subject_name"),
        Column("who", "经办人", hint=lambda one: f"代 {one.for_whom}" if one.for_whom else ""),
        Column("place", "区域"),
        Column(
            "written_at",
            "落笔",
            value=lambda one: one.written_at.replace(microsecond=0),
            hint=lambda one: "补录" if one.late else "",
        ),
    )
    order = ("-id",)
    export_permission = VIEW_TRAIL
    empty_title = "还没有留痕"
    empty_hint = "办第一件事，这里就会出现第一条。"
    actor: Actor

    @classmethod
    def seen_by(cls, by: Actor) -> type["TrailList"]:
        """The list for one auditor: names are looked for among the accounts she may see."""
        filters = (
            ChoiceFilter(
                "work",
                "业务",
                choices=work_choices,
                apply=lambda rows, app: rows.filter(verb__startswith=f"{app}."),
            ),
            TextFilter("verb", "操作", hint="如：授予角色", apply=by_verb),
            TextFilter(
                "who", "经办人", hint="姓名或登录名", apply=lambda rows, words: by_actor(rows, words, by=by)
            ),
            TextFilter(
                "for",
                "代谁办",
                hint="被代理人的姓名或登录名",
                apply=lambda rows, words: by_deputies_of(rows, words, by=by),
            ),
            DateFilter("at", "日期", apply=_on_days("at")),
        )
        return type(cls.__name__, (cls,), {"filters": filters})

    @classmethod
    def dress(cls, rows: list[Any], *, by: Actor) -> list[Any]:
        return trail_lines(rows)


class LookList(ListScreen):
    """Who looked at which file and why (查阅记录), for the auditor."""

    name = "office.looks"
    title = "查阅记录"
    subtitle = "谁因为什么看了谁的档案；居民本人也能看到"
    columns = (
        Column("at", "时间"),
        Column("who", "查阅人"),
        Column("why", "事由", width=40),
        Column("whose", "居民", hint="number"),
        Column("place", "区域"),
    )
    filters = (
        TextFilter("who", "查阅人", field="actor_name", lookup="contains"),
        TextFilter("why", "事由", lookup="contains"),
        DateFilter("at", "日期", apply=_on_days("at")),
    )
    order = ("-id",)
    export_permission = VIEW_TRAIL
    empty_title = "还没有人查阅过档案"
    empty_hint = "工作人员打开居民档案时，会在这里记下事由。"

    @classmethod
    def dress(cls, rows: list[Any], *, by: Actor) -> list[Any]:
        return look_lines(rows, by=by)


class AlertList(ListScreen):
    """What stood out in reading (异常查阅提醒), for the auditor."""

    name = "office.unusual"
    title = "异常查阅提醒"
    subtitle = "每天早上查前一天：谁的查阅与平常明显不同。提醒不等于违规，核实后写明结论"
    columns = (
        Column("on", "日期", link=lambda one: reverse("office:alert", args=[one.public_id])),
        Column("who", "账号"),
        Column("title", "哪里不同", width=30),
        Column("count", "当天"),
        Column("usual", "平常一天"),
        Column("place", "区域"),
        Column("state", "处理", tone="tone", hint="answered"),
    )
    filters = (
        ChoiceFilter("state", "处理", choices=ReadingState.choices),
        DateFilter("on", "日期"),
    )
    order = ("-id",)
    export_permission = VIEW_TRAIL
    empty_title = "没有异常查阅提醒"
    empty_hint = "规则在“制度与规则”的“异常查阅规则”里，每天早上五点五十分查前一天。"

    @classmethod
    def dress(cls, rows: list[Any], *, by: Actor) -> list[Any]:
        return alert_lines(rows)


class HeadList(ListScreen):
    """The last seal of each day (每日封印), to be copied out of the house."""

    name = "office.seal_heads"
    title = "封印与核验"
    columns = (
        Column("day", "日期", value=lambda seal: day_of(seal.made_at)),
        Column("made_at", "封印时间"),
        Column("id", "封印号"),
        Column("rows", "本枚条数"),
        Column("head", "封印值", value=lambda seal: bytes(seal.head).hex(), width=70),
        Column("key_id", "密钥", shown=False),
    )
    per_page = 31
    export_permission = VIEW_TRAIL
    empty_title = "还没有封印"
    empty_hint = "后台进程每五分钟封印一次。"
