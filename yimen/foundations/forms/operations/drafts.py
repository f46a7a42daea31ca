"""Make a form from a workbook: upload it, publish it as the next version, or drop it."""

from datetime import date, datetime
from pathlib import PurePath
from uuid import UUID

from django.core.files import File

from yimen.foundations.audit.api import operation, record
from yimen.foundations.definitions.api import publish, why_not_asked
from yimen.foundations.documents.api import discard_files, file_content, store_upload
from yimen.foundations.forms.engine.grammar import FormGrammar
from yimen.foundations.forms.engine.wording import asked_in
from yimen.foundations.forms.engine.xlsform.reading import ReadForm, read_xlsform
from yimen.foundations.forms.models import FormDraft
from yimen.foundations.forms.permissions import BUILD
from yimen.foundations.forms.queries.drafts import NoDraft, preview_draft
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotAllowed, NotPossible
from yimen.kernel.text import clean_line

PURPOSE = "form_workbook"


class CannotBuild(NotPossible):
    """The form cannot be made or published like this."""

    code = "forms.cannot_build"
    sentence = "{why}"


@operation("forms.draft.uploaded")
def upload_draft(*, by: Actor, at: datetime, file: File, purpose: str = "") -> FormDraft:
    """Take in an XLSForm workbook and make a form of it (上传表单): what could not be carried over stands beside it.

    ``purpose`` is what questions are asked for that tell no purpose of their own. Refuses what is no plain workbook, no
    XLSForm, circular, or asks what nobody may ask.
    """
    areas = [area for area in by.areas_for(BUILD) if len(area) <= Level.STREET.digits]
    if not areas:
        raise NotAllowed(permission=BUILD)
    name = file.name or ""
    made = FormDraft(area=areas[0], made_by=by.key, made_by_name=by.name, made_at=at, file_name=name[-130:])
    kept = store_upload(by=by, at=at, subject=made.public_id, area=made.area, purpose=PURPOSE, file=file)
    data = file_content(kept.public_id, subject=made.public_id, by=by)
    read = read_xlsform(data, purpose=clean_line(purpose), title=PurePath(name).stem[:60])
    _must_be_asked(read, on=day_of(at))
    made.file, made.key, made.title, made.body = kept.public_id, read.key, read.body["title"], read.body
    made.remarks = read.told
    made.save()
    record(made, kind="form_draft", area=made.area, name=made.title, questions=len(read.body["questions"]))
    return made


@operation("forms.draft.published")
def publish_draft(
    *,
    by: Actor,
    at: datetime,
    draft: UUID,
    key: str,
    effective_on: date,
    change: str,
    seen: bool = False,
) -> FormDraft:
    """Publish a draft as the next version of a form (发布表单). ``seen``: what was not carried over has been looked at.

    Worked examples of the version before follow the change. Refuses a draft that is published already, one whose remarks
    nobody has seen, and whatever publishing itself refuses.
    """
    row = _locked(draft, by=by)
    if row.version_id is not None:
        raise CannotBuild(why="这份表单稿已经发布过了；要再改，请上传改好的工作簿。")
    if row.remarks and not seen:
        raise CannotBuild(
            why=f"有 {len(row.remarks)} 处和工作簿不一样，请先看过读入说明，勾上“看过了”再发布。"
        )
    shown = preview_draft(row, key=key, on=effective_on)
    version = publish(
        by=by,
        at=at,
        kind="form",
        key=key,
        body=row.body,
        effective_on=effective_on,
        change=clean_line(change),
        examples=shown.examples,
    )
    row.version, row.key = version, key
    row.save(update_fields=["version", "key"])
    record(row, kind="form_draft", area=row.area, name=f"form/{key}", version=version.version)
    return row


@operation("forms.draft.dropped")
def drop_draft(*, by: Actor, at: datetime, draft: UUID) -> None:
    """Give a draft up with its workbook (放弃表单稿). What was published stays published."""
    row = _locked(draft, by=by)
    discard_files(by=by, at=at, subject=row.public_id, area=row.area, why="放弃表单稿")
    record(row, kind="form_draft", area=row.area, name=row.title)
    row.delete()


def _locked(draft: UUID, *, by: Actor) -> FormDraft:
    row = FormDraft.objects.within(by).select_for_update().filter(public_id=draft).first()
    if row is None:
        raise NoDraft
    by.must(BUILD, area=row.area)
    return row


def _must_be_asked(read: ReadForm, *, on: date) -> None:
    if said := why_not_asked(asked_in(FormGrammar.model_validate(read.body)), on=on):
        raise CannotBuild(why="；".join(said))
