"""The door of approvals (审签)."""

from yimen.work.approvals.choices import State, Verdict
from yimen.work.approvals.engine.loading import CannotDo, NoSubmission, SubmissionChanged
from yimen.work.approvals.operations import (
    PaperLine,
    agree,
    attach_final,
    enter_paper,
    send_again,
    send_back,
    submit,
    void_submission,
    withdraw_submission,
)
from yimen.work.approvals.queries import (
    find_by_code,
    get_submission,
    standing_about,
    submissions,
    submissions_about,
    view_submission,
    waiting_for,
)
from yimen.work.approvals.rules import paper_code, submission_of_code

__all__ = [
    "CannotDo",
    "NoSubmission",
    "PaperLine",
    "State",
    "SubmissionChanged",
    "Verdict",
    "agree",
    "attach_final",
    "enter_paper",
    "find_by_code",
    "get_submission",
    "paper_code",
    "send_again",
    "send_back",
    "standing_about",
    "submission_of_code",
    "submissions",
    "submissions_about",
    "submit",
    "view_submission",
    "void_submission",
    "waiting_for",
    "withdraw_submission",
]
