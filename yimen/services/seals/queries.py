"""Reads of official seals: the register, requests, and the log of a period."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.refusals import NotFound
from yimen.registers.organisations.api import organisations
from yimen.services.seals.choices import RequestState, SealState
from yimen.services.seals.models import OfficialSeal, SealHandover, SealRequest, Stamping
from yimen.services.seals.permissions import APPROVE_SEAL, VIEW_SEALS


class NoSeal(NotFound):
    code = "seals.no_seal"
    sentence = "没有这枚印章或这件用印申请，或不在您的范围内。"


def seals(*, by: Actor) -> QuerySet[OfficialSeal]:
    """The seals within reach (印章名册), those in use first."""
    return OfficialSeal.objects.within(by) if by.can_somewhere(VIEW_SEALS) else OfficialSeal.objects.none()


def get_seal(seal: UUID, *, by: Actor) -> OfficialSeal:
    """One seal of the register."""
    found = seals(by=by).filter(public_id=seal).first()
    if found is None:
        raise NoSeal
    return found


def handovers_of(seal: OfficialSeal, *, by: Actor) -> list[SealHandover]:
    """Through whose hands a seal went (历次交接), the latest first."""
    return list(SealHandover.objects.within(by).filter(seal=seal).order_by("-id"))


def requests(*, by: Actor) -> QuerySet[SealRequest]:
    """The requests within reach (用印申请)."""
    return SealRequest.objects.within(by) if by.can_somewhere(VIEW_SEALS) else SealRequest.objects.none()


def get_request(request: UUID, *, by: Actor) -> SealRequest:
    """One request."""
    found = requests(by=by).filter(public_id=request).first()
    if found is None:
        raise NoSeal
    return found


def request_of_case(case: UUID, *, by: Actor) -> SealRequest | None:
    """The request that came of a case at the window."""
    return SealRequest.objects.within(by).filter(case=case).first()


def to_approve(*, by: Actor) -> list[SealRequest]:
    """Requests that wait for this actor's yes or no (等我审批用印), never her own."""
    return [one for one in _asked_by_others(by, by.key) if by.can(APPROVE_SEAL, area=approval_area(one))]


@kept
def _asked_by_others(by: Actor, asked_by: str) -> QuerySet[SealRequest]:
    waiting = SealRequest.objects.within(by).filter(state=RequestState.WAITING).exclude(asked_by=asked_by)
    return waiting.order_by("id")


def to_stamp(*, by: Actor) -> list[SealRequest]:
    """Approved requests for the seals that this actor keeps (待盖章)."""
    mine = set(_kept_by(by, by.account)) if by.account else set()
    if not mine:
        return []
    rows = SealRequest.objects.within(by).filter(state=RequestState.APPROVED).order_by("id")
    return [one for one in rows if (one.seal_kind, _seal_area(one)) in mine]


@kept
def _kept_by(by: Actor, account: UUID) -> QuerySet:
    seals = OfficialSeal.objects.within(by).filter(keeper=account, state=SealState.IN_USE)
    return seals.values_list("kind", "area")


def seals_for(request: SealRequest, *, by: Actor) -> list[OfficialSeal]:
    """The seals with which a request may be stamped, kept by this actor."""
    rows = OfficialSeal.objects.within(by).filter(
        state=SealState.IN_USE, kind=request.seal_kind, area=_seal_area(request), keeper=by.account
    )
    return list(rows.order_by("id"))


def approval_area(request: SealRequest) -> str:
    """Where a request is decided: at the community or at its street, as the list says."""
    return street_of(request.area) if request.approves == "street" else request.area


def stampings_of(request: SealRequest, *, by: Actor) -> list[Stamping]:
    """What was stamped on a request."""
    rows = Stamping.objects.within(by).filter(request=request)
    return list(rows.select_related("seal").order_by("id"))


def stampings(*, by: Actor) -> QuerySet[Stamping]:
    """The register of seals within reach (用印登记)."""
    rows = Stamping.objects.within(by) if by.can_somewhere(VIEW_SEALS) else Stamping.objects.none()
    return rows.select_related("seal", "request")


def log_between(first: date, last: date, *, by: Actor) -> tuple[list[Stamping], list[SealRequest]]:
    """The log of a period (用印登记簿): what was stamped, and what was refused."""
    since = datetime.combine(first, time(), tzinfo=STREET_TIME)
    until = datetime.combine(last + timedelta(days=1), time(), tzinfo=STREET_TIME)
    stamped = stampings(by=by).filter(stamped_at__gte=since, stamped_at__lt=until)
    refused = requests(by=by).filter(
        state__in=(RequestState.REFUSED, RequestState.TURNED_DOWN), asked_at__gte=since, asked_at__lt=until
    )
    return list(stamped.order_by("seal_id", "year", "number")), list(refused.order_by("id"))


def office_of(area: str, *, by: Actor, on: date) -> str:
    """Whom to name when the community cannot (街道办事处)."""
    street = street_of(area) or area
    found = organisations(by=by, on=on, kind="street_office").filter(area=street).first()
    return (
        f"{found.name}（{found.phone}）"
        if found and found.phone
        else found.name
        if found
        else "街道便民服务中心"
    )


def _seal_area(request: SealRequest) -> str:
    return street_of(request.area) if request.seal_kind == "street" else request.area
