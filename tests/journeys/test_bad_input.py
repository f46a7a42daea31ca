"""What people paste, mistype and try on: shown as it was meant, or refused with a sentence; never a fault of the house."""

import io
import re
from collections.abc import Callable
from html import escape
from urllib.parse import quote

import openpyxl
import pytest

from tests.journeys.deeds import RELIEF, TRIAL, accept, ask, do
from tests.journeys.product import Product
from tests.journeys.visitor import Answer, Visitor
from tests.journeys.world import FIRST

AS_IT_IS = [
    "𠮷野家的䶮先生，㑇、𬭎、𫖯",
    "全家👩‍👩‍👧都😀了",
    "<script>alert(1)</script><b>粗</b>",
    "{{ 4567890|add:1 }}{% now 'Y' %}",
    "'; DROP TABLE desk_case; --",
    "ＡＢＣ，１２３",
    "%s %(x)s \\u0041 &amp;",
]
NOT_TAKEN = ["字" * 4000, " \u3000 ", "\u200b\u200b", "=1+1", "＝HYPERLINK(1)"]
CONTROL = ["铃\x07声", "空\x00字", "倒\u202e过来", "\x1b[31m红", "半\ud83d个"]
ODD_QUERIES = [
    "q=%00",
    "q=%ff%fe",
    "q=" + "长" * 400,
    "q='%20OR%201=1--",
    "q=%25%5C_",
    "after=zzz&before=zzz",
    "after=%00",
    "before=9999-99-99T99,zz",
    "month=9999-99",
    "month=0000-00",
    "area=%27",
    "area=330212007&area=330212008",
    "from=2026-13&to=abc",
    "state=%F0%9F%98%80",
    "export=exe",
    "export=xlsx&q=%00",
    "paper=../../etc/passwd",
    "person=1",
    "person=" + "0" * 36,
    "target=%00",
    "edition=9" * 20,
    "day=2026-02-30",
    "due_from=2026-02-30&due_until=x",
]


@pytest.fixture
def clerk(visitor: Callable[..., Visitor]) -> Visitor:
    return visitor("window_clerk.003")


@pytest.fixture
def person(product: Product) -> str:
    return product.world["streets"][FIRST]["ids"]["story"]["two"]["person"]


@pytest.mark.parametrize("words", AS_IT_IS)
def test_words_come_back_as_they_were_typed_and_do_nothing(clerk: Visitor, person: str, words: str) -> None:
    case = accept(clerk, "trial", person, TRIAL | {"reason": words, "intake-note": words})
    page = clerk.get(f"/desk/cases/{case}/").text
    assert escape(words).replace("&#x27;", "&#39;") in page.replace("&#x27;", "&#39;")
    assert "<script>alert" not in page and "4567891" not in page


@pytest.mark.parametrize("words", CONTROL)
def test_signs_that_cannot_be_seen_are_dropped_or_refused(clerk: Visitor, person: str, words: str) -> None:
    body = "&".join(
        f"{name}={quote(value.encode('utf-8', 'surrogatepass'))}"
        for name, value in (TRIAL | {"reason": words, "intake-source": "counter", "act": "accept"}).items()
    )
    answer = clerk.send(
        f"/desk/new/trial/?person={person}", body.encode(), "application/x-www-form-urlencoded"
    )
    assert answer.status in (302, 400, 422), answer.status
    if answer.status == 302:
        case = re.search(r"/desk/cases/([0-9a-f-]{36})/", answer.location)[1]
        page = clerk.get(f"/desk/cases/{case}/").text
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e]", page)


@pytest.mark.parametrize("words", NOT_TAKEN)
def test_too_much_and_nothing_are_refused_with_a_sentence(clerk: Visitor, person: str, words: str) -> None:
    _refused(ask(clerk, "trial", person, TRIAL | {"reason": words}))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("event", "war"),
        ("event", ""),
        ("happened_on", "2026-02-30"),
        ("happened_on", "1300-01-01"),
        ("happened_on", "9999-12-31"),
        ("happened_on", "昨天下午"),
        ("urgent", "maybe"),
        ("spending", "很多"),
        ("spending", "-5"),
        ("spending", "1e99"),
        ("spending", "9" * 40),
        ("spending", "NaN"),
        ("phone", "12"),
        ("phone", "+++"),
        ("paper-identity", "stolen"),
        ("intake-source", "moon"),
    ],
)
def test_a_wrong_answer_is_named_and_the_others_stay(
    clerk: Visitor, person: str, field: str, value: str
) -> None:
    answer = _refused(ask(clerk, "temporary_relief", person, RELIEF | {field: value}))
    if field != "story":
        assert "厨房失火" in answer.text


