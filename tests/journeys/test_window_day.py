"""A day at the window: three people stand there at once, cards lie on the reader, and the screen is small."""

import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import sign_in
from tests.journeys.eyes import shot
from tests.journeys.product import READY_WITHIN, Product
from tests.journeys.world import FIRST, SECOND
from tools import postgres, processes
from tools.pytest_browser import PATIENCE
from yimen.registers.people.gateways.card_reader_simulator import InventedCard, Simulator, invented
from yimen.standards.citizen_id import check_character

pytestmark = pytest.mark.browser

CLERK = "window_clerk.003"
# Keys as a gun sends them, the second a little late. From here each key would take as long as this machine is busy.
GUN = """async (text) => {
  for (const [at, key] of [...text].entries()) {
    if (at === 1) await new Promise((on) => setTimeout(on, 120));
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, code: `Digit${key}`, bubbles: true }));
    document.execCommand("insertText", false, key);
  }
}"""
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def _story(product: Product, key: str) -> dict[str, str]:
    return product.world["streets"][FIRST]["ids"]["story"][key]


def _number(head: str) -> str:
    return head + check_character(head)


FAR_NUMBER = _number("33021219400209000")  # the first resident of the second street


def _fill_trial(page: Any, *, reason: str) -> None:
    page.get_by_label("申请原因").fill(reason)
    page.get_by_role("group", name="是否因病").get_by_label("否").check()
    page.get_by_label("身份证").select_option("seen")


def test_three_people_stand_there_and_each_half_done_intake_comes_back_as_it_was(
    product: Product, at_desk: Callable[..., Any]
) -> None:
    first, then = _story(product, "first_there"), _story(product, "then_there")
    page = at_desk(CLERK, width=1366)
    page.set_viewport_size({"width": 1366, "height": 768})

    # Given a half-filled intake with an answer that cannot be, when somebody else must be served, one key puts it aside.
    page.goto(f"/desk/new/trial/?person={first['person']}")
    page.get_by_label("申请原因").fill("老伴住院")
    page.get_by_role("group", name="是否因病").get_by_label("是").check()
    page.get_by_label("就诊医院").fill("第二医院")
    page.get_by_label("联系电话").fill("还没问到")
    page.get_by_label("身份证").select_option("copied")
    page.get_by_label("备注").fill("去复印了")
    shot(page, "day-01-half-done")
    page.keyboard.press("F4")
    page.get_by_text("的受理已挂起").wait_for()
    chip = page.get_by_role("link", name="取回 禹**")
    assert first["name"] not in page.locator("main").inner_text()
    shot(page, "day-02-parked")

    # The second is found by her whole number, typed: it stands in no address.
    page.wait_for_load_state()
    went = []
    page.on("request", lambda request: went.append(request.url))
    page.keyboard.press("F2")
    page.keyboard.type(then["id_number"], delay=60)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=then["name"]).wait_for()
    assert not any(then["id_number"] in url for url in went)
    page.get_by_role("link", name="受理事项").click()
    page.get_by_role("link", name="试用补助").click()
    _fill_trial(page, reason="房子漏水")
    page.get_by_role("button", name="受理", exact=True).click()
    page.get_by_text("已受理").first.wait_for()
    shot(page, "day-03-second-served")

    # A third only asks; the screen is covered at once while somebody bends over, also its title, and comes back by the key.
    page.wait_for_load_state()
    page.keyboard.press("F8")
    expect(page.locator("#curtain")).to_be_visible()
    expect(page).to_have_title("一门")
    page.keyboard.press("F8")
    page.locator("#curtain").wait_for(state="hidden")
    expect(page).not_to_have_title("一门")

    # Back to the first, on another computer and by keys alone: all is as it was, and nothing is complained of.
    other = at_desk(CLERK)
    other.keyboard.press("F4")
    expect(other.get_by_role("link", name="取回 禹**")).to_be_focused()
    other.keyboard.press("Enter")
    other.get_by_role("heading", name="试用补助").wait_for()
    shot(other, "day-04-taken-back")
    expect(other.get_by_label("申请原因")).to_have_value("老伴住院")
    expect(other.get_by_label("就诊医院")).to_have_value("第二医院")
    expect(other.get_by_label("联系电话")).to_have_value("还没问到")
    expect(other.get_by_label("身份证")).to_have_value("copied")
    expect(other.get_by_label("备注")).to_have_value("去复印了")
    expect(other.locator("[data-error-summary]")).to_be_hidden()
    # The first computer opens it too; only one of the two makes a case of it.
    chip.click()
    page.get_by_role("heading", name="试用补助").wait_for()
    for each in (other, page):
        each.get_by_label("联系电话").fill("13711112222")
        each.get_by_label("诊断证明").select_option("seen")
    other.get_by_role("button", name="受理", exact=True).click()
    other.get_by_text("已受理").first.wait_for()
    page.get_by_role("button", name="受理", exact=True).click()
    page.get_by_text("已经在另一个页面办过").wait_for()
    shot(page, "day-05-other-tab")
    page.goto("/")
    expect(page.get_by_role("link", name="取回")).to_be_hidden()


