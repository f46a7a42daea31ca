"""Watch over one's own work: draw samples, answer bad ratings, tell who must know of lateness."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.definitions.api import working_calendar
from yimen.foundations.messages.api import tell_role
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotFound, NotPossible
from yimen.work.desk.choices import CheckVerdict, FollowUpVerdict, State
from yimen.work.desk.engine.practice import practice
from yimen.work.desk.models import Case, CaseStep, FollowUp, SpotCheck
from yimen.work.desk.permissions import CHECK_WORK
from yimen.work.desk.rules.watching import draw, why_not_answer, why_not_check, why_not_mended

FOLLOW_UPS = "/desk/follow-ups/"


class NoCheck(NotFound):
    code = "desk.no_check"
    sentence = "没有这条抽查，或不在您的范围内。"


class NoFollowUp(NotFound):
    code = "desk.no_follow_up"
    sentence = "没有这条差评，或不在您的范围内。"


class CannotAnswer(NotPossible):
    code = "desk.cannot_answer"


@operation("desk.sample.drawn")
def draw_sample(*, by: Actor, at: datetime, settled_on: date) -> int:
    """Draw from what was accepted and settled on one day (即办件抽样), street by street; answers how many.

    Drawing a day again draws the same cases and makes no second row.
    """
    unchanged()
    rules = practice(on=day_of(at))
    by_street: dict[str, list[Case]] = defaultdict(list)
    done = Case.objects.within(by).filter(settled_on=settled_on, accepted_on=F("settled_on")).order_by("id")
    for case in done:
        by_street[case.street].append(case)
    drawn = [
        SpotCheck(case=case, drawn_on=day_of(at))
        for street, cases in by_street.items()
        for case in draw(
            cases, percent=rules.sample_percent, least=rules.sample_least, seed=f"{street} {settled_on}"
        )
    ]
    SpotCheck.objects.bulk_create(drawn, ignore_conflicts=True)
    for check in drawn:
        record(check, kind="spot_check", area=check.case.area, case=str(check.case.public_id))
    return len(drawn)


@operation("desk.case.checked")
def check_case(*, by: Actor, at: datetime, check: UUID, verdict: CheckVerdict, note: str = "") -> SpotCheck:
    """Say how a sampled case looks (抽查); never one's own, and a fault is named."""
    found = SpotCheck.objects.within(by).select_for_update(of=("self",)).filter(public_id=check).first()
    if found is None:
        raise NoCheck
    by.must(CHECK_WORK, area=found.case.area)
    handled = list(CaseStep.objects.filter(case=found.case).values_list("done_by", flat=True))
    verdict = CheckVerdict(verdict)
    finding = why_not_check(
        checker=by.key, handled_by=handled, faulty=verdict is CheckVerdict.FAULTY, note=note
    )
    if finding or verdict is CheckVerdict.OPEN:
        raise CannotAnswer(finding.sentence if finding else "请选择抽查结论。")
    found.verdict, found.note, found.checked_at, found.checked_by = verdict, note.strip(), at, by.key
    found.save()
    record(found, kind="spot_check", area=found.case.area, verdict=verdict.value)
    return found


@operation("desk.rating.answered")
def answer_rating(
    *,
    by: Actor,
    at: datetime,
    follow_up: UUID,
    verdict: FollowUpVerdict,
    found: str,
    mend_by: date | None = None,
) -> FollowUp:
    """Say what was found out about a bad rating and what is done about it (差评回应)."""
    row = FollowUp.objects.within(by).select_for_update(of=("self",)).filter(public_id=follow_up).first()
    if row is None:
        raise NoFollowUp
    by.must(CHECK_WORK, area=row.area)
    verdict = FollowUpVerdict(verdict)
    finding = why_not_answer(
        found=found, planned=verdict is FollowUpVerdict.PLANNED, mend_by=mend_by, today=day_of(at)
    )
    if finding or verdict is FollowUpVerdict.OPEN:
        raise CannotAnswer(finding.sentence if finding else "请选择核实结果。")
    if row.verdict != FollowUpVerdict.OPEN:
        raise CannotAnswer("这条差评同事已经回应过了。")
    row.verdict, row.found, row.mend_by = verdict, found.strip(), mend_by
    row.answered_on, row.answered_by = day_of(at), by.key
    row.save()
    record(row, kind="follow_up", area=row.area, verdict=verdict.value)
    return row


