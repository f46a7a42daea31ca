"""The verbs of providers."""

from yimen.services.providers.operations.deaths import end_patients_of, resume_patients_of
from yimen.services.providers.operations.patients import (
    CannotCare,
    accept_referral,
    end_patient,
    end_referral,
    look_at_patient,
    note_care,
    refer_patient,
    return_referral,
    sign_up_patient,
)
from yimen.services.providers.operations.works import (
    PROOF,
    CannotAgree,
    CannotDecide,
    CannotSubmit,
    SubmittedAlready,
    accept_submission,
    agree_work,
    drop_work,
    return_submission,
    submit_work,
    withdraw_submission,
)

__all__ = [
    "PROOF",
    "CannotAgree",
    "CannotCare",
    "CannotDecide",
    "CannotSubmit",
    "SubmittedAlready",
    "accept_referral",
    "accept_submission",
    "agree_work",
    "drop_work",
    "end_patient",
    "end_patients_of",
    "end_referral",
    "look_at_patient",
    "note_care",
    "refer_patient",
    "resume_patients_of",
    "return_referral",
    "return_submission",
    "sign_up_patient",
    "submit_work",
    "withdraw_submission",
]
