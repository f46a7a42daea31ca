"""Serve somebody of another street at this window (跨街道受理)."""

from datetime import datetime, timedelta
from uuid import UUID

from yimen.foundations.access.api import TieKind, tie
from yimen.foundations.audit.api import operation, record
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotAllowed, NotFound
from yimen.registers.people import api as people
from yimen.work.desk.permissions import ACCEPT_CASE

AT_THE_WINDOW = "窗口受理"


class NobodyBears(NotFound):
    code = "desk.nobody_bears_number"
    sentence = "整个平台都没有这个证件号码，可以直接建档。"


@operation("desk.person.served")
def begin_serving(*, by: Actor, at: datetime, id_number: str) -> UUID | None:
    """Open the file of a person beyond one's areas for today, by her complete id number shown at the window.

    Leaves a look with its reason and a tie until midnight; accepting a case makes a tie for the life of the case. None when
    nobody bears the number, which the trail keeps as well: a refusal would leave nothing.
    """
    if not by.can_somewhere(ACCEPT_CASE) or by.account is None:
        raise NotAllowed(permission=ACCEPT_CASE, area=by.home)
    card = people.person_card_minimal(by=by, at=at, id_number=id_number, why=AT_THE_WINDOW)
    if card is None:
        return None
    tie(
        by=by,
        at=at,
        account=by.account,
        kind=TieKind.PERSON,
        subject=card.public_id,
        reason=AT_THE_WINDOW,
        until=day_of(at) + timedelta(days=1),
    )
    record(card.public_id, kind="person", area=by.home, served=True)
    return card.public_id
