"""Sheets of colleagues: open the accounts, give the roles, and take a batch back (导入职工账号、导入授权)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from yimen.doors.office.engine.staff import judge_accounts, judge_roles, why_not_give
from yimen.foundations.access import api as access
from yimen.foundations.audit.api import operation, unchanged
from yimen.foundations.imports.ports import SheetRow, Written
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of

NOT_FOUND = "不在您的范围内，或已经不在了"
USED = "已经登录过"
HOLDS = "已经授予角色"
CLOSED = "已经停用"
ENDED = "已经收回"
BACK = "撤销导入批次"


@operation("office.accounts.opened", inner=True)
def open_accounts_told(
    *, by: Actor, at: datetime, rows: Sequence[SheetRow], area: str, batch: UUID
) -> Written:
    """Open the accounts of a sheet (导入职工账号), each with its own trail and none with a password: slips are printed later."""
    told, notes = judge_accounts(rows, by=by, area=area)
    made = {
        one.row: access.create_account(
            by=by, at=at, username=one.username, name=one.name, area=one.area
        ).public_id
        for one in told
    }
    if not made:
        unchanged()
    return Written(made=made, refused=notes)


@operation("office.accounts.ended", inner=True)
def end_unused_accounts(*, by: Actor, at: datetime, subjects: Sequence[UUID]) -> dict[UUID, str]:
    """Close the accounts an import opened and nobody has used (撤销导入账号); answers those left, each with the reason.

    Accounts are never deleted, so the login name stays taken.
    """
    known = {one.public_id: one for one in access.accounts(by=by).filter(public_id__in=list(subjects))}
    unused = set(
        access.never_used(access.accounts(by=by))
        .filter(public_id__in=known)
        .values_list("public_id", flat=True)
    )
    holding = set(access.grants_of_many(known, on=day_of(at)))
    left: dict[UUID, str] = {}
    for subject in subjects:
        account = known.get(subject)
        if account is None:
            left[subject] = NOT_FOUND
        elif not account.is_active:
            left[subject] = CLOSED
        elif subject not in unused:
            left[subject] = USED
        elif subject in holding:
            left[subject] = HOLDS
        else:
            access.close_account(by=by, at=at, account=subject, reason=BACK)
    if len(left) == len(subjects):
        unchanged()
    return left


@operation("office.roles.given", inner=True)
def grant_roles_told(*, by: Actor, at: datetime, rows: Sequence[SheetRow], area: str, batch: UUID) -> Written:
    """Give the roles of a sheet (导入授权), each by the rules and with the trail of giving one."""
    told, notes = judge_roles(rows, by=by, on=day_of(at), area=area)
    made: dict[int, UUID] = {}
    for one in told:
        # What the rows above have given counts for this one too.
        if note := why_not_give(one, by=by):
            notes.setdefault(one.row, []).append(note)
            continue
        granted = access.grant_role(
            by=by,
            at=at,
            account=one.account.public_id,
            role=one.role,
            area=one.area,
            since=one.since,
            until=one.until,
        )
        made[one.row] = granted.public_id
    if not made:
        unchanged()
    return Written(made=made, refused=notes)


@operation("office.roles.revoked", inner=True)
def revoke_roles_told(*, by: Actor, at: datetime, subjects: Sequence[UUID]) -> dict[UUID, str]:
    """Take the roles back that an import gave (撤销导入授权), from today; answers those left, each with the reason."""
    today = day_of(at)
    standing = access.grants_in(list(subjects), by=by)
    left: dict[UUID, str] = {}
    for subject in subjects:
        grant = standing.get(subject)
        if grant is None:
            left[subject] = NOT_FOUND
        elif grant.until is not None and grant.until <= today:
            left[subject] = ENDED
        else:
            access.revoke_grant(by=by, at=at, grant=subject)
    if len(left) == len(subjects):
        unchanged()
    return left
