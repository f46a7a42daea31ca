"""Answer a directive, return the answer, put it off, close or withdraw it (办理督办)."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record
from yimen.foundations.messages.api import tell_account
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotAllowed, NotPossible
from yimen.kernel.text import clean_text
from yimen.work.directives.choices import Deed
from yimen.work.directives.models import Directive, DirectiveStep
from yimen.work.directives.permissions import ANSWER, GIVE
from yimen.work.directives.queries import NoDirective, decides, link_to, reachable
from yimen.work.directives.rules import standing_after, why_not_day, why_not_deed


class CannotDo(NotPossible):
    code = "directives.cannot_do"
    sentence = "{why}"


@operation("directives.directive.answered")
def answer_directive(*, by: Actor, at: datetime, directive: UUID, text: str) -> Directive:
    """The owner says what was done (答复); the giver is told. Refuses who is not the owner, and a second answer."""
    found = _locked(directive, by=by)
    if found.owner != by.account or not by.can(ANSWER, area=found.area):
        raise NotAllowed(permission=ANSWER, area=found.area)
    return _do(Deed.ANSWERED, found, by=by, at=at, text=text, tell=found.giver)


@operation("directives.directive.returned")
def return_directive(
    *, by: Actor, at: datetime, directive: UUID, text: str, due_on: date | None = None
) -> Directive:
    """The answer does not do yet (退回再办): why, and by which day; the owner is told. Refuses without an answer."""
    found = _given(directive, by=by)
    return _do(Deed.RETURNED, found, by=by, at=at, text=text, due_on=due_on, tell=found.owner)


@operation("directives.directive.put_off")
def put_off_directive(*, by: Actor, at: datetime, directive: UUID, due_on: date, text: str) -> Directive:
    """Another day (改期), with the reason; the first one stays readable. Refuses a day before the first, or one that passed."""
    found = _given(directive, by=by)
    return _do(Deed.PUT_OFF, found, by=by, at=at, text=text, due_on=due_on, tell=found.owner)


@operation("directives.directive.closed")
def close_directive(*, by: Actor, at: datetime, directive: UUID, text: str = "") -> Directive:
    """It is done (办结). Whoever gave it may close it without an answer when it was said by word of mouth."""
    found = _given(directive, by=by)
    return _do(Deed.CLOSED, found, by=by, at=at, text=text, tell=found.owner)


@operation("directives.directive.withdrawn")
def withdraw_directive(*, by: Actor, at: datetime, directive: UUID, text: str) -> Directive:
    """It is not wanted any more (撤销), with the reason; the owner is told."""
    found = _given(directive, by=by)
    return _do(Deed.WITHDRAWN, found, by=by, at=at, text=text, tell=found.owner)


def _locked(directive: UUID, *, by: Actor) -> Directive:
    found = reachable(by=by).select_for_update(of=("self",)).filter(public_id=directive).first()
    if found is None:
        raise NoDirective
    return found


def _given(directive: UUID, *, by: Actor) -> Directive:
    found = _locked(directive, by=by)
    if not decides(found, by=by):
        raise NotAllowed(permission=GIVE, area=found.street)
    return found


def _do(
    deed: Deed,
    found: Directive,
    *,
    by: Actor,
    at: datetime,
    text: str,
    tell: UUID | None,
    due_on: date | None = None,
) -> Directive:
    checks: list[Callable[[], object]] = [lambda: why_not_deed(deed, standing=found.standing)]
    if due_on is not None:
        checks.append(lambda: why_not_day(due_on, today=day_of(at), first=found.first_due_on))
    if wrong := next((said for check in checks if (said := check())), None):
        raise CannotDo(why=wrong.sentence, findings=[wrong])
    found.standing = standing_after(deed, standing=found.standing)
    if due_on is not None:
        found.due_on, found.reminded_on, found.late_told_on = due_on, None, None
    if deed in (Deed.CLOSED, Deed.WITHDRAWN):
        found.ended_at = at
    found.edition += 1
    found.save()
    DirectiveStep.objects.create(
        directive=found,
        number=found.edition,
        deed=deed,
        text=clean_text(text),
        due_on=due_on,
        done_at=at,
        done_by=by.key,
        done_by_name=by.name[:80],
    )
    record(found, kind="directive", area=found.area, standing=found.standing)
    if tell is not None and tell != by.account:
        until = f"请在{found.due_on.month}月{found.due_on.day}日前答复。" if found.standing == "open" else ""
        tell_account(
            by=by,
            at=at,
            account=tell,
            title=f"{deed.label}：{found.title}",
            text=f"{by.name}{deed.label}。{until}",
            link=link_to(found),
            area=found.area,
        )
    return found
