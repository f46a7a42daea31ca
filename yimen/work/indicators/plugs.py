"""The kind of definition that an indicator is, and the measures of what the registers hold (时点数)."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse

from yimen.foundations.definitions.ports import Kind, kinds
from yimen.kernel.actor import Actor
from yimen.registers.places.api import door_practice, dwellings_fresh_on
from yimen.work.indicators.engine.examples import check_indicator, run_indicator_example
from yimen.work.indicators.engine.grammar import IndicatorGrammar
from yimen.work.indicators.ports import measures


class FreshDwellings:
    """Dwellings checked within the days that a street calls fresh (近期核实过的房屋)."""

    key = "dwellings_fresh"
    title = "近期核实过的房屋"

    def values(
        self, areas: Sequence[str], days: Sequence[date], *, by: Actor
    ) -> Mapping[tuple[str, date], int]:
        spans = {day: door_practice(on=day).fresh_since(day) for day in days}
        return dwellings_fresh_on(spans, areas, by=by)

    def opens(self, area: str, on: date) -> str:
        return reverse("people:freshness")


kinds.register(
    Kind(
        name="indicator",
        grammar=IndicatorGrammar,
        title="指标",
        run_example=run_indicator_example,
        check=check_indicator,
        asks=lambda indicator: (indicator.title,),
    )
)
measures.register(FreshDwellings())
