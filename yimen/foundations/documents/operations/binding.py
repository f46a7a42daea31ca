"""Make one PDF of many pages, take a file over for another subject, and level a photographed sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.files import File

from yimen.foundations.audit.api import operation, record, record_look, unchanged
from yimen.foundations.documents.choices import PICTURES, FileKind
from yimen.foundations.documents.engine import pictures
from yimen.foundations.documents.engine.binding import Leaf, bound
from yimen.foundations.documents.engine.contents import Content
from yimen.foundations.documents.engine.keeping import (
    BUNDLE_MOST_BYTES,
    BUNDLE_MOST_PAGES,
    MOST_PIXELS,
    allowed,
    cannot_store,
    content_of,
    keep_content,
    limit,
    load_file,
    purpose_of,
    read_upload,
    too_large,
)
from yimen.foundations.documents.models import StoredFile
from yimen.foundations.documents.ports import Purpose
from yimen.kernel.actor import Actor
from yimen.kernel.faults import Fault
from yimen.kernel.refusals import NotFound

BINDABLE = frozenset({FileKind.PDF, *PICTURES})


@dataclass(frozen=True)
class BoundFiles:
    """Several files as one PDF, ready to be handed out (合订本)."""

    content: bytes
    pages: int


@operation("documents.pages.bundled")
def bundle_pages(
    *, by: Actor, at: datetime, subject: UUID, area: str, purpose: str, files: Sequence[File], name: str
) -> StoredFile:
    """Keep several pictures as one PDF (多页合成一份), a picture on each A4 page, in the order given.

    Refused as in `store_upload`, for each picture, and when there is none.
    """
    wanted = allowed(by, purpose, area)
    pages_only = Purpose(key=wanted.key, title=wanted.title, kinds=PICTURES, shrink_to=wanted.shrink_to)
    _judge_number(name, len(files))
    read = [read_upload(file, pages_only, file.name or "") for file in files]
    content = _bound(name, [Leaf(page.kind, page.data) for page in read])
    return keep_content(by=by, at=at, subject=subject, area=area, purpose=wanted, name=name, content=content)


@operation("documents.files.bound", inner=True)
def bind_files(
    *,
    by: Actor,
    at: datetime,
    subject: UUID,
    area: str,
    purpose: str,
    parts: Sequence[tuple[UUID, int]],
    name: str,
    instead: UUID | None = None,
) -> StoredFile:
    """Keep kept pictures and PDFs as one PDF of ``subject`` (装订成一份): each part a file and how far it is turned right.

    Every picture goes in as it is; the file ``instead`` of which it stands is discarded. Refused when there is none, or when
    they are too many or too large together.
    """
    found = [(load_file(by, file), turn) for file, turn in parts]
    _judge_number(name, sum(max(1, file.pages) for file, _ in found))
    content = _bound(name, [Leaf(FileKind(file.kind), content_of(file), turn) for file, turn in found])
    wanted = purpose_of(purpose)
    if instead:
        _discard(load_file(by, instead), by=by, at=at, why="并入新的一份")
    return keep_content(by=by, at=at, subject=subject, area=area, purpose=wanted, name=name, content=content)


@operation("documents.file.copied", inner=True)
def copy_file(
    *, by: Actor, at: datetime, file: UUID, subject: UUID, area: str, purpose: str, why: str
) -> StoredFile:
    """Take a kept file over for another subject (档案材料沿用); its content lies once, and its first subject is looked at."""
    kept = load_file(by, file)
    record_look(by=by, at=at, subject=kept.subject, area=kept.area, why=why[:200])
    content = Content(FileKind(kept.kind), content_of(kept), kept.pages, tuple(kept.notes))
    return keep_content(
        by=by,
        at=at,
        subject=subject,
        area=area,
        purpose=purpose_of(purpose),
        name=kept.name,
        content=content,
    )


@operation("documents.file.straightened", inner=True)
def straighten_file(*, by: Actor, at: datetime, file: UUID) -> StoredFile:
    """Level the writing on a photographed sheet (拉正): a new file in the place of the old one; the same when it is straight."""
    kept = load_file(by, file)
    most = limit("YIMEN_UPLOAD_MOST_PIXELS", MOST_PIXELS)
    level = (
        pictures.straightened(content_of(kept), most_pixels=most) if FileKind(kept.kind) in PICTURES else None
    )
    if level is None:
        unchanged()
        return kept
    wanted = purpose_of(kept.purpose)
    if wanted.shrink_to:
        level = pictures.shrunk(level, most_bytes=wanted.shrink_to, most_pixels=most)
    _discard(kept, by=by, at=at, why="拉正后换成新的一份")
    content = Content(FileKind.JPG, level, 1)
    return keep_content(
        by=by, at=at, subject=kept.subject, area=kept.area, purpose=wanted, name=kept.name, content=content
    )


@operation("documents.files.handed_out", inner=True)
def hand_out_bound(*, by: Actor, at: datetime, files: Sequence[UUID], subject: UUID, why: str) -> BoundFiles:
    """All these files of ``subject`` as one PDF (全部材料), for somebody an upper app has let in; leaves one look."""
    kept = [load_file(by, file) for file in files]
    if any(file.subject != subject for file in kept):
        raise NotFound()
    leaves = [Leaf(FileKind(file.kind), content_of(file)) for file in kept if FileKind(file.kind) in BINDABLE]
    if not leaves:
        raise NotFound("还没有可以合订的材料。")
    data, pages = bound(leaves)
    record_look(by=by, at=at, subject=subject, area=kept[0].area, why=why[:200])
    record(subject, kind="files", area=kept[0].area, files=[str(file.public_id) for file in kept])
    return BoundFiles(data, pages)


def _discard(kept: StoredFile, *, by: Actor, at: datetime, why: str) -> None:
    kept.discarded_at, kept.discarded_by, kept.discarded_why = at, by.key, why
    kept.save(update_fields=["discarded_at", "discarded_by", "discarded_why"])


def _judge_number(name: str, pages: int) -> None:
    if not pages:
        raise cannot_store(name, Fault("no_pages", "一页也没有，请先拍照或选择图片。"))
    if pages > (most := limit("YIMEN_BUNDLE_MOST_PAGES", BUNDLE_MOST_PAGES)):
        raise cannot_store(
            name, Fault("too_many_pages", f"页数太多，一份最多 {most} 页；请只拍需要的，或分开交。")
        )


def _bound(name: str, leaves: Sequence[Leaf]) -> Content:
    data, pages = bound(leaves)
    if len(data) > (most := limit("YIMEN_BUNDLE_MOST_BYTES", BUNDLE_MOST_BYTES)):
        raise cannot_store(name, too_large(most))
    return Content(FileKind.PDF, data, pages)
