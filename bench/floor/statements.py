"""The accept's statements alone: caught from real accepts, written as a script for pgbench, with ids of its own each time.

What the database does for an accept when nobody builds a page: the limit of everything above it.
"""

import json
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.report import measured

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# Alone in quotes, or one of an array.
_HASH = re.compile(r"(?:(?<=['{,])|(?<=\\x))[0-9a-f]{32,}(?=['},])")
_NUMBER = re.compile(r"(?<=['{,])[0-9]{12,}(?=['},])")
_WRITES = re.compile(r"\s*(INSERT|UPDATE|WITH)", re.IGNORECASE)
# Everything that must be new ends in twelve digits: two that tell it from the others of its accept, and ten of chance.
_CHANCE = 12
# A number below is taken for a quantity, not for an answer of the database that stands again in a later statement.
_SMALL = 9


class NoScript(Exception):
    """The statements cannot be played back; says why."""


def caught(file: Path) -> list[dict[str, Any]]:
    """The statements of one accept as the watched server wrote them down."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def script(accepts: Sequence[Sequence[dict[str, Any]]]) -> str:
    """One script in which each client of pgbench plays the accept of a clerk of its own."""
    lines = ["\\set chance random(1000000000, 9999999999)"]
    for number, statements in enumerate(accepts):
        lines.append(f"\\if :client_id % {len(accepts)} = {number}")
        lines += ["BEGIN;", *_played(statements), "COMMIT;", "\\endif"]
    return "\n".join(lines) + "\n"


def _played(statements: Sequence[dict[str, Any]]) -> list[str]:
    """The statements with chance in place of what must be new, and the database's own answers in place of ids."""
    old: set[str] = set()
    fresh: dict[str, str] = {}
    answers: dict[str, str] = {}
    lines = []
    for number, told in enumerate(statements):
        text = told["statement"].strip().rstrip(";")
        words = {*_UUID.findall(text), *_HASH.findall(text), *_NUMBER.findall(text)}
        for word in words - old - set(fresh):
            if _WRITES.match(text):
                fresh[word] = f"{word[:-_CHANCE]}{len(fresh):02d}:chance"
            else:
                old.add(word)
        for word in sorted(fresh, key=len, reverse=True):
            text = text.replace(word, fresh[word])
        # Neither within a word nor within a moment: an id of 16 is not the 16 of 16:40.
        for value, name in answers.items():
            text = re.sub(rf"(?<![\w'.:-]){value}(?![\w'.:-])", name, text)
        if _WRITES.match(text) and told["rows"]:
            lines.append(_answered(text, told, number, answers))
        else:
            lines.append(f"{text};")
    return lines


def _answered(text: str, told: dict[str, Any], number: int, answers: dict[str, str]) -> str:
    """A statement that answers what it wrote, and under which names pgbench keeps it: ids, or the next of a series."""
    column = told["columns"][0]
    given = [row[0] for row in told["rows"]]
    answers |= {value: f":s{number}_{nth}" for nth, value in enumerate(given, 1) if int(value) > _SMALL}
    # One row of answers, however many rows were written: pgbench keeps no more.
    each = ", ".join(
        f'(array_agg("{column}" ORDER BY "{column}"))[{nth}] AS "{nth}"' for nth in range(1, len(given) + 1)
    )
    if text.upper().startswith("WITH"):
        return f"{text.rpartition(' SELECT ')[0]} SELECT {each} FROM made \\gset s{number}_"
    return f"WITH made AS ({text}) SELECT {each} FROM made \\gset s{number}_"


def run(programs: Path, address: str, file: Path, *, clients: int, seconds: int) -> dict[str, float]:
    """Let pgbench play the script: how many, how fast, and within what time."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            str(programs / "pgbench"), "--no-vacuum", "--file", str(file), "--client", str(clients),
            "--jobs", "1", "--time", str(seconds), "--log", "--log-prefix", f"{folder}/log", address,
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        lines = [line for log in Path(folder).glob("log*") for line in log.read_text().splitlines()]
    if done.returncode or not lines:
        raise NoScript(done.stderr[-1500:] or done.stdout[-1500:])
    return measured([int(line.split()[2]) / 1e6 for line in lines], seconds)
