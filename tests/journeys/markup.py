"""Is a page well-formed: tags closed in order, ids once, references that lead somewhere, nothing left unrendered."""

from html.parser import HTMLParser

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
    | {"path", "rect", "circle", "line", "polyline", "polygon", "ellipse", "use"}
)
_REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: dict[str, int] = {}
        self.wanted: list[tuple[str, str]] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        for twice in {name for name in names if names.count(name) > 1}:
            self.faults.append(f"line {self.getpos()[0]}: <{tag}> has {twice} twice")
        for name, value in attrs:
            if name == "id" and value:
                self.ids[value] = self.ids.get(value, 0) + 1
            if name in _REFERENCES and value:
                self.wanted += [(name, each) for each in value.split()]
            if name == "style" or name.startswith("on"):
                self.faults.append(
                    f"line {self.getpos()[0]}: <{tag}> has {name}, which the content policy forbids"
                )
            if name in ("href", "action", "src") and value is not None and not value.strip():
                self.faults.append(f"line {self.getpos()[0]}: <{tag}> has an empty {name}")
        if tag == "form" and "form" in self.open:
            self.faults.append(f"line {self.getpos()[0]}: a form within a form")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self.open or self.open[-1] != tag:
            last = self.open[-1] if self.open else "nothing"
            self.faults.append(f"line {self.getpos()[0]}: </{tag}> closes <{last}>")
            if tag in self.open:
                while self.open.pop() != tag:
                    pass
            return
        self.open.pop()


def faults_of(html: str, *, whole: bool = True) -> list[str]:
    """What is wrong with the markup; a part of a page need not hold what it refers to."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    found = list(reader.faults)
    if reader.open:
        found.append(f"never closed: {', '.join(reader.open)}")
    found += [f"id {one} stands {count} times" for one, count in reader.ids.items() if count > 1]
    if whole:
        found += [f"{name}={one} leads nowhere" for name, one in reader.wanted if one not in reader.ids]
        found += [word for word in ("<!doctype html>", "<title>", "<h1") if word not in html.lower()]
    found += [f"unrendered {sign}" for sign in ("{{", "{%", "{#", "<c-", "%}", "}}") if sign in html]
    return found
