"""Settle on the spot (即办): accept, settle and deliver in one deed, one screen, one minute."""

from datetime import datetime

from yimen.foundations.audit.api import operation
from yimen.kernel.actor import Actor
from yimen.kernel.money import Money
from yimen.work.desk.choices import DeliveryWay, Outcome
from yimen.work.desk.engine.steps import CannotDo, matter_of
from yimen.work.desk.models import Case
from yimen.work.desk.operations.deciding import decide_case, deliver_case, register_case
from yimen.work.desk.operations.intake import Asked, accept_case


@operation("desk.case.settled_at_once")
def settle_at_once(
    *,
    by: Actor,
    at: datetime,
    area: str,
    asked: Asked,
    receiver: str,
    result: str = "",
    amount: Money | None = None,
) -> Case:
    """Accept, settle and hand over while the resident waits (当场办结).

    For matters promised for the same day, with all papers there. Each part asks for its own permission, and if one
    refuses nothing is done.
    """
    case = accept_case(by=by, at=at, area=area, asked=asked)
    matter = matter_of(case)
    if not matter.same_day():
        raise CannotDo(f"这件事承诺 {matter.days.promised} 个工作日，不是即办件，请先受理。")
    if case.papers_due_on:
        raise CannotDo("还有材料要后补，不能当场办结。请点“先受理”，材料补齐再办。")
    if matter.way == "notice":
        register_case(by=by, at=at, case=case.public_id, result=result)
    else:
        decide_case(by=by, at=at, case=case.public_id, outcome=Outcome.GRANTED, result=result, amount=amount)
    return deliver_case(
        by=by, at=at, case=case.public_id, way=DeliveryWay.COUNTER, receiver=receiver or case.person_name
    )
