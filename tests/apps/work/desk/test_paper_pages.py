"""Papers over HTTP: what is taken, what is refused and how it is said, and what a phone or a stranger gets to see."""

import re

import pytest

from tests.apps.foundations.documents import files_as_sent as sent
from tests.apps.work.desk.conftest import matter, on_day
from tests.apps.work.desk.test_trays import COPIES
from yimen.foundations.audit.api import looks_at
from yimen.foundations.definitions.api import publish
from yimen.foundations.documents.api import files_of
from yimen.work.desk.models import Case, CasePaper, TrayPage

PART = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def file_store(settings, tmp_path):
    settings.YIMEN_FILES = tmp_path / "files"
    return settings.YIMEN_FILES


@pytest.fixture
def bills(street, acting, system):
    at = on_day(2026, 1, 5)
    with acting(system):
        publish(
            by=system, at=at, effective_on=at.date(), kind="matter", key="bills", body=matter(papers=COPIES)
        )


@pytest.fixture
def browser(signed_in, bills):
    return signed_in("li", "window_clerk")


@pytest.fixture
def send(browser, person):
    """``send(data, name)``: to the tray of one paper, as the script of the page does."""

    def one(*files, paper="bill", do="add", part=True, **more):
        told = {"do": do, "files": [sent.upload(data, name) for data, name in files]} | more
        address = f"/desk/new/bills/papers/{paper}/?person={person}"
        return browser.post(address, told, **(PART if part else {}))

    return one


def _answers(**more):
    return {
        "reason": "住院",
        "phone": "13800001234",
        "sick": "no",
        "paper-identity": "seen",
        "paper-later": "tolerated",
        "intake-source": "counter",
    } | more


