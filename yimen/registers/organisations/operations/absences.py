"""Who is away, and what ends when a colleague leaves."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from yimen.foundations.access import api as access
from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.foundations.bus.api import forget_mark
from yimen.foundations.messages.api import tell_account
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotAllowed, NotFound, NotPossible
from yimen.registers.organisations.models import Absence, Appointment, Responsibility
from yimen.registers.organisations.permissions import LEAD
from yimen.registers.organisations.queries.standing_in import AWAY, held_absence, leaders_of, led_by
from yimen.registers.organisations.rules import why_not_away


class CannotBeAway(NotPossible):
    """An absence cannot be noted like this."""

    code = "organisations.cannot_be_away"


class NoAbsence(NotFound):
    code = "organisations.no_absence"
    sentence = "没有这条不在岗登记，或不在您的范围内。"


@operation("organisations.absence.noted")
def note_absence(
    *, by: Actor, at: datetime, since: date, last_day: date, account: UUID | None = None
) -> Absence:
    """Note that one is away (登记不在岗) from a day to a last day, oneself or a colleague one leads; why is not asked.

    Meanwhile what she has as A岗 is seen by her B岗; it ends by itself. Refuses days gone by and days noted already.
    """
    whose = account or by.account
    if whose is None or (whose != by.account and whose not in led_by(by=by, on=day_of(at))):
        raise NotAllowed(permission=LEAD, area=by.home)
    if finding := why_not_away(since=since, last_day=last_day, today=day_of(at)):
        raise CannotBeAway(finding.sentence, findings=[finding])
    until = last_day + timedelta(days=1)
    noted = Absence.objects.filter(account__public_id=whose)
    if noted.ahead(since).filter(since__lt=until).exists():
        said = "这几天里已经登记过不在岗，请先取消那一条。"
        raise CannotBeAway(said, findings=[Finding("organisations.away_twice", said, "since")])
    made = Absence.objects.create(
        account=_account(whose, by=by, on=day_of(at)), since=since, until=until, noted_at=at, noted_by=by.key
    )
    forget_mark(AWAY)
    record(made, kind="absence", area=made.account.area, account=whose, since=since, until=until)
    return made


@operation("organisations.absence.ended")
def end_absence(*, by: Actor, at: datetime, absence: UUID) -> None:
    """She is back, or does not go (销假): an absence ends today; one that has not begun is taken out."""
    today = day_of(at)
    found = held_absence(absence, by=by, on=today)
    if found is None:
        raise NoAbsence
    if found.until <= today:
        return unchanged()
    record(found, kind="absence", area=found.account.area, account=found.account.public_id, until=today)
    if found.since >= today:
        found.delete()
    else:
        found.until = today
        found.save(update_fields=["until"])
    forget_mark(AWAY)
    return None


@operation("organisations.responsibilities.left")
def end_posts_of_leaver(*, by: Actor, at: datetime, account: UUID) -> int:
    """A colleague left: she is A岗 and B岗 of nothing any more (离岗), and who leads there is told what wants somebody new.

    Where she stood in, the A岗 stays and has no B岗. Answers how many responsibilities changed.
    """
    today = day_of(at)
    hers = Q(account__public_id=account) | Q(deputy__public_id=account)
    rows = Responsibility.objects.ahead(today).filter(hers).select_related("account", "organisation")
    rows = list(rows.select_for_update(of=("self",)).order_by("id"))
    for absence in Absence.objects.ahead(today).filter(account__public_id=account):
        end_absence(by=by, at=at, absence=absence.public_id)
    if not rows:
        unchanged()
        return 0
    name, told = access.account_name(account), []
    vacant: dict[tuple[UUID, str], list[str]] = {}
    for row in rows:
        row_until, row.until = row.until, max(today, row.since)
        row.save(update_fields=["until"])
        told.append({"responsibility": str(row.public_id)})
        first = row.account.public_id == account
        if not first:
            _without_deputy(row, until=row_until, since=row.until, by=by, at=at)
        unit = row.organisation
        vacant.setdefault((unit.public_id, unit.area), []).append(f"{'A' if first else 'B'}岗：{row.task}")
    record_batch(told, kind="responsibility", area=rows[0].organisation.area, left=str(account))
    for (unit, area), tasks in vacant.items():
        for leader in leaders_of(area, on=today):
            tell_account(
                by=by,
                at=at,
                account=leader,
                title=f"{name}离岗，{len(tasks)} 项分工要另外指定",
                text="；".join(tasks)[:480],
                link=reverse("organisations:organisation", args=[unit]),
                area=area,
            )
    return len(rows)


def _without_deputy(row: Responsibility, *, until: date | None, since: date, by: Actor, at: datetime) -> None:
    Responsibility.objects.create(
        organisation=row.organisation,
        account=row.account,
        task=row.task,
        work=row.work,
        since=since,
        until=until,
        noted_at=at,
        noted_by=by.key,
    )


def _account(whose: UUID, *, by: Actor, on: date):
    if whose == by.account:
        return access.account(whose, by=by)
    held = Appointment.objects.on(on).filter(account__public_id=whose).select_related("account")
    return held.first().account
