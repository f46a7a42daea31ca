"""What the web server and the worker write down (运行日志): lines of JSON without names, numbers, secrets or what was typed.

A log is read by more people than the data, lies on other disks and is kept for six months, so it says which page, how it
ended and where in the code, and nothing about whom. Sources: PIPL Art 51, GB/T 22239-2019 8.1.4.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

_STREET_TIME = ZoneInfo("Asia/Shanghai")
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LONGEST = 24
# What follows these opens something without an account, or tells of an illness (routes with a ``word``), however short it is.
_WORD_FOLLOWS = frozenset({"/board", "/here", "/message", "/my/file/kept", "/my/open", "/p", "/r", "/t"})
_WITH_PERSONS = "people"
_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:1\d{10}|\d{15}|\d{17}[\dXx])(?![0-9A-Za-z])")
_ADDRESS = re.compile(r"""(?:(?<=[\s('"=:])|^)(?:https?://[^\s/?#]*)?/[^\s'"]*""")
_FRAMES = 25
_HIDDEN = "…"


def page_of(path: str) -> str:
    """The path as it may stand in a log: ids of records stay; secrets of links, persons and whatever else was typed do not."""
    parts = path.split("/")
    persons = _WITH_PERSONS in parts
    shown = [
        _HIDDEN
        if (part and "/".join(parts[:place]) in _WORD_FOLLOWS)
        or not part.isascii()
        or _NUMBER.search(part)
        or (persons if _UUID.fullmatch(part) else len(part) > _LONGEST)
        else part
        for place, part in enumerate(parts)
    ]
    return "/".join(shown)


def facts_of(record: logging.LogRecord) -> dict[str, Any]:
    """What a line says: when, how serious, who says it, what, and of which page or job."""
    facts: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, _STREET_TIME).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "message": _message(record),
    }
    if request := getattr(record, "request", None):
        facts |= {"method": request.method, "page": page_of(request.path)}
        if begun := getattr(request, "at", None):
            facts["ms"] = round((record.created - begun.timestamp()) * 1000)
    if status := getattr(record, "status_code", None):
        facts["status"] = status
    if told := getattr(record, "job", None):
        facts["job"] = f"{told['task_name']}[{told['id']}]"
    if isinstance(told := getattr(record, "answer", None), dict):
        facts |= told
    if record.exc_info and record.exc_info[1]:
        facts["fault"] = list(_faults(record.exc_info[1]))
    return facts


class Lines(logging.Formatter):
    """One line of JSON for each record (结构化日志)."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(facts_of(record), ensure_ascii=False)


class Readable(logging.Formatter):
    """The same facts for people at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        facts = facts_of(record)
        faults = facts.pop("fault", [])
        head = "{at} {level} {logger}: {message}".format(**facts)
        more = [f"{name}={facts[name]}" for name in ("page", "status", "ms", "job") if name in facts]
        lines = [" ".join([head, *more])]
        for fault in faults:
            places = fault.pop("places")
            lines += [" ".join(fault.values()), *(f"  {place}" for place in places)]
        return "\n".join(lines)


def _message(record: logging.LogRecord) -> str:
    message = record.getMessage()
    if record.name.startswith("django.security") and record.exc_info:
        return "suspicious request"  # its own words may quote what was sent
    if request := getattr(record, "request", None):
        message = message.replace(request.path, page_of(request.path))
    if told := getattr(record, "job", None):
        # What a job was given are ids of whom it is about.
        message = message.replace(told["call_string"], f"{told['task_name']}[{told['id']}]")
        message = message.partition(" - Result: ")[0]
    message = _ADDRESS.sub(lambda found: page_of(re.split("[?#]", found[0], maxsplit=1)[0]), message)
    return _NUMBER.sub(_HIDDEN, message)


def _faults(fault: BaseException | None) -> Iterator[dict[str, Any]]:
    """A fault and what it came from: kind, what the database calls it, and places in the code.

    Never its own words: those of the database quote the row, and those of Python the value.
    """
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        told: dict[str, Any] = {"kind": f"{type(fault).__module__}.{type(fault).__qualname__}"}
        if state := getattr(fault, "sqlstate", None):
            told["sqlstate"] = state
        if constraint := getattr(getattr(fault, "diag", None), "constraint_name", None):
            told["constraint"] = constraint
        frames = traceback.extract_tb(fault.__traceback__)[-_FRAMES:]
        yield told | {"places": [f"{_short(one.filename)}:{one.lineno} {one.name}" for one in frames]}
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)


def _short(file: str) -> str:
    """A file of ours or of a package, without where the installation lies."""
    return re.sub(r"^.*/(?=(?:yimen|config|tests)/)|^.*/site-packages/|^.*/lib/(?=python)", "", file)
