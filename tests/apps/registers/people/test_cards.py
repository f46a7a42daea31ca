"""A card on the reader (刷卡): what each card leads to, and the protocol of the reader's local service."""

import json
import logging
import os
from datetime import date, timedelta
from urllib.request import Request, urlopen

import pytest
from django.utils import timezone

from tests.apps.registers.people.test_pages import CANARY, WOMAN, folk, text_of
from yimen.registers.people.gateways.card_reader import PATH, ReaderAnswer
from yimen.registers.people.gateways.card_reader_simulator import CARDS, Simulator, invented
from yimen.registers.people.models import Person

assert folk  # a fixture of the pages
pytestmark = pytest.mark.django_db
HOME = "330212007001"
NOBODY = invented("330212", date(1988, 8, 8), "321")
FAR_NUMBER = invented("330212", date(1979, 7, 9), "345")


def card(**more):
    return {
        "id_number": NOBODY,
        "name": "钱多多",
        "address": "浙江省宁波市鄞州区潘火街道试用路8号",
        "valid_until": "2099-01-01",
        "from_reader": "1",
    } | more


def test_a_known_card_opens_the_file_at_once(enter, folk):
    client = enter()
    answer = client.post("/people/card", card(id_number=WOMAN, name="王小明"))
    assert (answer.status_code, answer.url) == (302, f"/people/{folk['mine'].public_id}/")
    assert "证上的姓名" not in text_of(client.get(answer.url))


def test_another_name_on_the_card_is_told(enter, folk):
    client = enter()
    page = text_of(client.post("/people/card", card(id_number=WOMAN, name="王晓明"), follow=True))
    assert "证上的姓名是“王晓明”，档案里是“王小明”" in page


def test_an_unknown_card_fills_a_new_file_and_the_matter_goes_on_at_once(enter, folk, acting, system):
    client = enter()
    answer = client.post("/people/card", card())
    page, form = text_of(answer), answer.context["page"].form
    assert answer.status_code == 200 and "未建档，用身份证信息建档" in page
    assert [
        form[name].value() for name in ("name", "id_number", "sex", "lives_address", "hukou_address")
    ] == [
        "钱多多",
        NOBODY,
        "male",
        card()["address"],
        card()["address"],
    ]
    assert str(form["birth_on"].value()) == "1988-08-08"
    told = {name: form[name].value() or "" for name in form.fields} | {
        "community": HOME,
        "birth_on": "1988-08-08",
    }
    made = client.post("/people/new", told | {"serve": "1"})
    assert made.status_code == 302 and made.url.startswith("/desk/new/?person=")
    with acting(system):
        person = Person.objects.get(name="钱多多")
        assert person.doubts == [] and person.sources["birth_on"][1] == "card"


def test_an_address_far_away_is_the_hukou_and_not_the_home(enter, folk):
    answer = enter().post("/people/card", card(address="安徽省合肥市瑶海区试用路12号"))
    form = answer.context["page"].form
    assert form["lives_address"].value() is None
    assert form["hukou_address"].value() == "安徽省合肥市瑶海区试用路12号"


def test_a_card_of_another_street_is_served_here_with_the_least(enter, folk, acting, system, register):
    with acting(system):
        register(f"赵远{CANARY}", community="330212008001", id_number=FAR_NUMBER)
    page = text_of(enter().post("/people/card", card(id_number=FAR_NUMBER, name="赵远")))
    assert "在别的街道建档" in page and "在本窗口为他办事" in page and CANARY not in page


def test_a_card_of_another_community_of_this_street_is_said_to_be_so(enter, folk):
    page = text_of(
        enter("window_clerk", "330212007002").post("/people/card", card(id_number=WOMAN, name="王小明"))
    )
    assert "在本街道别的社区建档" in page and "东方丽都" not in page


def test_a_typed_number_asks_before_it_looks_beyond_the_street(enter, folk):
    client = enter()
    page = text_of(client.post("/people/card", {"q": NOBODY}))
    assert "全平台按号查找" in page
    brought = client.post("/people/new", {"bring": "1", "id_number": NOBODY})
    assert brought.status_code == 200 and brought.context["page"].form["id_number"].value() == NOBODY


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"id_number": NOBODY[:17] + ("1" if NOBODY[17] != "1" else "2")}, "校验位不对"),
        ({"id_number": ""}, "卡上没有读到号码"),
        ({"id_number": "x" * 300}, "卡上没有读到号码"),
        ({"id_number": "<script>"}, "请重放一次"),
    ],
)
def test_a_card_that_cannot_be_read_is_a_sentence(enter, folk, told, sentence):
    answer = enter().post("/people/card", card(**told))
    assert answer.status_code == 422 and sentence in text_of(answer)


