"""Reads of approvals."""

from yimen.work.approvals.queries.submissions import (
    SHOWN,
    Box,
    SubmissionView,
    counts,
    find_by_code,
    get_submission,
    may_send_again,
    my_submissions,
    people_to_name,
    signers_to_choose,
    standing_about,
    submissions,
    submissions_about,
    view_submission,
    waiting_for,
)

__all__ = [
    "SHOWN",
    "Box",
    "SubmissionView",
    "counts",
    "find_by_code",
    "get_submission",
    "may_send_again",
    "my_submissions",
    "people_to_name",
    "signers_to_choose",
    "standing_about",
    "submissions",
    "submissions_about",
    "view_submission",
    "waiting_for",
]
