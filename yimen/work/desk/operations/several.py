"""The same deed on several cases (批量办理), with a result for each."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from yimen.foundations.audit.api import attempt, operation, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import Refused
from yimen.work.desk.choices import DeliveryWay
from yimen.work.desk.models import Case
from yimen.work.desk.operations.deciding import deliver_case, register_case
from yimen.work.desk.operations.handling import hand_back_case, hand_over_case


@operation("desk.cases.dealt_with")
def deal_with_each(
    *, by: Actor, at: datetime, deed: str, cases: Mapping[UUID, int | None], given: Mapping[str, Any]
) -> dict[str, str]:
    """Do ``deed`` to each case at the edition that was shown (批量办理); answers for each why not, "" if it was done.

    A case that refuses stays as it was; the others are done. Decisions are not among the deeds: each is made on the page
    of its case. The order is fixed, so that two who do it at once never wait for each other in a circle.
    """
    unchanged()
    answers = {}
    for case in sorted(cases):
        try:
            with attempt():
                _OPERATIONS[deed](by=by, at=at, case=case, edition=cases[case], **given)
        except Refused as refusal:
            answers[str(case)] = refusal.sentence
        else:
            answers[str(case)] = ""
    return answers


def _deliver_to_the_applicant(*, by: Actor, at: datetime, case: UUID, way: DeliveryWay, **more) -> Case:
    found = Case.objects.within(by).filter(public_id=case).first()
    return deliver_case(by=by, at=at, case=case, way=way, receiver=found.person_name if found else "", **more)


_OPERATIONS = {
    "deliver": _deliver_to_the_applicant,
    "register": register_case,
    "hand_over": hand_over_case,
    "hand_back": hand_back_case,
}
