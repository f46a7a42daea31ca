"""Names the tests of the office share, and how somebody comes in."""

from datetime import date
from html.parser import HTMLParser

from django.test import Client
from django.utils import timezone

from yimen.kernel.clock import day_of

HERE, THERE = "330212007", "330212008"
COMMUNITY, OTHER_COMMUNITY = "330212007001", "330212008001"
PASSWORD = "Qiangdu-9-hao-mima"
CANARY = "金丝雀"


def sign_in(account, password: str = PASSWORD) -> Client:
    client = Client()
    answer = client.post("/sign-in", {"username": account.username, "password": password})
    assert answer.status_code == 302, answer.content.decode()
    client.account = account
    return client


def real_today() -> date:
    """The street's day by the machine's clock: what a page takes for today."""
    return day_of(timezone.now())


def typed_on(page) -> dict[str, str]:
    """What a browser would send of the longest form of a page, as it stands."""
    reader = _FormReader()
    reader.feed(page.content.decode())
    return max(reader.forms, key=len)


def _may_be_off(told) -> bool:
    return told.get("type") in ("checkbox", "radio")


class _FormReader(HTMLParser):
    """The names and values of inputs, choices and text areas; a check that is not set sends nothing."""

    def __init__(self):
        super().__init__()
        self.forms: list[dict[str, str]] = [{}]
        self._area = self._choice = ""

    @property
    def typed(self):
        return self.forms[-1]

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "form":
            self.forms.append({})
        elif tag == "textarea":
            self._area = told.get("name", "")
            self.typed[self._area] = ""
        elif tag == "select":
            self._choice = told.get("name", "")
        elif tag == "option" and self._choice and "selected" in told:
            self.typed[self._choice] = told.get("value", "")
        elif tag == "input" and "name" in told and (not _may_be_off(told) or "checked" in told):
            self.typed[told["name"]] = told.get("value") or ("on" if "checked" in told else "")

    def handle_endtag(self, tag):
        if tag == "textarea":
            # A browser drops the line end that stands right behind the tag.
            self.typed[self._area] = self.typed[self._area].removeprefix("\n")
            self._area = ""
        elif tag == "select":
            self._choice = ""

    def handle_data(self, data):
        if self._area:
            self.typed[self._area] += data
