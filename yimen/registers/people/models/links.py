from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.fields import EncryptedTextField, Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.people.choices import GuardianGround, GuardianKind, ReachKind
from yimen.registers.people.models.persons import KEEP_FILE, OF_PERSON, OfPersonQuerySet, Person
from yimen.registers.places.fields import Dated, begins_before_it_ends, no_overlap


class Alias(Record):
    """Two files are one person (并档): ``alias`` is read as ``person`` from now on. No history is rewritten.

    ``state`` records what live, exclusive things were changed, before and after, so that undoing replays it.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="aliases")
    alias = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=200)
    state = models.JSONField("合并前后", default=dict)
    merged_at = models.DateTimeField("合并时间")
    merged_by = ActorField("合并人")
    merged_by_name = models.CharField("合并人姓名", max_length=80, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    undone_by = ActorField("撤销人", blank=True)

    objects = ScopedQuerySet.as_manager()
    scope = OF_PERSON
    privacy = Privacy(PrivacyClass.PERSONAL, keep=KEEP_FILE, why="重复建档要能合并，错误合并要能撤销")

    class Meta:
        verbose_name = "并档"
        constraints = [
            models.UniqueConstraint(
                fields=["alias"], condition=Q(undone_at__isnull=True), name="people_alias_once"
            ),
            models.CheckConstraint(name="people_alias_two_files", condition=~Q(person=F("alias"))),
        ]

    def __str__(self) -> str:
        return f"{self.alias_id} is {self.person_id}"


class Guardianship(Record, Dated):
    """Who answers for a minor or for someone who cannot (监护), or does her errands because she said so (委托代办).

    ``ends_on`` is the day it is known to be over; that of a minor is over on her eighteenth birthday. ``by_death`` says
    that one of the two died: it comes back when that was an error.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="guardianships")
    guardian = models.ForeignKey(Person, models.PROTECT, related_name="wards")
    kind = models.CharField("监护依据", max_length=12, choices=GuardianKind)
    ground = models.CharField("为什么", max_length=12, choices=GuardianGround, default=GuardianGround.MINOR)
    basis = models.CharField("说明或文书", max_length=200, blank=True)
    ends_on = models.DateField("到期日", null=True, blank=True)
    by_death = models.BooleanField("因一方去世终止", default=False)

    objects = OfPersonQuerySet.as_manager()
    scope = OF_PERSON
    privacy = Privacy(PrivacyClass.SENSITIVE, keep=KEEP_FILE, why="未成年人和无民事行为能力人由监护人代办")

    class Meta:
        verbose_name = "监护"
        constraints = [
            no_overlap("people_guardianship_once", "person", "guardian"),
            models.CheckConstraint(name="people_guardianship_of_another", condition=~Q(person=F("guardian"))),
            begins_before_it_ends("people_guardianship_holds_a_day"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("since")),
                name="people_guardianship_ends_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian_id} for {self.person_id}"


class GuardianBeyond(models.Model):
    """Who answers for a resident, or for whom she does, as her file tells it of somebody beyond reach (范围外的监护关系).

    A view of the database and no table: nothing is copied. Of the other one it shows no more than a masked name and which
    community keeps the file. ``file`` is the row of the one whose file is read, ``guards`` whether the other answers for her.
    """

    id = models.BigIntegerField(primary_key=True)
    guardianship = models.BigIntegerField()
    file = models.BigIntegerField("档案")
    area = AreaField()
    subject = models.UUIDField("本人")
    guards = models.BooleanField("监护本人的")
    kind = models.CharField("监护依据", max_length=12)
    ground = models.CharField("为什么", max_length=12)
    since = models.DateField("起")
    ends_on = models.DateField("到期日", null=True)
    other = models.UUIDField("对方")
    masked_name = models.CharField("对方姓名", max_length=80)
    community = AreaField("对方档案所在社区", max_length=12)

    objects = ScopedQuerySet.as_manager()
    scope = Scope(area="area", subject="subject")
    privacy = Privacy(
        PrivacyClass.SENSITIVE,
        keep="随监护登记",
        why="监护人档案在别处的，办事时也要知道有没有监护人、找哪个社区",
    )

    class Meta:
        managed = False
        db_table = "people_guardianbeyond"
        verbose_name = "范围外的监护关系"

    def __str__(self) -> str:
        return f"{self.other} with {self.file}"


class ReachWay(Record):
    """How a person wants to be reached (联系方式): 打电话、找子女、上门、看短信；说方言、耳背."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="reach_ways")
    way = models.CharField("方式", max_length=16, choices=ReachKind)
    value = EncryptedTextField("号码", blank=True, default="")
    note = models.CharField("说明", max_length=100, blank=True)
    order = models.PositiveSmallIntegerField("先后", default=0)

    objects = ScopedQuerySet.as_manager()
    scope = OF_PERSON
    privacy = Privacy(PrivacyClass.PERSONAL, keep=KEEP_FILE, why="通知要送到本人，看不了短信的要打电话或上门")

    class Meta:
        verbose_name = "联系方式"
        constraints = [models.UniqueConstraint(fields=["person", "way"], name="people_reachway_once")]

    def __str__(self) -> str:
        return f"{self.way} of {self.person_id}"


class AccountPerson(Record):
    """An account belongs to a person (账号与本人)."""

    account = models.UUIDField("账号", unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    joined_at = models.DateTimeField("关联时间")

    objects = ScopedQuerySet.as_manager()
    scope = Scope(through="people.Person", column="person_id")
    privacy = Privacy(
        PrivacyClass.PERSONAL, keep="账号存续期间", why="本人登录后看自己的档案；经办人不得办理本户事项"
    )

    class Meta:
        verbose_name = "账号与本人"

    def __str__(self) -> str:
        return f"{self.account} is {self.person_id}"
