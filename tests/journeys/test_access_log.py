"""What the web server writes down of each answer: when, which page, how it ended; never who was looked for."""

import json
from urllib.parse import quote

import pytest

from config.gunicorn import page_of


def lines(product):
    text = product.processes.log("web").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_a_search_leaves_its_page_and_not_its_words(visitor, product):
    clerk = visitor("window_clerk.001")
    assert clerk.get(f"/people/?q={quote('秦无名')}").status == 200
    assert clerk.get("/people/%0Aforged/").status == 404
    text = product.processes.log("web").read_text(encoding="utf-8")
    assert quote("秦无名") not in text and "秦无名" not in text
    told = [line for line in lines(product) if line["page"] == "/people/"][-1]
    assert told["status"] == 200 and told["method"] == "GET" and told["from"] == "127.0.0.1"
    assert {"at", "bytes", "ms"} <= told.keys()
    assert any(line["page"] == "/people/\nforged/" for line in lines(product))


@pytest.mark.parametrize(
    ("path", "page"),
    [
        (
            "/desk/cases/01a201e8-c4e3-737a-b28b-5184020a71c1/",
            "/desk/cases/01a201e8-c4e3-737a-b28b-5184020a71c1/",
        ),
        ("/t/Zk3vB9xQ2mL7pR4sT8wY1aC6dE/rate", "/t/…/rate"),
    ],
)
def test_ids_stay_in_the_log_and_secrets_of_links_do_not(path, page):
    assert page_of(path) == page
