"""One gathering of mine in a line (我的一场): what I am there, and what waits for me."""

from dataclasses import dataclass
from datetime import datetime

from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.work.gatherings.choices import Answer, State
from yimen.work.gatherings.models import Gathering, Helper
from yimen.work.gatherings.rules import in_hours


@dataclass(frozen=True)
class MyLine:
    """One gathering of mine in a line (我的一场): what I am there, and what I should do next."""

    gathering: Gathering
    role: str
    next: str
    tone: str
    hours: str


def my_line(one: Gathering, helping: Helper | None, *, by: Actor, at: datetime) -> MyLine:
    """The line, with the one thing that waits for me (下一步)."""
    leads = one.led_by == by.account
    minutes = one.minutes if leads and one.state == State.HELD else (helping.minutes if helping else None)
    said, tone = _next(one, helping, leads=leads, at=at)
    return MyLine(one, "我带" if leads else "我帮忙", said, tone, in_hours(minutes) if minutes else "")


def _next(one: Gathering, helping: Helper | None, *, leads: bool, at: datetime) -> tuple[str, str]:
    today = day_of(at)
    if one.state == State.CANCELLED:
        return "已取消，不用来", "neutral"
    if one.state == State.HELD:
        return "已办结", "good"
    if leads and one.answer == Answer.OPEN and one.starts_at > at:
        return "请确认能不能来", "warn"
    if leads and one.answer == Answer.NO:
        return "已回复来不了", "neutral"
    if one.day == today and one.ends_at > at:
        if leads:
            return "今天，请给到场的人签到", "info"
        return ("今天，已经签到" if helping and helping.signed_in_at else "今天，请找负责人签到"), "info"
    if one.ends_at <= at:
        return "等社区办结", "neutral"
    return "按时到场", "info"
