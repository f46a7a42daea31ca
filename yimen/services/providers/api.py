"""The door of providers."""

from yimen.services.providers.operations import (
    accept_referral,
    accept_submission,
    agree_work,
    end_referral,
    note_care,
    refer_patient,
    return_submission,
    sign_up_patient,
    submit_work,
    withdraw_submission,
)
from yimen.services.providers.queries.works import work_lines

__all__ = [
    "accept_referral",
    "accept_submission",
    "agree_work",
    "end_referral",
    "note_care",
    "refer_patient",
    "return_submission",
    "sign_up_patient",
    "submit_work",
    "withdraw_submission",
    "work_lines",
]
