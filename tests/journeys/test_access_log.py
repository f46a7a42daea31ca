"""What web server and worker write down: lines of JSON that say which page and how it ended, never who or what was typed."""

import http.client
import json
import re
import time
from urllib.parse import quote

import pytest
from django.urls import URLPattern, get_resolver

from config.logs import page_of
from tests.journeys.deeds import TRIAL, accept, do, word_of
from tests.journeys.world import FIRST

SOON = 5.0
GREETING = "Launching a worker on all queues"  # what procrastinate prints and does not log


def lines(product):
    return [line for line in told(product, "web") if line["logger"] == "gunicorn.access"]


def told(product, process):
    """Everything a process has said."""
    text = product.processes.log(process).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line != GREETING]


def last_line_of(product, page):
    """The newest line about a page; the server writes it after the answer has gone out."""
    begun = time.monotonic()
    while not (told := [line for line in lines(product) if line["page"] == page]):
        assert time.monotonic() - begun < SOON, f"no line about {page!r}"
        time.sleep(0.05)
    return told[-1]


def test_a_search_leaves_its_page_and_not_its_words(visitor, product):
    clerk = visitor("window_clerk.001")
    assert clerk.get(f"/people/?q={quote('秦无名')}").status == 200
    assert clerk.get("/people/%0Aforged/").status == 404
    told = last_line_of(product, "/people/")
    assert last_line_of(product, "/people/\nforged/")["status"] == 404
    text = product.processes.log("web").read_text(encoding="utf-8")
    assert quote("秦无名") not in text and "秦无名" not in text
    assert told["status"] == 200 and told["method"] == "GET" and told["from"] == "127.0.0.1"
    assert {"at", "bytes", "ms"} <= told.keys()


def test_no_secret_no_name_and_no_number_of_a_wrong_form_stands_in_any_log(visitor, product):
    ids = product.world["streets"][FIRST]["ids"]
    clerk, nobody = visitor("window_clerk.003"), visitor()
    person = ids["story"]["two"]["person"]
    case = accept(clerk, "trial", person, TRIAL)
    do(visitor("section_officer"), case, "decide", outcome="granted")
    receipt = word_of(clerk, case)
    tray = clerk.post(f"/desk/new/temporary_relief/papers/consent/?person={person}", {"do": "phone"})
    shown = clerk.get(f"/desk/new/temporary_relief/papers/consent/?person={person}").text + tray.text
    phone = re.search(r"/p/([\w-]{20,})", shown)[1]
    sheet = ids["sheet"][f"{FIRST}001"]
    secrets = [receipt, phone, sheet, "HOTLINEWORD23"]
    number = "330203199001011234"

    assert nobody.post(f"/t/{receipt}", {"grade": "9", "text": "经办人秦无名"}).status == 422
    assert nobody.post(f"/p/{phone}", {"do": "x"}).status == 422
    assert nobody.post(f"/here/{sheet}", {"name": "秦无名", "phone": "1"}).status == 422
    assert nobody.get("/message/HOTLINEWORD23").status == 404
    assert nobody.post("/message/", {"contact": "13711112222", "text": "秦无名"}).status == 422
    assert clerk.get(f"/people/{number}/").status == 404
    assert clerk.get(f"/people/{quote('秦无名')}/?q={number}").status == 404
    assert clerk.get(f"/people/{person}/no-such-page").status == 404
    assert clerk.post("/people/new", {"name": "秦无名", "number": number + "0"}).status in (404, 422)
    forged = nobody._ask("POST", f"/t/{receipt}", b"grade=1", {"Content-Type": "text/plain"})
    assert forged.status == 403
    line = http.client.HTTPConnection("127.0.0.1", product.port, timeout=20)
    line.request("GET", f"/t/{receipt}", headers={"Host": "elsewhere.example"})
    assert line.getresponse().status == 400
    line.close()

    last_line_of(product, "/t/…")
    whole = [told(product, process) for process in ("web", "worker")]
    said = json.dumps(whole, ensure_ascii=False)
    for secret in [*secrets, "秦无名", quote("秦无名"), number, "13711112222", person]:
        assert secret not in said, secret
    told_by_django = [line for line in whole[0] if line["logger"].startswith("django.")]
    wrong = [line for line in told_by_django if line.get("page") == "/t/…"]
    assert {422, 403} <= {line["status"] for line in wrong}
    assert all(
        {"at", "level", "message", "method", "ms"} <= line.keys() for line in wrong if line["status"] == 422
    )


@pytest.mark.parametrize(
    ("path", "page"),
    [
        (
            "/desk/cases/01a201e8-c4e3-737a-b28b-5184020a71c1/",
            "/desk/cases/01a201e8-c4e3-737a-b28b-5184020a71c1/",
        ),
        ("/people/01a201e8-c4e3-737a-b28b-5184020a71c1/phone", "/people/…/phone"),
        ("/t/Zk3vB9xQ2mL7pR4sT8wY1aC6dE/rate", "/t/…/rate"),
        ("/my/file/kept/care-mental/withdraw", "/my/file/kept/…/withdraw"),
        ("/t/", "/t/"),
        ("/places/330212007001/", "/places/330212007001/"),
        ("/places/330203199001011234/", "/places/…/"),
        ("/guide/temporary_relief/", "/guide/temporary_relief/"),
        ("/sign-in/with/" + "x" * 25, "/sign-in/with/…"),
    ],
)
def test_ids_stay_in_the_log_and_secrets_of_links_and_persons_do_not(path, page):
    assert page_of(path) == page


def test_every_address_that_ends_in_a_word_hides_it_however_short():
    addresses = list(_with_a_word(get_resolver().url_patterns))
    assert {"t", "p", "here", "message"} <= {address.split("/")[1] for address in addresses}
    assert all("sesame" not in page_of(address) for address in addresses)


def _with_a_word(patterns, before="/"):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            yield from _with_a_word(pattern.url_patterns, route)
        elif ":word>" in route:
            yield re.sub(r"<[^>]*>", "sesame", route)