@operation("desk.rating.mended")
def finish_mending(*, by: Actor, at: datetime, follow_up: UUID, done: str) -> FollowUp:
    """Say what was done where mending was promised (整改结果); once, and only of a bad rating with such a promise."""
    row = FollowUp.objects.within(by).select_for_update(of=("self",)).filter(public_id=follow_up).first()
    if row is None:
        raise NoFollowUp
    by.must(CHECK_WORK, area=row.area)
    planned = row.verdict == FollowUpVerdict.PLANNED
    if finding := why_not_mended(planned=planned, mended=row.mended_on is not None, done=done):
        raise CannotAnswer(finding.sentence, findings=[finding])
    row.mended, row.mended_on, row.mended_by = done.strip(), day_of(at), by.key
    row.save()
    record(row, kind="follow_up", area=row.area, mended=True)
    return row


@operation("desk.ratings.chased")
def chase_follow_ups(*, by: Actor, at: datetime) -> int:
    """Remind of bad ratings whose day comes, and tell those above when it has passed (催办差评); answers how many are late.

    On the last working day that still serves, and from the first working day after it by the steps of the practice. The
    day is that of the answer, or of what was promised to be mended.
    """
    unchanged()
    today = day_of(at)
    calendar, rules = working_calendar(on=today), practice(on=today)
    if not calendar.is_working_day(today):
        return 0
    coming = calendar.next_working_day(today).day
    wanted = FollowUp.objects.within(by).unfinished().filter(wanted_by__lt=coming)
    days = Counter((street_of(area), day) for area, day in wanted.values_list("area", "wanted_by").iterator())
    steps = [
        (rules.follow_up_role, FOLLOW_UPS, "有差评今天到期", "今天要回应或整改完", lambda day: day >= today)
    ]
    steps += [
        (
            step.role,
            step.link,
            "有差评过期没有办结",
            f"过期 {step.late_working_days} 个工作日以上没有回应或整改",
            lambda day, least=step.late_working_days: (
                day < today and calendar.working_days_between(day, today).count >= least
            ),
        )
        for step in rules.follow_up_escalation
    ]
    for role, link, title, words, concerns in steps:
        counts: Counter[str] = Counter()
        for (street, day), number in days.items():
            if concerns(day):
                counts[street] += number
        for street, number in sorted(counts.items()):
            tell_role(
                by=by,
                at=at,
                role=role,
                role_area=street,
                title=title,
                text=f"有 {number} 条差评{words}。",
                link=link,
                area=street,
            )
    return sum(number for (_, day), number in days.items() if day < today)


@operation("desk.lateness.told")
def tell_lateness(*, by: Actor, at: datetime) -> int:
    """Tell, street by street, who must know how many cases are how late (超期提醒); answers how many roles were told.

    One message a working day and role, with a neutral title and the list behind it; names stay on the list.
    """
    unchanged()
    today = day_of(at)
    calendar = working_calendar(on=today)
    if not calendar.is_working_day(today):
        return 0
    told = 0
    for step in practice(on=today).escalation:
        latest = _working_days_before(today, step.late_working_days, calendar)
        streets = (
            Case.objects.within(by)
            .filter(state=State.ACCEPTED, paused=False, due_on__lte=latest)
            .values_list("street", flat=True)
        )
        counts: dict[str, int] = defaultdict(int)
        for street in streets.iterator():
            counts[street] += 1
        for street, number in sorted(counts.items()):
            told += 1
            tell_role(
                by=by,
                at=at,
                role=step.role,
                role_area=street_of(street),
                title="有办件超期",
                text=f"截至今天，有 {number} 件超期 {step.late_working_days} 个工作日以上。",
                link=step.link,
                area=street,
            )
    return told


def _working_days_before(day: date, number: int, calendar) -> date:
    """The latest due date that is at least ``number`` working days past on ``day``."""
    passed = day
    while calendar.working_days_between(passed, day).count < number:
        passed -= timedelta(days=1)
    return passed
