"""The writers of rounds: begin one, ask, take what comes back, remind, end it, and make a task of a need."""

import base64
import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.urls import reverse

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.forms.api import judge
from yimen.foundations.messages.api import tell_account
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import Conflict, NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.api import draw_residents, person_ids
from yimen.registers.places.api import area_name
from yimen.work.programmes.api import owe_duty
from yimen.work.rounds.choices import OPEN, Channel, Secrecy, Standing, State, Subjects
from yimen.work.rounds.engine.counting import count
from yimen.work.rounds.engine.practice import practice
from yimen.work.rounds.engine.questionnaire import why_not_ask
from yimen.work.rounds.models import NeedTask, Reply, RollLine, Round
from yimen.work.rounds.permissions import HOLD
from yimen.work.rounds.queries import (
    NoLine,
    due_to_close,
    due_to_remind,
    form_of_round,
    get_line,
    get_round,
    line_by_word,
    result_of,
    returns_of_many,
    roll_of,
)
from yimen.work.rounds.rules import why_not_answer, why_not_open

AT_ONCE = 1000


class CannotOpen(NotPossible):
    code = "rounds.cannot_open"


class CannotReply(NotPossible):
    code = "rounds.cannot_reply"


class RoundIsOver(Conflict):
    code = "rounds.over"
    sentence = "这次征询已经结束。"


class CannotMakeTask(NotPossible):
    code = "rounds.cannot_make_task"


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


@operation("rounds.roll.asked")
def ask_all(*, by: Actor, at: datetime, round: UUID, channel: Channel) -> int:
    """Say that the papers or links of a round went out (已发出); answers how many."""
    found = _running(round, by=by)
    waiting = roll_of(found, by=by).filter(standing=Standing.WAITING, channel=channel)
    asked = waiting.update(standing=Standing.ASKED)
    record(found, kind="round", area=found.area, asked=asked, channel=str(channel))
    return asked


@operation("rounds.roll.reminded")
def remind(*, by: Actor, at: datetime, round: UUID, channel: Channel) -> int:
    """Ask once more whoever was asked and has not answered, perhaps in another way (催一次); answers how many.

    Who said no is not asked again.
    """
    found = _running(round, by=by)
    silent = roll_of(found, by=by).filter(standing__in=(Standing.ASKED, Standing.NOT_REACHED))
    reminded = silent.update(channel=channel, reminded_on=day_of(at))
    record(found, kind="round", area=found.area, reminded=reminded, channel=str(channel))
    return reminded


@operation("rounds.line.marked")
def mark_line(
    *, by: Actor, at: datetime, round: UUID, line: UUID, standing: Standing, channel: Channel | None = None
) -> RollLine:
    """Say how far it is with one on the roll (登记情况): asked, not reached, or she does not want to (不再问).

    Who said no may come back to it by herself: then she is asked again.
    """
    found = _running(round, by=by)
    one = _locked(get_line(found, line, by=by), by=by)
    if one.standing == Standing.RETURNED or standing == Standing.RETURNED:
        raise CannotReply("这份已经交过了，不用再登记。")
    one.standing = standing
    one.channel = channel or one.channel
    one.ended_on = day_of(at) if standing == Standing.REFUSED else None
    one.save(update_fields=["standing", "channel", "ended_on"])
    record(one, kind="roll_line", area=one.area, standing=str(standing), channel=one.channel)
    return one


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
    one = _locked(one, by=by)
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
    found, one = one.round, _locked(one, by=by)
    _refuse(found, one, today=day_of(at))
    one.standing, one.ended_on = Standing.REFUSED, day_of(at)
    one.save(update_fields=["standing", "ended_on"])
    record(one, kind="roll_line", area=one.area, standing=str(Standing.REFUSED))
    return one


