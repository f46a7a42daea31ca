"""Register a seal, hand it to another keeper, and end it (印章登记、交接、停用)."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError

from yimen.foundations.access.api import account_name
from yimen.foundations.audit.api import operation, record
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.organisations.api import posts_of
from yimen.services.seals.choices import SealKind, SealState
from yimen.services.seals.models import OfficialSeal, SealHandover
from yimen.services.seals.permissions import KEEP_SEALS
from yimen.services.seals.queries import NoSeal


class CannotKeep(NotPossible):
    code = "seals.cannot_keep"


class OnTheRegister(CannotKeep):
    sentence = "“{name}”已在名册里，重刻的请先登记旧章报失或缴销。"


@operation("seals.seal.registered")
def register_seal(
    *, by: Actor, at: datetime, name: str, kind: SealKind, area: str, since: date, keeper: UUID, signed: str
) -> OfficialSeal:
    """Put a seal on the register (登记印章) with its first keeper, who signed for it."""
    by.must(KEEP_SEALS, area=area)
    name = clean_line(name)
    if not name or not signed.strip():
        raise CannotKeep("请写明印章名称和领取签字的凭据。")
    if since > day_of(at):
        raise CannotKeep("启用日期不能晚于今天。")
    if OfficialSeal.objects.filter(area=area, name=name, state=SealState.IN_USE).exists():
        raise OnTheRegister(name=name)
    keeper_name = _keeper(keeper, area=area, on=day_of(at))
    seal = OfficialSeal(
        name=name, kind=SealKind(kind), area=area, since=since, keeper=keeper, keeper_name=keeper_name
    )
    try:
        seal.save()
    except IntegrityError as fault:
        # Two who register it in the same moment: the unique name decides.
        if "seal_once_in_use" in str(fault):
            raise OnTheRegister(name=name) from fault
        raise
    SealHandover.objects.create(
        seal=seal,
        from_name="启用",
        to_account=keeper,
        to_name=keeper_name,
        signed=signed.strip(),
        on=since,
        recorded_by=by.key,
    )
    record(seal, kind="official_seal", area=area, seal_kind=seal.kind)
    return seal


@operation("seals.seal.handed_over")
def hand_over_seal(*, by: Actor, at: datetime, seal: UUID, keeper: UUID, signed: str) -> OfficialSeal:
    """Hand a seal to another keeper (印章交接); both sign a sheet, and its number is kept."""
    found = _load(seal, by=by)
    if not signed.strip():
        raise CannotKeep("请写明交接单编号，两个人都要签字。")
    if keeper == found.keeper:
        raise CannotKeep("接收人就是现在的保管人。")
    name = _keeper(keeper, area=found.area, on=day_of(at))
    SealHandover.objects.create(
        seal=found,
        from_name=found.keeper_name,
        to_account=keeper,
        to_name=name,
        signed=signed.strip(),
        on=day_of(at),
        recorded_by=by.key,
    )
    found.keeper, found.keeper_name = keeper, name
    found.save(update_fields=["keeper", "keeper_name"])
    record(found, kind="official_seal", area=found.area, keeper=str(keeper))
    return found


@operation("seals.seal.ended")
def end_seal(*, by: Actor, at: datetime, seal: UUID, state: SealState, why: str) -> OfficialSeal:
    """Take a seal out of use (停用印章): lost, with the report and the notice in the paper, or destroyed, with the receipt."""
    found = _load(seal, by=by)
    state = SealState(state)
    if state is SealState.IN_USE or not why.strip():
        raise CannotKeep("请选择报失还是缴销，并写明：报失的写报案和登报声明，缴销的写缴到哪里、凭据编号。")
    found.state, found.ended_on, found.ended_why = state, day_of(at), why.strip()
    found.save(update_fields=["state", "ended_on", "ended_why"])
    record(found, kind="official_seal", area=found.area, state=state.value)
    return found


def _load(seal: UUID, *, by: Actor) -> OfficialSeal:
    rows = OfficialSeal.objects.within(by).select_for_update(of=("self",))
    found = rows.filter(public_id=seal).first()
    if found is None:
        raise NoSeal
    by.must(KEEP_SEALS, area=found.area)
    if found.state != SealState.IN_USE:
        raise CannotKeep("这枚印章已停用。")
    return found


def _keeper(account: UUID, *, area: str, on: date) -> str:
    """The name of somebody who may keep it: she holds a post for this area."""
    posts = posts_of(account, on=on)
    if not any(one.post.area == area or area.startswith(one.post.area) for one in posts):
        raise CannotKeep("保管人要是在这里任职的工作人员。")
    return account_name(account)
