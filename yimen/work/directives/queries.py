"""Read directives: who may see which, the lists, one with its deeds, who may own one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from yimen.foundations.access.api import accounts_who_may
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
from yimen.work.directives.choices import UNDER_WAY, Standing
from yimen.work.directives.models import Directive, DirectiveStep
from yimen.work.directives.permissions import ANSWER, GIVE

LISTS = ("mine", "given", "late", "all")


class NoDirective(NotFound):
    code = "directives.no_directive"
    sentence = "没有这件督办，或者它不归您看。"


def reachable(*, by: Actor) -> QuerySet[Directive]:
    """The directives an actor may see (看得到的督办): in areas where she gives, and those she gave or owns."""
    own = Q(owner=by.account) | Q(giver=by.account) if by.account else Q(pk=None)
    return Directive.objects.within(by).filter(Q(area__begins_with_any=by.areas_for(GIVE)) | own)


def work_list(kind: str, *, by: Actor, today: date) -> QuerySet[Directive]:
    """One of the lists (督办清单): to be answered by me, given by me, late, all that I may see."""
    rows = reachable(by=by)
    if kind == "mine":
        return rows.under_way().filter(owner=by.account)
    if kind == "given":
        return rows.filter(giver=by.account)
    return rows.late(today) if kind == "late" else rows


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody (等我办的督办): to be answered, of them late, and answers to be looked at."""

    to_answer: int
    late: int
    to_look_at: int


def waiting_for(*, by: Actor, today: date) -> Waiting | None:
    """How much waits for this actor; None when nothing does. One query."""
    if by.account is None:
        return None
    mine = Q(owner=by.account, standing=Standing.OPEN)
    told = Directive.objects.within(by).aggregate(
        to_answer=Count("id", filter=mine),
        late=Count("id", filter=mine & Q(due_on__lt=today)),
        to_look_at=Count("id", filter=Q(giver=by.account, standing=Standing.ANSWERED)),
    )
    return Waiting(**told) if any(told.values()) else None


@dataclass(frozen=True)
class DirectiveFile:
    """One directive with its deeds, oldest first (督办)."""

    directive: Directive
    steps: Sequence[DirectiveStep]
    answers: bool
    gives: bool


def get_directive(directive: UUID, *, by: Actor) -> DirectiveFile:
    """One directive. Refuses as `NoDirective` what is not hers to see."""
    found = reachable(by=by).filter(public_id=directive).first()
    if found is None:
        raise NoDirective
    steps = list(DirectiveStep.objects.within(by).filter(directive=found).order_by("number"))
    return DirectiveFile(
        directive=found,
        steps=steps,
        answers=found.owner == by.account and by.can(ANSWER, area=found.area),
        gives=decides(found, by=by),
    )


def decides(directive: Directive, *, by: Actor) -> bool:
    """Whether the actor may close it, return the answer, put it off or withdraw it (能否定夺): whoever gave it and still may,
    or who gives in the whole street; never the owner of what somebody else gave."""
    if by.account and directive.giver == by.account:
        return by.can(GIVE, area=directive.area)
    return directive.owner != by.account and by.can(GIVE, area=directive.street)


def of_case(case: UUID, *, by: Actor) -> list[Directive]:
    """The directives about a case that the actor may see, those under way first."""
    rows = reachable(by=by).filter(case=case)
    return sorted(rows.order_by("due_on", "id"), key=lambda one: one.standing not in UNDER_WAY)


def owners_in(area: str, *, by: Actor, on: date) -> list[tuple[UUID, str]]:
    """Who may be asked about what lies in an area (可交办的同事): whoever answers there, but for the actor; by name."""
    return [
        (one.public_id, one.name)
        for one in accounts_who_may(ANSWER, area=area, on=on)
        if one.public_id != by.account
    ]


def link_to(directive: Directive) -> str:
    return reverse("directives:directive", args=[directive.public_id])


def urge_address(*, by: Actor, at: str = "", what: str = "", case: UUID | None = None) -> str:
    """Where something is urged (督办): a case, or the page ``at`` with what lags there; "" for who may not give."""
    if not by.can_somewhere(GIVE):
        return ""
    told = {"case": case} if case else {"at": at, "what": what}
    return f"{reverse('directives:new')}?{urlencode({name: one for name, one in told.items() if one})}"