@pytest.fixture(scope="module")
def reader() -> Iterator[Simulator]:
    """The reader's program on this computer."""
    with Simulator() as simulator:
        yield simulator


@pytest.fixture(scope="module")
def hall(product: Product, reader: Simulator) -> Iterator[str]:
    """The address of the same product in a hall that has a reader."""
    folder = product.folder / "hall"
    folder.mkdir()
    port = postgres.free_port()
    beside = processes.Processes(folder, product.env | {"YIMEN_CARD_READER": reader.url})
    beside.start("web", processes.web(port))
    try:
        assert processes.await_health(port, within=READY_WITHIN, look=lambda: None) == 200
        yield f"http://127.0.0.1:{port}"
    finally:
        beside.end()


@pytest.fixture
def at_window(product: Product, hall: str, reader: Simulator, chromium: Any) -> Iterator[Callable[..., Any]]:
    """``at_window()``: a clerk at the computer with the reader."""
    contexts = []

    def sit_down(width: int = 1280) -> Any:
        context = chromium.new_context(
            base_url=hall, viewport={"width": width, "height": 800}, locale="zh-CN"
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        sign_in(page, product.world["streets"][FIRST]["posts"][CLERK]["username"], product.world["password"])
        return page

    yield sit_down
    for context in contexts:
        context.close()
    reader.reader.lift()
    reader.reader.mood = "ready"


def _lay(reader: Simulator, name: str, number: str, **more: str) -> None:
    address = more.pop("address", "浙江省宁波市鄞州区潘火街道试用路8号")
    reader.reader.lay(InventedCard(name, number, address, **more))


def test_a_card_on_the_reader_opens_the_file_and_its_photo_goes_nowhere(
    product: Product, at_window: Callable[..., Any], reader: Simulator
) -> None:
    known = _story(product, "card")
    page = at_window()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    # Whatever page is open, a known card opens the file, with the photo beside it as long as the card lies there.
    page.goto("/desk/")
    _lay(reader, known["name"], known["id_number"])
    page.get_by_role("heading", name=known["name"]).wait_for()
    photo = page.get_by_alt_text("证件上的照片")
    photo.wait_for()
    expect(photo).to_have_js_property("naturalWidth", 51)
    shot(page, "card-01-known")
    # It stays one reading, however long it lies there and wherever she goes.
    page.goto("/people/")
    photo.wait_for()
    page.wait_for_timeout(1500)
    assert page.url.endswith("/people/")
    expect(photo).to_be_visible()
    reader.reader.lift()
    photo.wait_for(state="hidden")
    assert not any("base64" in one or known["id_number"] in one.split(" ")[0] for one in sent)
    log = product.folder / "hall" / "web.log"
    # The server writes of an answer after it has gone out.
    until = time.monotonic() + 5
    while "/people/card" not in log.read_text() and time.monotonic() < until:
        time.sleep(0.05)
    assert "/people/card" in log.read_text() and known["id_number"] not in log.read_text()

    # Laid down while a form is half filled, it asks first, puts the form aside, and then opens.
    page.goto(f"/desk/new/trial/?person={_story(product, 'first_there')['person']}")
    page.get_by_label("申请原因").fill("刷卡以前填的")
    _lay(reader, known["name"], known["id_number"])
    page.get_by_text("手上这一件还没办完").wait_for()
    shot(page, "card-02-asks")
    page.get_by_role("button", name="挂起，接着办这一位").click()
    page.get_by_role("heading", name=known["name"]).wait_for()
    page.get_by_role("link", name="取回 禹**").click()
    expect(page.get_by_label("申请原因")).to_have_value("刷卡以前填的")
    # And a gun that shoots into a field of a form leaves the field as it was, even when the computer hesitates at a key.
    reader.reader.lift()
    page.get_by_label("申请原因").focus()
    page.evaluate(GUN, known["id_number"])
    page.keyboard.press("Enter")
    page.get_by_text("手上这一件还没办完").wait_for()
    page.get_by_role("button", name="取消").click()
    expect(page.get_by_label("申请原因")).to_have_value("刷卡以前填的")
    page.goto("/desk/parked/")
    page.get_by_role("button", name="放弃").first.click()
    page.get_by_role("button", name="恢复").first.wait_for()
    shot(page, "card-03-dropped")


def test_an_unknown_card_becomes_a_file_and_the_matter_goes_on(
    at_window: Callable[..., Any], reader: Simulator
) -> None:
    page = at_window()
    number = invented("340102", date(1991, 11, 2), "777")
    _lay(reader, "贺鹮山", number, address="安徽省合肥市瑶海区试用路12号")
    page.get_by_role("heading", name="未建档，用身份证信息建档").wait_for()
    shot(page, "card-04-unknown")
    expect(page.get_by_label("姓名")).to_have_value("贺鹮山")
    expect(page.get_by_label("出生日期")).to_have_value("1991-11-02")
    expect(page.get_by_label("性别")).to_have_value("male")
    expect(page.get_by_label("户籍地址")).to_have_value("安徽省合肥市瑶海区试用路12号")
    page.get_by_label("现住址").fill("紫郡花园 99 幢")
    page.get_by_role("button", name="建档，受理事项").click()
    page.get_by_label("居民怎么说，就怎么写").wait_for()
    page.get_by_role("link", name="试用登记").click()
    page.get_by_label("申请原因").fill("刚搬来")
    page.get_by_role("button", name="当场办结").click()
    page.get_by_text("结果已交给居民").wait_for()


def test_a_card_of_another_street_is_served_here_to_the_end(
    product: Product, at_window: Callable[..., Any], reader: Simulator
) -> None:
    page = at_window()
    sign = product.world["streets"][SECOND]["sign"]
    _lay(reader, "远道客", FAR_NUMBER)
    page.get_by_role("heading", name="在别的街道建档").wait_for()
    assert sign not in page.locator("main").inner_text()
    shot(page, "card-05-elsewhere")
    page.get_by_role("button", name="在本窗口为他办事").click()
    page.get_by_role("link", name="试用登记").click()
    page.get_by_label("申请原因").fill("路过")
    page.get_by_role("button", name="当场办结").click()
    page.get_by_text("结果已交给居民").wait_for()
    shot(page, "card-06-elsewhere-done")


def test_each_trouble_with_the_reader_is_one_sentence_and_typing_goes_on(
    product: Product, at_window: Callable[..., Any], reader: Simulator
) -> None:
    page = at_window()
    page.goto("/people/")
    page.wait_for_timeout(1000)
    for mood, sentence in (
        ("unplugged", "读卡器没有插好"),
        ("unreadable", "这张卡没有读出来"),
        ("nonsense", "读卡服务的回答看不懂"),
        ("broken", "读卡服务的回答看不懂"),
        ("slow", "读卡服务太慢"),
    ):
        reader.reader.mood = mood
        page.get_by_text(sentence).wait_for()
        expect(page.locator("[data-card-trouble]")).to_have_count(1)
    shot(page, "card-07-trouble")
    reader.reader.mood = "ready"
    page.locator("[data-card-trouble]").wait_for(state="detached")
    # A wrong check digit and an expired card are the server's sentences.
    good = _story(product, "card")["id_number"]
    _lay(reader, "错一位", good[:17] + ("1" if good[17] != "1" else "2"))
    page.get_by_text("校验位不对").wait_for()
    _lay(reader, _story(product, "card")["name"], good, valid_until="2020-01-05")
    page.get_by_text("这张身份证 2020-01-05 已经过期").wait_for()
    shot(page, "card-08-expired")


@pytest.mark.parametrize(("width", "text"), [(640, ""), (390, ""), (390, "large"), (1366, "huge")])
def test_the_whole_intake_line_needs_no_sideways_scroll(
    product: Product, at_desk: Callable[..., Any], width: int, text: str
) -> None:
    # 640 px is 1280 at 200 %; "huge" doubles the text.
    resident = _story(product, "narrow")
    page = at_desk(CLERK, width=width)
    if text:
        page.context.add_cookies([{"name": "text", "value": text, "url": product.url}])
    steps = []

    def looked(name: str) -> None:
        shot(page, f"narrow-{width}-{text or 'normal'}-{name}")
        if page.evaluate(SIDEWAYS):
            steps.append(name)

    page.goto("/people/")
    looked("1-search")
    page.locator("#people-q").fill("yha")
    page.get_by_role("button", name="查找").click()
    page.locator("main").get_by_role("link", name=resident["name"]).click()
    page.get_by_role("heading", name=resident["name"]).wait_for()
    looked("2-file")
    page.get_by_role("link", name="受理事项").click()
    page.get_by_label("居民怎么说，就怎么写").wait_for()
    looked("3-choose")
    page.get_by_role("link", name="试用补助").click()
    _fill_trial(page, reason="路" * 60)
    looked("4-intake")
    page.get_by_role("button", name="挂起，先接待别人").click()
    page.get_by_role("link", name="取回 晏**").first.wait_for()
    looked("5-chips")
    page.get_by_role("link", name="取回 晏**").first.click()
    page.get_by_role("button", name="受理", exact=True).click()
    page.get_by_text("已受理").first.wait_for()
    looked("6-accepted")
    page.goto("/ui/keys")
    looked("7-keys")
    assert not steps
