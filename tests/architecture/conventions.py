"""Conventions that imports cannot express, as functions of a source tree: each answers the places that break it."""

import ast
from collections.abc import Callable, Iterator
from functools import cache, wraps
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


def room_of(module: Path) -> str:
    """The room a module stands in, told by its place in the tree: its own name, or the folder it grew into."""
    parts = module.with_suffix("").parts
    return next((part for part in parts[3:] if part != "__init__"), "") if len(parts) > 3 else ""


def of_each_module(judge: Callable[[Path, str], list[str]]) -> Callable[[Path], list[str]]:
    """Ask ``judge(place, text)`` of every module of a tree; what it said of the same text at the same place still holds."""
    remembered = cache(judge)

    @wraps(judge)
    def of_all(root: Path) -> list[str]:
        return [
            fault
            for path in modules(root)
            for fault in remembered(path.relative_to(root), path.read_text(encoding="utf-8"))
        ]

    return of_all


@of_each_module
def operations_told_who_and_when(module: Path, text: str) -> list[str]:
    """A public function of operations is an @operation, keyword-only, told by and at or on."""
    faults = []
    if room_of(module) != "operations":
        return faults
    for function in _public_functions(text):
        marks = {getattr(getattr(mark, "func", mark), "id", "") for mark in function.decorator_list}
        keywords = {argument.arg for argument in function.args.kwonlyargs}
        place = f"{module}:{function.lineno} {function.name}"
        if "operation" not in marks:
            faults.append(f"{place} is public but no @operation")
        elif function.args.args or "by" not in keywords or not keywords & {"at", "on"}:
            faults.append(f"{place} is not told, by keyword, who acts and when")
    return faults


@of_each_module
def doors_only_list_names(module: Path, text: str) -> list[str]:
    """api.py imports names one by one and lists them; it does no work."""
    faults = []
    if module.name != "api.py" or module.parent.name == "doors":
        return faults
    has_list = False
    for node in ast.parse(text).body:
        place = f"{module}:{node.lineno}"
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
        faults.append(f"{module} has no __all__")
    return faults


@of_each_module
def silent_rooms_do_not_write(module: Path, text: str) -> list[str]:
    """Pages, queries, rules and plugs neither write nor speak to the database by other roads."""
    room, nodes = room_of(module), list(ast.walk(ast.parse(text)))
    faults = []
    if str(module) not in MAY_FIND_MODELS_BY_NAME:
        faults += [f"{module}:{line} finds a table by its name" for line in _uses(nodes, {"get_model"})]
    if room not in SILENT_ROOMS:
        return faults
    if room != "queries":
        faults += [f"{module}:{line} opens the database itself" for line in _uses(nodes, DATABASE_NAMES)]
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            verb = node.func.attr
            if verb in SURE_WRITES or (verb in WRITES and _is_about_rows(node)):
                faults.append(f"{module}:{node.lineno} writes with .{verb}()")
    return faults


DJANGOS_REFUSALS = {
    "Http404", "get_object_or_404", "get_list_or_404", "PermissionDenied",
    "HttpResponseNotFound", "HttpResponseForbidden", "HttpResponseBadRequest",
}  # fmt: skip


@of_each_module
def refusals_are_the_houses_own(module: Path, text: str) -> list[str]:
    """What is not there, or not allowed, is refused by `kernel.refusals`: with a code and a sentence, whoever asks."""
    return [
        f"{module}:{node.lineno} refuses in Django's words"
        for node in ast.walk(ast.parse(text))
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


def _uses(nodes: list[ast.AST], names: set[str]) -> list[int]:
    return [
        node.lineno
        for node in nodes
        if (isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load))
        or (isinstance(node, ast.Attribute) and node.attr in {"get_model", "raw"} & (names | {"raw"}))
    ]


def _public_functions(text: str) -> list[ast.FunctionDef]:
    return [
        node
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
