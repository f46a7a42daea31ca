"""A grid worker on the stairs: the chart of a house, a room of it, and three taps for who comes and who goes (楼栋图)."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.deeds import RELIEF, accept
from tests.journeys.eyes import PHONE, shot
from tests.journeys.product import Product
from tests.journeys.visitor import Visitor
from tests.journeys.world import FIRST

pytestmark = pytest.mark.browser
MOST_TAPS = 3
THUMB = {"width": PHONE, "has_touch": True, "is_mobile": True}
# Another try of a journey meets those whom the first one put on file: each try has people of its own.
_NEWCOMERS = ((f"都鹮{number}", f"1395555{ord(number) % 10_000:04}") for number in "一二三四五六七八九")
HIDDEN = re.compile("救助|低保|补助|信访|来访|上访|患病|病情|残疾|精神")


class Thumb:
    """One thumb on a phone: counts the taps, typed fields aside."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, target: Locator) -> None:
        target.tap()
        self.taps += 1

    def press(self, name: str) -> None:
        """Tap a button or a link of the page by the words on it."""
        main = self.page.locator("main")
        named = {"name": name, "exact": True}
        self.tap(main.get_by_role("button", **named).or_(main.get_by_role("link", **named)))

    def open_room(self, doors: dict[str, Any], door: str) -> None:
        """From the chart of the house to one room; counting begins there."""
        self.page.goto(f"/places/buildings/{doors['building']}/")
        unit, room = door.split("-")
        self.page.get_by_role("region", name=f"{unit}单元").get_by_role("link", name=room).tap()
        self.page.get_by_role("heading", name=f"{room}室").wait_for()
        self.taps = 0

    def type_newcomer(self, name: str, phone: str) -> None:
        """Type who comes; what is typed is not counted."""
        self.page.get_by_role("textbox", name="姓名").fill(name)
        self.page.get_by_role("textbox", name="联系电话").fill(phone)

    def people(self) -> Locator:
        """Who lives behind this door."""
        return self.page.locator(".door-people")


@pytest.fixture
def doors(product: Product) -> dict[str, Any]:
    return product.world["streets"][FIRST]["ids"]["doors"]


@pytest.fixture
def thumb(at_desk: Callable[..., Any]) -> Thumb:
    return Thumb(at_desk("grid_worker.003", **THUMB))


def test_moving_in_other_tenants_and_moving_out_take_three_taps_each(thumb, doors) -> None:
    page, first, second = thumb.page, next(_NEWCOMERS), next(_NEWCOMERS)
    thumb.open_room(doors, "1-201")
    shot(page, "doors-01-room")
    thumb.press("搬入")
    thumb.type_newcomer(*first)
    shot(page, "doors-02-in")
    thumb.press("登记搬入")
    expect(thumb.people()).to_contain_text(first[0])
    assert thumb.taps <= MOST_TAPS
    shot(page, "doors-03-moved-in")

    thumb.open_room(doors, "1-201")
    thumb.press("换租客")
    thumb.type_newcomer(*second)
    shot(page, "doors-04-change")
    thumb.press("登记换租客")
    expect(thumb.people()).to_contain_text(second[0])
    expect(thumb.people()).not_to_contain_text(first[0])
    assert thumb.taps <= MOST_TAPS

    thumb.open_room(doors, "1-201")
    thumb.press("搬出")
    shot(page, "doors-05-out")
    thumb.press("登记搬出")
    page.get_by_text("没有登记住在这里的人").wait_for()
    assert thumb.taps <= MOST_TAPS
    # The chart says at once that the room stands empty.
    page.get_by_role("link", name="楼栋图").tap()
    room = page.get_by_role("region", name="1单元").get_by_role("link", name="201")
    expect(room).to_contain_text("空置")
    shot(page, "doors-06-chart")


@pytest.mark.parametrize(
    ("deed", "room", "known"), [("搬入", "1-302", "1-103"), ("换租客", "1-102", "1-101")]
)
def test_who_may_be_on_file_is_asked_about_and_it_still_takes_three_taps(
    thumb, doors, deed, room, known
) -> None:
    page, known = thumb.page, doors[known]
    # Given a newcomer of the name and telephone of somebody who lives next door, and is not her,
    thumb.open_room(doors, room)
    thumb.press(deed)
    thumb.type_newcomer(known["name"], known["phone"])
    thumb.press(f"登记{deed}")
    page.get_by_role("button", name="就是这个人，迁到这里").first.wait_for()
    shot(page, f"doors-07-asked-{room}")
    # when the worker has asked her,
    thumb.press("当面问过，不是上面的人，新建档")
    # then she is put on file, and the other one stays where she lives.
    expect(thumb.people()).to_contain_text(known["name"])
    assert thumb.taps <= MOST_TAPS
    page.goto(f"/places/dwellings/{known['dwelling']}/")
    expect(thumb.people()).to_contain_text(known["name"])


def test_relief_illness_and_petitions_never_show_on_the_stairs(
    thumb, doors, visitor: Callable[..., Visitor]
) -> None:
    page, tenant, clerk = thumb.page, doors["1-101"], visitor("window_clerk.003")
    # Given a tenant who asked for relief because of an illness, and who came to petition,
    told = {"story": "金丝雀：胃癌手术，借了债。", "event": "illness"}
    relief = accept(clerk, "temporary_relief", tenant["person"], RELIEF | told)
    visit = {"kind": "request", "problem": "金丝雀：上访要补偿。", "visitors": "1", "phone": tenant["phone"]}
    petition = accept(clerk, "reception_visit", tenant["person"], visit)
    for case in (relief, petition):
        assert "金丝雀" in clerk.get(f"/desk/cases/{case}/").text
    # when the grid worker opens the house, her door, and everything that can be noted there,
    own = f"/people/doors/{tenant['dwelling']}"
    pages = [f"/places/buildings/{doors['building']}/", f"/places/dwellings/{tenant['dwelling']}/"]
    for address in [*pages, f"{own}/in", f"{own}/out", f"{own}/change", f"{own}/landlord"]:
        page.goto(address)
        shown = page.locator("main").inner_text()
        # then none of it stands there, in sight or in the source.
        assert not HIDDEN.search(shown), f"{address}: {HIDDEN.search(shown)}"
        assert "金丝雀" not in page.content()
    expect(page.locator("main")).to_contain_text("7幢")


@pytest.mark.parametrize("size", ["", "large", "huge"])
def test_the_stairs_fit_a_narrow_screen_in_every_size_of_text(thumb, doors, size) -> None:
    page, tenant = thumb.page, doors["1-101"]
    own = f"/people/doors/{tenant['dwelling']}"
    pages = [f"/places/buildings/{doors['building']}/", f"/places/dwellings/{tenant['dwelling']}/"]
    for address in [*pages, f"{own}/in", f"{own}/out", f"{own}/change"]:
        page.goto(address)
        page.evaluate("(size) => { document.documentElement.className = size ? `text-${size}` : '' }", size)
        wide, screen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        shot(page, f"doors-fit-{address}-{size}")
        assert wide <= screen <= PHONE, f"{address}: {wide} in {screen} px"
        # The rooms of a floor stand side by side, none beyond the edge of the chart.
        units = page.evaluate(
            "[...document.querySelectorAll('.chart-unit')].map((unit) => [unit.scrollWidth, unit.clientWidth])"
        )
        assert [unit for unit in units if unit[0] > unit[1]] == [], address
        assert units or address != pages[0]
        # Whatever is tapped while standing on the stairs is as high as a thumb is wide.
        for button in page.locator("main .door-deeds .btn:visible").all():
            assert button.bounding_box()["height"] >= 44
