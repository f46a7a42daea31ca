"""Begin a round and end it (发起、结束征询)."""

import base64
import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.messages.api import tell_account
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.api import draw_residents
from yimen.registers.places.api import area_name
from yimen.work.rounds.choices import Channel, Secrecy, State, Subjects
from yimen.work.rounds.engine.counting import count
from yimen.work.rounds.engine.practice import practice
from yimen.work.rounds.engine.questionnaire import why_not_ask
from yimen.work.rounds.models import Reply, RollLine, Round
from yimen.work.rounds.permissions import HOLD
from yimen.work.rounds.queries import (
    due_to_close,
    due_to_remind,
    form_of_round,
    returns_of_many,
    running_round,
)
from yimen.work.rounds.rules import why_not_open

AT_ONCE = 1000


class CannotOpen(NotPossible):
    code = "rounds.cannot_open"


@operation("rounds.round.opened")
def open_round(
    *,
    by: Actor,
    at: datetime,
    title: str,
    why: str,
    area: str,
    questions: Mapping[str, Any],
    opens_on: date,
    closes_on: date,
    subjects: Subjects = Subjects.PERSON,
    youngest: int = 18,
    size: int | None = None,
    channel: Channel = Channel.PAPER,
    secrecy: Secrecy = Secrecy.ANONYMOUS,
    seed: str = "",
) -> Round:
    """Begin a round (发起征询): its questionnaire is fixed and its roll is drawn, ``size`` by chance or all there are.

    Whoever wants her data used for little (限制使用) is not drawn. Refuses questions that ask who one is or what nobody may
    collect, days that are over, and more than may be asked at once.
    """
    by.must(HOLD, area=area)
    today, seed = day_of(at), seed or secrets.token_hex(8)
    most = practice(on=today).most_on_roll
    findings = why_not_ask(clean_line(title), questions, on=today)
    found, drawn = draw_residents(
        by=by,
        area=area,
        youngest=youngest,
        householders=subjects == Subjects.HOUSEHOLD,
        on=today,
        seed=seed,
        most=min(size or most, most),
    )
    findings += why_not_open(
        title=title,
        why=why,
        opens_on=opens_on,
        closes_on=closes_on,
        today=today,
        found=found,
        wanted=size,
        most=most,
    )
    if findings:
        raise CannotOpen("；".join(one.sentence for one in findings), findings=findings)
    made = Round.objects.create(
        title=clean_line(title)[:60],
        why=clean_line(why)[:120],
        area=area,
        asker=area_name(area)[:60],
        questions=dict(questions),
        opens_on=opens_on,
        closes_on=closes_on,
        subjects=subjects,
        youngest=youngest,
        frame=found,
        size=len(drawn),
        drawn=size is not None,
        seed=seed,
        secrecy=secrecy,
        opened_at=at,
        opened_by=by.key,
        opened_by_name=by.name[:80],
    )
    lines = [
        RollLine(
            round=made,
            person=person,
            person_name=name,
            community=community,
            area=where,
            channel=channel,
            word=_new_word(),
        )
        for person, name, community, where in drawn
    ]
    RollLine.objects.bulk_create(lines, batch_size=AT_ONCE)
    record(made, kind="round", area=area, found=found, drawn=len(lines), seed=seed, secrecy=str(secrecy))
    return made


@operation("rounds.round.closed")
def close_round(*, by: Actor, at: datetime, round: UUID) -> Round:
    """End a round and keep its counts (结束征询); nothing is taken afterwards."""
    found = running_round(round, by=by)
    replies = Reply.objects.within(by).filter(round=found).values_list("answers", flat=True)
    found.result = count(form_of_round(found).body, replies)
    found.state, found.closed_at = State.CLOSED, at
    found.save(update_fields=["state", "closed_at", "result"])
    record(found, kind="round", area=found.area, replies=found.result["replies"])
    return found


@operation("rounds.rounds.kept_up")
def keep_up(*, by: Actor, at: datetime) -> int:
    """End what is over and tell, some days before, whoever began a round how much came back (征询到期); answers how many."""
    today = day_of(at)
    last = today + timedelta(days=practice(on=today).remind_days)
    ended = [close_round(by=by, at=at, round=one.public_id) for one in due_to_close(by=by, today=today)]
    soon = list(due_to_remind(by=by, last=last))
    returns = returns_of_many(soon, by=by) if soon else {}
    for one in soon:
        kind, _, account = one.opened_by.partition(":")
        came = returns[one.pk]
        if kind == "account":
            tell_account(
                by=by,
                at=at,
                account=UUID(account),
                title=f"{one.title}快结束了",
                text=f"名单上 {came.all}，回了 {came.returned}，还有 {came.open} 没有回。可以催一次。",
                link=reverse("rounds:round", args=[one.public_id]),
                area=one.area,
            )
        one.reminded_on = today
        one.save(update_fields=["reminded_on"])
        record(one, kind="round", area=one.area, reminded=True)
    if not ended and not soon:
        unchanged()
    return len(ended) + len(soon)


def _new_word() -> str:
    """Twelve letters and digits, sixty bits: nobody comes upon one by trying (问卷码)."""
    return base64.b32encode(secrets.token_bytes(8)).decode()[:12]
