"""What an application comes from (来由), as its intake names it: ``key:<uuid>``."""

from uuid import UUID

from yimen.work.desk.ports import Forerunner, forerunners

LONGEST = 80


def find_forerunner(text: str) -> tuple[Forerunner, UUID] | None:
    """The plugged forerunner and its id; None for an empty or unreadable word, which is as good as none."""
    key, _, number = text[:LONGEST].rpartition(":")
    found = forerunners.find(key) if key else None
    try:
        return (found, UUID(number)) if found else None
    except ValueError:
        return None
