"""The verbs of the desk, one file per stretch of a case's way."""

from yimen.work.desk.engine.steps import CannotDo, CaseChanged, NoCase, OwnHousehold
from yimen.work.desk.operations.deciding import archive_case, decide_case, deliver_case, register_case
from yimen.work.desk.operations.handling import (
    hand_back_case,
    hand_over_case,
    pause_case,
    resume_case,
    withdraw_case,
)
from yimen.work.desk.operations.intake import (
    Asked,
    CannotAccept,
    NothingMissing,
    accept_case,
    decline_case,
    give_notice,
    supply_papers,
)
from yimen.work.desk.operations.rating import CannotRate, rate_case
from yimen.work.desk.operations.serving import NobodyBears, begin_serving

__all__ = [
    "Asked",
    "CannotAccept",
    "CannotDo",
    "CannotRate",
    "CaseChanged",
    "NoCase",
    "NobodyBears",
    "NothingMissing",
    "OwnHousehold",
    "accept_case",
    "archive_case",
    "begin_serving",
    "decide_case",
    "decline_case",
    "deliver_case",
    "give_notice",
    "hand_back_case",
    "hand_over_case",
    "pause_case",
    "rate_case",
    "register_case",
    "resume_case",
    "supply_papers",
    "withdraw_case",
]
