"""The product under TLS with papers of the house's own, as a computer in the building meets it."""

import contextlib
import http.client
import ssl

import pytest

from tests.journeys.product import READY_WITHIN, Product
from tools import postgres, processes
from tools.certificates import papers


@pytest.fixture(scope="module")
def sealed(product: Product, tmp_path_factory):
    """The running product's second web server, under TLS; its port and papers."""
    tmp_path = tmp_path_factory.mktemp("tls")
    shown = papers(tmp_path / "tls", ["yimen.panhuo.lan"])
    port = postgres.free_port()
    more = {"YIMEN_TLS": "true", "YIMEN_HOSTS": "yimen.panhuo.lan,127.0.0.1"}
    beside = processes.Processes(tmp_path, product.env | more)
    beside.start("web", processes.web(port, shown))
    try:
        assert processes.await_health(port, within=READY_WITHIN, look=lambda: None, tls=shown) == 200
        yield port, shown
    finally:
        beside.end()


def asked(line: http.client.HTTPConnection, path: str = "/sign-in") -> http.client.HTTPResponse:
    with contextlib.closing(line):
        line.request("GET", path, headers={"Host": f"yimen.panhuo.lan:{line.port}"})
        answer = line.getresponse()
        answer.read()
        return answer


def test_a_computer_that_trusts_the_house_gets_cookies_that_travel_sealed_only(sealed):
    port, shown = sealed
    trusting = ssl.create_default_context(cafile=shown.authority)
    page = asked(http.client.HTTPSConnection("127.0.0.1", port, timeout=20, context=trusting))
    assert page.status == 200 and "max-age=31536000" in page.headers["Strict-Transport-Security"]
    assert all("Secure" in cookie for cookie in page.headers.get_all("Set-Cookie"))


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/sign-in", "/t/", "/no-such-page", "/static/no-such-file"])
def test_every_answer_tells_the_browser_what_it_may_not_do(sealed, path):
    port, shown = sealed
    trusting = ssl.create_default_context(cafile=shown.authority)
    page = asked(http.client.HTTPSConnection("127.0.0.1", port, timeout=20, context=trusting), path)
    assert {name: page.headers[name] for name in HEADERS} == HEADERS
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "max-age=" in page.headers["Strict-Transport-Security"]
    cookies = page.headers.get_all("Set-Cookie") or []
    assert all("Secure" in cookie and "SameSite" in cookie for cookie in cookies)


def test_a_computer_that_does_not_trust_the_house_is_warned(sealed):
    with pytest.raises(ssl.SSLCertVerificationError):
        asked(http.client.HTTPSConnection("127.0.0.1", sealed[0], timeout=20))


def test_nothing_is_answered_in_the_clear(sealed):
    with pytest.raises((http.client.HTTPException, OSError)):
        asked(http.client.HTTPConnection("127.0.0.1", sealed[0], timeout=20))
