"""Create posts, appoint and end appointments, and carry all of it over when areas are reorganised."""

from datetime import date, datetime
from uuid import UUID

from yimen.foundations.access import api as access
from yimen.foundations.access.ports import roles
from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.messages.api import carry_over_calls
from yimen.kernel.actor import Actor, system_actor
from yimen.kernel.areas import county_of
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.periods import Period
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.organisations.models import (
    Agreement,
    Appointment,
    Credential,
    Inspection,
    Officer,
    Organisation,
    Post,
)
from yimen.registers.organisations.permissions import APPOINT, EDIT
from yimen.registers.organisations.queries.posts import NoSuchPost
from yimen.registers.organisations.rules import most_at_once
from yimen.registers.places import api as places


class CannotCreatePost(NotPossible):
    code = "organisations.cannot_create_post"
    sentence = "不能设置岗位：{why}。"


class CannotAppoint(NotPossible):
    code = "organisations.cannot_appoint"
    sentence = "不能任命：{why}。"


class CannotEnd(NotPossible):
    code = "organisations.cannot_end"
    sentence = "不能办理免职：{why}。"


@operation("organisations.post.created")
def create_post(
    *,
    by: Actor,
    at: datetime,
    organisation: Organisation,
    title: str,
    role: str,
    area: str,
    since: date,
    seats: int = 1,
) -> Post:
    """Create a post (设置岗位): its holders get ``role`` over ``area``.

    Refuses an area outside the organisation's, a post of the same title for the same area, and less than one seat.
    """
    by.must(EDIT, area=organisation.area)
    places.standing_area(area, by=by)
    title = clean_line(title)
    if not title or not role or seats < 1:
        raise CannotCreatePost(why="要有岗位名称、角色和至少一个定员")
    if role not in roles(on=since):
        raise CannotCreatePost(why=f"没有名为“{role}”的角色")
    if not area.startswith(organisation.area):
        raise CannotCreatePost(why=f"{places.area_name(area)}不在{organisation.name}负责的区域之内")
    if organisation.until is not None:
        raise CannotCreatePost(why=f"{organisation.name}已撤销")
    if Post.objects.filter(organisation=organisation, title=title, area=area, until__isnull=True).exists():
        raise CannotCreatePost(why=f"{organisation.name}已有负责这个区域的“{title}”岗位")
    created = Post.objects.create(
        organisation=organisation, title=title, role=role, area=area, seats=seats, since=since
    )
    record(created, kind="post", area=area, role=role, seats=seats)
    return created


@operation("organisations.post.appointed")
def appoint(
    *,
    by: Actor,
    at: datetime,
    post: Post,
    account: UUID,
    since: date,
    until: date | None = None,
    acting: bool = False,
) -> Appointment:
    """Let an account hold a post from a day on (任命), and to a day if told; the post's role is granted with it.

    ``acting`` (代理) takes no seat. Refuses a post that is closed or full, and somebody who holds it in that time
    already; access refuses oneself and duties that must be apart, and wants its own permission.
    """
    found = (
        Post.objects.select_for_update(of=("self",)).select_related("organisation").filter(pk=post.pk).first()
    )
    if found is None:
        raise NoSuchPost(what="岗位")
    by.must(APPOINT, area=found.area)
    if until is not None and until <= since:
        raise CannotAppoint(why="止日应在起日之后")
    if since < found.since or found.until is not None:
        raise CannotAppoint(why=f"岗位“{found.title}”在这段时间没有设置")
    term = Period(since, until)
    rows = list(Appointment.objects.filter(post=found).select_related("account"))
    taken = [row for row in rows if row.account.public_id == account and _term(row).overlaps(term)]
    if taken:
        raise CannotAppoint(why=f"{taken[0].account.name}在这段时间已担任“{found.title}”")
    if finding := None if acting else _why_full(found, rows, term):
        raise CannotAppoint(why=finding.sentence, findings=[finding])
    held = set(access.grants_of(account).values_list("public_id", flat=True))
    grant = access.grant_role(
        by=by, at=at, account=account, role=found.role, area=found.area, since=since, until=until
    )
    ours = grant.public_id not in held or Appointment.objects.filter(grant=grant.public_id).exists()
    made = Appointment.objects.create(
        post=found,
        account=grant.account,
        acting=acting,
        grant=grant.public_id if ours else None,
        appointed_by=by.key,
        since=since,
        until=until,
    )
    if roles(on=since)[found.role].of_unit:
        _join_unit(made, found, rows_of=account, by=by, at=at)
    record(made, kind="appointment", area=found.area, post=found.public_id, account=account, acting=acting)
    return made


