"""Keep filled forms."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files import File

from yimen.foundations.audit.api import operation, record
from yimen.foundations.bus.api import add_rows
from yimen.foundations.definitions.api import Definition
from yimen.foundations.documents.api import store_upload
from yimen.foundations.forms.engine.judging import judge
from yimen.foundations.forms.models import AnswerSheet
from yimen.foundations.forms.ports import Fact
from yimen.foundations.forms.queries.sheets import NoSheet
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import Conflict, NotPossible

_STREET_TIME = ZoneInfo("Asia/Shanghai")


class CannotStoreAnswers(NotPossible):
    code = "forms.cannot_store"
    sentence = "表单《{title}》有 {count} 处需要改正：{why}"


class AlreadyReplaced(Conflict):
    code = "forms.already_replaced"
    sentence = "这份答卷已经更正过了，请刷新后在最新的一份上改。"


@operation("forms.answers.stored", inner=True)
def store_answers(
    *,
    by: Actor,
    at: datetime,
    version: Definition,
    answers: Mapping[str, Any],
    subject: UUID,
    area: str,
    facts: Mapping[str, Fact] | None = None,
    uploads: Mapping[str, Iterable[File]] | None = None,
    replaces: AnswerSheet | None = None,
) -> AnswerSheet:
    """Keep the answers to one version of a form for a subject (存答卷), judged once more by the server.

    ``facts`` are those the form was prefilled with: they decide conditions and say where an answer came from.
    ``uploads`` are files by question key; they are stored as papers of the subject. Refuses as `CannotStoreAnswers`
    with a finding per question, and as `AlreadyReplaced`.
    """
    form = version.body
    given = dict(answers)
    uploads = {key: list(files) for key, files in (uploads or {}).items() if files}
    # A file that is still to be stored counts as an answer while judging.
    standing_in = {
        key: [*given.get(key, []), *(file.name or "" for file in files)] for key, files in uploads.items()
    }
    judged = judge(form, {**given, **standing_in}, facts=facts, on=at.astimezone(_STREET_TIME).date())
    if judged.faults:
        why = "；".join(
            f"{form.question(key).label}：{fault.sentence}" for key, fault in judged.faults.items()
        )
        raise CannotStoreAnswers(
            title=form.title, count=len(judged.faults), why=why, findings=judged.findings
        )
    if replaces is not None and AnswerSheet.objects.filter(replaces=replaces).exists():
        raise AlreadyReplaced
    kept = dict(judged.answers)
    for key in kept.keys() & uploads.keys():
        stored = [
            store_upload(by=by, at=at, subject=subject, area=area, purpose="paper", file=file)
            for file in uploads[key]
        ]
        kept[key] = [*given.get(key, []), *(str(file.public_id) for file in stored)]
    sheet = AnswerSheet(
        version_id=version.id,
        subject=subject,
        area=area,
        plain_answers=None if form.is_sensitive else kept,
        sealed_answers=json.dumps(kept, ensure_ascii=False) if form.is_sensitive else "",
        sources=judged.sources,
        replaces=replaces,
        made_by=by.key,
        made_at=at,
    )
    add_rows([sheet])
    record(
        sheet,
        kind="answer_sheet",
        area=area,
        form=version.key,
        version=version.version,
        questions=sorted(kept),
    )
    return sheet


@operation("forms.answers.erased", inner=True)
def erase_answers(*, by: Actor, at: datetime, sheet: UUID) -> None:
    """Empty a filled form and those it replaced, because their person asks or their time is over (删除答卷).

    That there was one, of which form and by whom it was taken, stays. Uploaded papers are not touched.
    """
    row = AnswerSheet.objects.within(by).filter(public_id=sheet).first()
    if row is None:
        raise NoSheet
    while row is not None:
        row.plain_answers, row.sealed_answers, row.sources, row.erased_at = None, "", {}, at
        row.save(update_fields=["plain_answers", "sealed_answers", "sources", "erased_at"])
        record(row, kind="answer_sheet", area=row.area)
        row = row.replaces


@operation("forms.sheets.carried_over", inner=True)
def carry_over_sheets(*, by: Actor, at: datetime, sheets: Sequence[UUID], area: str) -> None:
    """Filled forms follow what they were filled for into another area (答卷随办件转移): who may read them."""
    AnswerSheet.objects.within(by).filter(public_id__in=sheets).update(area=area)
