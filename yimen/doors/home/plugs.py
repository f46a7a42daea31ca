"""What the first page plugs into the shell."""

from datetime import datetime

from yimen.foundations.ui.ports import NavItem, TodayLine, navigation, today_lines
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of

_WEEKDAYS = "一二三四五六日"


def _today(*, by: Actor, at: datetime) -> str:
    day = day_of(at)
    return f"{day.month}月{day.day}日 星期{_WEEKDAYS[day.weekday()]}"


navigation.register(NavItem(label="首页", url_name="home:home", icon="home", permission=None, order=0))
today_lines.register(TodayLine(key="home.date", order=0, text=_today))
