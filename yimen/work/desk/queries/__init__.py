"""Reads of the desk: matters, work lists, one case, the resident's own view, ratings."""

from yimen.work.desk.queries.cases import (
    MOST_TOGETHER,
    WORK_LISTS,
    CaseView,
    PickedCase,
    asked_lately,
    case_panels_of,
    cases_of_person,
    find_cases,
    get_case,
    last_visit,
    late_cases,
    picked_cases,
    work_list,
)
from yimen.work.desk.queries.matters import (
    Explained,
    MatterChoice,
    find_explanations,
    find_matters,
    form_of,
    get_matter,
    matter_titles,
    promise_in_words,
)
from yimen.work.desk.queries.papers import PapersHeld, papers_of
from yimen.work.desk.queries.parked import ParkedView, clock_of, get_parked, parked_intakes
from yimen.work.desk.queries.ratings import GradeCount, rating_counts
from yimen.work.desk.queries.tracking import TrackedCase, tracked_case
from yimen.work.desk.queries.watching import checks, follow_ups, get_check, get_follow_up

__all__ = [
    "MOST_TOGETHER",
    "WORK_LISTS",
    "CaseView",
    "Explained",
    "GradeCount",
    "MatterChoice",
    "PapersHeld",
    "ParkedView",
    "PickedCase",
    "TrackedCase",
    "asked_lately",
    "case_panels_of",
    "cases_of_person",
    "checks",
    "clock_of",
    "find_cases",
    "find_explanations",
    "find_matters",
    "follow_ups",
    "form_of",
    "get_case",
    "get_check",
    "get_follow_up",
    "get_matter",
    "get_parked",
    "last_visit",
    "late_cases",
    "matter_titles",
    "papers_of",
    "parked_intakes",
    "picked_cases",
    "promise_in_words",
    "rating_counts",
    "tracked_case",
    "work_list",
]
