"""Read what is kept and what was issued, within the actor's reach."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count

from yimen.foundations.documents.models import Letter, StoredFile
from yimen.kernel.actor import Actor


def files_of(subject: UUID, *, by: Actor, purpose: str = "") -> list[StoredFile]:
    """The kept files of one subject (材料清单), oldest first; their bytes are opened by `open_file` only."""
    return list(StoredFile.objects.within(by).about(subject, purpose))


def letters_of(subject: UUID, *, by: Actor) -> list[Letter]:
    """The letters issued about one subject (文书清单), oldest first, each with its `voiding` where it is void."""
    return list(Letter.objects.within(by).filter(subject=subject).select_related("voiding").order_by("id"))


def letter_counts(subjects: Iterable[UUID], *, by: Actor) -> dict[UUID, int]:
    """How many letters that are not void were issued about each of many subjects (文书份数); one query."""
    letters = Letter.objects.within(by).filter(subject__in=list(subjects), voiding__isnull=True)
    return dict(letters.values_list("subject").annotate(count=Count("id")))
