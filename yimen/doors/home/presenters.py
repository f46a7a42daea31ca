"""What the first page says in words."""

from typing import Any

from yimen.foundations.ui.ports import HomeCard

NOTHING = "眼下没有急事，也没有等您的事。"


def in_words(cards: list[tuple[HomeCard, Any]]) -> str:
    """The day in one sentence (今天的一句话): 2 件已超期，1 户要上门。"""
    parts = [card.words(content) for card, content in cards if card.words]
    return "，".join(part for part in parts if part) + "。" if any(parts) else NOTHING
