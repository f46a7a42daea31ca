"""The door of plans: what was promised for the year, and how far along it is (计划)."""

from yimen.steering.plans.queries import (
    NoPlan,
    PlanStanding,
    Row,
    TargetStanding,
    plan_standing,
    plans,
)

__all__ = ["NoPlan", "PlanStanding", "Row", "TargetStanding", "plan_standing", "plans"]
