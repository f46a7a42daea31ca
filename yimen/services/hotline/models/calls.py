"""What was asked by telephone, or left as a message (来电、留言)."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import EncryptedTextField, Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.services.hotline.choices import Channel, Result


class Call(Record):
    """One call, or one message left outside hours (来电、留言): topic, one sentence, result, and what was answered.

    Number, name and address of the caller are sealed; a caller is known again by the keyed hash of her number. What
    was said and who said it is blanked after some months; topic, time and result stay.
    """

    privacy = Privacy(
        PrivacyClass.PERSONAL,
        keep="答复后按规矩（默认 180 天）抹去号码、称呼和内容，只留话题、时间和结果",
        why="来电有人接、有人答，夜里的事不落下",
    )
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    area = AreaField()
    street = AreaField()
    channel = models.CharField("渠道", max_length=8, choices=Channel.choices, default=Channel.PHONE)
    topic = models.CharField(max_length=60)
    topic_title = models.CharField("话题", max_length=40)
    called_at = models.DateTimeField("时间")
    logged_by = ActorField()
    logged_by_name = models.CharField(max_length=80, blank=True)
    phone = EncryptedTextField("电话", blank=True)
    phone_hash = models.CharField(max_length=40, blank=True)
    name = EncryptedTextField("称呼", blank=True)
    email = EncryptedTextField("邮箱", blank=True)
    person = models.UUIDField(null=True)
    sentence = models.CharField("什么事", max_length=500)
    result = models.CharField("结果", max_length=12, choices=Result.choices)
    back_by = models.DateTimeField("最晚回电", null=True)
    waits = models.BooleanField(default=False)
    answer = models.CharField("答复", max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = ActorField(blank=True)
    answered_by_name = models.CharField(max_length=80, blank=True)
    case = models.UUIDField(null=True)
    word_hash = models.CharField(max_length=40, blank=True)
    address_hash = models.CharField(max_length=40, blank=True)
    forgotten_on = models.DateField(null=True)

    class Meta:
        verbose_name = "来电"
        indexes = [
            models.Index(fields=["street", "-id"], name="hotline_call_street"),
            models.Index(fields=["street", "phone_hash", "-id"], name="hotline_call_number"),
            models.Index(fields=["street", "called_at"], condition=Q(waits=True), name="hotline_call_waits"),
            models.Index(fields=["word_hash"], condition=~Q(word_hash=""), name="hotline_call_word"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(waits=False) | Q(answered_at__isnull=True) & ~Q(result="answered"),
                name="call_waits_until_answered",
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic_title} {self.called_at:%Y-%m-%d}"
