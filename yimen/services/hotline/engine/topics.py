"""What people come to ask (咨询话题), as definitions: a chip, the ledger item it counts as, and the matters it leads to."""

from datetime import date

from pydantic import Field

from yimen.foundations.definitions.api import Definition, Grammar, current_all, find_current


class Topic(Grammar):
    """One topic (咨询话题), by field of matters. ``item`` is the ledger item of a question about it."""

    labels = {
        "title": "话题",
        "item": "台账项目",
        "matters": "相关事项",
        "elsewhere": "不在这里办的",
        "order": "次序",
    }

    title: str = Field(min_length=2, max_length=12)
    item: str = Field(pattern="^[a-z_]+$")
    matters: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    order: int = 50

    @property
    def references(self):
        return (("item", self.item), *(("matter", key) for key in self.matters))


def topics(*, on: date) -> list[Definition]:
    """All topics in force on a day, in their order; no query beyond the definitions' own."""
    return sorted(current_all("inquiry_topic", on=on), key=lambda one: (one.body.order, one.key))


def topic(key: str, *, on: date) -> Definition | None:
    """One topic in force, or None."""
    return find_current("inquiry_topic", key, on=on)
