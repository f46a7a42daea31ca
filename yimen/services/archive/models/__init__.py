"""The tables of the archive."""

from yimen.services.archive.models.files import ArchiveFile, OriginalLoan, Placing
from yimen.services.archive.models.handover import HandoverItem, HandoverList
from yimen.services.archive.models.store import ArchiveBox, BoxMove

__all__ = [
    "ArchiveBox",
    "ArchiveFile",
    "BoxMove",
    "HandoverItem",
    "HandoverList",
    "OriginalLoan",
    "Placing",
]
