"""What is done in the office itself: jobs run again, the trail verified and opened, definitions changed from a page."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from yimen.doors.office.choices import OPEN_SUBJECTS
from yimen.doors.office.engine.reading import reading_rules
from yimen.doors.office.permissions import RETRY_JOBS, VIEW_TRAIL_DETAIL
from yimen.doors.office.queries.definitions import newest, preview, why_not_edit
from yimen.doors.office.queries.trail import VERIFY_JOB
from yimen.doors.office.queries.unusual import areas_of
from yimen.foundations.audit import api as audit
from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.bus import api as bus
from yimen.foundations.definitions import api as definitions
from yimen.foundations.messages.api import tell_role
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Conflict, NotAllowed, NotFound, NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.places.api import areas_under

FAULTS_KEPT = 50
WHO_IS_TOLD = "administrator"
WHO_AUDITS = "auditor"


class NotFailed(Conflict):
    code = "office.job_not_failed"
    sentence = "这个作业没有失败，或已经重新运行。"


class VerifyingAlready(Conflict):
    code = "office.verifying_already"
    sentence = "正在核验，稍后刷新就能看到结果。"


class NoReason(NotPossible):
    code = "office.no_reason"
    sentence = "请写明查看的事由。"


@operation("office.job.retried")
def retry_job(*, by: Actor, at: datetime, number: int) -> None:
    """Run a failed job again (重新运行). Refuses one that has not failed or was put back meanwhile."""
    if not by.can_somewhere(RETRY_JOBS):
        raise NotAllowed(permission=RETRY_JOBS, area="")
    if not bus.retry_job(number, at=at):
        raise NotFailed()
    record(None, kind="job", area=by.home, job=number)


@operation("office.trail.verification_asked")
def ask_for_verification(*, by: Actor, at: datetime) -> None:
    """Have every digest and seal of the trail checked in the background (核验). Refuses while one is under way."""
    area = _audits_at(by)
    if bus.jobs(bus.WAITING, bus.RUNNING).filter(task_name=VERIFY_JOB).exists():
        raise VerifyingAlready()
    bus.defer(VERIFY_JOB, lock=VERIFY_JOB, area=area, asked_by=by.key)
    record(None, kind="trail", area=area)


@operation("office.trail.verified")
def verify_trail(*, by: Actor, at: datetime, area: str) -> audit.Verification:
    """Check every digest and seal, and keep the outcome where the auditor of ``area`` reads it (核验结果)."""
    by.must(audit.VIEW_TRAIL, area=area)
    found = audit.verify(by=by)
    record(
        None,
        kind="trail",
        area=area,
        seals=found.seals,
        sealed=found.sealed,
        unsealed=found.unsealed,
        erased=found.erased,
        outside=found.outside,
        faults=list(found.faults[:FAULTS_KEPT]),
    )
    return found


@operation("office.numbers.proved")
def prove_numbers(*, by: Actor, at: datetime) -> None:
    """Recompute every derived number (核对数字), and put a message before the administrators when one does not follow."""
    found = audit.prove_numbers(by=by, at=at)
    if found.different:
        for area in (
            line.code for wanted in (Level.COUNTY, Level.STREET) for line in areas_under("", wanted)
        ):
            tell_role(
                by=by,
                at=at,
                role=WHO_IS_TOLD,
                role_area=area,
                title=f"核对数字：有 {found.different} 处不符",
                text="系统里派生的数字与台账、登记对不上。请看系统概况，先查明原因，不要直接改数。",
                link=reverse("office:overview"),
                area=area,
            )


@operation("office.reading.checked")
def find_unusual_reading(*, by: Actor, at: datetime, on: date) -> None:
    """Find which accounts read out of the ordinary on a day (查找异常查阅), and tell the auditors of their areas.

    The message says how many and never who or whose: that stands on a page which only an auditor opens.
    """
    found = [(rule, tally) for rule in reading_rules(on=on, by=by) for tally in audit.tallies_of(rule, on=on)]
    if not found:
        unchanged()
        return
    homes = areas_of({tally.actor for _, tally in found}, by=by)
    placed = [(rule, replace(tally, area=homes.get(tally.actor) or tally.area)) for rule, tally in found]
    made = audit.note_unusual(by=by, at=at, on=on, found=placed)
    for area, many in sorted(Counter(one.area[: Level.STREET.digits] for one in made).items()):
        tell_role(
            by=by,
            at=at,
            role=WHO_AUDITS,
            role_area=area,
            title=f"{on.month}月{on.day}日有 {many} 条异常查阅提醒",
            text="有账号查阅居民资料与平常明显不同。不一定有错，请核实后写明结论。",
            link=reverse("office:unusual"),
            area=area,
        )
    if not made:
        unchanged()


@operation("office.trail.details_opened")
def open_details(*, by: Actor, at: datetime, deed: UUID, why: str) -> None:
    """Open the readable details of a deed about residents, for a reason (查看留痕内容).

    It counts as a look at the file of each resident concerned, who can read it.
    """
    reason = clean_line(why)
    rows = [
        row for row in audit.audited_trail(by=by).filter(deed=deed) if row.subject_kind not in OPEN_SUBJECTS
    ]
    if not rows:
        raise NotFound()
    for row in rows:
        by.must(VIEW_TRAIL_DETAIL, area=row.area)
    if not reason:
        raise NoReason()
    for subject, area in {row.subject: row.area for row in rows if row.subject_kind == "person"}.items():
        audit.record_look(by=by, at=at, subject=subject, area=area, why=f"审计：{reason}"[:200])
    record(deed, kind="deed", area=rows[0].area, why=reason)


@operation("office.definition.changed")
def change_definition(
    *,
    by: Actor,
    at: datetime,
    kind: str,
    key: str,
    values: Mapping[str, Any],
    based_on: int,
    effective_on: date,
    change: str,
    open_cases: str = definitions.OpenCases.KEEP,
) -> None:
    """Publish a new version with other everyday parts (修改并发布), from a day on; its examples follow the change.

    ``based_on`` is the number of the version that was looked at. Refuses a window of another street, what was typed on a version
    that is not the newest any more, a day before the newest begins, and whatever publishing itself refuses.
    """
    if why := why_not_edit(kind, key, by=by):
        raise NotAllowed(why)
    base = newest(kind, key, by=by)
    change_made = preview(base, values, based_on=based_on, on=day_of(at), from_day=effective_on)
    definitions.publish(
        by=by,
        at=at,
        kind=kind,
        key=key,
        body=change_made.body,
        effective_on=effective_on,
        change=clean_line(change),
        open_cases=open_cases,
        examples=change_made.examples,
    )


def _audits_at(by: Actor) -> str:
    areas = by.areas_for(audit.VIEW_TRAIL)
    if not areas:
        raise NotAllowed(permission=audit.VIEW_TRAIL, area="")
    return areas[0]
