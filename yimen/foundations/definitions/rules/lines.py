"""On which line of a TOML text a key stands: enough of a scanner to point at a mistake, not a second parser."""

import re
from collections.abc import Iterator, Sequence

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')

Path = tuple[int | str, ...]


def line_of(text: str, path: Sequence[int | str]) -> int:
    """The line (from 1) of the key at ``path``, or of the nearest thing around it; 0 when nothing matches."""
    lines = places(text)
    wanted = tuple(path)
    while wanted:
        if wanted in lines:
            return lines[wanted]
        wanted = wanted[:-1]
    return 0


def places(text: str) -> dict[Path, int]:
    """Every key and table header of the text with its line."""
    found: dict[Path, int] = {}
    for path, number in _entries(text):
        found.setdefault(path, number)
    return found


def repeated(text: str) -> int:
    """The line on which a key stands for the second time; 0 when none does."""
    seen: set[Path] = set()
    for path, number in _entries(text):
        if path in seen:
            return number
        seen.add(path)
    return 0


def _entries(text: str) -> Iterator[tuple[Path, int]]:
    counts: dict[Path, int] = {}
    table: Path = ()
    fence = ""
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if fence:
            fence = "" if line.count(fence) % 2 else fence
            continue
        if depth <= 0 and (header := _HEADER.match(line)):
            table = _table(_parts(header[2]), array=header[1] == "[[", counts=counts)
            yield table, number
            continue
        if depth <= 0 and (key := _KEY.match(line)):
            yield (*table, *_parts(key[1])), number
        fence = next((mark for mark in ('"""', "'''") if line.count(mark) % 2), "")
        if not fence:
            bare = _QUOTED.sub("", line).split("#", 1)[0]
            depth += sum(bare.count(mark) for mark in "[{") - sum(bare.count(mark) for mark in "]}")


def _parts(dotted: str) -> Path:
    return tuple(double or single or bare for double, single, bare in _PART.findall(dotted))


def _table(parts: Path, *, array: bool, counts: dict[Path, int]) -> Path:
    table: Path = ()
    for position, part in enumerate(parts):
        table = (*table, part)
        last = position == len(parts) - 1
        if last and array:
            counts[table] = counts.get(table, -1) + 1
        if table in counts:
            table = (*table, counts[table])
    return table
