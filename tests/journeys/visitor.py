"""A visitor without a browser: keeps cookies, signs in, and sees status, headers and body as they are."""

import http.client
import re
from dataclasses import dataclass, field
from functools import cached_property
from http.cookies import SimpleCookie
from urllib.parse import quote, urlencode, urlsplit

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What came back."""

    path: str
    status: int
    headers: dict[str, str]
    body: bytes

    @cached_property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def queries(self) -> int:
        return int(self.headers["x-queries"])

    @property
    def location(self) -> str:
        return self.headers.get("location", "")

    @property
    def token(self) -> str:
        """The token of the first form on the page."""
        found = _TOKEN.search(self.text)
        return found[1] if found else ""

    def said(self) -> str:
        """Everything in which a secret could stand: body and headers."""
        return self.text + "\n" + "\n".join(f"{name}: {value}" for name, value in self.headers.items())


@dataclass
class Visitor:
    """One post at one computer."""

    url: str
    name: str = ""
    password: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    _line: http.client.HTTPConnection | None = None

    def get(self, path: str, **headers: str) -> Answer:
        given = {key.replace("_", "-"): text for key, text in headers.items()}
        answer = self._ask("GET", path, headers=given)
        return self._ask("GET", path, headers=given) if self._came_back(answer) else answer

    def post(self, path: str, data: dict[str, object] | None = None, **headers: str) -> Answer:
        """Send a form, with the token of this browser."""
        told = {"csrfmiddlewaretoken": self.token(), **(data or {})}
        given = {key.replace("_", "-"): text for key, text in headers.items()}
        given["Content-Type"] = "application/x-www-form-urlencoded"
        answer = self._ask("POST", path, urlencode(told, doseq=True).encode(), given)
        if self._came_back(answer):
            told["csrfmiddlewaretoken"] = self.token()
            answer = self._ask("POST", path, urlencode(told, doseq=True).encode(), given)
        return answer

    def send(self, path: str, body: bytes, content_type: str) -> Answer:
        """Send anything at all."""
        return self._ask("POST", path, body, {"Content-Type": content_type, "X-CSRFToken": self.token()})

    def token(self) -> str:
        if "csrftoken" not in self.cookies:
            self.get("/sign-in")
        return self.cookies["csrftoken"]

    def sign_in(self, username: str, password: str) -> "Visitor":
        answer = self.post("/sign-in", {"username": username, "password": password})
        assert answer.status == 302, f"{username} could not sign in: {answer.status}\n{answer.text[:2000]}"
        self.name, self.password = username, password
        return self

    def _came_back(self, answer: Answer) -> bool:
        """Sign in again when the session has ended: a post that sits down elsewhere too often ends the oldest one."""
        ended = answer.status == 302 and answer.location.startswith("/sign-in") and bool(self.password)
        if ended:
            name, password, self.password = self.name, self.password, ""
            self.cookies.clear()
            self.sign_in(name, password)
        return ended

    def close(self) -> None:
        if self._line:
            self._line.close()
            self._line = None

    def _ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        sent = {"Accept": "text/html", **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        for again in (True, False):
            self._line = self._line or http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=60)
            try:
                self._line.request(method, quote(path, safe="/?&=%:#+,;@!$'()*~"), body, sent)
                response = self._line.getresponse()
                break
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                # The server lets an idle line go; a line that was just opened must not be lost.
                self.close()
                if not again:
                    raise
        for line in response.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return Answer(
            path,
            response.status,
            {name.lower(): value for name, value in response.headers.items()},
            response.read(),
        )
