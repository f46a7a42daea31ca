"""What the first page plugs into the shell."""

from datetime import datetime

from yimen.foundations.definitions.api import working_calendar
from yimen.foundations.ui.ports import NavItem, TodayLine, navigation, today_lines
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of

SATURDAY = 5
_WEEKDAYS = "一二三四五六日"


def _today(*, by: Actor, at: datetime) -> str:
    day = day_of(at)
    return f"{day.month}月{day.day}日 星期{_WEEKDAYS[day.weekday()]}"


def _off_or_made_up(*, by: Actor, at: datetime) -> str:
    day = day_of(at)
    works = working_calendar(on=day).is_working_day(day).is_working_day
    if works == (day.weekday() < SATURDAY):
        return ""
    return "调休上班" if works else "放假"


navigation.register(NavItem(label="首页", url_name="home:home", icon="home", permission=None, order=0))
today_lines.register(TodayLine(key="home.date", order=0, text=_today))
today_lines.register(TodayLine(key="home.off", order=1, text=_off_or_made_up))
