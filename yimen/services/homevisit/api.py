"""The door of home visits (上门办)."""

from yimen.services.homevisit.choices import DayPart, SignedHow, VisitOutcome
from yimen.services.homevisit.operations import CannotPlan, CannotRecord, plan_visit, record_visit
from yimen.services.homevisit.queries import NoVisit, crew, find_visits, get_visit, my_visits, visits_of_case

__all__ = [
    "CannotPlan",
    "CannotRecord",
    "DayPart",
    "NoVisit",
    "SignedHow",
    "VisitOutcome",
    "crew",
    "find_visits",
    "get_visit",
    "my_visits",
    "plan_visit",
    "record_visit",
    "visits_of_case",
]
