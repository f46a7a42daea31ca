"""What a drill tells: figures and what was wrong; on the screen, and as one section of docs/bench/drills.md."""

import json
import os
import platform
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench.product import Product
from tools.house import ROOT, Stop

PAGE = ROOT / "docs" / "bench" / "drills.md"
HEAD = """\
# Drills

What dies, stalls or runs full in the life of an installation, done on purpose. Each section is written by its drill
(`make drills`, or `.venv/bin/python -m bench.drills NAME --write-docs`), so it says what was seen, on the day it was seen.
"""


@dataclass
class Section:
    """One drill: its name, what it is about, its figures, and what was not as it must be."""

    name: str
    about: str
    figures: dict[str, object] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    begun: datetime = field(default_factory=lambda: datetime.now(UTC))

    def say(self, what: str, found: object) -> None:
        self.figures[what] = found

    def must(self, holds: object, otherwise: str) -> None:
        """Note what is wrong unless it holds."""
        if not holds:
            self.wrong.append(otherwise)

    def prove(self, product: Product, *commands: str) -> None:
        """Let the product's own commands check what stands in its database."""
        for command in commands:
            try:
                said = product.manage(command)
            except Stop as stop:
                self.wrong.append(str(stop))
            else:
                self.say(f"manage.py {command}", said.split("\n")[-2].strip())

    def text(self) -> str:
        lines = [f"## {self.name}", "", self.about, "", f"{self.begun:%Y-%m-%d %H:%M} UTC, {machine()}.", ""]
        for what, found in self.figures.items():
            if isinstance(found, list):
                lines.append(f"- {what}:")
                lines += [f"  - {one}" for one in found]
            else:
                told = json.dumps(found, ensure_ascii=False) if isinstance(found, dict) else found
                lines.append(f"- {what}: {told}")
        lines += ["", *([f"**Wrong:** {one}  " for one in self.wrong] or ["Nothing was wrong."]), ""]
        return "\n".join(lines)

    def write(self) -> None:
        """Put this section into the page, in place of an earlier one of the same drill."""
        page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else HEAD
        kept = re.split(r"(?m)^(?=## )", page)
        sections = {part.split("\n", 1)[0].removeprefix("## "): part.rstrip() for part in kept[1:]}
        sections[self.name] = self.text().rstrip()
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        body = "\n\n".join(sections[name] for name in sorted(sections))
        PAGE.write_text(f"{kept[0].rstrip()}\n\n{body}\n", encoding="utf-8")


def machine() -> str:
    """What kind of machine this is; neither its name nor where things lie on it."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    model = platform.processor() or platform.machine()
    cpus = Path("/proc/cpuinfo")
    if cpus.exists() and (found := re.search(r"model name\s*: (.*)", cpus.read_text())):
        model = found[1].strip()
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, load {load:.1f} at the end"