@operation("organisations.post.vacated")
def end_appointment(
    *, by: Actor, at: datetime, appointment: Appointment, until: date | None = None
) -> Appointment:
    """End an appointment from a day on (免职), by default from today; the role it gave is taken back.

    One that has not begun never takes effect. A role that another appointment still gives stays. Refuses a day that has
    passed (what was done under the post stays done) and one after the appointment ends anyway.
    """
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("post__organisation", "account")
    found = rows.filter(pk=appointment.pk).first()
    if found is None:
        raise NoSuchPost(what="任职")
    by.must(APPOINT, area=found.post.area)
    today = day_of(at)
    until = max(until or today, found.since)
    if until < today:
        raise CannotEnd(why="只能从今天或以后的一天起")
    if found.until is not None and found.until <= until:
        unchanged()
        return found
    found.until, found.ended_by = until, by.key
    found.save(update_fields=["until", "ended_by"])
    if found.grant:
        _take_back(found, by=by, at=at)
    access.untie(
        by=by,
        at=at,
        account=found.account.public_id,
        subject=found.post.organisation.public_id,
        reason=_membership(found),
        until=until,
    )
    record(found, kind="appointment", area=found.post.area, until=until)
    return found


@operation("organisations.area.carried_over", inner=True)
def carry_over(*, by: Actor, at: datetime, old: str, new: str, on: date) -> int:
    """Let the organisations and posts of a closed area stand in its successor, with the roles their holders have."""
    standing = Organisation.objects.filter(area=old, until__isnull=True)
    for kind in (Credential, Agreement, Inspection, Officer):
        kind.objects.filter(organisation__in=standing).update(area=new)
    moved = standing.update(area=new)
    posts = list(Post.objects.filter(area=old, until__isnull=True))
    # Whoever reorganises may hold such a post himself, and nobody grants a role to himself.
    system = system_actor(
        "organisations.carry_over", areas=(county_of(old), county_of(new)), on_behalf_of=by.key
    )
    for row in (
        Appointment.objects.ahead(on)
        .filter(post__in=posts, grant__isnull=False)
        .select_related("account", "post")
    ):
        since = max(row.since, on)
        access.revoke_grant(by=system, at=at, grant=row.grant, until=since)
        grant = access.grant_role(
            by=system,
            at=at,
            account=row.account.public_id,
            role=row.post.role,
            area=new,
            since=since,
            until=row.until,
        )
        row.grant = grant.public_id
        row.save(update_fields=["grant"])
    moved += Post.objects.filter(id__in=[one.id for one in posts]).update(area=new)
    # Roles that were given without a post, and calls that are still to be made.
    access.carry_over_grants(by=system, at=at, old=old, new=new, on=on)
    carry_over_calls(by=system, at=at, old=old, new=new)
    return moved


def _join_unit(made: Appointment, post: Post, *, rows_of: UUID, by: Actor, at: datetime) -> None:
    """Let a holder see what belongs to the organisation (本机构) for the term; an account serves one organisation only."""
    others = Appointment.objects.ahead(made.since).filter(account__public_id=rows_of)
    others = others.exclude(post__organisation=post.organisation).select_related("post__organisation")
    known = roles(on=made.since)
    for one in others:
        role = known.get(one.post.role)
        if role and role.of_unit and _term(one).overlaps(_term(made)):
            raise CannotAppoint(
                why=f"这个账号已是{one.post.organisation.name}的机构账号，一个账号只属于一家机构"
            )
    access.tie(
        by=by,
        at=at,
        account=rows_of,
        kind=access.TieKind.UNIT,
        subject=post.organisation.public_id,
        reason=_membership(made),
        since=made.since,
        until=made.until,
    )


def _membership(row: Appointment) -> str:
    """The words under which an appointment's tie to its organisation is kept (关联事由)."""
    return f"任职 {row.public_id}"


def _why_full(post: Post, rows: list[Appointment], term: Period) -> Finding | None:
    seated = [_term(row) for row in rows if not row.acting]
    if most_at_once(seated, term) < post.seats:
        return None
    return Finding("organisations.post_full", f"“{post.title}”定员{post.seats}人，这段时间已满", "post")


def _take_back(ended: Appointment, *, by: Actor, at: datetime) -> None:
    # Two posts may give the same role over the same area: it ends with the last of them.
    others = Appointment.objects.ahead(ended.until).filter(grant=ended.grant).exclude(pk=ended.pk)
    ends = [ended.until, *others.values_list("until", flat=True)]
    if None not in ends:
        access.revoke_grant(by=by, at=at, grant=ended.grant, until=max(ends))


def _term(row: Appointment) -> Period:
    return Period(row.since, row.until)
