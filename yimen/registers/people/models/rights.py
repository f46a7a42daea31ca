from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.people.choices import RightAnswer, RightKind
from yimen.registers.people.models.persons import OF_PERSON, Person


class RightsRequest(Record):
    """What a resident asked about her own data, by when it is answered, and how it was (权利请求)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    area = AreaField("受理地")
    kind = models.CharField("请求", max_length=12, choices=RightKind)
    wish = models.CharField("具体要求", max_length=500)
    asked_by = models.CharField("谁提出的", max_length=100)
    identity = models.CharField("怎么核验身份", max_length=100)
    received_at = models.DateTimeField("收到时间")
    received_by = ActorField("受理人")
    received_by_name = models.CharField("受理人姓名", max_length=80)
    due_on = models.DateField("最迟答复")
    answer = models.CharField("答复", max_length=12, choices=RightAnswer, default=RightAnswer.OPEN)
    reason = models.CharField("理由或结果", max_length=500, blank=True)
    erased = models.JSONField("删除的项目", default=list)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = ActorField("答复人", blank=True)
    answered_by_name = models.CharField("答复人姓名", max_length=80, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope = OF_PERSON
    privacy = Privacy(
        PrivacyClass.PERSONAL, keep="答复后 3 年", why="个人信息保护法第五十条：受理并处理个人行使权利的申请"
    )

    class Meta:
        verbose_name = "权利请求"
        indexes = [
            models.Index(fields=["person"], name="people_rights_person"),
            models.Index(
                fields=["due_on", "id"], name="people_rights_open", condition=Q(answer=RightAnswer.OPEN)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="people_rights_answered_with_reason",
                condition=Q(answer=RightAnswer.OPEN)
                | Q(answered_at__isnull=False, answered_by__gt="", answered_by_name__gt="", reason__gt=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}: {self.answer}"
