"""Issue letters with a number that has no gap, read them, and void the spoilt ones."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files import File
from django.db import connection

from yimen.foundations.audit.api import operation, record, record_look
from yimen.foundations.bus.api import add_rows, announce
from yimen.foundations.definitions.api import current
from yimen.foundations.documents.engine.letters import IssuingUnit, compose, what_is_missing
from yimen.foundations.documents.events import LetterIssued, LetterVoided
from yimen.foundations.documents.models import Letter, LetterCounter, LetterVoiding, StoredFile
from yimen.foundations.documents.operations.binding import bundle_pages
from yimen.foundations.documents.operations.files import store_upload
from yimen.foundations.documents.permissions import ISSUE_LETTER, OPEN
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.ids import uuid7
from yimen.kernel.refusals import Conflict, NotFound, NotPossible


class CannotIssue(NotPossible):
    """The letter would have a gap (文书缺项); it gets no number."""

    code = "documents.cannot_issue"
    sentence = "《{title}》还不能出具：{why}"


class CannotVoid(Conflict):
    code = "documents.cannot_void"
    sentence = "{number} 已经作废，不能再次作废。"


@operation("documents.letter.issued", inner=True)
def issue_letter(
    *,
    by: Actor,
    at: datetime,
    letter: str,
    subject: UUID,
    area: str,
    facts: Mapping[str, Any],
    unit: IssuingUnit,
    tracking_url: str = "",
    public_id: UUID | None = None,
) -> Letter:
    """Issue a letter (出具文书): freeze its text and give it the next number of its kind, unit and year.

    `letter` is the key of the definition, `subject` what it is about (a case), `facts` at least what the definition
    declares. `tracking_url` stands in its code. The number is taken in the same transaction: what is not issued after all
    leaves no gap. From then until commit the next letter of this kind and unit waits, so that a deed issues its letter as
    the last thing it does; what names it before is told its ``public_id``. Refused when a required fact is missing.
    """
    on = day_of(at)
    definition = current("letter", letter, on=on)
    body = definition.body
    if findings := what_is_missing(body, facts):
        why = "".join(finding.sentence for finding in findings)
        raise CannotIssue(title=body.title, why=why, findings=findings)
    sequence = _next_number(body.number_kind, unit.area, on.year)
    sheet = compose(body, facts, unit=unit, year=on.year, sequence=sequence, on=on)
    issued = Letter(
        public_id=public_id or uuid7(),
        key=letter,
        version_id=definition.id,
        subject=subject,
        area=area,
        number_kind=body.number_kind,
        unit_area=unit.area,
        year=on.year,
        sequence=sequence,
        number=sheet.number,
        title=sheet.title,
        sheet=sheet.to_json(),
        tracking_url=tracking_url,
        issued_at=at,
        issued_by=by.key,
    )
    add_rows([issued])
    record(issued, kind="letter", area=area, of=str(subject), number=issued.number, letter=letter)
    announce(
        LetterIssued(subject=subject, area=area, letter=issued.public_id, kind=letter, number=issued.number)
    )
    return issued


@operation("documents.letter.read")
def read_letter(*, by: Actor, at: datetime, letter: UUID, why: str = "查看文书") -> Letter:
    """Open an issued letter (查看、打印文书) within the actor's reach; leaves a look at its subject."""
    issued = _load(by, letter)
    by.must(OPEN, area=issued.area)
    record_look(
        by=by,
        at=at,
        subject=issued.subject,
        area=issued.area,
        why=f"{why} {issued.title}{issued.number}"[:200],
    )
    return issued


@operation("documents.letter.sealed")
def seal_letter(*, by: Actor, at: datetime, letter: UUID, files: Sequence[File]) -> StoredFile:
    """Keep the sealed sheet of a letter (盖章件); the latest is its final version, earlier ones stay where they are.

    Refused when the letter is void, or the files are not what a sealed sheet can be (see `store_upload`, `bundle_pages`).
    """
    issued = _load(by, letter)
    by.must(ISSUE_LETTER, area=issued.area)
    if LetterVoiding.objects.filter(letter=issued).exists():
        raise CannotVoid(f"{issued.number} 已经作废，不再收盖章件。")
    told = {"by": by, "at": at, "subject": issued.public_id, "area": issued.area, "purpose": "sealed"}
    if len(files) == 1:
        kept = store_upload(**told, file=files[0])
    else:
        kept = bundle_pages(**told, files=files, name=f"{issued.title}{issued.number} 盖章件.pdf")
    record(issued, kind="letter", area=issued.area, of=str(issued.subject), number=issued.number, sealed=True)
    return kept


@operation("documents.letter.voided")
def void_letter(*, by: Actor, at: datetime, letter: UUID, why: str) -> LetterVoiding:
    """Void a spoilt letter (文书作废) with a reason. Its number is used up. Refused when it is void already."""
    issued = _load(by, letter)
    by.must(ISSUE_LETTER, area=issued.area)
    # Two who void at once: the letter itself cannot be locked (it is append-only), its row of numbers can.
    LetterCounter.objects.select_for_update().get(
        number_kind=issued.number_kind, unit_area=issued.unit_area, year=issued.year
    )
    if LetterVoiding.objects.filter(letter=issued).exists():
        raise CannotVoid(number=issued.number)
    voiding = LetterVoiding.objects.create(letter=issued, why=why[:200], voided_at=at, voided_by=by.key)
    record(
        issued, kind="letter", area=issued.area, of=str(issued.subject), number=issued.number, why=voiding.why
    )
    announce(
        LetterVoided(
            subject=issued.subject,
            area=issued.area,
            letter=issued.public_id,
            kind=issued.key,
            number=issued.number,
        )
    )
    return voiding


def _next_number(kind: str, unit: str, year: int) -> int:
    """The next number of its kind, unit and year; its row is locked until commit."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [uuid7(), kind, unit, year])
        return cursor.fetchone()[0]


_NEXT = f"""
INSERT INTO {LetterCounter._meta.db_table} AS counter (public_id, number_kind, unit_area, year, last)
VALUES (%s, %s, %s, %s, 1)
ON CONFLICT (number_kind, unit_area, year) DO UPDATE SET last = counter.last + 1
RETURNING last
"""  # nosec B608 - the name of our own table


def _load(by: Actor, letter: UUID) -> Letter:
    issued = Letter.objects.within(by).filter(public_id=letter).first()
    if issued is None:
        raise NotFound()
    return issued
