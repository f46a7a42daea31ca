"""The parked intakes of one clerk (挂起的受理): found by her account, nobody else's."""

from uuid import UUID

from yimen.kernel.actor import Actor
from yimen.kernel.refusals import Conflict
from yimen.work.desk.models import ParkedIntake


class ParkedIsGone(Conflict):
    code = "desk.parked_is_gone"
    sentence = "这件挂起的受理已经在另一个页面办过或放弃了。请先打开居民档案看一下，确实没有办再重新受理。"


def own_parked(by: Actor):
    """The rows of this account within reach, dropped ones too."""
    if by.account is None:
        return ParkedIntake.objects.none()
    return ParkedIntake.objects.within(by).filter(account=by.account)


def end_parked(parked: UUID, *, by: Actor) -> None:
    """It became a case: the parked form goes in the same transaction; a second tab finds it gone."""
    row = own_parked(by).select_for_update(of=("self",)).filter(public_id=parked).first()
    if row is None or row.dropped_at:
        raise ParkedIsGone
    row.delete()
