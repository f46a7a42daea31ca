"""Accounts as the office sees them: with posts, roles and locks, within the actor's areas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yimen.doors.office.rules import Standing
from yimen.foundations.access import api as access
from yimen.foundations.access.ports import roles
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level
from yimen.registers.organisations import api as organisations
from yimen.registers.places import api as places

LATEST_SIGN_INS = 20


@dataclass(frozen=True)
class AccountLine:
    """One account in the list (账号)."""

    account: Any
    posts: tuple[str, ...]
    roles: tuple[str, ...]
    locked_until: datetime | None
    factors: Any
    duties: tuple[Any, ...]

    @property
    def duty(self) -> str:
        return "、".join(duty.label for duty in self.duties)

    @property
    def duty_tone(self) -> str:
        return "late" if len(self.duties) > 1 else "info"

    @property
    def second(self) -> str:
        return self.factors.words if self.factors else ""

    @property
    def public_id(self) -> UUID:
        return self.account.public_id

    @property
    def state(self) -> str:
        if not self.account.is_active:
            return "停用"
        if self.locked_until:
            return "已锁定"
        return "待改口令" if self.account.must_change else "启用"

    @property
    def tone(self) -> str:
        return {"停用": "neutral", "已锁定": "late", "待改口令": "warn"}.get(self.state, "good")


@dataclass(frozen=True)
class GrantLine:
    """One grant in words (授权): role, area, since and until; with the post it comes from, if any."""

    public_id: UUID
    title: str
    description: str
    place: str
    since: date
    until: date | None
    by_post: str
    for_whom: str
    current: bool
    may_revoke: bool


@dataclass(frozen=True)
class SessionLine:
    """One place where the account is signed in (正在登录)."""

    public_id: UUID
    device: str
    address: str
    since_at: datetime
    seen_at: datetime
    second: str


@dataclass(frozen=True)
class DeputyLine:
    """Who stands in for the account (由谁代理)."""

    account: Any
    title: str
    place: str
    since: date
    until: date
    reason: str


@dataclass(frozen=True)
class AccountFile:
    """Everything about one account that the actor may see (账号详情)."""

    line: AccountLine
    place: str
    standing: Standing
    posts: tuple[Any, ...]
    grants: tuple[GrantLine, ...]
    grants_elsewhere: int
    sessions: tuple[SessionLine, ...]
    sign_ins: tuple[Any, ...] | None
    asks_factor: bool
    deputies: tuple[DeputyLine, ...]


def account_lines(found: Sequence[Any], *, by: Actor, at: datetime, on: date) -> list[AccountLine]:
    """Accounts with their posts, roles, locks and second factors; four queries however many there are."""
    ids = [one.public_id for one in found]
    held = organisations.posts_of_many(ids, on=on)
    granted = access.grants_of_many(ids, on=on)
    locks = access.locks_of(found, at=at)
    factors = access.second_factors(ids)
    known = roles(on=on)
    return [
        AccountLine(
            one,
            tuple(
                _post_words(holder) for holder in held.get(one.public_id, ()) if _seen(holder.post.area, by)
            ),
            tuple(
                dict.fromkeys(
                    _title(grant.role, known)
                    for grant in granted.get(one.public_id, ())
                    if _seen(grant.area, by)
                )
            ),
            locks.get(one.public_id),
            factors.get(one.public_id),
            access.duties_held(
                [grant for grant in granted.get(one.public_id, ()) if _seen(grant.area, by)], on=on
            ),
        )
        for one in found
    ]


def account_file(account_id: UUID, *, by: Actor, at: datetime, on: date) -> AccountFile:
    """One account with grants, posts, sessions and, for who may see them, attempts to sign in."""
    found = access.account(account_id, by=by)
    [line] = account_lines([found], by=by, at=at, on=on)
    sessions = tuple(
        SessionLine(
            one.public_id,
            access.device_of(one.agent),
            one.address,
            one.since_at,
            one.seen_at,
            access.proof_words(one.second),
        )
        for one in access.open_sessions(account_id, at=at)
    )
    grants = list(access.grants_of(account_id))
    shown = [grant for grant in grants if _seen(grant.area, by)]
    posts = tuple(
        holder for holder in organisations.posts_of(account_id, on=on) if _seen(holder.post.area, by)
    )
    may_see_attempts = by.can(access.VIEW_SIGN_INS, area=found.area) or by.account == account_id
    return AccountFile(
        line=line,
        place=places.full_area_name(found.area),
        standing=Standing(
            own=by.account == account_id,
            manages=by.can(access.MANAGE_ACCOUNTS, area=found.area),
            grants=by.can_somewhere(access.GRANT_ROLES),
            active=found.is_active,
            locked=line.locked_until is not None,
            sessions=len(sessions),
            resets_factors=by.can(access.RESET_SECOND_FACTORS, area=found.area),
            has_factor=line.factors is not None,
        ),
        posts=posts,
        grants=tuple(_grant_line(grant, posts, by=by, on=on) for grant in shown),
        grants_elsewhere=len(grants) - len(shown),
        sessions=sessions,
        sign_ins=tuple(access.sign_ins(by=by, account=account_id)[:LATEST_SIGN_INS])
        if may_see_attempts
        else None,
        asks_factor=any(
            roles(on=on)[grant.role].second_factor
            for grant in grants
            if grant.role in roles(on=on) and grant.since <= on and (grant.until is None or grant.until > on)
        ),
        deputies=tuple(
            DeputyLine(
                one.account,
                _title(one.role, roles(on=on)),
                places.area_name(one.area),
                one.since,
                one.until,
                one.reason,
            )
            for one in access.deputies(account_id, on=on)
            if one.deputises.public_id == account_id and one.until > on and _seen(one.area, by)
        ),
    )


def role_choices(*, on: date) -> list[tuple[str, str]]:
    """The roles that can be granted (角色), by title."""
    return [(key, f"{role.title}：{role.description}") for key, role in sorted(roles(on=on).items())]


def area_choices(permission: str, *, by: Actor) -> list[tuple[str, str]]:
    """The areas in which the actor holds a permission, with the streets and communities inside them."""
    found: dict[str, str] = {}
    for prefix in by.areas_for(permission):
        for level in (Level.COUNTY, Level.STREET, Level.COMMUNITY):
            found |= {line.code: line.code for line in places.areas_under(prefix, level)}
    return [(code, places.full_area_name(code)) for code in sorted(found)]


def deputy_choices(account: UUID, *, by: Actor, on: date) -> tuple[list[Any], list[Any]]:
    """The roles of an account that somebody could hold in its place, and who could (代理人选), where ``by`` grants roles."""
    found = [
        one for one in access.deputisable(account, on=on) if by.can(access.GRANT_ROLES, area=one.grant.area)
    ]
    people = {
        one.public_id: one
        for candidate in found
        for one in candidate.colleagues
        if one.public_id != by.account
    }
    return (
        [
            (str(one.grant.public_id), f"{one.role.title} · {places.area_name(one.grant.area)}")
            for one in found
        ],
        [(str(key), f"{one.name}（{one.username}）") for key, one in people.items()],
    )


def heir_choices(account: Any, *, on: date) -> list[tuple[str, str]]:
    """Who may take over what lies with an account (接手人选)."""
    return [(str(one.public_id), f"{one.name}（{one.username}）") for one in access.heirs_of(account, on=on)]


def post_choices(*, by: Actor, on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """The posts to which the actor may appoint, by organisation, each with who holds it (岗位)."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for line in organisations.all_posts(by=by, on=on):
        if by.can(organisations.APPOINT, area=line.post.area):
            names = "、".join(holder.name for holder in line.holders) or "空缺"
            full = "" if line.free_seats else "，已满"
            groups.setdefault(line.post.organisation.name, []).append(
                (
                    str(line.post.public_id),
                    f"{line.post.title}（{places.area_name(line.post.area)}）· {names}{full}",
                )
            )
    return list(groups.items())


