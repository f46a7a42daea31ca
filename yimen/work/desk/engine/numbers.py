"""Numbers of the desk: case numbers that never wait for each other, archive numbers without gaps, tracking words."""

import base64
import hashlib
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection

from yimen.foundations.access.api import keyed_hashes
from yimen.kernel.areas import street_of
from yimen.kernel.numbers import ArchiveNumber, CaseNumber
from yimen.work.desk.models import NumberSequence

_LENGTH = 13


def next_case_number(*, area: str, on: date) -> str:
    """A fresh case number (办件编号), digits only. Gaps are allowed, so a sequence serves and nobody waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('desk_case_number')")
        sequence = cursor.fetchone()[0]
    return CaseNumber(street=street_of(area)[-3:], day=on, sequence=sequence).digits


def next_archive_numbers(wanted: Sequence[tuple[str, str]], *, on: date) -> list[str]:
    """The next archive numbers (档号), one for each (area, category), in that order.

    Gapless within area, category and year: the rows of the series are locked until commit, always in the order of their
    names, so that two who archive at once wait for each other and never in a ring.
    """
    names = {pair: f"archive:{pair[0]}:{pair[1]}:{on.year}" for pair in wanted}
    series = sorted(names.values())
    NumberSequence.objects.bulk_create(
        [NumberSequence(series=name) for name in series], ignore_conflicts=True
    )
    locked = NumberSequence.objects.select_for_update().filter(series__in=series).order_by("series")
    rows = {row.series: row for row in locked}
    numbers = []
    for area, category in wanted:
        row = rows[names[area, category]]
        row.last += 1
        numbers.append(str(ArchiveNumber(year=on.year, area=area, category=category, serial=row.last)))
    NumberSequence.objects.bulk_update(rows.values(), ["last"])
    return numbers


def tracking_word(case: UUID) -> str:
    """The word on the receipt (查询码) that opens the resident's own view of her case: 65 bits, made from a key.

    It can be printed again at any time; the database knows only its hash.
    """
    return tracking_words(case)[0]


def tracking_words(case: UUID) -> tuple[str, ...]:
    """What the word may have been: under each key of the house, newest first."""
    keyed = keyed_hashes(str(case), field="desk_case.tracking")
    return tuple(
        base64.b32encode(hashlib.sha256(each.encode()).digest()).decode()[:_LENGTH] for each in keyed
    )


def tracking_hash(word: str) -> str:
    """What is stored of a tracking word; typed words may have blanks, hyphens and small letters."""
    plain = "".join(letter for letter in word.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
