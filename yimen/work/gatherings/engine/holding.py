"""What the writers of gatherings share: load and lock a gathering, keep its numbers, tie whoever leads or helps, tell her."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from yimen.foundations.access.api import TieKind, tie, untie
from yimen.foundations.messages.api import tell_account
from yimen.kernel.actor import Actor
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotFound, NotPossible
from yimen.work.gatherings.choices import Seat
from yimen.work.gatherings.models import Gathering, Helper, SignUp
from yimen.work.gatherings.permissions import HOLD, OWN
from yimen.work.gatherings.rules import has_seat, why_ended

LEADS, HAS_THE_LIST, HELPS = "带这场活动", "带这场活动，看名单", "在这场活动帮忙"


class NoGathering(NotFound):
    code = "gatherings.no_gathering"
    sentence = "没有这场活动，或不在您的范围内。"


class CannotPlan(NotPossible):
    code = "gatherings.cannot_plan"


class CannotHold(NotPossible):
    code = "gatherings.cannot_hold"


class CannotSignUp(NotPossible):
    code = "gatherings.cannot_sign_up"


def refuse(findings: list[Finding], kind: type[NotPossible]) -> None:
    """Refuse with all reasons at once."""
    if findings:
        raise kind("；".join(one.sentence.rstrip("。") for one in findings) + "。", findings=findings)


def load(gathering: UUID, *, by: Actor) -> Gathering:
    """A gathering that is still planned, locked, for whoever holds gatherings in its area."""
    found = _locked(gathering, by=by)
    by.must(HOLD, area=found.area)
    return _still_planned(found)


def load_own(gathering: UUID, *, by: Actor) -> Gathering:
    """A gathering that is still planned, locked, for whoever holds gatherings in its area or leads this one."""
    found = _locked(gathering, by=by)
    if found.led_by is None or found.led_by != by.account:
        by.must(HOLD, area=found.area)
    elif not by.can(HOLD, area=found.area):
        by.must(OWN, area=found.area)
    return _still_planned(found)


def _locked(gathering: UUID, *, by: Actor) -> Gathering:
    found = Gathering.objects.within(by).select_for_update(of=("self",)).filter(public_id=gathering).first()
    if found is None:
        raise NoGathering
    return found


def _still_planned(found: Gathering) -> Gathering:
    if finding := why_ended(found.state):
        raise CannotHold(finding.sentence, findings=[finding])
    return found


def fill_seats(gathering: Gathering) -> list[SignUp]:
    """Who waits longest moves up while there are seats (候补转正), and the numbers are kept; the gathering is locked."""
    rows = SignUp.objects.filter(gathering=gathering).exclude(seat=Seat.WITHDRAWN).order_by("id")
    taken = sum(one.seat == Seat.IN for one in rows)
    moved = []
    for one in rows:
        if one.seat == Seat.WAITING and has_seat(capacity=gathering.capacity, taken=taken):
            one.seat = Seat.IN
            one.save(update_fields=["seat"])
            moved.append(one)
            taken += 1
    gathering.taken, gathering.waiting = taken, len(rows) - taken
    gathering.helping = Helper.objects.filter(gathering=gathering, left_at__isnull=True).count()
    gathering.save(update_fields=["taken", "waiting", "helping"])
    return moved


def tie_leader(gathering: Gathering, *, by: Actor, at: datetime) -> None:
    """Whoever leads it sees it from now on, and its list until it is closed."""
    if gathering.led_by:
        told = {"by": by, "at": at, "account": gathering.led_by, "kind": TieKind.GATHERING}
        tie(**told, subject=gathering.public_id, reason=LEADS)
        tie(**told, subject=gathering.roster, reason=HAS_THE_LIST)


def untie_list(gathering: Gathering, *, by: Actor, at: datetime) -> None:
    """The list is nobody's business any more but the community's."""
    if gathering.led_by:
        untie(by=by, at=at, account=gathering.led_by, subject=gathering.roster, reason=HAS_THE_LIST)


def untie_leader(gathering: Gathering, *, by: Actor, at: datetime) -> None:
    """Somebody else leads it."""
    untie_list(gathering, by=by, at=at)
    if gathering.led_by:
        untie(by=by, at=at, account=gathering.led_by, subject=gathering.public_id, reason=LEADS)


def tell_mine(gathering: Gathering, title: str, text: str = "", *, by: Actor, at: datetime) -> None:
    """A message to whoever leads it and to the helpers with an account (通知带的人和帮手), but not to who does it."""
    accounts = {gathering.led_by, *_helping_accounts(gathering)} - {None, by.account}
    for account in sorted(accounts, key=str):
        tell_account(
            by=by,
            at=at,
            account=account,
            title=title,
            text=text or in_words(gathering),
            link=reverse("gatherings:mine", args=[gathering.public_id]),
            area=gathering.area,
        )


def in_words(gathering: Gathering) -> str:
    """When and where, for a message."""
    begins = gathering.starts_at.astimezone(STREET_TIME)
    return f"{gathering.title}：{begins.month}月{begins.day}日 {begins:%H:%M}，{gathering.place}。"


def _helping_accounts(gathering: Gathering) -> set[UUID]:
    rows = Helper.objects.filter(gathering=gathering, left_at__isnull=True, account__isnull=False)
    return set(rows.values_list("account", flat=True))
