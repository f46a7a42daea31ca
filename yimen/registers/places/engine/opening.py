"""When a site is open on a day (当日开放), from the rows of its hours."""

from collections.abc import Iterable
from datetime import date

from yimen.kernel.working_days import WorkingCalendar
from yimen.registers.places.choices import HolidayHabit
from yimen.registers.places.models import Site, SiteHours
from yimen.registers.places.rules.hours import Hours, OpenDay, hours_on


def open_day(site: Site, rows: Iterable[SiteHours], day: date, calendar: WorkingCalendar) -> OpenDay | None:
    """When a site is open on a day by these rows of its hours (当日开放), or None."""
    if not site.holds_on(day):
        return None
    weekly = [Hours(row.weekday, row.opens, row.closes) for row in rows if row.holds_on(day)]
    keeps = site.holidays == HolidayHabit.CALENDAR
    hours = hours_on(day, weekly, keeps_calendar=keeps, calendar=calendar)
    provisional = calendar.is_working_day(day).provisional_years if keeps else ()
    return OpenDay(day, hours, provisional) if hours else None
