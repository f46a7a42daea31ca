"""Run the worked examples of a plan (计划算例)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yimen.steering.plans.engine.grammar import PlanGrammar
from yimen.steering.plans.rules import Pace, promised_by


def run_plan_example(body: PlanGrammar, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """``given``: target, perhaps community, and what is done; ``on`` the day. Comes out: amount, promised, difference, behind."""
    target = next(one for one in body.target if one.key == given["target"])
    promises = target.promises
    chosen = [promises[given["community"]]] if "community" in given else list(promises.values())
    day = on or date(body.year, 12, 31)
    pace = Pace(
        amount=sum(map(sum, chosen)),
        promised=sum(promised_by(months, year=body.year, on=day) for months in chosen),
        done=given.get("done", 0),
    )
    return {
        "amount": pace.amount,
        "promised": pace.promised,
        "difference": pace.difference,
        "behind": pace.is_behind,
    }