def test_full_width_digits_are_digits(clerk: Visitor, person: str) -> None:
    told = {"phone": "１３７　１１１１　２２２２", "spending": "８，０００．５０", "income": "３０００"}
    case = accept(clerk, "temporary_relief", person, RELIEF | told)
    page = clerk.get(f"/desk/cases/{case}/").text
    assert "13711112222" in page and "¥8,000.50" in page
    assert do(clerk, case, "withdraw", why="填错").status == 302


@pytest.mark.parametrize("key", ["", "not-a-key", "0" * 36, "长" * 500, "a' --", "\x00"])
def test_a_made_up_request_key_makes_no_trouble(clerk: Visitor, person: str, key: str) -> None:
    assert ask(clerk, "trial", person, TRIAL | {"request_key": key}).status in (302, 400, 422)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"reason": "x"}', "application/json"),
        (b"\x00\xff\xfe" * 50, "application/octet-stream"),
        (b"reason=%ff%fe&act=accept", "application/x-www-form-urlencoded"),
        (b"--b\r\nbroken", "multipart/form-data; boundary=b"),
        (b"reason=x", "multipart/form-data"),
        (b"&".join(b"f%d=1" % n for n in range(2000)), "application/x-www-form-urlencoded"),
        (b"act=accept&act=decline&reason=1&reason=2", "application/x-www-form-urlencoded; charset=gbk"),
    ],
)
def test_a_body_of_another_kind_is_refused(clerk: Visitor, person: str, body: bytes, kind: str) -> None:
    answer = clerk.send(f"/desk/new/trial/?person={person}", body, kind)
    assert 400 <= answer.status < 500, answer.status


def test_odd_questions_get_an_answer(product: Product, visitor: Callable[..., Visitor], person: str) -> None:
    plan = product.world["streets"][FIRST]["ids"]["plan"]
    pages = [
        "/",
        "/search",
        "/desk/",
        "/desk/lists/late/",
        "/desk/new/",
        "/desk/new/trial/",
        "/desk/ratings/",
    ]
    pages += ["/people/", f"/people/{person}/", "/people/new", "/ledger/", "/ledger/today", f"/plans/{plan}/"]
    pages += ["/messages/", "/messages/calls/", "/organisations/", "/places/", "/office/definitions/"]
    asked = [("section_chief", page) for page in pages]
    asked += [("auditor", page) for page in ("/office/trail/", "/office/trail/looks/", "/office/jobs/")]
    asked += [("administrator", "/office/accounts/")]
    found = []
    for post, page in asked:
        for query in ODD_QUERIES:
            answer = visitor(post).get(f"{page}?{query}")
            if answer.status not in (200, 302, 400, 403, 404, 422):
                found.append(f"{post} {page}?{query[:60]}: {answer.status}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "path", ["/t/%00", "/t/..%2f..", "/desk/new/%E9%95%BF/", "/%ff", "//evil.example/", "/t/" + "A" * 3000]
)
def test_odd_addresses_get_an_answer(visitor: Callable[..., Visitor], path: str) -> None:
    answer = visitor().get(path)
    assert answer.status in (301, 302, 400, 404)
    assert "evil.example" not in answer.location


def test_signing_in_does_not_lead_away_from_the_house(
    product: Product, visitor: Callable[..., Visitor]
) -> None:
    post = product.world["streets"][FIRST]["posts"]["doctor"]
    told = {"username": post["username"], "password": product.world["password"]}
    for target in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        answer = visitor().post("/sign-in", told | {"next": target})
        assert answer.status == 302 and answer.location == "/", answer.location


def test_a_name_that_looks_like_a_formula_is_no_formula_in_a_sheet(
    clerk: Visitor, visitor: Callable[..., Visitor]
) -> None:
    told = {
        "name": "=1+1",
        "phone": "",
        "community": f"{FIRST}003",
        "lives_address": "=HYPERLINK(1)",
    }
    answer = clerk.post("/people/new", told)
    if answer.status == 422:
        assert "data-error-summary" in answer.text
        return
    person = re.search(r"/people/([0-9a-f-]{36})/", answer.location)[1]
    accept(clerk, "trial", person, TRIAL)
    sheet = visitor("section_chief").get("/desk/?export=xlsx")
    assert sheet.status == 200
    book = openpyxl.load_workbook(io.BytesIO(sheet.body))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert any(str(cell.value).startswith("'=") for cell in cells)
    assert not [cell.value for cell in cells if cell.data_type == "f"]


def _refused(answer: Answer) -> Answer:
    assert answer.status == 422, answer.status
    assert "data-error-summary" in answer.text
    return answer
