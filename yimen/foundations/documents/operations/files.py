"""Keep files, open them, discard them, and sweep up what no row names."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import connection

from yimen.foundations.audit.api import operation, record, record_look, unchanged
from yimen.foundations.documents.choices import PICTURES, FileKind
from yimen.foundations.documents.engine import store
from yimen.foundations.documents.engine.contents import Content, read_content
from yimen.foundations.documents.engine.pictures import bound
from yimen.foundations.documents.models import StoredFile
from yimen.foundations.documents.ports import Purpose, purposes
from yimen.foundations.documents.rules import clean_file_name
from yimen.kernel.actor import EVERYWHERE, Actor
from yimen.kernel.faults import Fault
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotAllowed, NotFound, NotPossible

log = logging.getLogger(__name__)

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
MOST_PAGES = 500
# What nobody names is kept for a day: a request that stored it may still be under way.
SWEEP_AFTER = timedelta(days=1)


class CannotStore(NotPossible):
    """The file is not taken (不收这个文件); nothing of it is kept."""

    code = "documents.cannot_store"
    sentence = "《{name}》没有上传：{why}"


class CannotOpen(NotFound):
    """The row is there, its bytes are not, or they are no longer what they were."""

    code = "documents.content_missing"
    sentence = "这份材料的原文件缺失或已损坏，请联系管理员从备份恢复。"


@dataclass(frozen=True)
class OpenedFile:
    """A file ready to be handed out (已打开的材料); whoever gets it closes `content`."""

    file: StoredFile
    content: BinaryIO


@operation("documents.file.stored")
def store_upload(
    *, by: Actor, at: datetime, subject: UUID, area: str, purpose: str, file: File
) -> StoredFile:
    """Keep an uploaded file (上传材料) for `subject`, after really reading it.

    Refused with one sentence: too large, empty, another type than it says, damaged, with macros, scripts or a password, an
    impossible name, or one too many. The bytes lie on the disk before the row is written; when the row fails they are swept.
    """
    wanted = _allowed(by, purpose, area)
    name = file.name or ""
    content = _read(file, wanted, name)
    return _keep(by=by, at=at, subject=subject, area=area, purpose=wanted, name=name, content=content)


@operation("documents.pages.bundled")
def bundle_pages(
    *, by: Actor, at: datetime, subject: UUID, area: str, purpose: str, files: Sequence[File], name: str
) -> StoredFile:
    """Keep several pictures as one PDF (多页合成一份), a picture on each A4 page, in the order given.

    Refused as in `store_upload`, for each picture, and when there is none.
    """
    wanted = _allowed(by, purpose, area)
    if not files:
        raise _cannot_store(name, Fault("no_pages", "一页也没有，请先拍照或选择图片。"))
    if len(files) > _limit("YIMEN_BUNDLE_MOST_PAGES", 50):
        raise _cannot_store(name, Fault("too_many_pages", "页数太多，请分成几份。"))
    pages_only = Purpose(key=wanted.key, title=wanted.title, kinds=PICTURES)
    pages = [_read(file, pages_only, file.name or "").data for file in files]
    data = bound(pages, most_pixels=_limit("YIMEN_UPLOAD_MOST_PIXELS", MOST_PIXELS))
    if len(data) > (most := _limit("YIMEN_UPLOAD_MOST_BYTES", MOST_BYTES)):
        raise _cannot_store(name, _too_large(most))
    content = Content(FileKind.PDF, data, len(pages))
    return _keep(by=by, at=at, subject=subject, area=area, purpose=wanted, name=name, content=content)


@operation("documents.file.opened")
def open_file(*, by: Actor, at: datetime, file: UUID, why: str = "打开材料") -> OpenedFile:
    """Open a kept file (打开材料) within the actor's reach; a personal one leaves a look at its subject."""
    kept = _load(by, file)
    by.must(_purpose(kept.purpose).open_permission, area=kept.area)
    return _opened(kept, by=by, at=at, why=why)


@operation("documents.file.handed_out", inner=True)
def hand_out_file(*, by: Actor, at: datetime, file: UUID, subject: UUID, why: str) -> OpenedFile:
    """Open a file of `subject` for somebody an upper app has let in by its own rule (本人查看材料): a party to her case."""
    kept = _load(by, file)
    if kept.subject != subject:
        raise NotFound()
    return _opened(kept, by=by, at=at, why=why)


@operation("documents.file.discarded")
def discard_file(*, by: Actor, at: datetime, file: UUID, why: str) -> StoredFile:
    """Take a file out of its subject (移除材料), with a reason; the sweep clears its bytes when no other row names them."""
    kept = _load(by, file)
    by.must(_purpose(kept.purpose).store_permission, area=kept.area)
    kept.discarded_at, kept.discarded_by, kept.discarded_why = at, by.key, why[:200]
    kept.save(update_fields=["discarded_at", "discarded_by", "discarded_why"])
    record(kept, kind="file", area=kept.area, of=str(kept.subject), why=kept.discarded_why)
    return kept


