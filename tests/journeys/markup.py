"""Is a page well-formed: tags closed in order, ids once, references that lead somewhere, nothing left unrendered."""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
    | {"path", "rect", "circle", "line", "polyline", "polygon", "ellipse", "use"}
)
_REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
# A sign that opens nothing is found, too: it stands last.
_PIECE = re.compile(r"""<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*>|<""", re.DOTALL)
_ATTRIBUTE = r"""\s+([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
_TAG = re.compile(rf"<(/?)([a-zA-Z][\w:-]*)((?:{_ATTRIBUTE})*)\s*(/?)>")
_EACH = re.compile(_ATTRIBUTE)
_NO_TAG = re.compile(r"<!--.*-->|<!doctype [^>]*>", re.DOTALL | re.IGNORECASE)
_UNRENDERED = ("{{", "{%", "{#", "<c-", "%}", "}}")


@dataclass(frozen=True)
class _Tag:
    """One tag as it is written; ``name`` is empty where nothing is opened or closed."""

    name: str = ""
    closes: bool = False
    stays_open: bool = False
    ids: tuple[str, ...] = ()
    wanted: tuple[tuple[str, str], ...] = ()
    faults: tuple[str, ...] = ()


@lru_cache(maxsize=65_536)
def _read(piece: str) -> _Tag:
    """What one tag says. The frame of all pages is the same, so most tags of a page were read with another."""
    if _NO_TAG.fullmatch(piece):
        return _Tag()
    written = _TAG.fullmatch(piece)
    if not written or (written[1] and (written[3] or written[6])):
        return _Tag(faults=(f"{piece[:60]} is no tag",))
    name = written[2].lower()
    if written[1]:
        return _Tag(name, closes=True)
    attributes = [
        (key.lower(), unescape(value[1:-1] if value[:1] in ('"', "'") else value), bool(value))
        for key, value in _EACH.findall(written[3])
    ]
    names = [key for key, _, _ in attributes]
    faults = [f"<{name}> has {twice} twice" for twice in sorted(set(names)) if names.count(twice) > 1]
    faults += [
        f"<{name}> has {key}, which the content policy forbids"
        for key in names
        if key == "style" or key.startswith("on")
    ]
    faults += [
        f"<{name}> has an empty {key}"
        for key, value, given in attributes
        if key in ("href", "action", "src") and given and not value.strip()
    ]
    return _Tag(
        name,
        stays_open=name not in _VOID and not written[6],
        ids=tuple(value for key, value, _ in attributes if key == "id" and value),
        wanted=tuple(
            (key, each) for key, value, _ in attributes if key in _REFERENCES for each in value.split()
        ),
        faults=tuple(faults),
    )


def _closed(name: str, still: list[str]) -> str:
    """Take the tag that is closed off the open ones; answers what is wrong with that."""
    if name in _VOID:
        return ""
    if still and still[-1] == name:
        still.pop()
        return ""
    fault = f"</{name}> closes <{still[-1] if still else 'nothing'}>"
    if name in still:
        while still.pop() != name:
            pass
    return fault


def faults_of(html: str, *, whole: bool = True) -> list[str]:
    """What is wrong with the markup; a part of a page need not hold what it refers to."""
    found: list[str] = []
    still: list[str] = []
    ids: dict[str, int] = {}
    wanted: list[tuple[str, str]] = []
    for piece in _PIECE.finditer(html):
        tag = _read(piece[0])
        faults = tag.faults
        if tag.closes:
            fault = _closed(tag.name, still)
            faults = (fault,) if fault else ()
        elif tag.name:
            if tag.name == "form" and "form" in still:
                faults = (*faults, "a form within a form")
            if tag.stays_open:
                still.append(tag.name)
            for one in tag.ids:
                ids[one] = ids.get(one, 0) + 1
            wanted += tag.wanted
        if faults:
            line = html.count("\n", 0, piece.start()) + 1
            found += [f"line {line}: {fault}" for fault in faults]
    if still:
        found.append(f"never closed: {', '.join(still)}")
    found += [f"id {one} stands {count} times" for one, count in ids.items() if count > 1]
    if whole:
        small = html.lower()
        found += [f"{name}={one} leads nowhere" for name, one in wanted if one not in ids]
        found += [word for word in ("<!doctype html>", "<title>", "<h1") if word not in small]
    return found + [f"unrendered {sign}" for sign in _UNRENDERED if sign in html]
