"""Words of priority service."""

from django.db.models import TextChoices


class Source(TextChoices):
    """What a mark lawfully rests on (合法来源): her own application, a paper she showed, or her consent when asked."""

    APPLICATION = "application", "本人申请"
    CERTIFICATE = "certificate", "本人出示的证件"
    CONSENT = "consent", "询问后本人同意"
