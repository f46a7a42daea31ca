"""The door of indicators: every figure that a page or report shows (指标)."""

from yimen.work.indicators.queries import Indicator, Lists, Table, indicator, opens, table, value

__all__ = ["Indicator", "Lists", "Table", "indicator", "opens", "table", "value"]
