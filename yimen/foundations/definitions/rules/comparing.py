"""The difference between two bodies (新旧对照), item by item, for the page that shows it in colour."""

from collections.abc import Mapping
from typing import Any

ABSENT = None
Difference = tuple[str, Any, Any]


def compare(old: Any, new: Any, *, path: str = "") -> list[Difference]:
    """``(path, old, new)`` for every value that differs; what is missing on one side is None there.

    Lists of tables that carry a ``key`` are matched by it, so that moving a question is not deleting and adding it.
    """
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        keys = [*old, *(key for key in new if key not in old)]
        return [
            one
            for key in keys
            for one in compare(old.get(key, ABSENT), new.get(key, ABSENT), path=f"{path}.{key}".lstrip("."))
        ]
    if isinstance(old, list) and isinstance(new, list) and (old or new):
        olds, news = _named(old), _named(new)
        found = [
            one
            for name in dict.fromkeys([*olds, *news])
            for one in compare(olds.get(name, ABSENT), news.get(name, ABSENT), path=f"{path}[{name}]")
        ]
        if not found and old != new:
            found = [(path, [*olds], [*news])]
        return found
    return [] if old == new and type(old) is type(new) else [(path, old, new)]


def _named(items: list[Any]) -> dict[str, Any]:
    keys = [item.get("key") if isinstance(item, Mapping) else None for item in items]
    if all(isinstance(key, str) for key in keys) and len(set(keys)) == len(keys):
        return dict(zip(keys, items, strict=True))
    return {str(position): item for position, item in enumerate(items)}
