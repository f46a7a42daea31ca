"""Reads of gatherings, always within the actor's reach."""

from yimen.work.gatherings.queries.gatherings import (
    LISTS,
    areas_to_plan_in,
    count_of_day,
    day_at_a_glance,
    find_gatherings,
    gatherings_of_day,
    get_gathering,
    needs_a_look,
    people_of_roles,
    series_sessions,
    work_list,
)
from yimen.work.gatherings.queries.mine import MyHours, my_gatherings, my_helping, my_hours, my_part
from yimen.work.gatherings.queries.rosters import (
    helpers_of,
    live_sign_ups,
    members_of,
    sign_ups_of_people,
)

__all__ = [
    "LISTS",
    "MyHours",
    "areas_to_plan_in",
    "count_of_day",
    "day_at_a_glance",
    "find_gatherings",
    "gatherings_of_day",
    "get_gathering",
    "helpers_of",
    "live_sign_ups",
    "members_of",
    "my_gatherings",
    "my_helping",
    "my_hours",
    "my_part",
    "needs_a_look",
    "people_of_roles",
    "series_sessions",
    "sign_ups_of_people",
    "work_list",
]
