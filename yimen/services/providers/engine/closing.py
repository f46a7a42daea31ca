"""Closing a patient to every other organisation, where who does it reaches none of them (收回转诊查阅)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection


def close_everywhere(people: Sequence[UUID], *, at: datetime, why: str, who: str) -> None:
    """End what is open of a person to organisations she was referred to; tells nothing, not even whether there was any."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT providers_close_to_others(%s::uuid[], %s, %s, %s)", [list(people), at, why, who]
        )
