"""Log a call, say who called, answer it, let it become a case, and forget it in time."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce

from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Conflict, NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.api import person_stamp
from yimen.services.hotline.choices import WAITING, Result
from yimen.services.hotline.engine.calls import enter_call, lock_call, plain_number
from yimen.services.hotline.engine.hashes import number_hash
from yimen.services.hotline.engine.rulebook import rule_of
from yimen.services.hotline.engine.topics import topic as find_topic
from yimen.services.hotline.models import Call
from yimen.services.hotline.permissions import LOG
from yimen.services.hotline.rules import why_not_log

AT_MOST = 1000


class CannotLog(NotPossible):
    code = "hotline.cannot_log"
    sentence = "还不能登记：{why}"


class AlreadyAnswered(Conflict):
    code = "hotline.already_answered"
    sentence = "这条已经由{name}答复过了。"


@operation("hotline.call.logged")
def log_call(
    *,
    by: Actor,
    at: datetime,
    area: str,
    topic: str,
    sentence: str,
    result: Result,
    phone: str = "",
    name: str = "",
    person: UUID | None = None,
    back_by: datetime | None = None,
) -> Call:
    """Log a call (登记来电) with topic, one sentence and result; number, name and resident are optional.

    A call that is left, or is to be called back, waits until it is answered; one that is to become a case waits until
    it is one. Without a time for calling back the rule of the area gives it.
    """
    if person is not None:
        person_stamp(person, by=by)
    by.must(LOG, area=area)
    on = day_of(at)
    chosen, result = find_topic(topic, on=on), Result(result)
    back = result is Result.CALL_BACK
    findings = why_not_log(
        topic_known=chosen is not None, sentence=sentence, waits=back, back_by=back_by, at=at
    )
    if findings:
        raise CannotLog(why="".join(finding.sentence for finding in findings), findings=findings)
    if back and back_by is None:
        back_by = at + timedelta(hours=rule_of(area, on=on).call_back_hours)
    number = plain_number(phone)
    call = Call(
        area=area,
        street=street_of(area) or area,
        topic=topic,
        topic_title=chosen.body.title,
        called_at=at,
        logged_by=by.key,
        logged_by_name=by.name[:80],
        phone=number,
        phone_hash=number_hash(number),
        name=clean_line(name)[:40],
        person=person,
        sentence=clean_line(sentence)[:500],
        result=result,
        back_by=back_by if back else None,
        waits=result in WAITING,
    )
    call.save(force_insert=True)
    enter_call(call, item=chosen.body.item, by=by, at=at)
    record(call, kind="call", area=area, topic=topic, result=result.value)
    return call


@operation("hotline.caller.named")
def name_caller(*, by: Actor, at: datetime, call: UUID, person: UUID) -> Call:
    """Say which resident called (对上居民)."""
    found = lock_call(call, by=by)
    stamp = person_stamp(person, by=by)
    by.must(LOG, area=found.area)
    if found.forgotten_on is not None:
        raise CannotLog(why="这个来电已按期抹去，不再对上居民。")
    if found.person == stamp.public_id:
        unchanged()
        return found
    found.person = stamp.public_id
    found.save(update_fields=["person"])
    record(found, kind="call", area=found.area, person=str(person))
    return found


@operation("hotline.call.answered")
def answer_call(*, by: Actor, at: datetime, call: UUID, answer: str) -> Call:
    """Answer what was left or was to be called back (答复来电). Refuses what somebody answered meanwhile."""
    found = lock_call(call, by=by)
    by.must(LOG, area=found.area)
    if not found.waits:
        raise AlreadyAnswered(name=found.answered_by_name or found.logged_by_name)
    if not answer.strip():
        raise CannotLog(why="请写一句：怎么答复的。")
    found.waits, found.answer = False, clean_line(answer)[:500]
    found.answered_at, found.answered_by, found.answered_by_name = at, by.key, by.name[:80]
    found.save(update_fields=["waits", "answer", "answered_at", "answered_by", "answered_by_name"])
    record(found, kind="call", area=found.area, waited=True)
    return found


@operation("hotline.call.begun_case", inner=True)
def begin_case(*, by: Actor, at: datetime, call: UUID, case: UUID) -> Call:
    """The call became a case (来电转办件); it knows the first one, and waits no longer."""
    found = lock_call(call, by=by)
    by.must(LOG, area=found.area)
    if found.case is None:
        found.case = case
    if found.waits:
        found.waits, found.result, found.answer = False, Result.TO_CASE, "已转办件。"
        found.answered_at, found.answered_by, found.answered_by_name = at, by.key, by.name[:80]
    found.save()
    record(found, kind="call", area=found.area, case=str(case))
    return found


@operation("hotline.calls.forgotten")
def forget_calls(*, by: Actor, at: datetime) -> int:
    """Blank who called and what was said, some months after the answer (到期抹去); topic, time and result stay."""
    on = day_of(at)
    done: list[dict[str, str]] = []
    over = Call.objects.within(by).filter(waits=False, forgotten_on__isnull=True)
    over = over.annotate(ended=Coalesce("answered_at", "called_at"))
    # Each area by its own rule: what is kept longer elsewhere must not stand in the way of what is due here.
    due = Q(pk__in=())
    for area in over.order_by().values_list("area", flat=True).distinct():
        due |= Q(area=area, ended__lte=at - timedelta(days=rule_of(area, on=on).keep_days))
    for call in over.filter(due).select_for_update(of=("self",)).order_by("id")[:AT_MOST]:
        by.must(LOG, area=call.area)
        call.phone = call.name = call.email = call.phone_hash = call.address_hash = call.word_hash = ""
        call.sentence, call.answer, call.person, call.forgotten_on = "（已按期抹去）", "", None, on
        call.save()
        done.append({"call": str(call.public_id)})
    if done:
        record_batch(done, kind="call", area="")
    else:
        unchanged()
    return len(done)
