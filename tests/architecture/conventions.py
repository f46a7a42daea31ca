"""Conventions that imports cannot express, as functions of a source tree: each answers the places that break it."""

import ast
from collections.abc import Iterator
from pathlib import Path

SURE_WRITES = {
    "add_rows",
    "leave_rows",
    "update_row",
    "save",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "_raw_delete",
}
WRITES = SURE_WRITES | {"create", "update", "delete", "add", "set", "remove", "clear"}
SILENT_ROOMS = {
    "views",
    "presenters",
    "lists",
    "forms",
    "queries",
    "rules",
    "plugs",
    "subscribers",
    "api",
    "templatetags",
    "choices",
    "events",
    "ports",
    "permissions",
}
# Doors of the database that only queries, operations and the engines below them may open.
DATABASE_NAMES = {"connection", "connections", "RawSQL", "get_model"}
MAY_FIND_MODELS_BY_NAME = {
    "yimen/foundations/audit/engine/operation.py",  # gives the first answer of a request back
    "yimen/foundations/access/fields/scope.py",  # a scope names its parent table
}


def modules(root: Path) -> Iterator[Path]:
    for path in sorted((root / "yimen").rglob("*.py")):
        if "migrations" not in path.parts and "__pycache__" not in path.parts:
            yield path


def room_of(path: Path, root: Path) -> str:
    """The room a module stands in: its own name, or the folder it grew into."""
    parts = path.relative_to(root).with_suffix("").parts
    return next((part for part in parts[3:] if part != "__init__"), "") if len(parts) > 3 else ""


def operations_told_who_and_when(root: Path) -> list[str]:
    """A public function of operations is an @operation, keyword-only, told by and at or on."""
    faults = []
    for path in modules(root):
        if room_of(path, root) != "operations":
            continue
        for function in _public_functions(path):
            marks = {getattr(getattr(mark, "func", mark), "id", "") for mark in function.decorator_list}
            keywords = {argument.arg for argument in function.args.kwonlyargs}
            place = f"{path.relative_to(root)}:{function.lineno} {function.name}"
            if "operation" not in marks:
                faults.append(f"{place} is public but no @operation")
            elif function.args.args or "by" not in keywords or not keywords & {"at", "on"}:
                faults.append(f"{place} is not told, by keyword, who acts and when")
    return faults


def doors_only_list_names(root: Path) -> list[str]:
    """api.py imports names one by one and lists them; it does no work."""
    faults = []
    for path in modules(root):
        if path.name != "api.py" or path.parent.name == "doors":
            continue
        has_list = False
        for node in _tree(path).body:
            place = f"{path.relative_to(root)}:{node.lineno}"
            is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            if isinstance(node, ast.ImportFrom):
                if any(alias.name == "*" for alias in node.names):
                    faults.append(f"{place} imports everything")
                if ".models" in (node.module or ""):
                    faults.append(f"{place} lets tables out of the door")
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
                has_list = True
            elif not is_docstring:
                faults.append(f"{place} does work in a door")
        if not has_list:
            faults.append(f"{path.relative_to(root)} has no __all__")
    return faults


def silent_rooms_do_not_write(root: Path) -> list[str]:
    """Pages, queries, rules and plugs neither write nor speak to the database by other roads."""
    faults = []
    for path in modules(root):
        room, place = room_of(path, root), path.relative_to(root)
        if str(place) not in MAY_FIND_MODELS_BY_NAME:
            faults += [f"{place}:{line} finds a table by its name" for line in _uses(path, {"get_model"})]
        if room not in SILENT_ROOMS:
            continue
        if room != "queries":
            faults += [f"{place}:{line} opens the database itself" for line in _uses(path, DATABASE_NAMES)]
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                verb = node.func.attr
                if verb in SURE_WRITES or (verb in WRITES and _is_about_rows(node)):
                    faults.append(f"{place}:{node.lineno} writes with .{verb}()")
    return faults


DJANGOS_REFUSALS = {
    "Http404", "get_object_or_404", "get_list_or_404", "PermissionDenied",
    "HttpResponseNotFound", "HttpResponseForbidden", "HttpResponseBadRequest",
}  # fmt: skip


def refusals_are_the_houses_own(root: Path) -> list[str]:
    """What is not there, or not allowed, is refused by `kernel.refusals`: with a code and a sentence, whoever asks."""
    return [
        f"{path.relative_to(root)}:{node.lineno} refuses in Django's words"
        for path in modules(root)
        for node in ast.walk(_tree(path))
        if getattr(node, "id", getattr(node, "attr", "")) in DJANGOS_REFUSALS
    ]


def _is_about_rows(call: ast.Call) -> bool:
    """``case.delete()``, ``rows.update(state=…)``, ``case.papers.create()``, ``X.objects.….add()`` — not ``found.add(x)``.

    Dictionaries and sets are changed by position, querysets and managers by keyword or with nothing at all.
    """
    verb, node = call.func.attr, call.func.value
    names = set()
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
        node = node.func if isinstance(node, ast.Call) else node.value
    if names & {"objects", "_base_manager", "_default_manager", "within"}:
        return True
    if verb in ("create", "update"):
        return verb == "create" or bool(call.keywords and not call.args and not _is_a_word_book(call))
    return verb == "delete" and not call.args


def _is_a_word_book(call: ast.Call) -> bool:
    """``update(**more)`` fills a dictionary; a queryset is told its columns by name."""
    return all(keyword.arg is None for keyword in call.keywords)


def _uses(path: Path, names: set[str]) -> list[int]:
    lines = []
    for node in ast.walk(_tree(path)):
        if (isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load)) or (
            isinstance(node, ast.Attribute) and node.attr in {"get_model", "raw"} & (names | {"raw"})
        ):
            lines.append(node.lineno)
    return lines


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _public_functions(path: Path) -> list[ast.FunctionDef]:
    return [
        node
        for node in _tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
