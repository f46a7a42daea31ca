"""Boxes: make one, put files into it, move it with all that is in it (档案盒)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, record_batch
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.services.archive.engine.loading import NoFile, load_box
from yimen.services.archive.models import ArchiveBox, ArchiveFile, BoxMove, OriginalLoan, Placing
from yimen.services.archive.permissions import KEEP

TOGETHER = 500


class CannotPlace(NotPossible):
    code = "archive.cannot_place"


@operation("archive.box.made")
def make_box(
    *, by: Actor, at: datetime, area: str, label: str, capacity: int, room: str, shelf: str
) -> ArchiveBox:
    """A new box on a shelf (新建档案盒). Its label is its own within the archive."""
    by.must(KEEP, area=area)
    label, room, shelf = clean_line(label)[:40], clean_line(room)[:40], clean_line(shelf)[:40]
    if not (label and room and shelf):
        raise CannotPlace("盒号、库房、柜架都要写。")
    box = ArchiveBox(
        area=area, label=label, capacity=capacity, room=room, shelf=shelf, made_at=at, made_by=by.key
    )
    # Two who make the same box at once: the second waits, finds the label taken and is told so.
    ArchiveBox.objects.bulk_create([box], ignore_conflicts=True)
    standing = ArchiveBox.objects.get(area=area, label=label)
    if standing.public_id != box.public_id:
        raise CannotPlace(f"盒号“{label}”已经有了，请换一个。")
    _note_move(standing, "新建", by=by, at=at)
    record(standing, kind="archive_box", area=area, label=label)
    return standing


@operation("archive.box.moved")
def move_box(*, by: Actor, at: datetime, box: UUID, room: str, shelf: str, why: str) -> ArchiveBox:
    """Move a box (移动档案盒): all that is in it goes with it, and where it stood stays on record."""
    found = load_box(box, by=by)
    by.must(KEEP, area=found.area)
    room, shelf, why = clean_line(room)[:40], clean_line(shelf)[:40], clean_line(why)[:200]
    if not (room and shelf and why):
        raise CannotPlace("请写明移到哪个库房、哪个柜架，以及原因。")
    if (room, shelf) == (found.room, found.shelf):
        raise CannotPlace("盒子已经在这里。")
    found.room, found.shelf = room, shelf
    found.save(update_fields=["room", "shelf"])
    _note_move(found, why, by=by, at=at)
    moved = ArchiveFile.objects.filter(box=found).update(place=found.place)
    record(found, kind="archive_box", area=found.area, room=room, shelf=shelf, files=moved)
    return found


@operation("archive.files.boxed")
def put_in_box(*, by: Actor, at: datetime, box: UUID, files: Sequence[UUID]) -> int:
    """Put files into a box (装盒), many at once and from other boxes too; answers how many were put.

    Refuses what does not fit, what is lent out, and what is of another archive; then nothing is put.
    """
    into = load_box(box, by=by)
    by.must(KEEP, area=into.area)
    wanted = ArchiveFile.objects.within(by).select_for_update(of=("self",)).filter(public_id__in=files)
    found = list(wanted.order_by("id"))
    if not found:
        raise CannotPlace("请先勾选要装盒的档案。")
    if len(found) < len(set(files)):
        raise NoFile
    if any(not file.area.startswith(into.area) for file in found):
        raise CannotPlace("这个盒子不归这些档案所在的街道，请换一个盒子。")
    fresh = [file for file in found if file.box_id != into.id]
    room = into.capacity - ArchiveFile.objects.filter(box=into).count()
    if len(fresh) > room:
        raise CannotPlace(f"{into.label}只剩 {max(room, 0)} 个位置，放不下 {len(fresh)} 件。")
    out = OriginalLoan.objects.filter(file__in=fresh, returned_at__isnull=True).select_related("file")
    if lent := [loan.file.archive_number for loan in out]:
        raise CannotPlace(f"这些原件还借在外面：{'、'.join(lent)}。")
    ArchiveFile.objects.filter(id__in=[file.id for file in fresh]).update(
        box=into, place=into.place, has_paper=True
    )
    Placing.objects.bulk_create(
        [
            Placing(
                file=file,
                place=into.place,
                why="装盒",
                placed_at=at,
                placed_by=by.key,
                placed_by_name=by.name,
            )
            for file in fresh
        ],
        batch_size=TOGETHER,
    )
    manifest = [{"file": str(file.public_id), "from": file.place} for file in fresh]
    record_batch(manifest, kind="archive_file", area=into.area, box=str(into.public_id))
    return len(fresh)


def _note_move(box: ArchiveBox, why: str, *, by: Actor, at: datetime) -> None:
    BoxMove.objects.create(
        box=box, room=box.room, shelf=box.shelf, why=why, moved_at=at, moved_by=by.key, moved_by_name=by.name
    )
