"""Numbers of the desk: case numbers that never wait for each other, archive numbers without gaps, tracking words."""

import base64
import hashlib
from datetime import date
from uuid import UUID

from django.db import connection

from yimen.foundations.access.api import keyed_hash
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


def next_archive_number(*, area: str, category: str, on: date) -> str:
    """The next archive number (档号) of this area, category and year: gapless, its row is locked until commit."""
    series = f"archive:{area}:{category}:{on.year}"
    NumberSequence.objects.bulk_create([NumberSequence(series=series)], ignore_conflicts=True)
    row = NumberSequence.objects.select_for_update().get(series=series)
    row.last += 1
    row.save(update_fields=["last"])
    return str(ArchiveNumber(year=on.year, area=area, category=category, serial=row.last))


def tracking_word(case: UUID) -> str:
    """The word on the receipt (查询码) that opens the resident's own view of her case: 65 bits, made from a key.

    It can be printed again at any time; the database knows only its hash.
    """
    keyed = keyed_hash(str(case), field="desk_case.tracking")
    return base64.b32encode(hashlib.sha256(keyed.encode()).digest()).decode()[:_LENGTH]


def tracking_hash(word: str) -> str:
    """What is stored of a tracking word; typed words may have blanks, hyphens and small letters."""
    plain = "".join(letter for letter in word.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
