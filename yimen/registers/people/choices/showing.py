"""Which facts about a resident are shown or masked, and how far (信息显示)."""

from django.db import models


class ShownField(models.TextChoices):
    """A fact that a post sees whole, masked or not at all (显示项目)."""

    ID_NUMBER = "id_number", "证件号码"
    PHONE = "phone", "联系电话"
    ADDRESS = "address", "住址"
    BIRTH_ON = "birth_on", "出生日期"


class Extent(models.TextChoices):
    """How much of it is shown (显示程度)."""

    WHOLE = "whole", "完整"
    MASKED = "masked", "脱敏"
    HIDDEN = "hidden", "不显示"
