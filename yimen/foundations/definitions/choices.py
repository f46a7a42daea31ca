from django.db.models import TextChoices


class Source(TextChoices):
    """Where a version comes from (来源)."""

    SHIPPED = "shipped", "随产品"
    SITE = "site", "本地文件"
    PUBLISHED = "published", "页面发布"


class OpenCases(TextChoices):
    """What happens to work already open (在办件)."""

    KEEP = "keep", "按原版本办完"
    MOVE = "move", "改按新版本办"
