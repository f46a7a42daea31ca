"""The product under TLS with papers of the house's own, as a computer in the building meets it."""

import http.client
import ssl

import pytest

from tests.journeys.product import READY_WITHIN, Product
from tools import postgres, processes
from tools.certificates import Papers, papers


@pytest.fixture
def sealed(product: Product, tmp_path):
    """The running product's second web server, under TLS; its port and papers."""
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


def asked(port: int, shown: Papers, path: str) -> http.client.HTTPResponse:
    trusting = ssl.create_default_context(cafile=shown.authority)
    line = http.client.HTTPSConnection("127.0.0.1", port, timeout=20, context=trusting)
    line.request("GET", path, headers={"Host": f"yimen.panhuo.lan:{port}"})
    return line.getresponse()


def test_a_computer_that_trusts_the_house_signs_in_under_tls_and_its_cookies_travel_sealed_only(sealed):
    port, shown = sealed
    page = asked(port, shown, "/sign-in")
    assert page.status == 200 and "max-age=31536000" in page.headers["Strict-Transport-Security"]
    assert all("Secure" in cookie for cookie in page.headers.get_all("Set-Cookie"))


def test_a_computer_that_does_not_trust_the_house_is_warned_and_the_clear_way_is_shut(sealed):
    port, _ = sealed
    line = http.client.HTTPSConnection("127.0.0.1", port, timeout=20)
    with pytest.raises(ssl.SSLCertVerificationError):
        line.request("GET", "/sign-in")
    clear = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with pytest.raises((http.client.HTTPException, OSError)):
        clear.request("GET", "/sign-in")
        clear.getresponse()
