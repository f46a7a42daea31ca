"""Found organisations, create posts, appoint and end appointments."""

from datetime import date, datetime
from uuid import UUID

from yimen.foundations.access import api as access
from yimen.foundations.access.ports import roles
from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor, system_actor
from yimen.kernel.areas import county_of
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.periods import Period
from yimen.kernel.refusals import Conflict, NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.organisations.choices import OrganisationKind
from yimen.registers.organisations.models import Appointment, Organisation, Post
from yimen.registers.organisations.permissions import APPOINT, EDIT
from yimen.registers.organisations.queries import NoSuchOrganisation, NoSuchPost
from yimen.registers.organisations.rules import credit_code_as_kept, most_at_once, why_not_this_credit_code
from yimen.registers.places import api as places


class CannotFound(NotPossible):
    code = "organisations.cannot_found"
    sentence = "不能登记单位：{why}。"


class OrganisationExists(Conflict):
    code = "organisations.organisation_exists"
    sentence = "{what}已登记为{name}，不要重复登记。"


class CannotCreatePost(NotPossible):
    code = "organisations.cannot_create_post"
    sentence = "不能设置岗位：{why}。"


class CannotAppoint(NotPossible):
    code = "organisations.cannot_appoint"
    sentence = "不能任命：{why}。"


class CannotEnd(NotPossible):
    code = "organisations.cannot_end"
    sentence = "不能办理免职：{why}。"


class CannotDissolve(NotPossible):
    code = "organisations.cannot_dissolve"
    sentence = "{name}不能撤销：{why}。"


@operation("organisations.organisation.founded")
def found_organisation(
    *,
    by: Actor,
    at: datetime,
    name: str,
    kind: OrganisationKind | str,
    area: str,
    since: date,
    short: str = "",
    credit_code: str = "",
    parent: Organisation | None = None,
    phone: str = "",
) -> Organisation:
    """Register an organisation (登记单位) in an area.

    Refuses an empty name, a wrong unified social credit code (GB 32100-2015), a name or code registered already, and a
    parent that stands in an area beside this one.
    """
    by.must(EDIT, area=area)
    places.standing_area(area, by=by)
    name = clean_line(name)
    if not name:
        raise CannotFound(why="要有名称")
    if finding := why_not_this_credit_code(credit_code):
        raise CannotFound(why=finding.sentence.rstrip("。"), findings=[finding])
    if parent is not None and (parent.until is not None or not area.startswith(parent.area)):
        raise CannotFound(why=f"上级单位{parent.name}已撤销，或不管这个区域")
    credit_code = credit_code_as_kept(credit_code)
    _refuse_twin(name, area, credit_code)
    founded = Organisation.objects.create(
        name=name,
        short=clean_line(short) or name,
        kind=OrganisationKind(kind),
        area=area,
        credit_code=credit_code,
        parent=parent,
        phone=clean_line(phone),
        since=since,
    )
    record(founded, kind="organisation", area=area, name=name, organisation_kind=founded.kind)
    return founded


@operation("organisations.organisation.dissolved")
def dissolve_organisation(
    *, by: Actor, at: datetime, organisation: Organisation, until: date
) -> Organisation:
    """Close an organisation from a day on (撤销单位); it stays readable. Refuses while somebody holds one of its posts."""
    found = Organisation.objects.select_for_update().filter(pk=organisation.pk).first()
    if found is None:
        raise NoSuchOrganisation
    by.must(EDIT, area=found.area)
    if found.until is not None or until <= found.since:
        raise CannotDissolve(name=found.name, why="已经撤销，或撤销日期不晚于登记日期")
    if Appointment.objects.ahead(until).filter(post__organisation=found).exists():
        raise CannotDissolve(name=found.name, why="还有人在岗，请先办理免职")
    Post.objects.filter(organisation=found, until__isnull=True, since__lt=until).update(until=until)
    found.until = until
    found.save(update_fields=["until"])
    record(found, kind="organisation", area=found.area, until=until)
    return found


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
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("post")
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
    record(found, kind="appointment", area=found.post.area, until=until)
    return found


@operation("organisations.area.carried_over", inner=True)
def carry_over(*, by: Actor, at: datetime, old: str, new: str, on: date) -> int:
    """Let the organisations and posts of a closed area stand in its successor, with the roles their holders have."""
    moved = Organisation.objects.filter(area=old, until__isnull=True).update(area=new)
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
    return moved + Post.objects.filter(id__in=[one.id for one in posts]).update(area=new)


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


def _refuse_twin(name: str, area: str, credit_code: str) -> None:
    standing = Organisation.objects.filter(until__isnull=True)
    if credit_code and (same := standing.filter(credit_code=credit_code).first()):
        raise OrganisationExists(what=f"统一社会信用代码 {credit_code} ", name=same.name)
    if same := standing.filter(area=area, name=name).first():
        raise OrganisationExists(what=f"“{name}”", name=same.name)
