"""Run the worked examples of an indicator (指标算例), and judge what only stands when everything is plugged in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yimen.kernel.periods import parse_month
from yimen.work.indicators.engine.grammar import IndicatorGrammar
from yimen.work.indicators.ports import measures
from yimen.work.indicators.rules import deeds_of, measured


def run_indicator_example(
    body: IndicatorGrammar, given: Mapping[str, Any], on: date | None
) -> Mapping[str, Any]:
    """``given``: entries (a small ledger), perhaps area, first, last; comes out: ``value``."""
    told = {"area": given.get("area", "")}
    for name in ("first", "last"):
        if name in given:
            told[name] = parse_month(given[name])
    value = measured(
        deeds_of(given.get("entries", [])),
        measure=body.measure,
        items=body.items,
        sexes=body.bands.sexes,
        age_bands=body.bands.age_bands,
        residences=body.bands.residences,
        **told,
    )
    return {"value": value, "unit": body.unit}


def check_indicator(body: IndicatorGrammar) -> list[str]:
    """A measure nobody has plugged."""
    if body.is_flow or body.measure in measures:
        return []
    known = "、".join(("acts", "quantity", "persons", *measures.keys()))
    return [f"口径「{body.measure}」没有登记；可用：{known}"]
