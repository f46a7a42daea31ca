"""Words of consents."""

from django.db.models import TextChoices


class Proof(TextChoices):
    """By what it can be shown that she agreed (同意的证明)."""

    SIGNED = "signed", "本人签字"
    AT_WINDOW = "at_window", "当面口头同意，有人在场"
    PHONE = "phone", "电话同意"
    APPLICATION = "application", "本人在申请中写明"
