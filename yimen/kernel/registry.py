"""One validating registry for everything that is plugged in (可插拔部件登记).

A lower tier declares a port: a `Protocol` and a `Registry`. Upper apps register what fills it, in a module found by its
file name through `discover`. A wrong plug is refused where it is registered, naming the plug; what can only be judged once
everything is there is told by `check()`, which a Django system check prints at start.
"""

import importlib
import importlib.util
import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")


class RegistryError(ValueError):
    """A plug cannot be registered: the wrong kind, no key, something missing, or a key already taken."""


class UnknownKey(LookupError):
    """Nothing is registered under that key."""


class Registry(Generic[Item]):
    """Plugs of one kind, each under a unique key.

    `name` is the Chinese word for the kind, used in messages. `base` is the class or Protocol each item must satisfy: for
    a Protocol the names it declares must exist, for any other class the item must be an instance or a subclass. `key` and
    `required` name attributes that must be present and not empty. `check` is asked for each item by `check()` and
    answers sentences about what is wrong with it.
    """

    def __init__(
        self,
        base: type | None = None,
        *,
        name: str,
        key: str = "key",
        required: Iterable[str] = (),
        check: Callable[[Item], Iterable[str]] | None = None,
    ) -> None:
        self.base = base
        self.name = name
        self._key = key
        self._required = tuple(required)
        self._check = check
        self._items: dict[str, Item] = {}

    def register(self, item: Item) -> Item:
        """Register an item and answer it, so that this serves as a class decorator too. Refuses as `RegistryError`."""
        key = getattr(item, self._key, None)
        if not isinstance(key, str) or not key:
            raise RegistryError(f"{self.name}“{_described(item)}”没有可用的 {self._key}")
        missing = [name for name in (*self._members(), *self._required) if not hasattr(item, name)]
        empty = [name for name in self._required if getattr(item, name, "") in (None, "")]
        if missing or empty:
            raise RegistryError(f"{self.name}“{key}”缺少：{'、'.join(dict.fromkeys([*missing, *empty]))}")
        if self.base is not None and not _is_protocol(self.base) and not _is_a(item, self.base):
            raise RegistryError(f"{self.name}“{key}”不是 {self.base.__name__}")
        if key in self._items:
            raise RegistryError(
                f"{self.name}“{key}”重复登记：{_described(self._items[key])}、{_described(item)}"
            )
        self._items[key] = item
        return item

    def get(self, key: str) -> Item:
        """The item under a key. Raises `UnknownKey`, naming what there is."""
        try:
            return self._items[key]
        except KeyError:
            known = "、".join(self.keys()) or "无"
            raise UnknownKey(f"没有登记名为“{key}”的{self.name}，现有：{known}") from None

    def find(self, key: str) -> Item | None:
        """The item under a key, or None."""
        return self._items.get(key)

    def keys(self) -> tuple[str, ...]:
        """All keys in alphabetical order, whatever the order of import."""
        return tuple(sorted(self._items))

    def __iter__(self) -> Iterator[Item]:
        return iter([self._items[key] for key in self.keys()])

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def check(self) -> tuple[str, ...]:
        """Sentences about everything that is wrong with the registered items, in order of their keys; empty when well."""
        if self._check is None:
            return ()
        return tuple(
            f"{self.name}“{key}”：{fault}" for key in self.keys() for fault in self._check(self._items[key])
        )

    def _members(self) -> tuple[str, ...]:
        if self.base is None or not _is_protocol(self.base):
            return ()
        declared: dict[str, None] = {}
        for layer in reversed(self.base.__mro__):
            if _is_protocol(layer):
                names = (*inspect.get_annotations(layer), *vars(layer))
                declared.update(dict.fromkeys(name for name in names if not name.startswith("_")))
        return tuple(declared)


def discover(module_name: str, packages: Iterable[str]) -> tuple[str, ...]:
    """Import `<package>.<module_name>` for each package that has it, in the order given; answer the imported names.

    Only a missing module is passed over. A module that is there but fails to import fails here, loudly.
    """
    found = [
        name
        for name in (f"{package}.{module_name}" for package in packages)
        if importlib.util.find_spec(name)
    ]
    for name in found:
        importlib.import_module(name)
    return tuple(found)


def _is_protocol(kind: type) -> bool:
    return bool(vars(kind).get("_is_protocol", False))


def _is_a(item: object, base: type) -> bool:
    return issubclass(item, base) if isinstance(item, type) else isinstance(item, base)


def _described(item: Any) -> str:
    kind = item if isinstance(item, type) else type(item)
    return f"{kind.__module__}.{kind.__qualname__}"
