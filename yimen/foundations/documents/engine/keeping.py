"""What all verbs on files share: judge an upload, keep its content under a row, load and open it again."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import connection

from yimen.foundations.audit.api import record, record_look
from yimen.foundations.documents.engine import store
from yimen.foundations.documents.engine.contents import Content, read_content
from yimen.foundations.documents.models import StoredFile
from yimen.foundations.documents.ports import Purpose, purposes
from yimen.foundations.documents.rules import clean_file_name
from yimen.kernel.actor import Actor
from yimen.kernel.faults import Fault
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotFound, NotPossible

log = logging.getLogger(__name__)

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
MOST_PAGES = 500
BUNDLE_MOST_PAGES = 50
BUNDLE_MOST_BYTES = 30 * 1024 * 1024


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


def allowed(by: Actor, purpose: str, area: str) -> Purpose:
    wanted = purpose_of(purpose)
    by.must(wanted.store_permission, area=area)
    return wanted


def purpose_of(key: str) -> Purpose:
    return purposes.get(key)


def load_file(by: Actor, file: UUID) -> StoredFile:
    kept = StoredFile.objects.within(by).kept().filter(public_id=file).first()
    if kept is None:
        raise NotFound()
    return kept


def read_upload(file: File, purpose: Purpose, name: str, *, most_pages: int | None = None) -> Content:
    most = purpose.most_bytes or limit("YIMEN_UPLOAD_MOST_BYTES", MOST_BYTES)
    file.seek(0)
    data = file.read(most + 1)
    if len(data) > most:
        raise cannot_store(name, too_large(most))
    content = read_content(
        data,
        kinds=purpose.kinds,
        shrink_to=purpose.shrink_to,
        most_unpacked=purpose.most_unpacked,
        most_pixels=limit("YIMEN_UPLOAD_MOST_PIXELS", MOST_PIXELS),
        most_pages=min(most_pages or MOST_PAGES, limit("YIMEN_UPLOAD_MOST_PAGES", MOST_PAGES)),
    )
    if isinstance(content, Fault):
        raise cannot_store(name, content)
    return content


def keep_content(
    *, by: Actor, at: datetime, subject: UUID, area: str, purpose: Purpose, name: str, content: Content
) -> StoredFile:
    cleaned = clean_file_name(name, extension=content.kind.value)
    if isinstance(cleaned, Fault):
        raise cannot_store(name, cleaned)
    lock(f"{subject}:{purpose.key}")
    if StoredFile.objects.about(subject, purpose.key).count() >= purpose.most:
        full = f"“{purpose.title}”最多 {purpose.most} 份，已经满了；请先移除不要的，或合成一份 PDF。"
        raise cannot_store(cleaned, Fault("too_many", full))
    lock(store.digest_of(content.data))
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


def content_of(kept: StoredFile) -> bytes:
    """The bytes of a kept file; refuses when they are gone or damaged."""
    with _stream(kept) as content:
        return content.read()


def opened(kept: StoredFile, *, by: Actor, at: datetime, why: str) -> OpenedFile:
    content = _stream(kept)
    purpose = purpose_of(kept.purpose)
    if purpose.personal:
        record_look(by=by, at=at, subject=kept.subject, area=kept.area, why=f"{why}（{purpose.title}）"[:200])
    record(kept, kind="file", area=kept.area, of=str(kept.subject))
    return OpenedFile(kept, content)


def _stream(kept: StoredFile) -> BinaryIO:
    content = store.read(kept.digest)
    if content is None:
        log.error("content of file %s is missing or damaged", kept.public_id)
        raise CannotOpen()
    return content


def cannot_store(name: str, fault: Fault) -> CannotStore:
    shown = "".join(mark for mark in name if mark.isprintable())[:60] or "未命名"
    code = f"documents.{fault.code}"
    return CannotStore(name=shown, why=fault.sentence, findings=[Finding(code, fault.sentence, field="file")])


def too_large(most: int) -> Fault:
    return Fault("too_large", f"文件超过 {most // 1024 // 1024} MB，请压缩、降低扫描精度或分开上传。")


def limit(name: str, otherwise: int) -> int:
    return getattr(settings, name, otherwise)


def lock(key: str) -> None:
    """Until the end of the transaction, one at a time for this key; it locks no row that others read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"documents:{key}"])


def locked_at_once(key: str) -> bool:
    """The same without waiting; False when somebody else holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"documents:{key}"])
        return cursor.fetchone()[0]