def _kept(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


REFUSED = {
    "nothing in it": (b"", "1.jpg", "0 字节"),
    "a program named pdf": (b"MZ\x90\x00" + b"\0" * 300, "票据.pdf", "程序文件"),
    "a web page named jpg": (b"<!doctype html><script>alert(1)</script>", "1.jpg", "网页文件"),
    "a sheet": (sent.sheet_file(), "名单.xlsx", "这里只收"),
    "a pdf with a password": (sent.pdf_with_password("1234"), "1.pdf", "密码"),
    "half a pdf": (sent.pdf(3)[:300], "1.pdf", "不完整"),
    "a pdf with a script": (sent.pdf_with_script(), "1.pdf", "脚本"),
    "half a picture": (sent.picture((800, 600), noise=True)[:3000], "1.jpg", "不完整"),
    "a picture bomb": (sent.png_bomb(), "1.png", "像素"),
    "too many pages": (sent.pdf(51), "1.pdf", "最多收 50 页"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_kept_is_refused_with_a_sentence_and_nothing_of_it_stays(what, send, file_store):
    data, name, words = REFUSED[what]
    answer = send((data, name))
    assert answer.status_code == 422 and words in answer.content.decode()
    assert _kept(file_store) == []


def test_a_file_that_is_too_large_is_refused(send, file_store, settings):
    settings.YIMEN_UPLOAD_MOST_BYTES = 1024
    answer = send((sent.picture((900, 900), noise=True), "1.jpg"))
    assert answer.status_code == 422 and "请压缩" in answer.content.decode()
    assert _kept(file_store) == []


def test_a_name_with_markup_is_only_text(send):
    answer = send((b"x", "<img src=x onerror=alert(1)>.jpg"))
    assert answer.status_code == 422 and "<img src=x" not in answer.content.decode()


def test_what_a_name_pretends_is_dropped_and_the_whole_bears_the_title_of_the_paper(
    browser, person, send, acting, system
):
    assert send((sent.picture(), "../../票\u202egpj.exe\x00.jpg")).status_code == 200
    browser.post(f"/desk/new/bills/?person={person}", _answers())
    with acting(system):
        assert [file.name for file in files_of(Case.objects.get().public_id, by=system)] == ["票据.pdf"]


def test_two_hundred_pictures_at_once_are_refused_as_a_whole(send, file_store):
    answer = send(*[(sent.picture((8, 8)), f"{n}.jpg") for n in range(200)])
    assert answer.status_code == 422 and "最多 50 个" in answer.content.decode()
    assert _kept(file_store) == []


def test_a_bad_file_does_not_take_the_good_ones_with_it(send, acting, system):
    answer = send((sent.picture(), "1.jpg"), (b"", "2.jpg"), (sent.pdf(2), "3.pdf"))
    page = answer.content.decode()
    assert answer.status_code == 422 and "《2.jpg》" in page and "共 3 页" in page
    with acting(system):
        assert TrayPage.objects.count() == 2


def test_nothing_chosen_is_said(send):
    answer = send()
    assert answer.status_code == 422 and "还没有选文件" in answer.content.decode()


def test_an_original_that_is_only_looked_at_has_no_page_of_its_own(send):
    answer = send((sent.picture(), "1.jpg"), paper="identity")
    assert answer.status_code == 404 and "只核对原件" in answer.content.decode()


def test_a_form_that_is_refused_keeps_what_was_uploaded_with_it(browser, person, acting, system):
    address = f"/desk/new/bills/?person={person}"
    told = _answers(reason="", **{"files-bill": [sent.upload(sent.picture(), "1.jpg")]})
    refused = browser.post(address, told)
    page = refused.content.decode()
    assert refused.status_code == 422 and "票据第 1 页" in page
    assert "票据第 1 页" in browser.get(address).content.decode()
    tray = re.search(r'name="tray" value="([^"]+)"', page)[1]
    accepted = browser.post(address, _answers(tray=tray))
    assert accepted.status_code == 302
    with acting(system):
        case = Case.objects.get()
        assert CasePaper.objects.get(case=case, key="bill").state == "copied"
        assert [file.pages for file in files_of(case.public_id, by=system)] == [1]
    # The page is shown once more by going back, and sent: it is no longer true.
    again = browser.post(address, _answers(tray=tray))
    assert again.status_code == 409
    with acting(system):
        assert Case.objects.count() == 1


def test_two_clicks_make_one_case_with_each_page_once(browser, person, send, acting, system):
    for _ in range(2):
        send((sent.picture(), "1.jpg"), request_key="one-picture")
    address = f"/desk/new/bills/?person={person}"
    told = [browser.post(address, _answers(request_key="one-click")) for _ in range(2)]
    assert [answer.status_code for answer in told] == [302, 302] and told[0].url == told[1].url
    with acting(system):
        case = Case.objects.get()
        assert [file.pages for file in files_of(case.public_id, by=system)] == [1]


def test_pages_are_put_right_without_scripts(browser, person, send, acting, system):
    for _ in range(2):
        assert send((sent.picture(), "1.jpg"), part=False).status_code == 302
    address = f"/desk/new/bills/papers/bill/?person={person}"
    with acting(system):
        first, second = TrayPage.objects.order_by("place")
    for do in (f"turn:{first.public_id}", f"later:{first.public_id}", f"remove:{second.public_id}"):
        assert browser.post(address, {"do": do}).status_code == 302
    assert browser.post(address, {"do": f"remove:{second.public_id}"}).status_code == 404
    assert browser.post(address, {"do": "no-such-thing"}).status_code == 404
    page = browser.get(address).content.decode()
    assert "turned-90" in page and "票据第 2 页" not in page
    shown = browser.get(f"/desk/pages/{first.public_id}/")
    assert shown["Content-Type"] == "image/jpeg" and shown["X-Content-Type-Options"] == "nosniff"
    b"".join(shown.streaming_content)


def test_the_case_shows_its_papers_and_says_who_opened_them(browser, person, send, acting, system):
    send((sent.picture(), "1.jpg"), (sent.pdf(2), "2.pdf"))
    browser.post(f"/desk/new/bills/?person={person}", _answers(**{"original-bill": "filed"}))
    with acting(system):
        case = Case.objects.get()
    page = browser.get(f"/desk/cases/{case.public_id}/").content.decode()
    assert "打开（3 页）" in page and "原件随档" in page
    opened = browser.get(f"/desk/cases/{case.public_id}/papers/bill/file")
    assert b"".join(opened.streaming_content).startswith(b"%PDF-")
    whole = browser.get(f"/desk/cases/{case.public_id}/papers.pdf")
    assert whole.content.startswith(b"%PDF-") and "attachment" in whole["Content-Disposition"]
    with acting(system):
        whys = [look.why for look in looks_at(case.public_id, by=system)]
    assert any("查看《票据》" in why for why in whys) and "下载全部材料" in whys
    assert browser.get(f"/desk/cases/{case.public_id}/papers/later/file").status_code == 404


def test_pages_follow_on_the_page_of_the_case_and_two_clerks_double_nothing(
    browser, person, send, acting, system
):
    browser.post(f"/desk/new/bills/?person={person}", _answers(**{"paper-bill": "copied"}))
    with acting(system):
        case = Case.objects.get()
    address = f"/desk/cases/{case.public_id}/papers/later/"
    assert browser.post(address, {"do": "attach"}).status_code == 422
    browser.post(address, {"do": "add", "files": [sent.upload(sent.picture(), "1.jpg")]})
    edition = re.search(r'name="edition" value="(\d+)"', browser.get(address).content.decode())[1]
    told = {"do": "attach", "edition": edition, "original": "window", "request_key": "once"}
    assert browser.post(address, told).status_code == 302
    # A colleague who still sees the old page is told so; nothing is doubled.
    browser.post(address, {"do": "add", "files": [sent.upload(sent.picture(), "2.jpg")]})
    assert browser.post(address, told | {"request_key": "other"}).status_code == 409
    with acting(system):
        paper = CasePaper.objects.get(case=case, key="later")
        assert (paper.state, paper.original) == ("copied", "window")
        assert [file.pages for file in files_of(case.public_id, by=system)] == [1]


def test_another_street_and_a_stranger_see_no_file_and_no_page(
    browser, person, send, acting, system, client, signed_in
):
    send((sent.picture(), "1.jpg"))
    with acting(system):
        waiting = TrayPage.objects.get().public_id
    browser.post(f"/desk/new/bills/?person={person}", _answers())
    send((sent.picture(), "2.jpg"))
    with acting(system):
        case = Case.objects.get()
        kept = CasePaper.objects.get(case=case, key="bill").file
        waiting = TrayPage.objects.get().public_id
    addresses = [
        f"/desk/cases/{case.public_id}/papers/bill/file",
        f"/desk/cases/{case.public_id}/papers.pdf",
        f"/desk/cases/{case.public_id}/papers/bill/",
        f"/desk/pages/{waiting}/",
        f"/documents/{kept}/",
        f"/desk/new/bills/papers/bill/?person={person}",
    ]
    client.post("/sign-out")
    for address in addresses:
        assert client.get(address).status_code == 302
    far = signed_in("chen", "window_clerk", area="330212008")
    for address in addresses:
        answer = far.get(address)
        assert answer.status_code == 404 and "王桂英" not in answer.content.decode(), address


# -- the phone ---------------------------------------------------------------------------------


@pytest.fixture
def invited(browser, person, send):
    """The address that stands under the code on the clerk's screen."""
    answer = send(do="phone")
    return re.search(r"http://testserver(/p/[A-Z2-7]{26})<", answer.content.decode())[1]


def test_the_code_for_a_phone_leads_to_the_public_address(browser, person, send, settings):
    settings.YIMEN_PUBLIC_URL = "https://yimen.panhuo.example"
    told = send(do="phone").content.decode()
    assert (
        re.search(r">\s*https://yimen\.panhuo\.example/p/[A-Z2-7]{26}<", told) and "//testserver" not in told
    )


def test_a_phone_sees_the_title_and_nothing_of_anybody(invited, client):
    client.post("/sign-out")
    page = client.get(invited).content.decode()
    assert "票据" in page and 'capture="environment"' in page
    assert not [word for word in ("王桂英", "1380000", "试用补助", "李窗口") if word in page]


def test_what_a_phone_sends_appears_and_waits_for_the_clerk(invited, browser, person, client, send):
    from django.test import Client

    phone = Client()
    answer = phone.post(invited, {"files": [sent.upload(sent.phone_photo((1200, 900)), "IMG.jpg")]})
    assert answer.status_code == 302 and "已传 1 页" in phone.get(invited).content.decode()
    # The same picture again, because its answer was lost: it is the same picture.
    for _ in range(2):
        phone.post(invited, {"files": [sent.upload(sent.picture(), "2.jpg")], "request_key": "a"}, **PART)
    assert "已传 2 页" in phone.get(invited).content.decode()
    tray = f"/desk/new/bills/papers/bill/?person={person}"
    page = browser.get(tray, **PART).content.decode()
    assert "手机传来 2 页" in page
    refused = browser.post(f"/desk/new/bills/?person={person}", _answers())
    assert refused.status_code == 422 and "还没有确认" in refused.content.decode()
    held = re.search(r"confirm:([0-9a-f-]{36})", page)[1]
    send(do=f"confirm:{held}")
    assert browser.post(f"/desk/new/bills/?person={person}", _answers()).status_code == 302
    assert phone.get(invited).status_code == 404
    sent_late = phone.post(invited, {"files": [sent.upload(sent.picture(), "3.jpg")]})
    assert sent_late.status_code == 404


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "还没有照片"),
        ([(b"", "1.jpg")], "0 字节"),
        ([(b"MZ" * 200, "1.jpg")], "程序文件"),
        ([(sent.png_bomb(), "1.png")], "像素"),
        ([(sent.picture((8, 8)), f"{n}.jpg") for n in range(21)], "最多传 20 张"),
        ([(sent.picture((8, 8)), f"{n}.jpg") for n in range(200)], "最多传 20 张"),
    ],
)
def test_a_phone_is_told_in_a_sentence_what_is_not_taken(invited, files, words, file_store):
    from django.test import Client

    answer = Client().post(invited, {"files": [sent.upload(data, name) for data, name in files]})
    assert answer.status_code == 422 and words in answer.content.decode()
    assert _kept(file_store) == []