def _grant_line(grant: Any, posts: Sequence[Any], *, by: Actor, on: date) -> GrantLine:
    known = roles(on=on)
    role = known.get(grant.role)
    from_post = next(
        (
            _post_words(holder)
            for holder in posts
            if grant.deputises_id is None and (holder.post.role, holder.post.area) == (grant.role, grant.area)
        ),
        "",
    )
    current = grant.until is None or grant.until > on
    return GrantLine(
        public_id=grant.public_id,
        title=role.title if role else grant.role,
        description=role.description if role else "这个角色已不在施行",
        place=places.area_name(grant.area),
        since=grant.since,
        until=grant.until,
        by_post=from_post if current else "",
        for_whom=f"临时代理{grant.deputises.name}：{grant.reason}" if grant.deputises_id else "",
        current=current,
        may_revoke=current and not from_post and by.can(access.GRANT_ROLES, area=grant.area),
    )


def _seen(area: str, by: Actor) -> bool:
    """Grants and posts of another street are not told, even of an account that is in sight."""
    return by.reaches(area) or any(prefix.startswith(area) for prefix in by.reach)


def _post_words(holder: Any) -> str:
    acting = "（代理）" if holder.acting else ""
    return f"{holder.organisation.short} {holder.post.title}{acting}"


def _title(role: str, known: Mapping[str, Any]) -> str:
    return known[role].title if role in known else role