@operation("documents.files.swept")
def sweep_files(*, by: Actor, at: datetime) -> int:
    """Clear bytes that no kept row names, once they are a day old (清理无主文件). Answers how many were cleared.

    Only somebody who reaches everything may: whoever sees less would take other streets' files for orphans.
    """
    if by.reach != (EVERYWHERE,):
        raise NotAllowed()
    moment = at - SWEEP_AFTER
    cleared = []
    store.remove_unfinished(moment)
    for digest in store.older_than(moment):
        if StoredFile.objects.kept().filter(digest=digest).exists():
            continue
        # Somebody who stores the same content right now holds the lock: it is no orphan then.
        if _locked_at_once(digest) and not StoredFile.objects.kept().filter(digest=digest).exists():
            store.remove(digest)
            cleared.append(digest)
    if cleared:
        record(None, kind="file_store", area=EVERYWHERE, cleared=cleared)
    else:
        unchanged()
    return len(cleared)


def _allowed(by: Actor, purpose: str, area: str) -> Purpose:
    wanted = _purpose(purpose)
    by.must(wanted.store_permission, area=area)
    return wanted


def _purpose(key: str) -> Purpose:
    return purposes.get(key)


def _load(by: Actor, file: UUID) -> StoredFile:
    kept = StoredFile.objects.within(by).kept().filter(public_id=file).first()
    if kept is None:
        raise NotFound()
    return kept


def _read(file: File, purpose: Purpose, name: str) -> Content:
    most = _limit("YIMEN_UPLOAD_MOST_BYTES", MOST_BYTES)
    file.seek(0)
    data = file.read(most + 1)
    if len(data) > most:
        raise _cannot_store(name, _too_large(most))
    content = read_content(
        data,
        kinds=purpose.kinds,
        shrink_to=purpose.shrink_to,
        most_pixels=_limit("YIMEN_UPLOAD_MOST_PIXELS", MOST_PIXELS),
        most_pages=_limit("YIMEN_UPLOAD_MOST_PAGES", MOST_PAGES),
    )
    if isinstance(content, Fault):
        raise _cannot_store(name, content)
    return content


def _keep(
    *, by: Actor, at: datetime, subject: UUID, area: str, purpose: Purpose, name: str, content: Content
) -> StoredFile:
    cleaned = clean_file_name(name, extension=content.kind.value)
    if isinstance(cleaned, Fault):
        raise _cannot_store(name, cleaned)
    _lock(f"{subject}:{purpose.key}")
    if StoredFile.objects.about(subject, purpose.key).count() >= purpose.most:
        full = f"“{purpose.title}”最多 {purpose.most} 份，已经满了；请先移除不要的，或合成一份 PDF。"
        raise _cannot_store(cleaned, Fault("too_many", full))
    _lock(store.digest_of(content.data))
    kept = StoredFile.objects.create(
        subject=subject,
        area=area,
        purpose=purpose.key,
        name=cleaned,
        kind=content.kind,
        size=len(content.data),
        pages=content.pages,
        digest=store.keep(content.data),
        notes=list(content.notes),
        stored_at=at,
        stored_by=by.key,
    )
    record(kept, kind="file", area=area, of=str(subject), purpose=purpose.key, digest=kept.digest)
    return kept


def _opened(kept: StoredFile, *, by: Actor, at: datetime, why: str) -> OpenedFile:
    content = store.read(kept.digest)
    if content is None:
        log.error("content of file %s is missing or damaged", kept.public_id)
        raise CannotOpen()
    purpose = _purpose(kept.purpose)
    if purpose.personal:
        record_look(by=by, at=at, subject=kept.subject, area=kept.area, why=f"{why}（{purpose.title}）"[:200])
    record(kept, kind="file", area=kept.area, of=str(kept.subject))
    return OpenedFile(kept, content)


def _cannot_store(name: str, fault: Fault) -> CannotStore:
    shown = "".join(mark for mark in name if mark.isprintable())[:60] or "未命名"
    code = f"documents.{fault.code}"
    return CannotStore(name=shown, why=fault.sentence, findings=[Finding(code, fault.sentence, field="file")])


def _too_large(most: int) -> Fault:
    return Fault("too_large", f"文件超过 {most // 1024 // 1024} MB，请压缩、降低扫描精度或分开上传。")


def _limit(name: str, otherwise: int) -> int:
    return getattr(settings, name, otherwise)


def _lock(key: str) -> None:
    """Until the end of the transaction, one at a time for this key; it locks no row that others read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"documents:{key}"])


def _locked_at_once(key: str) -> bool:
    """The same without waiting; False when somebody else holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"documents:{key}"])
        return cursor.fetchone()[0]
