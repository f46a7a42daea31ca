"""Decisions of family support that need no database."""

from datetime import date, timedelta

from yimen.kernel.findings import Finding

LONGEST_WAIT = timedelta(days=300)


def dates_to_check(*, expected_on: date | None, on: date) -> list[Finding]:
    """An expected day beyond ten months is probably a slip (核对日期). It warns and stops nothing: nobody is refused."""
    if expected_on is not None and expected_on - on > LONGEST_WAIT:
        return [
            Finding(
                "family.expected_far_ahead",
                f"预产期 {expected_on} 在十个月以后，请和本人核对是否写错",
                "expected_on",
                "warn",
            )
        ]
    return []
