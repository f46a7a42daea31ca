"""Files of the archive within reach: find them, and one with its places, loans and looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet

from yimen.foundations.audit.api import looks_at
from yimen.foundations.documents.api import files_of, letters_of
from yimen.kernel.actor import Actor
from yimen.services.archive.engine.loading import NoBox, NoFile
from yimen.services.archive.models import ArchiveBox, ArchiveFile, BoxMove, OriginalLoan, Placing
from yimen.services.archive.permissions import KEEP, VIEW_FILES

LOOKS_SHOWN = 50


@dataclass(frozen=True)
class FileView:
    """One archived file (归档档案) with where its paper lay, who had it, who looked, and what can be opened."""

    file: ArchiveFile
    placings: Sequence[Placing]
    moves: Sequence[BoxMove]
    loans: Sequence[OriginalLoan]
    looks: Sequence[Any]
    letters: Sequence[Any]
    scans: Sequence[Any]
    due_for_review: bool

    @property
    def lent(self) -> OriginalLoan | None:
        return next((loan for loan in self.loans if loan.returned_at is None), None)


def find_files(*, by: Actor) -> QuerySet[ArchiveFile]:
    """All archived files within reach that the actor may look up (档案目录)."""
    return ArchiveFile.objects.within(by) if by.can_somewhere(VIEW_FILES) else ArchiveFile.objects.none()


def archive_file(file: UUID, *, by: Actor, today: date) -> FileView:
    """One file with all that belongs to it. Opening it is noted by `open_archive_file`."""
    found = find_files(by=by).filter(public_id=file).first()
    if found is None:
        raise NoFile
    by.must(VIEW_FILES, area=found.area)
    moves = BoxMove.objects.within(by).filter(box_id=found.box_id).order_by("-id") if found.box_id else []
    return FileView(
        file=found,
        placings=list(Placing.objects.filter(file=found).order_by("-id")),
        moves=list(moves),
        loans=list(OriginalLoan.objects.filter(file=found).order_by("-id")),
        looks=list(looks_at(found.case, by=by)[:LOOKS_SHOWN]),
        letters=letters_of(found.case, by=by),
        scans=files_of(found.case, by=by),
        due_for_review=found.keep_until is not None and found.keep_until < today,
    )


def archived_case(case: UUID, *, by: Actor) -> ArchiveFile | None:
    """The file of a case, for the card beside it."""
    return find_files(by=by).filter(case=case).first()


def only_lent(files: QuerySet[ArchiveFile]) -> QuerySet[ArchiveFile]:
    """Of these files those whose original is out (原件借出)."""
    return files.filter(id__in=OriginalLoan.objects.filter(returned_at__isnull=True).values("file_id"))


def unboxed(*, by: Actor) -> QuerySet[ArchiveFile]:
    """Files with paper that lies in no box yet (未入盒), in the order in which they came."""
    files = ArchiveFile.objects.within(by) if by.can_somewhere(KEEP) else ArchiveFile.objects.none()
    return files.filter(has_paper=True, box__isnull=True).order_by("id")


def boxes(*, by: Actor) -> QuerySet[ArchiveBox]:
    """The boxes within reach, each with how many files are in it as ``held``."""
    found = ArchiveBox.objects.within(by) if by.can_somewhere(VIEW_FILES) else ArchiveBox.objects.none()
    return found.annotate(held=Count("files"))


def boxes_with_room(*, by: Actor) -> QuerySet[ArchiveBox]:
    """The boxes that still take something (没装满的盒), the newest first."""
    return boxes(by=by).filter(held__lt=F("capacity")).order_by("-id")


def find_box(box: UUID, *, by: Actor) -> ArchiveBox:
    """One box with how many files are in it."""
    found = boxes(by=by).filter(public_id=box).first()
    if found is None:
        raise NoBox
    return found


def open_loans(*, by: Actor) -> QuerySet[OriginalLoan]:
    """Originals that are out (借出未还), the one due first on top."""
    loans = OriginalLoan.objects.within(by) if by.can_somewhere(KEEP) else OriginalLoan.objects.none()
    return loans.filter(returned_at__isnull=True).select_related("file").order_by("due_on", "id")
