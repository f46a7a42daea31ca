"""Enumerations of official seals (印章)."""

from django.db import models


class SealKind(models.TextChoices):
    """Which seal it is (印章种类)."""

    COMMITTEE = "committee", "居民委员会印章"
    STREET = "street", "街道办事处印章"
    CONTRACT = "contract", "合同专用章"
    SERVICE = "service", "便民服务专用章"


class SealState(models.TextChoices):
    """Where a seal stands (印章状态)."""

    IN_USE = "in_use", "在用"
    LOST = "lost", "已报失"
    DESTROYED = "destroyed", "已缴销"


class ApplicantKind(models.TextChoices):
    """Who asks for the seal (申请人类别)."""

    RESIDENT = "resident", "居民"
    ORGANISATION = "organisation", "单位"
    STAFF = "staff", "本单位工作人员"


class RequestState(models.TextChoices):
    """Where a request stands (用印申请状态)."""

    REFUSED = "refused", "不予用印"
    WAITING = "waiting", "待审批"
    APPROVED = "approved", "已批准，待盖章"
    TURNED_DOWN = "turned_down", "审批不同意"
    STAMPED = "stamped", "已盖章"
