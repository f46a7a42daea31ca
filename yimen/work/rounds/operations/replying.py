"""Take what comes back, and a no (收回卷、谢绝)."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from yimen.foundations.audit.api import operation, record
from yimen.foundations.forms.api import judge
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotPossible
from yimen.work.rounds.choices import Channel, Standing
from yimen.work.rounds.models import Reply, RollLine, Round
from yimen.work.rounds.permissions import HOLD
from yimen.work.rounds.queries import (
    NoLine,
    form_of_round,
    line_by_word,
    locked_line,
)
from yimen.work.rounds.rules import why_not_answer


class CannotReply(NotPossible):
    code = "rounds.cannot_reply"


@operation("rounds.line.replied")
def take_reply(
    *,
    by: Actor,
    at: datetime,
    word: str,
    answers: Mapping[str, Any],
    channel: Channel,
    round: UUID | None = None,
) -> RollLine:
    """Take a questionnaire that came back (收回卷): by its word, from the public page, or typed from paper and telephone.

    ``round`` is told where a colleague types; on the public page the word is the right. An anonymous reply is kept without
    any way back to whose it is. Refuses a second one, one after the end, and answers that do not fit.
    """
    one = line_by_word(word, by=by)
    if round is not None and (one is None or one.round.public_id != round):
        finding = Finding("rounds.no_word", "这次征询里没有这个问卷码，请对照纸上的再输一次。", "paper_code")
        raise CannotReply(finding.sentence, findings=[finding])
    if one is None:
        raise NoLine
    if round is not None:
        by.must(HOLD, area=one.area)
    found = one.round
    one = locked_line(one, by=by)
    _refuse(found, one, today=day_of(at))
    judged = judge(form_of_round(found).body, answers, on=day_of(at))
    if judged.faults:
        raise CannotReply("有几题要改正。", findings=judged.findings)
    one.standing, one.channel, one.ended_on = Standing.RETURNED, channel, day_of(at)
    one.save(update_fields=["standing", "channel", "ended_on"])
    reply = Reply(round=found, area=found.area, line=one, answers=judged.answers)
    if found.is_anonymous:
        # Neither a number in order nor an identifier that carries its time: the order would tell.
        reply.pk, reply.public_id, reply.line = secrets.randbits(62), uuid4(), None
    reply.save(force_insert=True)
    record(one, kind="roll_line", area=one.area, standing=str(Standing.RETURNED), channel=str(channel))
    return one


@operation("rounds.line.declined")
def decline(*, by: Actor, at: datetime, word: str) -> RollLine:
    """She does not want to take part and says so by her word (谢绝); she is not asked again in this round."""
    one = line_by_word(word, by=by)
    if one is None:
        raise NoLine
    found, one = one.round, locked_line(one, by=by)
    _refuse(found, one, today=day_of(at))
    one.standing, one.ended_on = Standing.REFUSED, day_of(at)
    one.save(update_fields=["standing", "ended_on"])
    record(one, kind="roll_line", area=one.area, standing=str(Standing.REFUSED))
    return one


def _refuse(found: Round, line: RollLine, *, today: date) -> None:
    finding = why_not_answer(
        state=found.state,
        standing=line.standing,
        opens_on=found.opens_on,
        closes_on=found.closes_on,
        today=today,
    )
    if finding:
        raise CannotReply(finding.sentence, findings=[finding])
