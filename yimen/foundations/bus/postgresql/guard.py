"""The write guard (写入闸): no INSERT, UPDATE, DELETE, MERGE, TRUNCATE or COPY … FROM outside an open operation."""

import re
from functools import lru_cache

# Kept by the framework itself, outside any deed of ours.
ALLOWED = re.compile(r"^(django_migrations|procrastinate_\w+)$")
_NAME = r'(?:"?\w+"?\.)?"?(\w+)"?'
_WRITE = re.compile(
    rf"\binsert\s+into\s+{_NAME}"
    rf"|\bupdate\s+(?:only\s+)?{_NAME}(?:\s+(?:as\s+)?\w+)?\s+set\b"
    rf"|\bdelete\s+from\s+(?:only\s+)?{_NAME}"
    rf"|\bmerge\s+into\s+(?:only\s+)?{_NAME}"
    rf"|\btruncate\s+(?:table\s+)?(?:only\s+)?{_NAME}"
    rf"|\bcopy\s+{_NAME}[^;]*\bfrom\b",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)


class WriteOutsideOperation(RuntimeError):
    """A bug, not a refusal: some code wrote without an operation, so without permission check and trail."""


@lru_cache(maxsize=4096)
def written_tables(statement: str) -> tuple[str, ...]:
    """The guarded tables that ``statement`` writes."""
    found = _WRITE.finditer(_COMMENT.sub(" ", statement))
    names = (next(name for name in match.groups() if name) for match in found)
    return tuple(name for name in names if not ALLOWED.match(name.lower()))
