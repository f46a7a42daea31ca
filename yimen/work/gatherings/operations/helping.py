"""Helpers: colleagues with an account, and residents who are volunteers for one day."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from yimen.foundations.access.api import TieKind, tie, untie
from yimen.foundations.audit.api import operation, record
from yimen.foundations.messages.api import tell_account
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.registers.people.api import person_ids, person_stamp, why_restricted
from yimen.work.gatherings.engine.holding import (
    HELPS,
    CannotSignUp,
    fill_seats,
    in_words,
    load,
)
from yimen.work.gatherings.engine.kinds import kind_of
from yimen.work.gatherings.models import Gathering, Helper
from yimen.work.gatherings.operations.signing_in import NobodySuch
from yimen.work.gatherings.queries import people_of_roles
from yimen.work.gatherings.rules import is_minor


@operation("gatherings.helper.added")
def add_helper(
    *, by: Actor, at: datetime, gathering: UUID, account: UUID | None = None, person: UUID | None = None
) -> Helper:
    """Somebody helps (登记帮手): a volunteer with an account, who is told and sees this gathering, or a resident for one day
    (一日志愿者). Refuses twice the same, a minor, the dead, and who may not help here."""
    found = load(gathering, by=by)
    if bool(account) == bool(person):
        raise _refused("请选择一位志愿者。", "account")
    name, ids = _account(found, account, at=at) if account else _person(found, person, by=by)
    standing = Helper.objects.filter(gathering=found, left_at__isnull=True)
    same = standing.filter(account=account) if account else standing.filter(person__in=ids)
    if same.exists():
        raise _refused(f"{name}已经在帮手里了。", "account")
    made = Helper.objects.create(
        gathering=found,
        roster=found.roster,
        area=found.area,
        account=account,
        person=person,
        name=name[:80],
        added_at=at,
        added_by=by.key,
    )
    fill_seats(found)
    if account:
        told = {"by": by, "at": at, "account": account}
        tie(**told, kind=TieKind.GATHERING, subject=found.public_id, reason=HELPS)
        tie(**told, kind=TieKind.GATHERING, subject=made.public_id, reason=HELPS)
        if found.ends_at > at:
            tell_account(
                **told,
                title=f"请您来帮忙：{found.title}",
                text=in_words(found),
                link=reverse("gatherings:mine", args=[found.public_id]),
                area=found.area,
            )
    record(found, kind="gathering", area=found.area, helper=str(made.public_id))
    return made


@operation("gatherings.helper.dropped")
def drop_helper(*, by: Actor, at: datetime, gathering: UUID, helper: UUID) -> Helper:
    """She does not help after all (不来帮忙了); she sees the gathering no more."""
    found = load(gathering, by=by)
    row = Helper.objects.filter(gathering=found, public_id=helper, left_at__isnull=True).first()
    if row is None:
        raise NobodySuch
    row.left_at, row.signed_in_at, row.signed_in_by = at, None, ""
    row.save(update_fields=["left_at", "signed_in_at", "signed_in_by"])
    fill_seats(found)
    if row.account:
        for subject in (found.public_id, row.public_id):
            untie(by=by, at=at, account=row.account, subject=subject, reason=HELPS)
    record(found, kind="gathering", area=found.area, helper=str(row.public_id), left=True)
    return row


def _account(found: Gathering, account: UUID, *, at: datetime) -> tuple[str, list[UUID]]:
    able = people_of_roles(kind_of(found.kind, on=day_of(at)).helped_by, area=found.area, on=day_of(at))
    if account not in able:
        raise _refused("请从本辖区的志愿者里选。", "account")
    if account == found.led_by:
        raise _refused(f"{able[account]}带这场活动，不用再登记成帮手。", "account")
    return able[account], []


def _person(found: Gathering, person: UUID, *, by: Actor) -> tuple[str, list[UUID]]:
    stamp = person_stamp(person, by=by)
    if stamp.died_on:
        raise _refused(f"{stamp.name}已去世。", "person")
    if findings := why_restricted(stamp.name, restricted=stamp.restricted):
        raise _refused(findings[0].sentence, "person")
    if not stamp.area.startswith(found.area):
        raise _refused(f"{stamp.name}不在这场活动的辖区里。", "person")
    if is_minor(stamp.birth_on, found.day):
        said = f"{stamp.name}未满 18 周岁，一日志愿者只登记成年人；可以由监护人陪同参加，按参加者报名。"
        raise _refused(said, "person")
    return stamp.name, person_ids(person, by=by) or [person]


def _refused(sentence: str, field: str) -> CannotSignUp:
    return CannotSignUp(sentence, findings=[Finding("gatherings.helper", sentence, field)])
