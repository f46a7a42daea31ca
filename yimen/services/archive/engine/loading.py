"""Load what an operation works on, within reach and locked until commit."""

from uuid import UUID

from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
from yimen.services.archive.models import ArchiveBox, ArchiveFile, HandoverItem, HandoverList


class NoList(NotFound):
    code = "archive.no_list"
    sentence = "没有这张移交清单，或不在您的范围内。"


class NoItem(NotFound):
    code = "archive.no_item"
    sentence = "清单上没有这一条，或不在您的范围内。"


class NoFile(NotFound):
    code = "archive.no_file"
    sentence = "没有这件档案，或不在您的范围内。"


class NoBox(NotFound):
    code = "archive.no_box"
    sentence = "没有这个档案盒，或不在您的范围内。"


def load_list(handover: UUID, *, by: Actor) -> HandoverList:
    """The list, locked: who ticks, signs or adds to it waits for the other."""
    found = HandoverList.objects.within(by).select_for_update(of=("self",)).filter(public_id=handover).first()
    if found is None:
        raise NoList
    return found


def load_item(item: UUID, *, by: Actor) -> HandoverItem:
    """One line, locked."""
    found = HandoverItem.objects.within(by).select_for_update(of=("self",)).filter(public_id=item).first()
    if found is None:
        raise NoItem
    return found


def load_file(file: UUID, *, by: Actor) -> ArchiveFile:
    """One archived file, locked."""
    found = ArchiveFile.objects.within(by).select_for_update(of=("self",)).filter(public_id=file).first()
    if found is None:
        raise NoFile
    return found


def load_box(box: UUID, *, by: Actor) -> ArchiveBox:
    """One box, locked: who fills it and who moves it wait for each other."""
    found = ArchiveBox.objects.within(by).select_for_update(of=("self",)).filter(public_id=box).first()
    if found is None:
        raise NoBox
    return found
