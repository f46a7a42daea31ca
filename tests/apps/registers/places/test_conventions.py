"""What holds for every query and page of this app."""

import ast
from pathlib import Path

import pytest

import yimen.registers.places as places

QUERIES = sorted((Path(places.__file__).parent / "queries").glob("*.py"))


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_every_query_is_told_who_asks(path):
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            assert "by" in {one.arg for one in node.args.kwonlyargs}, f"{path.stem}.{node.name} takes no by="
