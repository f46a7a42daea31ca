"""A window (窗口) that does not give up: it sends the same page again, with the same key, until it has an answer."""

import contextlib
import http.client
import random
import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from bench.drills.stage import Clerk

ANSWERED_WITHIN = 45.0
IDLE = 1.0
TRIAL = {
    "intake-source": "counter",
    "act": "accept",
    "reason": "演练",
    "phone": "13711112222",
    "sick": "no",
    "paper-identity": "seen",
}
_KEY = re.compile(r'name="request_key" value="([^"]+)"')
_CASE = re.compile(r"/desk/cases/([0-9a-f-]{36})/")
# Not an answer to what was asked: the page says so and asks for another try.
PASSING = (500, 502, 503, 504)


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 when nobody answered."""

    status: int
    location: str = ""
    text: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def passing(self) -> bool:
        return self.status == 0 or self.status in PASSING


@dataclass
class Asked:
    """One case that somebody wanted accepted: what the window knows of it."""

    key: str
    person: str
    tries: int = 0
    case: str = ""
    refused: str = ""
    sent_at: float = 0.0
    answered_at: float = 0.0

    @property
    def answered(self) -> bool:
        return bool(self.case)


class Line:
    """One browser: a line that is kept open, and its cookies."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.cookies: dict[str, str] = {}
        self._line: http.client.HTTPConnection | None = None
        self._asked_at = 0.0

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, told: dict[str, str]) -> Answer:
        """Send a form with the token of this browser."""
        if "csrftoken" not in self.cookies:
            self.get("/sign-in")
        body = urlencode({"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **told})
        return self.ask("POST", path, body.encode(), "application/x-www-form-urlencoded")

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Answer:
        """Ask once."""
        headers = {"Accept": "text/html", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if kind:
            headers["Content-Type"] = kind
        begun = time.monotonic()
        if begun - self._asked_at > IDLE:
            # The server lets an idle line go after two seconds; a browser then takes another one, unseen.
            self.close()
        self._asked_at = begun
        self._line = self._line or http.client.HTTPConnection(
            urlsplit(self.url).netloc, timeout=ANSWERED_WITHIN
        )
        try:
            self._line.request(method, path, body, headers)
            with self._line.getresponse() as response:
                text = response.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as fault:
            self.close()
            return Answer(0, text=repr(fault), seconds=time.monotonic() - begun)
        self._asked_at = time.monotonic()
        for cookie in response.headers.get_all("Set-Cookie") or ():
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(cookie).items()})
        return Answer(
            response.status,
            response.headers.get("Location", ""),
            text,
            {name.lower(): value for name, value in response.headers.items()},
            time.monotonic() - begun,
        )

    def close(self) -> None:
        """Let go of the line."""
        if self._line:
            with contextlib.suppress(OSError):
                self._line.close()
            self._line = None


class Window(Line):
    """A clerk at her window."""

    def __init__(self, url: str, clerk: Clerk, *, dice: random.Random | None = None) -> None:
        super().__init__(url)
        self.clerk = clerk
        self.dice = dice or random.Random()
        self.seen: Counter[int] = Counter()
        self.told: Counter[str] = Counter()
        self.slowest = 0.0
        self.signed_in = 0

    def sign_in(self, *, until: float) -> bool:
        """Sign in, however often it takes."""
        while time.monotonic() < until:
            answer = self.post("/sign-in", {"username": self.clerk.username, "password": self.clerk.password})
            if answer.status == 302:
                self.signed_in += 1
                return True
            self.cookies.clear() if answer.status == 403 else None
            self._pause()
        return False

    def accept(self, *, until: float, goes_home: float = 0.0) -> Asked | None:
        """Accept one case; None when not even the form came.

        After an answer that is none she sends the same page again; with the chance ``goes_home`` she leaves it,
        and what became of it is not known to her.
        """
        person = self.dice.choice(self.clerk.people)
        path = f"/desk/new/trial/?person={person}"
        form = self._until_answered("GET", path, until=until)
        key = key_in(form.text) if form else ""
        if not key:
            return None
        asked = Asked(key, person, sent_at=time.monotonic())
        while time.monotonic() < until:
            asked.tries += 1
            answer = self._note(self.post(path, TRIAL | {"request_key": asked.key}))
            if found := case_in(answer.location):
                asked.case, asked.answered_at = found, time.monotonic()
                return asked
            if answer.location.startswith("/sign-in"):
                self.sign_in(until=until)
            elif not answer.passing:
                asked.refused = f"{answer.status} {sentence(answer.text)}"
                return asked
            elif self.dice.random() < goes_home:
                return asked
            else:
                self._pause()
        return asked

    def _until_answered(self, method: str, path: str, *, until: float) -> Answer | None:
        while time.monotonic() < until:
            answer = self._note(self.ask(method, path))
            if answer.location.startswith("/sign-in"):
                self.sign_in(until=until)
            elif not answer.passing:
                return answer
            self._pause()
        return None

    def _note(self, answer: Answer) -> Answer:
        self.seen[answer.status] += 1
        self.slowest = max(self.slowest, answer.seconds)
        if answer.status in PASSING:
            self.told[f"{answer.status} {heading(answer.text)}"] += 1
        return answer

    def _pause(self) -> None:
        time.sleep(self.dice.uniform(0.1, 0.6))


def key_in(page: str) -> str:
    """The key of the form on a page."""
    found = _KEY.search(page)
    return found[1] if found else ""


def case_in(address: str) -> str:
    """The case that an answer leads to."""
    found = _CASE.search(address)
    return found[1] if found else ""


def heading(page: str) -> str:
    """The heading of a page."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return found[1].strip() if found else page[:80]


def sentence(page: str) -> str:
    """What a page of refusal says, without its clothes."""
    told = re.search(r"<main.*?</main>", page, re.DOTALL)
    plain = re.sub(r"<[^>]+>", " ", told[0] if told else page)
    return " ".join(plain.split())[:300]


def together(windows: Iterable[Window]) -> dict[str, object]:
    """What all windows saw."""
    seen, told = Counter[int](), Counter[str]()
    slowest = 0.0
    for window in windows:
        seen += window.seen
        told += window.told
        slowest = max(slowest, window.slowest)
    return {
        "answers by status (0: none)": dict(sorted(seen.items())),
        "what the pages of trouble said": dict(told),
        "slowest answer, s": round(slowest, 1),
    }