def test_a_body_beyond_all_measure_is_refused_unread(invited):
    from django.test import Client

    answer = Client().generic("POST", invited, b"x" * 10, CONTENT_LENGTH=str(10**9))
    assert answer.status_code == 422 and "太多" in answer.content.decode()


def test_a_guessed_word_and_a_stopped_one_are_told_the_same(invited, browser, person, send, client):
    from django.test import Client

    phone = Client()
    page = browser.get(f"/desk/new/bills/papers/bill/?person={person}", **PART).content.decode()
    send(do="phone-end:" + re.search(r"phone-end:([0-9a-f-]{36})", page)[1])
    answers = [phone.get(address) for address in (invited, "/p/" + "A" * 26, "/p/x")]
    assert {answer.status_code for answer in answers} == {404}
    told = re.compile(r'<div id="phone-part".*?</div>', re.S)
    bodies = {told.search(answer.content.decode())[0] for answer in answers}
    assert len(bodies) == 1
    picture = {"files": [sent.upload(sent.picture(), "1.jpg")]}
    assert phone.post("/p/" + "A" * 26, picture).status_code == 404


def test_the_clerks_screen_asks_for_nothing_when_nothing_came(invited, browser, person):
    tray = f"/desk/new/bills/papers/bill/?person={person}"
    seen = re.search(r"seen=(\w+)", browser.get(tray, **PART).content.decode())[1]
    assert browser.get(f"{tray}&seen={seen}", **PART).status_code == 204