@operation("rounds.lines.dropped")
def drop_from_rolls(*, by: Actor, at: datetime, person: UUID) -> int:
    """Somebody died, or wants her data used for little: no running round asks her any more (不用问了); answers how many."""
    lines = RollLine.objects.within(by).filter(person__in=person_ids(person, by=by) or [person])
    dropped = lines.filter(standing__in=OPEN, round__state=State.RUNNING)
    return _moved(dropped, Standing.DROPPED, ended_on=day_of(at))


@operation("rounds.lines.taken_up")
def take_up_on_rolls(*, by: Actor, at: datetime, person: UUID) -> int:
    """A death had been noted in error: she is asked again (撤销死亡登记); answers how many."""
    lines = RollLine.objects.within(by).filter(person__in=person_ids(person, by=by) or [person])
    return _moved(lines.filter(standing=Standing.DROPPED, round__state=State.RUNNING), Standing.WAITING)


@operation("rounds.round.closed")
def close_round(*, by: Actor, at: datetime, round: UUID) -> Round:
    """End a round and keep its counts (结束征询); nothing is taken afterwards."""
    found = _running(round, by=by)
    replies = Reply.objects.within(by).filter(round=found).values_list("answers", flat=True)
    found.result = count(form_of_round(found).body, replies)
    found.state, found.closed_at = State.CLOSED, at
    found.save(update_fields=["state", "closed_at", "result"])
    record(found, kind="round", area=found.area, replies=found.result["replies"])
    return found


@operation("rounds.need.made_a_task")
def make_task(
    *, by: Actor, at: datetime, round: UUID, question: str, option: str, title: str, due_on: date
) -> NeedTask:
    """Make a duty of a need that was told (需求转任务); once for each need."""
    found = get_round(round, by=by)
    by.must(HOLD, area=found.area)
    result = result_of(found, by=by, on=day_of(at))
    counted = result.counted["questions"] if result.counted else []
    asked = next((one for one in counted if one["key"] == question), None)
    chosen = next((one for one in asked["options"] if one["value"] == option), None) if asked else None
    if chosen is None:
        finding = Finding("rounds.no_need", result.why_not or "请从结果里选一项。", "option")
        raise CannotMakeTask(finding.sentence, findings=[finding])
    if NeedTask.objects.within(by).filter(round=found, question=question, option=option).exists():
        raise CannotMakeTask("这一项已经转成任务了。")
    told = (
        f"《{found.title}》：{asked['label']} “{chosen['label']}” {chosen['count']} 份（{chosen['share']}）"
    )
    duty = owe_duty(
        by=by,
        at=at,
        title=title,
        due_on=due_on,
        reason=told[:300],
        area=found.area,
        account=None,
        source=found.public_id,
    )
    made = NeedTask.objects.create(
        round=found,
        area=found.area,
        question=question,
        option=option,
        duty=duty.public_id,
        title=duty.title,
        made_at=at,
        made_by=by.key,
    )
    record(made, kind="need_task", area=found.area, round=str(found.public_id), duty=str(duty.public_id))
    return made


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


def _moved(lines: QuerySet[RollLine], standing: Standing, *, ended_on: date | None = None) -> int:
    found = list(lines.select_for_update(of=("self",)))
    for one in found:
        one.standing, one.ended_on = standing, ended_on
        one.save(update_fields=["standing", "ended_on"])
        record(one, kind="roll_line", area=one.area, standing=str(standing))
    if not found:
        unchanged()
    return len(found)


def _running(public_id: UUID, *, by: Actor) -> Round:
    found = get_round(public_id, by=by)
    by.must(HOLD, area=found.area)
    if not found.is_running:
        raise RoundIsOver
    return found


def _locked(line: RollLine, *, by: Actor) -> RollLine:
    """The line as it stands, held until the end: of two answers at once the second finds the first."""
    return RollLine.objects.within(by).select_for_update(of=("self",)).get(pk=line.pk)


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


def _new_word() -> str:
    """Twelve letters and digits, sixty bits: nobody comes upon one by trying (问卷码)."""
    return base64.b32encode(secrets.token_bytes(8)).decode()[:12]
