"""The declared list of who stands on one by her own will."""

from typing import Any

from django.urls import reverse

from yimen.foundations.bus.api import today_acted
from yimen.foundations.ui.api import ChoiceFilter, Column, DateFilter, ListScreen
from yimen.registers.consents.engine.purposes import listed_on, work_of
from yimen.registers.consents.permissions import FIND, OPEN_FILE
from yimen.registers.organisations.api import pairs_for
from yimen.registers.people.api import person_cards
from yimen.registers.places.api import area_name
from yimen.standards.masking import mask_name


def _purposes(*, by: Any) -> list[tuple[str, str]]:
    return [(one.key, one.body.title) for one in listed_on(today_acted())]


class ListedList(ListScreen):
    """Who is a neighbours' contact or the like by her own will (自愿名册), by area, with A岗 and B岗 who keep in touch.

    Names stand in full for who may find residents there, masked for everybody else; who withdraws is gone with that moment.
    """

    name = "consents.listed"
    title = "自愿名册"
    subtitle = "只列本人同意、没有退出的居民；不考核、不下任务数，本人说一声就去掉"
    columns = (
        Column("name", "居民", value="shown_name", link="url", private="name"),
        Column("area", "辖区", value=lambda one: area_name(one.area)),
        Column("address", "住址", value="shown_address", private="address", width=32),
        Column("purpose", "名册", value="title"),
        Column("given_at", "同意"),
        Column("first", "A岗", value="first", mark=lambda one: ("不在", "warn") if one.first_away else None),
        Column("second", "B岗", value="second"),
    )
    filters = (ChoiceFilter("purpose", "名册", choices=_purposes), DateFilter("given_at", "同意"))
    order = ("area", "id")
    empty_title = "还没有人在名册上"
    empty_hint = "居民愿意做的，从她的档案点“同意与撤回”登记；她退出，这里当时就没有她。"

    @classmethod
    def dress(cls, rows: list[Any], *, by: Any) -> list[Any]:
        """Names, homes and colleagues of all rows, in one statement for each kind."""
        on = today_acted()
        cards = person_cards([row.person for row in rows], by=by)
        titles = dict(_purposes(by=by))
        pairs = {
            purpose: pairs_for(
                [work_of(purpose)], areas={row.area for row in rows if row.purpose == purpose}, by=by, on=on
            )
            for purpose in {row.purpose for row in rows}
        }
        for row in rows:
            card = cards.get(row.person)
            finds = card is not None and by.can(FIND, area=card.area)
            opens = card is not None and by.can(OPEN_FILE, area=card.area)
            row.shown_name = (card.name if finds else mask_name(card.name)) if card else ""
            row.shown_address = card.address if finds else ""
            row.url = reverse("people:file", args=[card.public_id]) if opens else ""
            row.title = titles.get(row.purpose, "")
            pair = pairs[row.purpose][row.area]
            row.first = pair.first.name if pair.first else ""
            row.first_away = bool(pair.first and pair.first.away)
            row.second = pair.second.name if pair.second else ""
        return rows
