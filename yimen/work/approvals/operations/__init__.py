"""The writers of approvals."""

from yimen.work.approvals.operations.drafting import (
    ATTACHMENT,
    open_attachment,
    send_again,
    stop_about,
    submit,
    void_submission,
    withdraw_submission,
)
from yimen.work.approvals.operations.papers import FINAL, SCAN, PaperLine, attach_final, enter_paper
from yimen.work.approvals.operations.signing import agree, send_back
from yimen.work.approvals.operations.watching import carry_over_submissions, remind_signers

__all__ = [
    "ATTACHMENT",
    "FINAL",
    "SCAN",
    "PaperLine",
    "agree",
    "attach_final",
    "carry_over_submissions",
    "enter_paper",
    "open_attachment",
    "remind_signers",
    "send_again",
    "send_back",
    "stop_about",
    "submit",
    "void_submission",
    "withdraw_submission",
]
