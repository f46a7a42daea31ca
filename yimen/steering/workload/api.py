"""The door of the admission of work for communities (社区工作事项准入)."""

from yimen.steering.workload.operations import CannotAdmit, decide_demand, enter_demand, point_out
from yimen.steering.workload.queries import NoDemand, admitted, demands, get_demand

__all__ = [
    "CannotAdmit",
    "NoDemand",
    "admitted",
    "decide_demand",
    "demands",
    "enter_demand",
    "get_demand",
    "point_out",
]
