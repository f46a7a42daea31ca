"""Enumerations of providers."""

from django.db.models import TextChoices


class SubmissionState(TextChoices):
    """How a submission stands (申报状态)."""

    WAITING = "waiting", "待验收"
    ACCEPTED = "accepted", "已验收"
    RETURNED = "returned", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"


class NoteKind(TextChoices):
    """What a note about a patient is (记录类别)."""

    CARE = "care", "服务记录"
    REFERRED = "referred", "转诊原因"
    REPLY = "reply", "接诊回复"


class ReferralState(TextChoices):
    """How a referral stands (转诊状态)."""

    OFFERED = "offered", "待接诊"
    ACCEPTED = "accepted", "已接诊"
    RETURNED = "returned", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"
    ENDED = "ended", "已结束"
