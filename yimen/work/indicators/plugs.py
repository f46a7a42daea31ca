"""The kind of definition that an indicator is."""

from yimen.foundations.definitions.ports import Kind, kinds
from yimen.work.indicators.engine.examples import check_indicator, run_indicator_example
from yimen.work.indicators.engine.grammar import IndicatorGrammar

kinds.register(
    Kind(
        name="indicator",
        grammar=IndicatorGrammar,
        title="指标",
        run_example=run_indicator_example,
        check=check_indicator,
    )
)
