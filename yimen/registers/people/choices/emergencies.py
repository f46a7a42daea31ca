"""What became of an emergency look."""

from django.db import models


class ReviewState(models.TextChoices):
    """How far the review of an emergency look is (复核情况)."""

    OPEN = "open", "待复核"
    JUSTIFIED = "justified", "确属紧急"
    UNJUSTIFIED = "unjustified", "不属紧急"
