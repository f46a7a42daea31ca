"""Enumerations of community self-government."""

from django.db import models


class AssociationKind(models.TextChoices):
    """What a community organisation is for (类别)."""

    SERVICE = "service", "公益慈善"
    MUTUAL = "mutual", "生活服务、邻里互助"
    CULTURE = "culture", "文体活动"
    RIGHTS = "rights", "调解维权"
    OTHER = "other", "其他"


class Tier(models.TextChoices):
    """How it stands (管理方式): filed with the street, or looked after by the community; the third tier is the district's."""

    FILED = "filed", "街道备案管理"
    GUIDED = "guided", "社区指导管理"
