"""Who stands for an organisation: terms and officers, contacts, and who does what."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope
from yimen.foundations.bus.fields import ActorField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.organisations.models.records import OnFile
from yimen.registers.organisations.models.units import Organisation
from yimen.registers.places.fields import (
    Dated,
    DatedQuerySet,
    begins_before_it_ends,
    no_overlap,
    text_as_number,
)


class CommitteeTerm(Record, Dated):
    """A term of a committee or a board (届次): which one, from when until when, how it came about."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField("第几届")
    seats = models.PositiveSmallIntegerField("应有人数")
    basis = models.CharField("怎样产生", max_length=120)
    noted_at = models.DateTimeField()
    noted_by = ActorField()

    objects = DatedQuerySet.as_manager()
    privacy = Privacy(PrivacyClass.OPEN, keep="长期", why="委员会哪天换届、由谁选出，是公开的")

    class Meta:
        verbose_name = "届次"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="organisations_term_once"),
            no_overlap("organisations_term_one_at_a_time", "organisation"),
            models.CheckConstraint(name="organisations_term_has_seats", condition=Q(seats__gte=1)),
            begins_before_it_ends("organisations_term_forwards"),
        ]

    def __str__(self) -> str:
        return f"第{self.number}届"


class Officer(OnFile, Dated):
    """Who holds an office of an organisation in a period (职务): a resident by her file, or an outsider by name.

    No account and no role comes with it: that is `Appointment`.
    """

    office = models.CharField("职务", max_length=40)
    name = models.CharField("姓名", max_length=80)
    person = models.UUIDField("居民档案", null=True)
    term = models.ForeignKey(CommitteeTerm, models.PROTECT, null=True, related_name="officers")
    ended_why = models.CharField("离任原因", max_length=120, blank=True)

    scope = Scope(area="area")
    privacy = Privacy(
        PrivacyClass.PERSONAL, keep="离任后十年", why="委员会成员、法定代表人和负责人，某日是谁"
    )

    class Meta:
        verbose_name = "职务"
        indexes = [
            models.Index(fields=["organisation", "since"], name="organisations_officers"),
            models.Index(fields=["person"], name="organisations_officer_person"),
        ]
        constraints = [begins_before_it_ends("organisations_officer_forwards")]

    def __str__(self) -> str:
        return f"{self.office} {self.name}"


class Contact(Record, Dated):
    """Whom to ring about what (联系人): a work telephone of an organisation, perhaps as part of a network.

    Known to whoever works with the organisation: a community must find its street, and the street its county.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contacts")
    network = models.CharField("服务网络", max_length=30, blank=True)
    name = models.CharField("姓名", max_length=40)
    phone = models.CharField("工作电话", max_length=30)
    duty = models.CharField("负责什么", max_length=120)
    noted_at = models.DateTimeField()
    noted_by = ActorField()

    objects = DatedQuerySet.as_manager()
    privacy = Privacy(PrivacyClass.STAFF, keep="停用后三年", why="工作联系：有事找谁、打哪个电话")

    class Meta:
        verbose_name = "联系人"
        indexes = [models.Index(fields=["organisation", "since"], name="organisations_contacts")]
        constraints = [begins_before_it_ends("organisations_contact_forwards")]

    def __str__(self) -> str:
        return self.name


class Responsibility(Record, Dated):
    """What somebody in post is responsible for (分工), and who stands in (替岗): the sheet on the wall.

    With ``work`` it is a kind of work at the desk of the organisation's area (`ports.work_kinds`): ``account`` is its A岗 (主办),
    ``deputy`` its B岗 (替补). It may be ended on the day it began: then it never took effect.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="responsibilities")
    account = models.ForeignKey("access.Account", models.PROTECT, related_name="+")
    deputy = models.ForeignKey("access.Account", models.PROTECT, null=True, related_name="+")
    task = models.CharField("负责事项", max_length=120)
    work = models.CharField("哪类工作", max_length=80, blank=True)
    noted_at = models.DateTimeField()
    noted_by = ActorField()

    objects = DatedQuerySet.as_manager()
    privacy = Privacy(PrivacyClass.STAFF, keep="调整后三年", why="谁负责什么、不在时找谁，要上墙公示")

    class Meta:
        verbose_name = "分工"
        indexes = [models.Index(fields=["organisation", "since"], name="organisations_duties")]
        constraints = [
            models.CheckConstraint(
                name="organisations_responsibility_forward",
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
            ),
            no_overlap(
                "organisations_responsibility_one_a",
                "organisation",
                text_as_number("work"),
                condition=~Q(work=""),
            ),
            models.CheckConstraint(
                name="organisations_responsibility_two_people",
                condition=Q(deputy__isnull=True) | ~Q(deputy=models.F("account")),
            ),
        ]

    def __str__(self) -> str:
        return self.task


class Absence(Record, Dated):
    """A colleague is not at her post (不在岗) from a day to a day. Why is not asked, and it ends by itself."""

    account = models.ForeignKey("access.Account", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    noted_by = ActorField()

    objects = DatedQuerySet.as_manager()
    privacy = Privacy(
        PrivacyClass.STAFF, keep="过后三十天", why="A岗不在时，手上的件由B岗看到；不问为什么不在"
    )

    class Meta:
        verbose_name = "不在岗"
        indexes = [models.Index(fields=["until"], name="organisations_absence_until")]
        constraints = [
            no_overlap("organisations_absence_once", "account"),
            models.CheckConstraint(
                name="organisations_absence_ends",
                condition=Q(until__isnull=False, until__gt=models.F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since}至{self.last_day}"
