"""Read what is kept and what was issued, within the actor's reach."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Exists, OuterRef

from yimen.foundations.documents.engine.keeping import content_of, load_file
from yimen.foundations.documents.models import Letter, StoredFile
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound


def files_of(subject: UUID, *, by: Actor, purpose: str = "") -> list[StoredFile]:
    """The kept files of one subject (材料清单), oldest first; their bytes are opened by `open_file` only."""
    return list(StoredFile.objects.within(by).about(subject, purpose))


def file_content(file: UUID, *, subject: UUID, by: Actor) -> bytes:
    """The bytes of a kept file of ``subject`` (文件内容), for an upper app that works with it and lets people in by its
    own rule; handing it out is `open_file`."""
    kept = load_file(by, file)
    if kept.subject != subject:
        raise NotFound()
    return content_of(kept)


def sealed_of(letters: Iterable[UUID], *, by: Actor) -> dict[UUID, StoredFile]:
    """The sealed sheet of each of these letters that has one (盖章件): the latest, which is its final version."""
    kept = (
        StoredFile.objects.within(by)
        .kept()
        .filter(subject__in=list(letters), purpose="sealed")
        .order_by("id")
    )
    return {file.subject: file for file in kept}


def letters_of(subject: UUID, *, by: Actor) -> list[Letter]:
    """The letters issued about one subject (文书清单), oldest first, each with its `voiding` where it is void and with
    `has_seal`: was its sealed sheet scanned?"""
    scans = StoredFile.objects.within(by).kept().filter(subject=OuterRef("public_id"), purpose="sealed")
    letters = Letter.objects.within(by).filter(subject=subject).annotate(has_seal=Exists(scans))
    return list(letters.select_related("voiding").order_by("id"))


def letter_counts(subjects: Iterable[UUID], *, by: Actor) -> dict[UUID, int]:
    """How many letters that are not void were issued about each of many subjects (文书份数); one query."""
    letters = Letter.objects.within(by).filter(subject__in=list(subjects), voiding__isnull=True)
    return dict(letters.values_list("subject").annotate(count=Count("id")))
