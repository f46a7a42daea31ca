"""Run the worked examples of a plan (计划算例)."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from yimen.steering.plans.engine.grammar import PlanGrammar
from yimen.steering.plans.rules import Pace


def run_plan_example(body: PlanGrammar, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """``given``: target, perhaps community, and what is done; ``on`` the day. Comes out: amount, promised, difference, behind."""
    target = next(one for one in body.target if one.key == given["target"])
    promised = target.promise.by(year=body.year, on=on or date(body.year, 12, 31))
    shared = Counter(target.promise.turns)
    area = given.get("community")
    pace = Pace(
        amount=shared[area] if area else shared.total(),
        promised=promised[area] if area else promised.total(),
        done=given.get("done", 0),
    )
    return {
        "amount": pace.amount,
        "promised": pace.promised,
        "difference": pace.difference,
        "behind": pace.is_behind,
    }
