"""See that no lock file names a host, an address or a path of a machine; `make check` runs it."""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import house
from tools.house import ROOT

WATCHED = (
    "requirements/*.txt",
    "requirements/*.in",
    "package.json",
    "package-lock.json",
    ".npmrc",
    "pyproject.toml",
)
SIGNS = {
    "an address": re.compile(r"://"),
    "an index or a host option": re.compile(
        r"--(extra-)?index-url|--find-links|--trusted-host|^\s*registry\s*=", re.M
    ),
    "a direct reference": re.compile(r"^[\w.\[\]-]+\s*@\s|\bfile:", re.M),
    "where a package came from": re.compile(r'"resolved"\s*:'),
    "a path of a machine": re.compile(
        r"(?<![\w.])(/(home|root|Users|opt|tmp|work|mnt|srv|var/lib)/|[A-Z]:\\\\)"
    ),
}


def faults_in(text: str) -> list[tuple[int, str]]:
    """Line number and kind of everything in the text that does not belong into a lock."""
    return sorted(
        (text.count("\n", 0, found.start()) + 1, what)
        for what, sign in SIGNS.items()
        for found in sign.finditer(text)
    )


def main(root: Path = ROOT) -> int:
    """The command line."""
    count = 0
    for pattern in WATCHED:
        for file in sorted(root.glob(pattern)):
            for line, what in faults_in(file.read_text(encoding="utf-8")):
                print(f"{file.relative_to(root)}:{line}: {what}")
                count += 1
    return 1 if count else 0


if __name__ == "__main__":
    house.run_tool(main)
