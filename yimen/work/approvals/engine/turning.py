"""Whose turn it is: seats of a step come into being, and those who may sign there are told (轮到谁签)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from yimen.foundations.access.api import holders_of
from yimen.foundations.access.ports import roles
from yimen.foundations.definitions.api import working_calendar
from yimen.foundations.messages.api import tell_account
from yimen.kernel.actor import Actor
from yimen.kernel.areas import lineage, street_of
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.ids import uuid7
from yimen.work.approvals.choices import State
from yimen.work.approvals.engine.grammar import Chain, ChainStep
from yimen.work.approvals.engine.loading import sending_of
from yimen.work.approvals.models import Seat, Sending, Submission, SubmissionCounter
from yimen.work.approvals.permissions import SIGN

_NEXT = f"""
INSERT INTO {SubmissionCounter._meta.db_table} AS counter (public_id, street, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (street, year) DO UPDATE SET last = counter.last + 1 RETURNING last
"""  # nosec B608 - the name of our own table


def next_sequence(*, area: str, on: date) -> int:
    """The next number of a street and year (呈批编号), without gaps: its row is locked until commit."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [uuid7(), street_of(area), on.year])
        return cursor.fetchone()[0]


def who_may_sign(role: str, *, area: str, on: date) -> list:
    """The accounts that may sign at a seat of this role on a day (签署人选), by login name; none where the role does not sign."""
    known = roles(on=on).get(role)
    if known is None or SIGN not in known.permissions:
        return []
    found = {one.public_id: one for code in lineage(area) for one in holders_of(role, area=code, on=on)}
    return sorted(found.values(), key=lambda one: one.username)


def without_signer(chain: Chain, *, area: str, drafters: Iterable[UUID], on: date) -> list[str]:
    """The seats at which nobody but the drafter could sign (没有人能签的签位), by title: such a chain would never end."""
    drafted = set(drafters)
    return [
        seat.title
        for step in chain.steps
        for seat in step.seats
        if not {one.public_id for one in who_may_sign(seat.role, area=area, on=on)} - drafted
    ]


def why_not_named(
    chain: Chain, named: Mapping[str, UUID], *, area: str, drafters: Iterable[UUID], on: date
) -> Finding | None:
    """Why these people cannot be named to sign (不能指定的原因): who may not sign there, the drafter, one person twice."""
    drafted = set(drafters)
    roles_of = {seat.title: seat.role for step in chain.steps for seat in step.seats}
    for title, account in named.items():
        able = {one.public_id for one in who_may_sign(roles_of.get(title, ""), area=area, on=on)} - drafted
        if account not in able:
            return Finding("approvals.cannot_be_named", f"指定的人不能在“{title}”签，请另选一位。", "chain")
    if len(set(named.values())) < len(named) and not chain.same_person:
        return Finding("approvals.named_twice", "同一个人不能指定签两个环节。", "chain")
    return None


def begin_step(
    found: Submission, sending: Sending, step: ChainStep, *, number: int, by: Actor, at: datetime
) -> None:
    """Let a step have its turn (轮到下一环节): its seats come into being, and who may sign there is told."""
    on = day_of(at)
    due = working_calendar(on=on).add_working_days(on, step.days).day if step.days else None
    Seat.objects.bulk_create(
        Seat(
            submission=found,
            sending=sending,
            step=number,
            number=place,
            kind=step.kind,
            title=seat.title,
            role=seat.role,
            area=found.area,
            account=sending.named.get(seat.title),
            since=at,
            due_on=due,
        )
        for place, seat in enumerate(step.seats, start=1)
    )
    found.step, found.step_title = number, waiting_words(seat.title for seat in step.seats)
    told = {account_of(sending.drafter)}
    for seat in step.seats:
        named = sending.named.get(seat.title)
        for account in who_may_sign(seat.role, area=found.area, on=on):
            if account.public_id not in told and named in (None, str(account.public_id)):
                told.add(account.public_id)
                tell(found, account.public_id, f"等您{step.title}：{found.number}", by=by, at=at)


def waiting_words(titles: Iterable[str]) -> str:
    """The seats that wait, in a few words (等谁签)."""
    return "、".join(titles)[:40]


def account_of(key: str) -> UUID | None:
    """The account behind the key of an actor; None for the system."""
    kind, _, told = key.partition(":")
    return UUID(told) if kind == "account" else None


def tell(
    found: Submission, account: UUID | None, title: str, *, by: Actor, at: datetime, why: str = ""
) -> None:
    """Put a line into somebody's inbox; the title names the number and nobody, the text what is submitted."""
    if account is not None:
        text = f"{found.title}。{why}" if why else found.title
        link = f"/approvals/{found.public_id}/"
        tell_account(by=by, at=at, account=account, title=title, text=text, link=link, area=found.area)


def close_sending(found: Submission, state: State, why: str, *, by: Actor, at: datetime) -> None:
    """The sending that counted is over, and nobody's turn any more."""
    sending = sending_of(found, by=by)
    if sending.ended_at is None:
        sending.ended_at, sending.ended_as, sending.ended_why = at, state, why[:300]
        sending.save(update_fields=["ended_at", "ended_as", "ended_why"])
    Seat.objects.within(by).filter(submission=found, closed=False).update(closed=True)
    found.state, found.step, found.step_title, found.settled_at = state, 0, "", at
    found.edition += 1
    found.save()
    if found.drafter != by.key:
        tell(found, account_of(found.drafter), f"{state.label}：{found.number}", by=by, at=at, why=why)
