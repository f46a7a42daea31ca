"""The resident urges us by the word on her receipt, and is answered (居民催办)."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.work.desk.choices import StepKind
from yimen.work.desk.engine.bearer import case_of_word, tell_desk, why_not_urge_now
from yimen.work.desk.engine.steps import CannotDo, leave_step, load_case, matter_of, must_be_possible
from yimen.work.desk.models import Case
from yimen.work.desk.permissions import HANDLE_CASE


@operation("desk.case.urged")
def urge_case(*, by: Actor, at: datetime, word: str, words: str = "") -> Case:
    """The bearer of the receipt urges us (居民催办), once a working day, while the case is in our hands.

    The word is the right to do it. Each time is a step of the case, and the post at whose desk it lies is told.
    """
    found = load_case(case_of_word(word, by=by).public_id, by=by)
    if finding := why_not_urge_now(found, on=day_of(at)):
        raise CannotDo(finding.sentence, findings=[finding])
    found.urged_on, found.urge_waits = day_of(at), True
    leave_step(found, StepKind.URGED, by=by, at=at, note=words.strip()[:200], said="您催办了，经办人已收到")
    tell_desk(found, by=by, at=at, title="居民催办一件事", text="申请人催办，请答复。")
    return found


@operation("desk.case.urge_told")
def answer_urging(*, by: Actor, at: datetime, case: UUID, answer: str, edition: int | None = None) -> Case:
    """Answer the resident who urges (答复催办): she reads it on her page. Refuses where nobody waits for an answer."""
    found = load_case(case, by=by, edition=edition)
    by.must(HANDLE_CASE, area=found.desk_area)
    must_be_possible("answer_urge", found, matter_of(found))
    if not answer.strip():
        raise CannotDo("请写一句答复，居民会读到。")
    found.urge_waits = False
    said = f"答复您的催办：{answer.strip()}"[:200]
    leave_step(found, StepKind.URGE_TOLD, by=by, at=at, note=answer.strip()[:400], said=said)
    return found
