"""Keep files, open them, discard them, and sweep up what no row names."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.files import File

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.documents.engine import store
from yimen.foundations.documents.engine.keeping import (
    OpenedFile,
    allowed,
    keep_content,
    load_file,
    locked_at_once,
    opened,
    purpose_of,
    read_upload,
)
from yimen.foundations.documents.models import StoredFile
from yimen.kernel.actor import EVERYWHERE, Actor
from yimen.kernel.refusals import NotAllowed, NotFound

# What nobody names is kept for a day: a request that stored it may still be under way.
SWEEP_AFTER = timedelta(days=1)


@operation("documents.file.stored")
def store_upload(
    *,
    by: Actor,
    at: datetime,
    subject: UUID,
    area: str,
    purpose: str,
    file: File,
    most_pages: int | None = None,
) -> StoredFile:
    """Keep an uploaded file (上传材料) for `subject`, after really reading it; a PDF of at most `most_pages` where given.

    Refused with one sentence: too large, empty, another type than it says, damaged, with macros, scripts or a password, an
    impossible name, or one too many. The bytes lie on the disk before the row is written; when the row fails they are swept.
    """
    wanted = allowed(by, purpose, area)
    name = file.name or ""
    content = read_upload(file, wanted, name, most_pages=most_pages)
    return keep_content(by=by, at=at, subject=subject, area=area, purpose=wanted, name=name, content=content)


@operation("documents.file.opened")
def open_file(*, by: Actor, at: datetime, file: UUID, why: str = "打开材料") -> OpenedFile:
    """Open a kept file (打开材料) within the actor's reach; a personal one leaves a look at its subject."""
    kept = load_file(by, file)
    by.must(purpose_of(kept.purpose).open_permission, area=kept.area)
    return opened(kept, by=by, at=at, why=why)


@operation("documents.file.handed_out", inner=True)
def hand_out_file(*, by: Actor, at: datetime, file: UUID, subject: UUID, why: str) -> OpenedFile:
    """Open a file of `subject` for somebody an upper app has let in by its own rule (本人查看材料): a party to her case."""
    kept = load_file(by, file)
    if kept.subject != subject:
        raise NotFound()
    return opened(kept, by=by, at=at, why=why)


@operation("documents.file.discarded")
def discard_file(*, by: Actor, at: datetime, file: UUID, why: str) -> StoredFile:
    """Take a file out of its subject (移除材料), with a reason; the sweep clears its bytes when no other row names them."""
    kept = load_file(by, file)
    by.must(purpose_of(kept.purpose).store_permission, area=kept.area)
    kept.discarded_at, kept.discarded_by, kept.discarded_why = at, by.key, why[:200]
    kept.save(update_fields=["discarded_at", "discarded_by", "discarded_why"])
    record(kept, kind="file", area=kept.area, of=str(kept.subject), why=kept.discarded_why)
    return kept


@operation("documents.files.discarded", inner=True)
def discard_files(*, by: Actor, at: datetime, subject: UUID, area: str, why: str) -> int:
    """Take out all files of a subject (移除全部), for an upper app whose rule it is; answers how many."""
    kept = StoredFile.objects.within(by).kept().filter(subject=subject)
    number = kept.update(discarded_at=at, discarded_by=by.key, discarded_why=why[:200])
    if number:
        record(subject, kind="files", area=area, why=why[:200], files=number)
    return number


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
        if locked_at_once(digest) and not StoredFile.objects.kept().filter(digest=digest).exists():
            store.remove(digest)
            cleared.append(digest)
    if cleared:
        record(None, kind="file_store", area=EVERYWHERE, cleared=cleared)
    else:
        unchanged()
    return len(cleared)
