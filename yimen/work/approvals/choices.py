"""Words of approvals."""

from django.db import models


class State(models.TextChoices):
    """How far a submission is (审签情况)."""

    SIGNING = "signing", "审签中"
    RETURNED = "returned", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"
    ISSUED = "issued", "已签发"
    VOID = "void", "作废"


# What a drafter may send again under the same number.
BACK = (State.RETURNED, State.WITHDRAWN)

TONES = {
    State.SIGNING: "info",
    State.RETURNED: "warn",
    State.WITHDRAWN: "neutral",
    State.ISSUED: "good",
    State.VOID: "late",
}


class StepKind(models.TextChoices):
    """What is done at a step of a chain (审签环节)."""

    REVIEW = "review", "审核"
    COUNTERSIGN = "countersign", "会签"
    ISSUE = "issue", "签发"


class Verdict(models.TextChoices):
    """What a signer said (审签意见)."""

    AGREED = "agreed", "同意"
    RETURNED = "returned", "退回"
