"""What a death does to whom an organisation cares for: asked of the database, since no area opens a patient."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection


def end_care(hers: Sequence[UUID], *, died_on: date, at: datetime) -> list[UUID]:
    """Close the patients of these files and what was referred of them (因去世结束); answers which, and nothing of them."""
    return _asked("SELECT providers_end_patients(%s::uuid[], %s, %s)", [list(hers), died_on, at])


def resume_care(hers: Sequence[UUID], *, on: date) -> list[UUID]:
    """Take back what `end_care` closed, a referral for what is left of its term; answers which patients."""
    return _asked("SELECT providers_resume_patients(%s::uuid[], %s)", [list(hers), on])


def _asked(statement: str, told: list[object]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        return [row[0] for row in cursor.fetchall()]
