"""Columns of our own (本系统的列) in an XLSForm: what the standard has no place for, so that a form comes back as it went.

Other tools pass them over. An expression stands there in our language beside the standard column; it counts only while
the standard column still says the same, so that what somebody changes in the spreadsheet is what is read.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from yimen.foundations.forms.engine.xlsform.phrases import into_theirs
from yimen.foundations.forms.engine.xlsform.sheets import Row

# Our types with the standard ones they may stand beside: who changes the standard column means it.
_FITS = {
    "money": {"number", "calculate"}, "number": {"number", "calculate"}, "yesno": {"choice", "calculate"},
    "text": {"text", "calculate"}, "longtext": {"text", "longtext"}, "phone": {"text"}, "id_number": {"text"},
    "person": {"text"}, "address": {"text"},
}  # fmt: skip
PLAIN = ("prefill", "unit", "pattern")
LIMITS = ("min", "max")
WHOLE = ("max_length", "decimals")
_YES = frozenset({"yes", "true", "1", "是"})


def own_of_question(row: Row, standard: str, above: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What our columns say of a question of a ``standard`` type, in the shape of the grammar; ``above`` may be counted."""
    found: dict[str, Any] = {}
    if standard in _FITS.get(row.of("yimen_type"), ()):
        found["type"] = row.of("yimen_type")
    for name in (*PLAIN, *LIMITS):
        if told := row.of(f"yimen_{name}"):
            found[name] = told
    for name in WHOLE:
        if (told := row.of(f"yimen_{name}")).isdecimal():
            found[name] = int(told)
    if row.of("yimen_sensitive").lower() in _YES:
        found["sensitive"] = True
    score = row.of("yimen_score").split()
    if score and row.of("calculation") == score_in_theirs(score, above):
        found["score"] = score
    bands = [_band(line) for line in row.of("yimen_bands").splitlines() if line.strip()]
    if bands and all(bands):
        found["bands"] = bands
    return found


def own_expression(row: Row, column: str, types: Mapping[str, str], *, calculates: str = "") -> str:
    """Our expression for a column, if the standard column still says just that; "" otherwise."""
    ours = row.of(f"yimen_{column}")
    if not ours:
        return ""
    return ours if into_theirs(ours, types, calculates=calculates) == row.of(column) else ""


def score_in_theirs(score: Sequence[str], questions: Sequence[Mapping[str, Any]]) -> str:
    """A score as other tools can work it out: the points of each answer, added up; "" when a question is missing."""
    options = {one["key"]: one.get("options") or () for one in questions}
    if any(key not in options for key in score):
        return ""
    return " + ".join(_points(key, options[key]) for key in score)


def _points(key: str, options: Sequence[Mapping[str, Any]]) -> str:
    written = "0"
    for option in reversed(options):
        quote = '"' if "'" in option["value"] else "'"
        written = f"if(${{{key}}} = {quote}{option['value']}{quote}, {option.get('points') or 0}, {written})"
    return written


def own_lines(settings: Row) -> dict[str, Any]:
    """What our columns of the settings say of the form."""
    found: dict[str, Any] = {
        name: told for name in ("intro", "notice") if (told := settings.of(f"yimen_{name}"))
    }
    if facts := settings.of("yimen_facts").split():
        found["facts"] = facts
    return found


def _band(line: str) -> dict[str, Any] | None:
    found = re.fullmatch(r"\s*(\S+)\s+(.+?)\s*", line)
    try:
        return {"at_least": Decimal(found[1]), "label": found[2]} if found else None
    except InvalidOperation:
        return None
