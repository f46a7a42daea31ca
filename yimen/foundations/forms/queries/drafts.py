"""Read drafts of forms: which wait, what one would change, and how it looks before it is published."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from yimen.foundations.definitions.api import (
    Change,
    Definition,
    Source,
    changes,
    examples_under,
    users_of,
    versions_of,
)
from yimen.foundations.forms.engine.xlsform.writing import write_xlsform
from yimen.foundations.forms.models import FormDraft
from yimen.foundations.forms.permissions import BUILD
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound

SHOWN = 50


class NoDraft(NotFound):
    code = "forms.no_draft"
    sentence = "没有找到这份表单稿，或不在您的范围内；也可能已经放弃。"


@dataclass(frozen=True)
class DraftPreview:
    """What publishing a draft under a key would do (发布前对照)."""

    form: Definition
    before: Definition | None
    changes: tuple[Change, ...]
    users: tuple[Definition, ...]
    results: tuple[Any, ...]
    examples: list[dict[str, Any]] | None


def drafts(*, by: Actor) -> list[FormDraft]:
    """The drafts within reach, newest first (表单稿)."""
    if not by.can_somewhere(BUILD):
        return []
    return list(FormDraft.objects.within(by).select_related("version").order_by("-id")[:SHOWN])


def get_draft(draft: UUID, *, by: Actor) -> FormDraft:
    """One draft. Refuses as `NoDraft` what is not within reach."""
    row = FormDraft.objects.within(by).filter(public_id=draft).first() if by.can_somewhere(BUILD) else None
    if row is None:
        raise NoDraft
    return row


def preview_draft(draft: FormDraft, *, key: str, on: date) -> DraftPreview:
    """The draft as a definition that is not kept anywhere, beside the version it would follow."""
    versions = [one for one in versions_of("form", key) if one.stands]
    before = max(versions, key=lambda one: one.version, default=None)
    form = Definition(
        id=0,
        kind="form",
        key=key,
        version=versions_of("form", key)[-1].version + 1 if versions else 1,
        effective_on=on,
        source=Source.PUBLISHED,
        digest="0" * 64,
        data=draft.body,
    )
    results, examples = examples_under(before, draft.body) if before else ((), None)
    return DraftPreview(
        form=form,
        before=before,
        changes=changes(before, draft.body, kind="form") if before else (),
        users=users_of("form", key, on=on),
        results=tuple(one for one in results if not one.holds),
        examples=examples,
    )


def workbook_of(form: Definition) -> bytes:
    """A form as an XLSForm workbook (下载 XLSForm)."""
    return write_xlsform(form.body, key=form.key, version=form.version)
