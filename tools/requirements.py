"""`make requirements`: which rows of docs/requirements.toml are proven, and by which tests.

Tests are read as text, never imported: a row counts when a test function, class or module carries
`@pytest.mark.requirement("S0-24")` (or `pytestmark`), several ids allowed.
"""

import argparse
import ast
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import house
from tools.house import ROOT, Stop

ROWS = ROOT / "docs" / "requirements.toml"
TESTS = ROOT / "tests"


def read_rows(path: Path = ROWS) -> dict[str, str]:
    """Every row's id and line, in the file's order."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as fault:
        raise Stop(f"{path} cannot be read: {fault}.", f"无法读取 {path}。") from None
    return {id_: line for section in content.values() for id_, line in section.items()}


def _ids(mark: ast.expr) -> Iterator[str]:
    """The ids in `pytest.mark.requirement(…)`, alone or in a list of marks."""
    if isinstance(mark, (ast.List, ast.Tuple)):
        for element in mark.elts:
            yield from _ids(element)
    elif (
        isinstance(mark, ast.Call)
        and isinstance(mark.func, ast.Attribute)
        and mark.func.attr == "requirement"
    ):
        for argument in mark.args:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value


def _tests(body: list[ast.stmt], inherited: list[str], prefix: str) -> Iterator[tuple[str, list[str]]]:
    """Every test below `body` with all ids that hold for it."""
    ids = list(inherited)
    for node in body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets
        ):
            ids += _ids(node.value)
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test"):
            own = [id_ for mark in node.decorator_list for id_ in _ids(mark)]
            yield f"{prefix}::{node.name}", ids + own
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            own = [id_ for mark in node.decorator_list for id_ in _ids(mark)]
            yield from _tests(node.body, ids + own, f"{prefix}::{node.name}")


def collect(folder: Path = TESTS) -> dict[str, list[str]]:
    """For every id that occurs, the tests that carry it."""
    proofs: defaultdict[str, list[str]] = defaultdict(list)
    for file in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"), filename=str(file))
        for name, ids in _tests(tree.body, [], file.relative_to(folder.parent).as_posix()):
            for id_ in dict.fromkeys(ids):
                proofs[id_].append(name)
    return dict(proofs)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--open", action="store_true", help="list the rows that no test proves, too")
    chosen = parser.parse_args()
    rows = read_rows()
    proofs = collect()
    for id_, line in rows.items():
        if id_ in proofs:
            print(f"{id_}  {line}")
            for test in proofs[id_]:
                print(f"       {test}")
        elif chosen.open:
            print(f"{id_}  OPEN  {line}")
    unknown = sorted(set(proofs) - set(rows))
    for id_ in unknown:
        print(f"{id_} is no row of {ROWS.name}: {', '.join(proofs[id_])}", file=sys.stderr)
    proven = sum(id_ in proofs for id_ in rows)
    print(f"{proven} of {len(rows)} rows are proven.")
    return 1 if unknown else 0


if __name__ == "__main__":
    house.run_tool(main)
