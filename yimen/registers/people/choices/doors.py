"""Enumerations of what is done at a door (门口登记)."""

from django.db import models


class DoorDeedKind(models.TextChoices):
    """What a worker noted standing before a door (门口登记)."""

    VERIFIED = "verified", "核实无误"
    MOVED_IN = "moved_in", "搬入"
    MOVED_OUT = "moved_out", "搬出"
    CHANGED = "changed", "换租客"


class DeclaredKind(models.TextChoices):
    """What somebody declares by the code on the stairs (申报事项)."""

    MOVED_IN = "in", "我搬来了"
    MOVED_OUT = "out", "我搬走了"
    HEADS = "heads", "集体住所报人数"


class DeclarationState(models.TextChoices):
    """What became of a declaration (申报状态)."""

    OPEN = "open", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REFUSED = "refused", "未采纳"
