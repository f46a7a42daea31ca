"""Cards of a special category have a permission of their own, which no window holds (特殊信息不上窗口的卡片)."""

import pytest

from yimen.foundations.definitions.api import current_all
from yimen.registers.people.permissions import PERMISSIONS
from yimen.registers.people.ports import file_cards, timeline_sources

pytestmark = pytest.mark.django_db
# 生育登记 says that somebody expects a child; what clinicians write has a card for each kind. What comes joins these.
SPECIAL = {
    "family.registrations",
    *(
        f"care.{kind}"
        for kind in ("maternal", "reproductive", "child", "vaccination", "infectious", "mental")
    ),
}
WINDOW = "window_clerk"


def test_the_special_cards_are_these():
    assert {one.key for one in file_cards if one.special} == SPECIAL


def test_each_has_a_permission_of_its_own():
    for one in (card for card in file_cards if card.special):
        assert one.permission not in PERMISSIONS, "a permission of the file itself opens every file"
        assert [card.key for card in file_cards if card.permission == one.permission] == [one.key]
        assert one.permission not in {source.permission for source in timeline_sources}


def test_no_window_sees_one(today):
    window = next(role for role in current_all("role", on=today) if role.key == WINDOW)
    assert not {one.permission for one in file_cards if one.special} & set(window.body.permissions)
