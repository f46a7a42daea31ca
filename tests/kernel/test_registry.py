import sys
from dataclasses import dataclass
from typing import Protocol

import pytest

from yimen.kernel.registry import Registry, RegistryError, UnknownKey, discover


class Card(Protocol):
    key: str
    title: str

    def lines(self) -> list[str]: ...


@dataclass(frozen=True)
class Plain:
    key: str
    title: str = "标题"

    def lines(self) -> list[str]:
        return []


@dataclass(frozen=True)
class Bare:
    key: str = "bare"


def test_items_come_in_order_of_their_keys_whatever_the_order_of_import():
    cards: Registry[Card] = Registry(Card, name="卡片")
    late, early = cards.register(Plain("z")), cards.register(Plain("a"))
    assert list(cards) == [early, late]
    assert cards.keys() == ("a", "z")
    assert len(cards) == 2
    assert "a" in cards


def test_a_key_taken_twice_is_refused_naming_both():
    cards: Registry[Card] = Registry(name="卡片")
    cards.register(Plain("a"))
    with pytest.raises(RegistryError, match=r"重复登记.*Plain.*Plain"):
        cards.register(Plain("a"))


def test_an_item_that_lacks_what_the_protocol_declares_is_refused_naming_what():
    with pytest.raises(RegistryError, match="卡片“bare”缺少：title、lines"):
        Registry(Card, name="卡片").register(Bare())


def test_an_item_of_another_class_is_refused():
    with pytest.raises(RegistryError, match="不是 Plain"):
        Registry(Plain, name="卡片").register(Bare())


def test_a_class_can_be_registered_by_decoration():
    bases: Registry[type] = Registry(Bare, name="种类")

    @bases.register
    class Special(Bare):
        key = "special"

    assert bases.get("special") is Special


def test_an_item_without_a_key_or_with_an_empty_required_value_is_refused():
    with pytest.raises(RegistryError, match="没有可用的 key"):
        Registry(name="卡片").register(Plain(""))
    with pytest.raises(RegistryError, match="没有可用的 key"):
        Registry(name="卡片").register(object())
    with pytest.raises(RegistryError, match="缺少：title"):
        Registry(name="卡片", required=("title",)).register(Plain("a", title=""))


def test_an_unknown_key_names_what_there_is():
    cards: Registry[Card] = Registry(name="卡片")
    with pytest.raises(UnknownKey, match="现有：无"):
        cards.get("b")
    cards.register(Plain("a"))
    with pytest.raises(UnknownKey, match="“b”的卡片，现有：a"):
        cards.get("b")
    assert cards.find("b") is None


def test_check_lists_what_is_wrong_with_the_items():
    cards: Registry[Plain] = Registry(
        name="卡片", check=lambda item: [] if item.title == "标题" else ["标题不对"]
    )
    cards.register(Plain("z", "二"))
    cards.register(Plain("a"))
    assert cards.check() == ("卡片“z”：标题不对",)
    assert Registry(name="空").check() == ()


def test_discover_imports_the_module_where_a_package_has_it(tmp_path, monkeypatch):
    for package, text in (("shop_one", "SEEN = 1"), ("shop_two", None), ("shop_bad", "import no_such_thing")):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
        if text:
            (tmp_path / package / "plugs.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    assert discover("plugs", ["shop_one", "shop_two"]) == ("shop_one.plugs",)
    assert sys.modules["shop_one.plugs"].SEEN == 1
    with pytest.raises(ModuleNotFoundError, match="no_such_thing"):
        discover("plugs", ["shop_bad"])
