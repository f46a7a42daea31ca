"""A card reader that is not there (读卡器模拟程序): speaks the protocol with invented cards, for tests, demo and training.

Besides the protocol it has a page of its own with a button per card; ``POST /lay?card=2``, ``/lift`` and
``/mood?is=slow`` are those buttons. It is a program beside the product, never part of it.
"""

import base64
import html
import json
import struct
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from yimen.registers.people.gateways.card_reader import FOR_EVER, PATH
from yimen.standards.citizen_id import check_character

MOODS = ("ready", "unplugged", "unreadable", "nonsense", "slow", "broken")
SLOW_SECONDS = 6.0
_HEADERS = {
    # A page of the product asks from another origin, and a browser asks once more before it lets it reach this computer.
    "Access-Control-Allow-Methods": "GET",
    "Access-Control-Allow-Private-Network": "true",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class InventedCard:
    """An invented card (虚构的证件)."""

    name: str
    id_number: str
    address: str
    valid_until: str = FOR_EVER


def invented(area: str, born: date, serial: str) -> str:
    """An id number that could be, of nobody: the check character is right."""
    body = f"{area}{born:%Y%m%d}{serial}"
    return body + check_character(body)


CARDS = (
    InventedCard(
        "沈知秋", invented("330212", date(1956, 3, 8), "902"), "浙江省宁波市鄞州区潘火街道试用路8号"
    ),
    InventedCard("贺远山", invented("340102", date(1991, 11, 2), "903"), "安徽省合肥市瑶海区试用路12号"),
    InventedCard(
        "过期样", invented("330212", date(1970, 1, 5), "904"), "浙江省宁波市鄞州区试用路9号", "2020-01-05"
    ),
)


@dataclass
class Reader:
    """What lies on the reader, and how it is in the mood to answer."""

    cards: Sequence[InventedCard] = CARDS
    mood: str = "ready"
    laid: InventedCard | None = None
    reading: str = ""
    since: float = 0.0
    asked: int = field(default=0)

    def lay(self, card: InventedCard) -> None:
        self.laid, self.reading, self.since = card, uuid4().hex, time.monotonic()

    def lift(self) -> None:
        self.laid = None

    def answer(self) -> dict[str, Any]:
        """As the protocol says."""
        if self.mood != "ready":
            return {"state": self.mood, "card": None}
        if self.laid is None:
            return {"state": "ready", "card": None}
        number = self.laid.id_number
        return {
            "state": "ready",
            "card": {
                "reading": self.reading,
                "seconds_ago": round(time.monotonic() - self.since, 1),
                "id_number": number,
                "name": self.laid.name,
                "sex": "男" if int(number[16]) % 2 else "女",
                "birth_date": f"{number[6:10]}-{number[10:12]}-{number[12:14]}",
                "address": self.laid.address,
                "valid_until": self.laid.valid_until,
                "photo": PHOTO,
            },
        }


class Simulator:
    """The local service on 127.0.0.1, for as long as the block runs."""

    def __init__(self, *, port: int = 0, cards: Sequence[InventedCard] = CARDS):
        self.reader = Reader(cards=cards)
        reader = self.reader

        class Handler(_Handler):
            at = reader

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self) -> "Simulator":
        Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    at: Reader

    def do_GET(self) -> None:
        if urlsplit(self.path).path == "/":
            return self._send(200, _page(self.at).encode(), "text/html; charset=utf-8")
        if urlsplit(self.path).path != PATH:
            return self._send(404, b"", "text/plain")
        self.at.asked += 1
        if self.at.mood == "slow":
            time.sleep(SLOW_SECONDS)
        if self.at.mood == "broken":
            return self._send(500, b"0x41", "text/plain")
        if self.at.mood == "nonsense":
            return self._send(200, b"<OK>retcode=0x90</OK>", "text/plain")
        body = json.dumps(self.at.answer(), ensure_ascii=False).encode()
        return self._send(200, body, "application/json; charset=utf-8")

    def do_OPTIONS(self) -> None:
        self._send(204, b"", "text/plain")

    def do_POST(self) -> None:
        where = urlsplit(self.path)
        told = {name: values[0] for name, values in parse_qs(where.query).items()}
        if where.path == "/lay" and told.get("card", "").isdigit():
            self.at.lay(self.at.cards[int(told["card"]) % len(self.at.cards)])
        elif where.path == "/lift":
            self.at.lift()
        elif where.path == "/mood" and told.get("is") in MOODS:
            self.at.mood = told["is"]
        self.send_response(303)
        self.send_header("Location", "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: int, body: bytes, kind: str) -> None:
        try:
            self.send_response(status)
            for name, value in _HEADERS.items():
                self.send_header(name, value)
            self.send_header("Access-Control-Allow-Origin", self.headers.get("Origin") or "null")
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the browser has lost patience

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: a card's number has no place in a log."""


def _page(reader: Reader) -> str:
    def button(action: str, label: str) -> str:
        return f'<form method="post" action="{action}"><button>{html.escape(label)}</button></form>'

    cards = "".join(button(f"/lay?card={n}", f"放上：{card.name}") for n, card in enumerate(reader.cards))
    moods = "".join(button(f"/mood?is={mood}", mood) for mood in MOODS)
    lies = html.escape(reader.laid.name) if reader.laid else "没有证件"
    return (
        '<!doctype html><html lang="zh"><meta charset="utf-8"><title>读卡器模拟</title>'
        f"<h1>读卡器模拟</h1><p>现在：{reader.mood}，{lies}</p>{cards}{button('/lift', '拿走')}<hr>{moods}"
    )


def _drawing() -> str:
    """A grey head on a lighter ground, so that it is nobody's face."""
    wide, high = 51, 63
    rows = bytearray()
    for y in range(high):
        rows.append(0)
        for x in range(wide):
            head = (x - 25) ** 2 + (y - 24) ** 2 < 150
            body = (x - 25) ** 2 / 3 + (y - 66) ** 2 < 260
            rows.append(120 if head or body else 225)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    png = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
    return "data:image/png;base64," + base64.b64encode(png).decode()


PHOTO = _drawing()
