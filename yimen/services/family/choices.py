"""Enumerations of family support (生育支持)."""

from django.db import models


class Stage(models.TextChoices):
    """Whether the child is still to come (阶段); it only says which services to tell of."""

    EXPECTING = "expecting", "还没出生"
    BORN = "born", "已经出生"