def test_an_expired_card_is_told_and_goes_on(enter, folk):
    client = enter()
    gone = timezone.localdate() - timedelta(days=1)
    page = text_of(client.post("/people/card", card(id_number=WOMAN, valid_until=str(gone)), follow=True))
    assert f"这张身份证 {gone} 已经过期" in page and "王小明" in page
    for fine in ("长期", "看不清", str(timezone.localdate())):
        assert "过期" not in text_of(
            client.post("/people/card", card(id_number=WOMAN, valid_until=fine), follow=True)
        )


@pytest.mark.parametrize("typed", [WOMAN, WOMAN.lower(), f" {WOMAN} "])
def test_the_search_box_passes_a_number_on_without_an_address(enter, folk, typed):
    client = enter()
    passed = client.post("/search", {"q": typed})
    assert (passed.status_code, passed["Location"]) == (307, "/people/card")
    answer = client.post("/search", {"q": typed}, follow=True)
    assert [url for url, _ in answer.redirect_chain] == ["/people/card", f"/people/{folk['mine'].public_id}/"]
    assert client.post("/search", {"q": " "}).status_code == 422
    assert client.post("/people/", {"q": ""}).status_code == 422
    words = client.post("/search", {"q": "王小"})
    assert (words.status_code, words.url) == (302, "/search?q=%E7%8E%8B%E5%B0%8F")
    named = text_of(client.get("/search", {"q": typed}))
    assert "号码不放进网址" in named and "王小明" not in named


def test_no_page_on_the_way_puts_the_number_into_an_address(enter, folk):
    client = enter()
    for path, told in (
        ("/people/card", {"q": NOBODY}),
        ("/people/", {"q": NOBODY}),
        ("/people/card", card()),
    ):
        page = text_of(client.post(path, told))
        assert f"={NOBODY}" not in page and f"/{NOBODY}" not in page


def test_nothing_of_a_card_is_logged(enter, folk, caplog):
    client = enter()
    with caplog.at_level(logging.DEBUG):
        client.post("/people/card", card())
        client.post("/people/card", card(id_number=WOMAN), follow=True)
        client.post("/people/card", card(id_number=NOBODY[:17] + "Y"))
    assert NOBODY not in caplog.text and WOMAN not in caplog.text


def test_a_code_of_somebody_else_is_told_so(enter, folk):
    page = text_of(enter().get("/search", {"q": "ssc:7f3a9c01b2d4e5f60718293a4b5c"}))
    assert "这个码不是本平台的" in page


def test_who_finds_nobody_gets_nothing(areas, enter):
    assert enter("auditor").post("/people/card", card()).status_code == 403


# -- the protocol -------------------------------------------------------------------------------------


def told_by(url):
    with urlopen(Request(url + PATH, headers={"Origin": "http://yimen.example"}), timeout=5) as answer:
        return dict(answer.headers), json.loads(answer.read())


def test_the_simulator_keeps_the_protocol():
    with Simulator() as simulator:
        assert ReaderAnswer.model_validate(told_by(simulator.url)[1]).card is None
        for each in CARDS:
            simulator.reader.lay(each)
            headers, told = told_by(simulator.url)
            read = ReaderAnswer.model_validate(told).card
            assert (read.id_number, read.name) == (each.id_number, each.name)
            assert read.birth_date.isoformat().replace("-", "") == each.id_number[6:14]
            assert headers["Access-Control-Allow-Origin"] == "http://yimen.example"
            again = ReaderAnswer.model_validate(told_by(simulator.url)[1]).card
            assert again.reading == read.reading
        for mood in ("unplugged", "unreadable"):
            simulator.reader.mood = mood
            assert ReaderAnswer.model_validate(told_by(simulator.url)[1]).state == mood


@pytest.mark.skipif("YIMEN_CARD_READER_TEST" not in os.environ, reason="no reader on this desk")
def test_a_real_reader_keeps_the_protocol():
    assert ReaderAnswer.model_validate(told_by(os.environ["YIMEN_CARD_READER_TEST"])[1]).card is not None
