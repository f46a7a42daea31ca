"""Read posts and who holds them, as far as the actor works with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from yimen.foundations.access import api as access
from yimen.foundations.access.ports import roles
from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.kernel.areas import lineage
from yimen.kernel.refusals import NotFound
from yimen.registers.organisations.models import Appointment, Organisation, Post
from yimen.registers.organisations.queries.units import NoSuchOrganisation


class NoSuchPost(NotFound):
    code = "organisations.no_such_post"
    sentence = "没有找到这个{what}，或不在您的范围内。"


@dataclass(frozen=True)
class Holder:
    """Who holds a post (任职人员): ``account`` is the account's public id."""

    account: UUID
    name: str
    post: Post
    organisation: Organisation
    acting: bool
    since: date
    until: date | None
    appointment: UUID


@dataclass(frozen=True)
class PostLine:
    """A post (岗位) with those who hold it on the day asked for."""

    post: Post
    holders: tuple[Holder, ...]

    @property
    def free_seats(self) -> int:
        """How many seats are empty (空缺); acting holders take none."""
        return max(self.post.seats - sum(not one.acting for one in self.holders), 0)


def posts_in(organisation: Organisation, *, by: Actor, on: date) -> list[PostLine]:
    """The posts of an organisation with their holders on a day; two queries."""
    if not Organisation.objects.known_to(by).filter(pk=organisation.pk).exists():
        raise NoSuchOrganisation
    return _with_holders(list(Post.objects.on(on).filter(organisation=organisation).order_by("id")), on=on)


def post(public_id: UUID, *, by: Actor) -> Post:
    """One post with its organisation."""
    known = Organisation.objects.known_to(by)
    found = (
        Post.objects.select_related("organisation")
        .filter(public_id=public_id, organisation__in=known)
        .first()
    )
    if found is None:
        raise NoSuchPost(what="岗位")
    return found


def appointment(public_id: UUID, *, by: Actor) -> Appointment:
    """One appointment with its post and organisation."""
    known = Organisation.objects.known_to(by)
    rows = Appointment.objects.select_related("post__organisation", "account")
    found = rows.filter(public_id=public_id, post__organisation__in=known).first()
    if found is None:
        raise NoSuchPost(what="任职")
    return found


def history_of(post: Post, *, by: Actor) -> list[Holder]:
    """All who ever held a post (历任), the latest first."""
    rows = Appointment.objects.filter(post=post).select_related("post__organisation", "account")
    return [_holder(row) for row in rows.order_by("-since", "-id")]


def posts_of(account: UUID, *, on: date, by: Actor | None = None) -> list[Holder]:
    """The posts an account holds on a day (所任岗位)."""
    return [_holder(row) for row in _held_by(account, on)]


def own_units(*, by: Actor, on: date) -> list[Organisation]:
    """The organisations whose account the actor is (本机构): by a post with a role that sees its organisation's rows."""
    if by.account is None:
        return []
    known = roles(on=on)
    held = [one for one in _held_by(by.account, on) if (role := known.get(one.post.role)) and role.of_unit]
    return list({one.post.organisation_id: one.post.organisation for one in held}.values())


def units_with_accounts(street: str, *, on: date) -> list[Organisation]:
    """The organisations of a street that work here with accounts of their own (有机构账号的单位); names of them are public."""
    own = [key for key, role in roles(on=on).items() if role.of_unit]
    posts = Post.objects.on(on).filter(role__in=own, organisation__area__startswith=street)
    return list(
        Organisation.objects.on(on).filter(pk__in=posts.values("organisation")).order_by("name", "id")
    )


@kept
def _held_by(account: UUID, on: date) -> QuerySet[Appointment]:
    return _held(on).filter(account__public_id=account)


def posts_of_many(accounts: Iterable[UUID], *, on: date) -> dict[UUID, list[Holder]]:
    """The posts that many accounts hold on a day, by account; one query for all."""
    held: dict[UUID, list[Holder]] = {}
    for row in _held(on).filter(account__public_id__in=list(accounts)):
        held.setdefault(row.account.public_id, []).append(_holder(row))
    return held


def all_posts(*, by: Actor, on: date) -> list[PostLine]:
    """Every post of the actor's organisations with its holders on a day (岗位一览): where somebody can be appointed."""
    known = Organisation.objects.known_to(by).on(on)
    posts = Post.objects.on(on).filter(organisation__in=known).select_related("organisation")
    return _with_holders(list(posts.order_by("organisation__area", "organisation_id", "id")), on=on)


def holders_of(role: str, *, area: str, on: date, by: Actor | None = None) -> list[Holder]:
    """Who holds a post with this role over exactly this area on a day (在岗人员): whom to hand a case to."""
    return [_holder(row) for row in _held(on).filter(post__role=role, post__area=area)]


def accounts_holding(role: str, *, area: str, on: date, by: Actor | None = None) -> frozenset[UUID]:
    """The accounts that hold a role over an area covering ``area``, by a post or by a direct grant."""
    found = [access.holders_of(role, area=code, on=on) for code in lineage(area)]
    return frozenset(account.public_id for accounts in found for account in accounts)


def _with_holders(posts: list[Post], *, on: date) -> list[PostLine]:
    held: dict[int, list[Holder]] = {}
    for row in _held(on).filter(post__in=posts):
        held.setdefault(row.post_id, []).append(_holder(row))
    return [PostLine(post, tuple(held.get(post.id, ()))) for post in posts]


def _held(on: date) -> QuerySet[Appointment]:
    return Appointment.objects.on(on).select_related("post__organisation", "account").order_by("since", "id")


def _holder(row: Appointment) -> Holder:
    return Holder(
        account=row.account.public_id,
        name=row.account.name,
        post=row.post,
        organisation=row.post.organisation,
        acting=row.acting,
        since=row.since,
        until=row.until,
        appointment=row.public_id,
    )
