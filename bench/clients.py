"""Clients in a closed loop: each asks, waits for the answer, has it checked, and asks again.

HTTP/1.1 over a kept-alive socket and no more of it than our server speaks (a length on every answer), because the
generator lives on the same cores as what it measures.
"""

import re
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

_COOKIE = re.compile(rb"^set-cookie: ([^=;\r]+)=([^;\r]*)", re.MULTILINE | re.IGNORECASE)
_LENGTH = re.compile(rb"^content-length: *(\d+)", re.MULTILINE | re.IGNORECASE)
_LOCATION = re.compile(rb"^location: *([^\r]+)", re.MULTILINE | re.IGNORECASE)
_CLOSE = re.compile(rb"^connection: *close", re.MULTILINE | re.IGNORECASE)
FORM = "application/x-www-form-urlencoded"
PATIENCE = 60.0


class Unsound(Exception):
    """The server said something that is no answer."""


@dataclass(frozen=True)
class Answer:
    """What came back; ``head`` is status line and headers as they were sent."""

    status: int
    head: bytes
    body: bytes

    @property
    def location(self) -> str:
        found = _LOCATION.search(self.head)
        return found[1].decode() if found else ""

    def header(self, name: str) -> str:
        found = re.search(rb"^%s: *([^\r]*)" % name.encode(), self.head, re.MULTILINE | re.IGNORECASE)
        return found[1].decode() if found else ""

    def holds(self, text: str) -> bool:
        return text.encode() in self.body


@dataclass
class Client:
    """One browser: its cookies and its line. Clients that share ``cookies`` are tabs of one browser."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    queries: int = 0
    line: socket.socket | None = None

    def sign_in(self, username: str, password: str) -> "Client":
        """Through the page, as everybody does."""
        self.get("/sign-in")
        answer = self.post("/sign-in", {"username": username, "password": password})
        if answer.status != 302 or "yimen_session" not in self.cookies:
            raise Unsound(f"{username} could not sign in: {answer.status}")
        return self

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, told: Mapping[str, object]) -> Answer:
        """Send a form; the token is the browser's own, as every form carries it."""
        form = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **told}
        return self.ask("POST", path, urlencode(form, doseq=True).encode())

    def ask(self, method: str, path: str, body: bytes = b"", *, kind: str = FORM) -> Answer:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}", "Accept: text/html"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={text}" for name, text in self.cookies.items()))
        lines += [f"{name}: {text}" for name, text in self.headers.items()]
        if method == "POST":
            lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        sent = "\r\n".join([*lines, "", ""]).encode() + body
        answer = self._exchange(sent)
        if self.headers:
            # Only a server that is watched is asked with headers of ours, and only that one counts.
            self.queries += int(answer.header("X-Queries") or 0)
        for name, text in _COOKIE.findall(answer.head):
            self.cookies[name.decode()] = text.decode()
        # A browser goes on to the page that shows what was told; we do not, and would carry it about for ever.
        self.cookies.pop("messages", None)
        return answer

    def close(self) -> None:
        if self.line:
            self.line.close()
            self.line = None

    def _exchange(self, sent: bytes) -> Answer:
        for again in (self.line is not None, False):
            if self.line is None:
                self.line = socket.create_connection((self.host, self.port), timeout=PATIENCE)
                self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                self.line.sendall(sent)
                read = self.line.recv(65536)
            except (ConnectionResetError, BrokenPipeError):
                read = b""
            if read:
                return self._rest(read)
            # The server lets an idle line go; nothing of an answer came, so it is asked anew on a fresh one.
            self.close()
            if not again:
                break
        raise Unsound("the line was closed without an answer")

    def _rest(self, read: bytes) -> Answer:
        assert self.line
        while (end := read.find(b"\r\n\r\n")) < 0:
            read += self._more()
        head, body = read[: end + 2], [read[end + 4 :]]
        length = _LENGTH.search(head)
        if length is None:
            raise Unsound("an answer without a length")
        missing = int(length[1]) - len(body[0])
        while missing > 0:
            body.append(self._more())
            missing -= len(body[-1])
        if _CLOSE.search(head):
            self.close()
        return Answer(int(head[9:12]), head, b"".join(body))

    def _more(self) -> bytes:
        assert self.line
        read = self.line.recv(262144)
        if not read:
            self.close()
            raise Unsound("the answer ended in the middle")
        return read


@dataclass
class Run:
    """What a closed loop met: seconds per deed by kind, and what was wrong, each sentence with how often."""

    seconds: float
    times: dict[str, list[float]] = field(default_factory=dict)
    wrong: dict[str, int] = field(default_factory=dict)

    @property
    def all_times(self) -> list[float]:
        return [one for times in self.times.values() for one in times]

    @property
    def per_second(self) -> float:
        return len(self.all_times) / self.seconds if self.seconds else 0.0


# One deed of a workload: does it with its client and says its kind and what was wrong with the answer ("" if nothing).
Step = Callable[[], tuple[str, str]]


def drive(steps: Sequence[Step], *, seconds: float, most: int | None = None) -> Run:
    """Let every step be done over and over in a thread of its own for so long, or ``most`` times each."""
    run, guard = Run(seconds), threading.Lock()
    ready = threading.Barrier(len(steps) + 1)

    def loop(step: Step) -> None:
        times: dict[str, list[float]] = {}
        wrong: dict[str, int] = {}
        done = 0
        ready.wait()
        begun = time.perf_counter()
        until = begun + seconds
        while begun < until and (most is None or done < most):
            try:
                kind, fault = step()
            except (Unsound, OSError) as broken:
                kind, fault = "", f"{type(broken).__name__}: {broken}"
            ended = time.perf_counter()
            if fault:
                wrong[fault] = wrong.get(fault, 0) + 1
            else:
                times.setdefault(kind, []).append(ended - begun)
            begun = ended
            done += 1
        with guard:
            for kind, list_of in times.items():
                run.times.setdefault(kind, []).extend(list_of)
            for sentence, count in wrong.items():
                run.wrong[sentence] = run.wrong.get(sentence, 0) + count

    threads = [threading.Thread(target=loop, args=(step,), daemon=True) for step in steps]
    for thread in threads:
        thread.start()
    ready.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    run.seconds = time.perf_counter() - begun
    return run
