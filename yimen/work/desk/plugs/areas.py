"""What the desk plugs into the reorganisation of areas: what is open follows (区域调整)."""

from datetime import datetime

from yimen.kernel.actor import Actor
from yimen.registers.places.ports import AreaCount, AreaMove, area_counts, restamp
from yimen.work.desk import operations
from yimen.work.desk.queries import open_cases_in

area_counts.register(AreaCount(key="desk", title="未办结办件", order=40, count=open_cases_in))


class CasesFollowTheirArea:
    """What is open at the desk when areas are reorganised."""

    key = "desk"

    def carry_over(self, *, by: Actor, at: datetime, move: AreaMove) -> int:
        return operations.carry_over_cases(by=by, at=at, move=move)


class DelegationsFollowTheirArea:
    """What a street gave to a community holds for the one that took over."""

    key = "desk.delegations"

    def carry_over(self, *, by: Actor, at: datetime, move: AreaMove) -> int:
        return operations.carry_over_delegations(by=by, at=at, move=move)


restamp.register(CasesFollowTheirArea())
restamp.register(DelegationsFollowTheirArea())
