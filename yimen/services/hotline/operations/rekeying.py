"""Change of the index key (换索引密钥): numbers of callers get hashes of the new key."""

from datetime import datetime

from yimen.foundations.access.api import index_keys
from yimen.foundations.access.ports import Portion
from yimen.foundations.audit.api import operation, record_batch, unchanged
from yimen.kernel.actor import Actor, ActorKind
from yimen.kernel.refusals import NotAllowed
from yimen.services.hotline.engine.hashes import number_hash
from yimen.services.hotline.models import Call
from yimen.services.hotline.queries.rekeying import numbers_left


@operation("hotline.index.rebuilt")
def rebuild_index(*, by: Actor, at: datetime, after: int, limit: int) -> Portion:
    """Make the hashes of some callers' numbers again (重做摘要); words of receipt cannot be, and go with their message."""
    if by.kind is not ActorKind.SYSTEM or by.reach != ("",):
        raise NotAllowed()
    calls = numbers_left(f"{index_keys().current:02x}").filter(id__gt=after).order_by("id")
    found = list(calls.select_for_update(skip_locked=True, of=("self",))[:limit])
    if not found:
        unchanged()
        return Portion(0, None)
    for call in found:
        call.phone_hash = number_hash(call.phone)
    Call.objects.bulk_update(found, ["phone_hash"])
    record_batch(
        [{"call": str(call.public_id)} for call in found], kind="call", area="", key=index_keys().current
    )
    return Portion(len(found), found[-1].id)
