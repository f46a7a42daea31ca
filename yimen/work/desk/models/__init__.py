"""Tables of the desk, one file per noun."""

from yimen.work.desk.models.cases import Case
from yimen.work.desk.models.delegations import Delegation
from yimen.work.desk.models.papers import CasePaper
from yimen.work.desk.models.parked import ParkedIntake
from yimen.work.desk.models.ratings import Rating, RatingSlip
from yimen.work.desk.models.shares import Share
from yimen.work.desk.models.steps import CasePause, CaseStep, Decision, Delivery, NumberSequence
from yimen.work.desk.models.trays import PaperTray, PhoneLink, TrayPage
from yimen.work.desk.models.watching import FollowUp, SpotCheck

__all__ = [
    "Case",
    "CasePaper",
    "CasePause",
    "CaseStep",
    "Decision",
    "Delegation",
    "Delivery",
    "FollowUp",
    "NumberSequence",
    "PaperTray",
    "ParkedIntake",
    "PhoneLink",
    "Rating",
    "RatingSlip",
    "Share",
    "SpotCheck",
    "TrayPage",
]
