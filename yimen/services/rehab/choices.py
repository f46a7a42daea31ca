"""Enumerations of services for disabled persons (残疾人服务)."""

from django.db import models


class AllowanceKind(models.TextChoices):
    """The two monthly allowances (两项补贴); one person may have both. The value is the key of the matter."""

    LIVING = "disability_living_allowance", "困难残疾人生活补贴"
    CARE = "disability_care_allowance", "重度残疾人护理补贴"


class Means(models.TextChoices):
    """What the household lives on (家庭情况), as the living allowance asks for it."""

    DIBAO = "dibao", "最低生活保障（低保）"
    EDGE = "edge", "低保边缘家庭"
    NO_INCOME = "no_income", "本人没有固定收入，家庭不是低保或低保边缘"
    DESTITUTE = "destitute", "特困供养"
    OTHER = "other", "都不是"


class Grade(models.TextChoices):
    """The grade on the certificate (残疾等级), GB/T 26341-2010; the first two count as severe (重度)."""

    FIRST = "grade_1", "一级"
    SECOND = "grade_2", "二级"
    THIRD = "grade_3", "三级"
    FOURTH = "grade_4", "四级"

    @property
    def is_severe(self) -> bool:
        return self in (Grade.FIRST, Grade.SECOND)
